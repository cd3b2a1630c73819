//! Organizations are found by whoever is signed in where they let themselves, and say whom to ask.
use serde_json::{Value, json};

use crate::{
    client::{get, patch, post},
    scene::{Founded, Scene},
};

/// Acme and three others, of which one hides.
async fn several() -> Founded {
    let founded = Scene::founded().await;
    let owner = founded.owner.token.clone();
    for (name, discoverable) in [("Müller & Söhne", true), ("Muller Ltd", true), ("Hidden Müller", false)]
    {
        let made = founded.ask(post("/organizations", json!({ "name": name })).by(&owner)).await.expect(201);
        let path = format!("/organizations/{}", made.text_at("/organization/id"));
        let shown = json!({ "discoverable": discoverable });
        founded.ask(patch(path, shown).by(&owner)).await.expect(200);
    }
    founded
}

async fn names(founded: &Founded, query: &str) -> Vec<Value> {
    let nora = founded.member("nora", json!({ "kind": "chosen", "permissions": [] })).await;
    let found = founded.ask(get(format!("/organizations{query}")).by(&nora.token)).await.expect(200);
    let rows = found.json["data"].as_array().cloned().unwrap_or_default();
    for row in &rows {
        let told = row.as_object().map(|it| it.keys().cloned().collect::<Vec<_>>());
        assert_eq!(told, Some(vec!["id".to_owned(), "name".to_owned()]), "no more is told than the name");
    }
    rows.into_iter().map(|it| it["name"].clone()).collect()
}

#[tokio::test]
async fn organizations_are_found_by_a_part_of_their_names_where_they_let_themselves() {
    for (query, expected) in [
        ("", &["Müller & Söhne", "Muller Ltd"][..]),
        ("?query=", &["Müller & Söhne", "Muller Ltd"]),
        ("?query=%20%20", &["Müller & Söhne", "Muller Ltd"]),
        ("?query=mueller", &["Müller & Söhne"]),
        ("?query=M%C3%BCll", &["Müller & Söhne", "Muller Ltd"]),
        ("?query=lt", &["Muller Ltd"]),
        ("?query=acme", &[]),
        ("?query=%25", &[]),
    ] {
        assert_eq!(names(&several().await, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn organizations_are_listed_part_by_part() {
    let founded = several().await;
    let owner = &founded.owner.token;
    let first = founded.ask(get("/organizations?limit=1&query=mull").by(owner)).await.expect(200);
    let cursor = first.text_at("/next_cursor");
    let next = format!("/organizations?limit=1&query=mull&cursor={cursor}");
    let next = founded.ask(get(next).by(owner)).await.expect(200);
    assert_eq!(
        (first.text_at("/data/0/name"), next.text_at("/data/0/name")),
        ("Müller & Söhne".into(), "Muller Ltd".into())
    );
    assert!(next.json["next_cursor"].is_null());
    let other = format!("/organizations?limit=1&query=mu&cursor={cursor}");
    founded.ask(get(other).by(owner)).await.expect_code(422, "validation_failed");
}

#[tokio::test]
async fn whom_to_ask_and_what_is_proposed_are_changed_each_alone() {
    let founded = Scene::founded().await;
    let owner = &founded.owner.token;
    let change =
        async |body: Value| founded.ask(patch(founded.at(""), body).by(owner)).await.expect(200).json;
    let nothing = json!({ "kind": "chosen", "permissions": [] });
    let read = founded.ask(get(founded.at("")).by(owner)).await.expect(200).json;
    assert_eq!((&read["contact"], &read["joining_access"]), (&Value::Null, &nothing));

    let changed = change(json!({ "contact": " HR,  hr@acme.example " })).await;
    assert_eq!((&changed["contact"], &changed["joining_access"]), (&json!("HR, hr@acme.example"), &nothing));
    let role = json!({ "kind": "role", "role": "buyer" });
    let changed = change(json!({ "joining_access": role, "contact": null })).await;
    assert_eq!((&changed["contact"], &changed["joining_access"]), (&json!("HR, hr@acme.example"), &role));
    let changed = change(json!({ "contact": "" })).await;
    assert_eq!((&changed["contact"], &changed["joining_access"]), (&Value::Null, &role));

    for (body, pointer, code) in [
        (json!({ "contact": "see evil.com" }), "#/contact", "malformed"),
        (json!({ "contact": "a".repeat(201) }), "#/contact", "too_long"),
        (json!({ "contact": 7 }), "#/contact", "wrong_type"),
        (json!({ "joining_access": { "kind": "owner" } }), "#/joining_access/kind", "malformed"),
        (
            json!({ "joining_access": { "kind": "role", "role": "emperor" } }),
            "#/joining_access/role",
            "unknown_role",
        ),
    ] {
        let refused = founded.ask(patch(founded.at(""), body.clone()).by(owner)).await.expect(422);
        assert_eq!(refused.faults(), [(pointer.to_owned(), code.to_owned())], "{body}");
    }
}
