//! The OpenAPI document, and a table of its operations for people.
use std::collections::BTreeMap;

use anyhow::{Context, Result};
use registration_http_poem::{OPERATIONS, Operation, Takes, Who, openapi_json};
use serde_json::Value;

use crate::page::{Page, code};

/// What every path begins with.
const BASE: &str = "/api/v1";
/// What every operation can be refused with.
const EVERYWHERE: [&str; 4] = ["internal", "overloaded", "too_many_requests", "try_again"];
/// What every operation can be refused with that needs a session.
const NOT_SIGNED_IN: [&str; 1] = ["not_signed_in"];
/// What every operation can be refused with that takes a body.
const OF_A_BODY: [&str; 4] =
    ["malformed_json", "body_too_large", "unsupported_media_type", "validation_failed"];
/// What every POST can be refused with.
const OF_A_KEY: [&str; 2] = ["idempotency_key_malformed", "idempotency_key_reused"];

/// The document as text, and as what the text says.
pub(crate) struct Document {
    pub(crate) text: &'static str,
    parsed: Value,
}

pub(crate) fn document() -> Result<Document> {
    let text = openapi_json();
    let parsed = serde_json::from_str(text)?;
    Ok(Document { text, parsed })
}

pub(crate) fn page(document: &Document) -> Result<String> {
    let mut page = Page::new(
        "HTTP API",
        "Every operation, who may use it, and what it can refuse. The whole contract, with every field, is the OpenAPI \
         document [openapi.json](openapi.json), which a running server gives at `/openapi.json` and shows at `/docs`.",
    );
    page.add(format_args!(
        "All paths begin with `{BASE}`. Every status from 400 on carries a [problem](problems.md). The tables name what is \
         particular to an operation. Beside that, each can be refused with {}; those that need a session with {}; those \
         that take a body with {}; and every POST with {}.",
        list(&EVERYWHERE),
        list(&NOT_SIGNED_IN),
        list(&OF_A_BODY),
        list(&OF_A_KEY),
    ));
    let (mut order, mut groups) = (Vec::new(), BTreeMap::<&str, Vec<[String; 5]>>::new());
    for operation in OPERATIONS {
        let told = document.of(operation)?;
        let group = told.pointer("/tags/0").and_then(Value::as_str).context("an operation has a tag")?;
        if !order.contains(&group) {
            order.push(group);
        }
        groups.entry(group).or_default().push(row(operation, told));
    }
    for group in order {
        page.heading(2, group);
        if let Some(about) = document.about(group) {
            page.add(about);
        }
        let rows = groups.remove(group).unwrap_or_default();
        page.table(&["call", "what it does", "who may", "done", "refusals"], rows);
    }
    Ok(page.end())
}

impl Document {
    fn of(&self, operation: &Operation) -> Result<&Value> {
        let item = &self.parsed["paths"][format!("{BASE}{}", operation.path)];
        item.get(operation.method.to_lowercase())
            .with_context(|| format!("{} is not in the document", operation.id))
    }
    fn about(&self, group: &str) -> Option<&str> {
        let tags = self.parsed["tags"].as_array()?;
        tags.iter().find(|tag| tag["name"] == group)?["description"].as_str()
    }
}

fn row(operation: &Operation, told: &Value) -> [String; 5] {
    let refusals = operation.codes().into_iter().filter(|(_, it)| !is_known(operation, it.code));
    let refusals: Vec<_> = refusals.map(|(status, it)| format!("{status} {}", linked(it.code))).collect();
    [
        code(format_args!("{} {}", operation.method, operation.path)),
        told["summary"].as_str().unwrap_or_default().into(),
        who(operation.who),
        operation.done.to_string(),
        refusals.join(", "),
    ]
}

/// Whether it is said of many operations at once, above the tables.
fn is_known(operation: &Operation, code: &str) -> bool {
    EVERYWHERE.contains(&code)
        || NOT_SIGNED_IN.contains(&code)
        || (operation.takes != Takes::Nothing && OF_A_BODY.contains(&code))
        || (operation.method == "POST" && OF_A_KEY.contains(&code))
}

fn who(who: Who) -> String {
    match who {
        Who::Anybody => "anybody".into(),
        Who::Invitee => "the invitee: somebody new, or signed in with the invited address".into(),
        Who::SignedIn => "everybody who is signed in".into(),
        Who::Oneself => "everybody who is signed in, about themselves".into(),
        Who::Addressee => "who is signed in as the account with the invited address".into(),
        Who::Requester => "everybody who is signed in, about a join request of theirs".into(),
        Who::Outsider => "everybody who is signed in and does not belong there".into(),
        Who::Member => "members".into(),
        Who::Holder(permission) => format!("members with {}", code(permission)),
        Who::Owner => "Owners".into(),
        Who::Nobody(permission, refusal) => {
            format!("nobody: members with {} are told {}", code(permission), linked(refusal))
        }
    }
}

fn list(words: &[&str]) -> String {
    words.iter().map(|it| linked(it)).collect::<Vec<_>>().join(", ")
}

fn linked(word: &str) -> String {
    format!("[{}](problems.md#{word})", code(word))
}
