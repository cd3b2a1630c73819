//! What a test's clients sent and got: whatever opens something, and whatever was refused.
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;

/// Fields whose texts open something.
const SECRET: [&str; 2] = ["password", "token"];
/// What is shorter is a word that may stand anywhere.
const SHORTEST: usize = 8;

/// Shared by all clients of a deployment.
#[derive(Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<Noted>>);

#[derive(Default)]
struct Noted {
    secrets: BTreeSet<String>,
    codes: BTreeSet<String>,
    refusals: String,
}

impl Seen {
    /// Whatever of this opens something.
    pub(crate) fn note(&self, body: &Value) {
        match body {
            Value::Object(fields) => {
                for (name, value) in fields {
                    match value.as_str().filter(|_| SECRET.contains(&name.as_str())) {
                        Some(secret) => self.note_secret(secret),
                        None => self.note(value),
                    }
                }
            }
            Value::Array(values) => values.iter().for_each(|it| self.note(it)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    pub(crate) fn note_secret(&self, text: &str) {
        if text.len() >= SHORTEST {
            self.noted().secrets.insert(text.to_owned());
        }
    }
    /// Six digits, which may stand anywhere as a part of something longer.
    pub(crate) fn note_code(&self, code: &str) {
        self.noted().codes.insert(code.to_owned());
    }
    pub(crate) fn note_refusal(&self, body: &str) {
        let mut noted = self.noted();
        noted.refusals.push_str(body);
        noted.refusals.push('\n');
    }

    pub(crate) fn secrets(&self) -> Vec<String> {
        self.noted().secrets.iter().cloned().collect()
    }
    pub(crate) fn codes(&self) -> Vec<String> {
        self.noted().codes.iter().cloned().collect()
    }
    /// All of them, one after the other.
    pub(crate) fn refusals(&self) -> String {
        self.noted().refusals.clone()
    }

    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
