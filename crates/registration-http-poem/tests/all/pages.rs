//! What is served beside the operations.
use registration_http_poem::problem_table;
use serde_json::json;

use crate::{client::get, scene::Scene};

#[tokio::test]
async fn the_document_is_served() {
    let scene = Scene::new();
    let answered = scene.ask(get("/openapi.json")).await.expect(200);
    assert_eq!(&answered.json, scene.document());
}

#[tokio::test]
async fn the_reference_is_served_offline_with_its_own_policy() {
    let scene = Scene::new();
    let answered = scene.ask(get("/docs")).await.expect(200);
    let policy = answered.header("content-security-policy").expect("a policy");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("http"), "{policy}");
    assert!(answered.text.contains("hand_over_ownership"));
    assert!(answered.text.contains("access_exceeds_own"), "the completed document, not the framework's");
    for external in ["src=\"http", "href=\"http", "@import"] {
        let page = answered.text.split("let spec = ").next().unwrap_or_default();
        assert!(!page[..200].contains(external));
    }
}

#[tokio::test]
async fn every_code_is_explained_to_programs_and_to_people() {
    let scene = Scene::new();
    for code in problem_table() {
        let path = format!("/problems/{}", code.code);
        let answered = scene.ask(get(&path)).await.expect(200);
        assert_eq!(
            (answered.json["code"].as_str(), answered.json["title"].as_str()),
            (Some(code.code), Some(code.title))
        );
        let page = scene.ask(get(&path).header("accept", "text/html,*/*")).await.expect(200);
        assert!(page.text.contains(code.remedy) && page.text.contains(code.code));
    }
    scene.ask(get("/problems/unheard_of")).await.expect_code(404, "not_found");
    scene
        .ask(get("/problems/%3Cscript%3E").header("accept", "text/html"))
        .await
        .expect_code(404, "not_found");
}

#[tokio::test]
async fn nothing_is_cached_and_nothing_is_embedded() {
    let founded = Scene::founded().await;
    let answered = founded.ask(get("/me").by(&founded.owner.token)).await.expect(200);
    assert_eq!(answered.header("cache-control"), Some("no-store"));
    assert_eq!(answered.header("x-content-type-options"), Some("nosniff"));
}

#[tokio::test]
async fn the_catalogue_is_shown_to_whoever_is_signed_in() {
    let founded = Scene::founded().await;
    let owner = &founded.owner.token;
    let permissions = founded.ask(get("/permissions").by(owner)).await.expect(200);
    let keys: Vec<_> =
        permissions.json["data"].as_array().into_iter().flatten().map(|it| &it["key"]).collect();
    assert!(keys.contains(&&json!("members.invite")) && keys.contains(&&json!("products.manage")));
    let roles = founded.ask(get("/roles").by(owner)).await.expect(200);
    assert_eq!(roles.json["data"][0]["permissions"], json!(["products.manage"]));
    let providers = founded.ask(get("/identity-providers").by(owner)).await.expect(200);
    assert_eq!(providers.text_at("/data/0/label"), "Custom User Database");
}
