//! The document names every operation, and the table knows each.
use std::collections::BTreeSet;

use registration_http_poem::{OPERATIONS, problem_table};
use serde_json::Value;

use crate::scene::Scene;

fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let each = paths.iter().flat_map(|(path, operations)| {
        let operations = operations.as_object().expect("operations").iter();
        operations.map(move |(method, told)| (method.to_uppercase(), path.clone(), told))
    });
    each.collect()
}

#[test]
fn the_table_and_the_document_name_the_same_operations() {
    let scene = Scene::new();
    let told: BTreeSet<_> = operations(scene.document())
        .into_iter()
        .map(|(method, path, it)| (method, path, it["operationId"].as_str().unwrap_or_default().to_owned()))
        .collect();
    let listed: BTreeSet<_> = OPERATIONS
        .iter()
        .map(|it| (it.method.to_owned(), format!("/api/v1{}", it.path), it.id.to_owned()))
        .collect();
    assert_eq!(told, listed);
}

#[test]
fn every_code_of_an_operation_is_explained() {
    let known: BTreeSet<_> = problem_table().iter().map(|it| it.code).collect();
    for operation in OPERATIONS {
        for code in operation.also {
            assert!(known.contains(code), "{code} of {}", operation.id);
        }
    }
}

#[test]
fn every_operation_is_described() {
    let scene = Scene::new();
    for (method, path, told) in operations(scene.document()) {
        assert!(told["summary"].is_string(), "{method} {path} has no summary");
        let responses = told["responses"].as_object().expect("responses");
        assert!(responses.keys().any(|it| it.starts_with('2')), "{method} {path} never succeeds");
        assert!(responses.contains_key("503"), "{method} {path} never fails");
        let is_post = method == "POST";
        let parameters = told["parameters"].as_array().cloned().unwrap_or_default();
        let has_key = parameters.iter().any(|it| it["name"] == "Idempotency-Key");
        assert_eq!(is_post, has_key, "{method} {path}");
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|it| references(it, found));
            }
            Value::Array(items) => items.iter().for_each(|it| references(it, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let scene = Scene::new();
    let mut found = Vec::new();
    references(scene.document(), &mut found);
    assert!(!found.is_empty());
    for reference in found {
        assert!(scene.document().pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
}

#[test]
fn requests_take_nothing_that_is_not_described() {
    let scene = Scene::new();
    let schemas = scene.document()["components"]["schemas"].as_object().expect("schemas");
    let requests: Vec<_> = schemas.iter().filter(|(name, _)| name.ends_with("Request")).collect();
    assert!(requests.len() > 8);
    for (name, schema) in requests {
        assert_eq!(schema["additionalProperties"], false, "{name}");
    }
    let invite = &schemas["InviteRequest"];
    assert_eq!(invite["required"], serde_json::json!(["email", "purpose", "access"]));
}
