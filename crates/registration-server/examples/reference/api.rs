//! The OpenAPI document, and a table of its operations for people.
use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::page::{Page, code};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
const UNGROUPED: &str = "Others";

/// The document as text, and as what the text says.
pub(crate) struct Document {
    pub(crate) text: String,
    parsed: Value,
}

pub(crate) fn document() -> Result<Document> {
    let parsed: Value = serde_json::from_str(&registration_http_poem::openapi_json())?;
    Ok(Document { text: format!("{}\n", serde_json::to_string_pretty(&parsed)?), parsed })
}

pub(crate) fn page(document: &Document) -> Result<String> {
    let mut page = Page::new(
        "HTTP API",
        "Every operation, its answers and its refusals. The whole contract, with every field, is the OpenAPI document \
         [openapi.json](openapi.json), which a running server gives at `/openapi.json` and shows at `/docs`. Statuses \
         from 400 on carry a [problem](problems.md).",
    );
    let base = document.parsed.pointer("/servers/0/url").and_then(Value::as_str).unwrap_or_default();
    page.add(format_args!("All paths begin with `{base}`."));
    let paths = document.parsed["paths"].as_object().context("the document has no paths")?;
    let mut groups: BTreeMap<&str, Vec<[String; 4]>> = BTreeMap::new();
    for (path, item) in paths {
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            groups.entry(group(operation)).or_default().push(row(path, method, operation));
        }
    }
    for (group, rows) in groups {
        page.heading(2, group);
        if let Some(about) = described(&document.parsed, group) {
            page.add(about);
        }
        page.table(&["call", "what it does", "answers", "refusals"], rows);
    }
    Ok(page.end())
}

fn group(operation: &Value) -> &str {
    operation.pointer("/tags/0").and_then(Value::as_str).unwrap_or(UNGROUPED)
}

fn described<'a>(document: &'a Value, group: &str) -> Option<&'a str> {
    let tags = document["tags"].as_array()?;
    tags.iter().find(|tag| tag["name"] == group)?["description"].as_str()
}

fn row(path: &str, method: &str, operation: &Value) -> [String; 4] {
    let summary = ["summary", "description"].into_iter().find_map(|it| operation[it].as_str());
    let mut statuses: Vec<_> =
        operation["responses"].as_object().into_iter().flatten().map(|it| it.0).collect();
    statuses.sort();
    let (refusals, answers): (Vec<_>, Vec<_>) = statuses.into_iter().partition(|it| it.as_str() >= "4");
    let joined = |all: Vec<&String>| all.into_iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    [
        code(format_args!("{} {path}", method.to_uppercase())),
        summary.unwrap_or_default().into(),
        joined(answers),
        joined(refusals),
    ]
}
