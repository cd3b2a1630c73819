//! What a body says is read whole: every field that cannot be taken is told, and where it lies.
use registration_domain::{refusal::Fault, settings::Settings};
use registration_edge_poem::FieldProblem;

use super::json::Json;
use crate::shape::Shape;

/// A value of a request: how it is read, and what it is when it is not there.
pub(crate) trait Field: Shape + Sized {
    /// Whether leaving it out is a fault.
    const REQUIRED: bool = true;

    /// Nothing where a fault was noted.
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self>;

    /// The value of a field that is not there, or `null`.
    fn absent(reading: &mut Reading<'_>) -> Option<Self> {
        reading.fault("required", "this field is required")
    }
}

impl<T: Field> Field for Option<T> {
    const REQUIRED: bool = false;

    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        T::read(json, reading).map(Some)
    }
    fn absent(_: &mut Reading<'_>) -> Option<Self> {
        Some(None)
    }
}

/// One pass over a request, and the faults that it met.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    settings: &'a Settings,
    pointer: String,
    faults: Vec<FieldProblem>,
}

impl<'a> Reading<'a> {
    /// Reads what this platform takes.
    pub(crate) fn new(settings: &'a Settings) -> Self {
        Self { settings, pointer: "#".into(), faults: Vec::new() }
    }
    /// The permissions and roles that there are, and the password policy.
    pub(crate) fn settings(&self) -> &'a Settings {
        self.settings
    }
    /// Whether a fault was noted already.
    pub(crate) fn has_faults(&self) -> bool {
        !self.faults.is_empty()
    }
    /// The faults, or what was read.
    pub(crate) fn end<T>(self, read: Option<T>) -> Result<T, Vec<FieldProblem>> {
        read.filter(|_| self.faults.is_empty()).ok_or(self.faults)
    }

    /// Notes a fault where the reading is.
    pub(crate) fn fault<T>(&mut self, code: &str, detail: impl Into<String>) -> Option<T> {
        let detail = Some(detail.into());
        self.faults.push(FieldProblem { pointer: self.pointer.clone(), code: code.to_owned(), detail });
        None
    }
    /// What a value type makes of it.
    pub(crate) fn parsed<T, F: Fault>(&mut self, parsed: Result<T, F>) -> Option<T> {
        parsed.map_or_else(|fault| self.fault(fault.code(), fault.to_string()), Some)
    }
    /// Reads what lies below.
    pub(crate) fn below<T>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&escaped(name));
        let value = read(self);
        self.pointer.truncate(length);
        value
    }

    /// A text, and nothing that merely looks like one.
    pub(crate) fn text(&mut self, json: Json) -> Option<String> {
        let Json::Text(text) = json else { return self.wrong_type("a string", &json) };
        Some(text)
    }
    /// An object, whose members are taken out one by one.
    pub(crate) fn object(&mut self, json: Json) -> Option<Members> {
        let Json::Object(members) = json else { return self.wrong_type("an object", &json) };
        Some(Members(members))
    }
    /// Notes that another type was wanted.
    pub(crate) fn wrong_type<T>(&mut self, wanted: &str, found: &Json) -> Option<T> {
        let found = match found {
            Json::Null => "null",
            Json::Bool(_) => "a boolean",
            Json::Integer(_) | Json::Fraction(_) => "a number",
            Json::Text(_) => "a string",
            Json::List(_) => "a list",
            Json::Object(_) => "an object",
        };
        self.fault("wrong_type", format!("this is {wanted}, not {found}"))
    }
}

/// The members of an object that were not taken yet.
#[derive(Debug)]
pub(crate) struct Members(Vec<(String, Json)>);

impl Members {
    /// Reads the member of this name; `null` is as good as nothing.
    pub(crate) fn take<T: Field>(&mut self, name: &str, reading: &mut Reading<'_>) -> Option<T> {
        let found = self.0.iter().position(|(it, _)| it == name).map(|at| self.0.swap_remove(at).1);
        reading.below(name, |reading| match found {
            None | Some(Json::Null) => T::absent(reading),
            Some(json) => T::read(json, reading),
        })
    }
    /// Notes every member that nobody took.
    pub(crate) fn end(mut self, reading: &mut Reading<'_>) {
        self.0.sort_by(|(one, _), (other, _)| one.cmp(other));
        for (name, _) in self.0 {
            reading.below(&name, |it| it.fault::<()>("unknown_field", "there is no such field here"));
        }
    }
}

/// A name as a part of a JSON pointer in a URI fragment (RFC 6901, 6), cut where somebody sends a novel.
fn escaped(name: &str) -> String {
    let mut part = String::new();
    for c in name.chars().take(64) {
        match c {
            '~' => part.push_str("~0"),
            '/' => part.push_str("~1"),
            c if c.is_ascii_alphanumeric() || "-._!$&'()*+,;=:@".contains(c) => part.push(c),
            c => {
                let mut bytes = [0; 4];
                part.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")));
            }
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_a_uri_fragment() {
        assert_eq!(escaped("a/b~c"), "a~1b~0c");
        assert_eq!(escaped("é\0\""), "%C3%A9%00%22");
        assert_eq!(escaped(&"x".repeat(1000)).len(), 64);
    }
}
