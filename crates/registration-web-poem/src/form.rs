//! A form is what somebody typed, in its order, and what cannot be taken of it, beside each field.
use std::borrow::Cow;

use registration_domain::{
    refusal::{Fault, FieldFault},
    secret::Secret,
};

use crate::words::{Phrase, Words};

/// What came in with a request: fields in their order, any of them more than once.
#[derive(Clone, Default)]
pub(crate) struct Form {
    fields: Vec<(String, String)>,
    bytes: Vec<u8>,
}

/// What a form holds that nobody sees again: proofs, passwords and codes.
const SECRETS: [&str; 6] = ["csrf", "form_key", "password", "confirmation", "current_password", "code"];

/// Whether what is in a field of this name is for one moment only.
pub(crate) fn is_secret(name: &str) -> bool {
    SECRETS.contains(&name)
}

/// A form as a page shows it: what is in its fields, and what is wrong with them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filled {
    form: Form,
    faults: Vec<Wrong>,
}

/// What is wrong with one field, in words.
#[derive(Debug, Clone)]
pub(crate) struct Wrong {
    /// The field's name, which is its id too.
    pub(crate) field: Cow<'static, str>,
    /// The same words beside the field and in the summary.
    pub(crate) words: String,
    /// Whether the field itself is marked; not where it would tell which of several is at fault.
    is_marked: bool,
}

impl Form {
    /// From `application/x-www-form-urlencoded`.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let fields =
            form_urlencoded::parse(bytes).map(|(name, value)| (name.into_owned(), value.into_owned()));
        Self { fields: fields.collect(), bytes: bytes.to_vec() }
    }
    /// What is in a field; nothing is the same as no field.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value)
    }
    /// All that is in the fields of one name.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(move |(it, _)| it == name).map(|(_, value)| value.as_str())
    }
    /// Whether there is such a field.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(it, _)| it == name)
    }
    /// What is in a field that nobody may see.
    pub(crate) fn secret(&self, name: &str) -> Secret {
        debug_assert!(is_secret(name), "{name} is a secret, and must be known for one");
        Secret::new(self.value(name))
    }
    /// Another field.
    pub(crate) fn set(mut self, name: &str, value: impl Into<String>) -> Self {
        self.fields.push((name.to_owned(), value.into()));
        self
    }
    /// The same with another value in this field.
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let others = self.fields.iter().filter(|(it, _)| it != name).cloned().collect();
        Self { fields: others, bytes: Vec::new() }.set(name, value)
    }
    /// The same without this field.
    fn without(&self, name: &str) -> Self {
        let others = self.fields.iter().filter(|(it, _)| it != name).cloned().collect();
        Self { fields: others, bytes: Vec::new() }
    }
    /// Exactly what came in.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
    /// All fields, in their order.
    pub(crate) fn fields(&self) -> &[(String, String)] {
        &self.fields
    }
}

/// It may hold a password.
impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.fields.iter().map(|(name, _)| name)).finish()
    }
}

impl Filled {
    /// A form without faults yet; whatever is secret in it is not shown again.
    pub(crate) fn of(form: &Form) -> Self {
        Self { form: form.clone(), faults: Vec::new() }
    }
    /// What is to stand in a field.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.form.value(name)
    }
    /// Whether one of the fields of this name holds this value.
    pub(crate) fn is(&self, name: &str, value: &str) -> bool {
        self.form.values(name).any(|it| it == value)
    }
    /// The words beside a field.
    pub(crate) fn fault(&self, name: &str) -> Option<&str> {
        self.faults.iter().find(|it| it.is_marked && it.field == name).map(|it| it.words.as_str())
    }
    /// Everything that is wrong, in the order of the fields.
    pub(crate) fn faults(&self) -> &[Wrong] {
        &self.faults
    }
    /// Whether anything is wrong.
    pub(crate) fn is_faulty(&self) -> bool {
        !self.faults.is_empty()
    }
    /// What a field is described by, for those who hear the page: its hint, then its fault.
    pub(crate) fn described_by(&self, name: &str, hint: &str) -> String {
        let hint = (!hint.is_empty()).then(|| format!("{name}-hint"));
        let fault = self.fault(name).map(|_| format!("{name}-error"));
        hint.into_iter().chain(fault).collect::<Vec<_>>().join(" ")
    }

    /// Takes a value, or says what is wrong with it.
    pub(crate) fn take<T, F: Fault>(
        &mut self,
        words: Words,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, F>,
    ) -> Option<T> {
        let value = self.form.value(name).trim().to_owned();
        if value.is_empty() {
            self.refuse(words, &FieldFault::required(name));
            return None;
        }
        parse(&value).map_err(|fault| self.refuse(words, &FieldFault::of(name, &fault))).ok()
    }
    /// The same for a field that may be left empty.
    pub(crate) fn take_if_any<T, F: Fault>(
        &mut self,
        words: Words,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<Option<T>, F>,
    ) -> Option<T> {
        match parse(self.form.value(name)) {
            Ok(value) => value,
            Err(fault) => {
                self.refuse(words, &FieldFault::of(name, &fault));
                None
            }
        }
    }
    /// Says what is wrong with a field; of two faults in one field the first is told.
    pub(crate) fn refuse(&mut self, words: Words, fault: &FieldFault) {
        let own = format!("fault-{}-{}", fault.field.replace('/', "-"), fault.code);
        let general = format!("fault-{}", fault.code);
        let text =
            [own, general].into_iter().find(|key| words.knows(key)).map(|key| words.say(key).to_string());
        self.say(fault.field.clone(), text.unwrap_or_else(|| fault.detail.clone()));
    }
    /// The same, worded.
    pub(crate) fn say(&mut self, field: impl Into<Cow<'static, str>>, words: impl ToString) {
        let field = field.into();
        if self.fault(&field).is_none() {
            self.faults.push(Wrong { field, words: words.to_string(), is_marked: true });
        }
    }
    /// Says what is wrong, and marks no field: the summary alone tells it, and leads to this one.
    pub(crate) fn say_of_all(&mut self, field: &'static str, words: &Phrase) {
        self.faults.push(Wrong { field: field.into(), words: words.to_string(), is_marked: false });
    }
    /// The same, from a phrase.
    pub(crate) fn phrase(&mut self, field: &'static str, phrase: &Phrase) {
        self.say(field, phrase.to_string());
    }
    /// What was in this field is not shown again; what is wrong with it is.
    pub(crate) fn without(self, name: &str) -> Self {
        Self { form: self.form.without(name), ..self }
    }
    /// Puts the faults in the order of these fields.
    pub(crate) fn in_order(mut self, fields: &[&str]) -> Self {
        self.faults.sort_by_key(|it| fields.iter().position(|field| *field == it.field));
        self
    }
}
