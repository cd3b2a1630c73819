//! An answer is as the document says: its status is named there, and its body has the shape.
use serde_json::Value;

use crate::client::Answered;

/// Statuses that are the framework's and the edge's alone, on any path.
const OF_THE_EDGE: [u16; 5] = [405, 408, 421, 429, 431];

/// Panics where the document says otherwise.
pub(crate) fn check(method: &str, path: &str, answered: &Answered, document: &Value) {
    let Some(operation) = operation(method, path, document) else { return };
    if answered.code() == Some("malformed_request") {
        return;
    }
    let told = &operation["responses"][answered.status.to_string()];
    if told.is_null() {
        let named = OF_THE_EDGE.contains(&answered.status);
        assert!(
            named,
            "{method} {path} answered {}, which the document lacks: {}",
            answered.status, answered.text
        );
        return;
    }
    if let Some(code) = answered.code().filter(|_| answered.status >= 400) {
        let listed = told["description"].as_str().is_some_and(|it| it.contains(&format!("`{code}`")));
        assert!(listed, "{method} {path}: {code} is not listed under {}", answered.status);
    }
    let Some(content) = told["content"].as_object() else {
        assert_eq!(answered.text, "", "{method} {path} has no body by the document");
        return;
    };
    let (media_type, content) = content.iter().next().expect("a media type");
    assert_eq!(answered.header("content-type"), Some(media_type.as_str()), "{method} {path}");
    if media_type.contains("json") {
        let faults = faults(&content["schema"], &answered.json, "#", document);
        assert!(faults.is_empty(), "{method} {path}: {faults:?} in {}", answered.text);
    }
}

/// The operation that a request is for.
pub(crate) fn operation<'a>(method: &str, path: &str, document: &'a Value) -> Option<&'a Value> {
    let path = path.split('?').next()?;
    let fits = |pattern: &str| {
        let (mut told, mut asked) = (pattern.split('/'), path.split('/'));
        loop {
            match (told.next(), asked.next()) {
                (None, None) => return true,
                (Some(told), Some(asked)) if told == asked => {}
                (Some(told), Some(asked)) if told.starts_with('{') && !asked.is_empty() => {}
                _ => return false,
            }
        }
    };
    let paths = document["paths"].as_object()?;
    // A path without a variable part comes before one that has some.
    let (_, found) = paths.iter().filter(|(it, _)| fits(it)).min_by_key(|(it, _)| it.matches('{').count())?;
    found.get(method.to_lowercase())
}

/// Everything in which the value differs from its schema.
pub(crate) fn faults(schema: &Value, value: &Value, at: &str, document: &Value) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let schema = document.pointer(name.trim_start_matches('#')).expect("the schema is there");
        return faults(schema, value, at, document);
    }
    if value.is_null() && schema["nullable"] == true {
        return Vec::new();
    }
    let mut found = Vec::new();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        found.extend(faults(part, value, at, document));
    }
    let of_type = match schema["type"].as_str() {
        None => true,
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some(other) => panic!("{other} is not known here"),
    };
    if !of_type {
        found.push(format!("{at} is no {}", schema["type"]));
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        found.push(format!("{at} is none of {words:?}"));
    }
    if let Some(object) = value.as_object() {
        found.extend(object_faults(schema, object, at, document));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(faults(&schema["items"], item, &format!("{at}/{index}"), document));
    }
    found
}

fn object_faults(
    schema: &Value,
    object: &serde_json::Map<String, Value>,
    at: &str,
    document: &Value,
) -> Vec<String> {
    let mut found = Vec::new();
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !object.contains_key(name) {
            found.push(format!("{at}/{name} is missing"));
        }
    }
    let Some(properties) = schema["properties"].as_object() else { return found };
    for (name, value) in object {
        match properties.get(name) {
            Some(schema) => found.extend(faults(schema, value, &format!("{at}/{name}"), document)),
            None => found.push(format!("{at}/{name} is not described")),
        }
    }
    found
}
