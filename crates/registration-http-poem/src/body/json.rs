//! JSON is read strictly: a name stands once in an object, and nothing nests deeper than 32 levels.
use std::{collections::HashSet, fmt};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};

/// How deep objects and lists may nest.
const DEPTH: usize = 32;

/// A JSON text, read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    /// A number without a fraction that fits.
    Integer(i128),
    /// Any other number.
    Fraction(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// The bytes are no JSON that we read. The reason names our own words only, never the sender's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotJson {
    #[error("the body is not one whole JSON text in UTF-8 (RFC 8259)")]
    Broken,
    #[error("the body holds the same name twice in one object")]
    Twice,
    #[error("the body nests deeper than {DEPTH} levels")]
    TooDeep,
}

impl Json {
    /// Reads one whole text.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, NotJson> {
        let mut reader = serde_json::Deserializer::from_slice(bytes);
        let read = At(DEPTH).deserialize(&mut reader).and_then(|json| reader.end().map(|()| json));
        // The parser's own words would repeat the sender's, secrets among them: ours are recognized by
        // how they begin, and no text of a sender is ever at the beginning.
        read.map_err(|error| match error.to_string() {
            it if it.starts_with(TWICE) => NotJson::Twice,
            it if it.starts_with(TOO_DEEP) => NotJson::TooDeep,
            _ => NotJson::Broken,
        })
    }
}

const TWICE: &str = "registration: twice";
const TOO_DEEP: &str = "registration: too deep";

/// Reads a value that may nest so many levels more.
#[derive(Clone, Copy)]
struct At(usize);

impl At {
    fn below<E: Error>(self) -> Result<Self, E> {
        self.0.checked_sub(1).map(Self).ok_or_else(|| E::custom(TOO_DEEP))
    }
}

impl<'de> DeserializeSeed<'de> for At {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Json, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for At {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }
    fn visit_bool<E>(self, it: bool) -> Result<Json, E> {
        Ok(Json::Bool(it))
    }
    fn visit_i64<E>(self, it: i64) -> Result<Json, E> {
        Ok(Json::Integer(it.into()))
    }
    fn visit_u64<E>(self, it: u64) -> Result<Json, E> {
        Ok(Json::Integer(it.into()))
    }
    fn visit_f64<E>(self, it: f64) -> Result<Json, E> {
        Ok(Json::Fraction(it))
    }
    fn visit_str<E>(self, it: &str) -> Result<Json, E> {
        Ok(Json::Text(it.to_owned()))
    }
    fn visit_string<E>(self, it: String) -> Result<Json, E> {
        Ok(Json::Text(it))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let below = self.below()?;
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(below)? {
            items.push(item);
        }
        Ok(Json::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Json, A::Error> {
        let below = self.below()?;
        let (mut members, mut names) = (Vec::new(), HashSet::new());
        while let Some(name) = object.next_key::<String>()? {
            if !names.insert(name.clone()) {
                return Err(A::Error::custom(TWICE));
            }
            members.push((name, object.next_value_seed(below)?));
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_is_read() {
        let read = Json::parse(br#" {"a":[null,true,-3,2.5,"\u00e9\ud83d\ude00"],"b":{}} "#).unwrap();
        let list = vec![
            Json::Null,
            Json::Bool(true),
            Json::Integer(-3),
            Json::Fraction(2.5),
            Json::Text("é😀".into()),
        ];
        let expected = vec![("a".into(), Json::List(list)), ("b".into(), Json::Object(Vec::new()))];
        assert_eq!(read, Json::Object(expected));
    }

    #[test]
    fn broken_texts_are_refused() {
        let cases: [&[u8]; 16] = [
            b"",
            b" ",
            b"{",
            b"{\"a\"",
            b"{\"a\":1",
            b"{\"a\":1}}",
            b"{\"a\":1} x",
            b"{a:1}",
            b"{'a':1}",
            b"[1,]",
            b"\xEF\xBB\xBF{}",
            b"{\"a\":\"\xFF\"}",
            b"{\"a\":\"\\ud800\"}",
            b"{\"a\":\"\\udc00\\ud800\"}",
            b"{\"a\":\"\n\"}",
            b"NaN",
        ];
        for text in cases {
            assert_eq!(Json::parse(text), Err(NotJson::Broken), "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn a_name_stands_once_in_an_object() {
        for text in [r#"{"a":1,"a":1}"#, r#"{"a":{"b":1,"c":2,"b":3}}"#, r#"[{"a":1,"\u0061":2}]"#] {
            assert_eq!(Json::parse(text.as_bytes()), Err(NotJson::Twice), "{text}");
        }
        assert!(Json::parse(br#"{"a":{"a":1},"b":{"a":1}}"#).is_ok());
    }

    #[test]
    fn thirty_two_levels_are_read_and_no_more() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(Json::parse(nested(32).as_bytes()).is_ok());
        assert_eq!(Json::parse(nested(33).as_bytes()), Err(NotJson::TooDeep));
        assert_eq!(Json::parse("[".repeat(100_000).as_bytes()), Err(NotJson::TooDeep));
        assert_eq!(Json::parse("{\"a\":".repeat(100_000).as_bytes()), Err(NotJson::TooDeep));
    }

    #[test]
    fn the_words_of_the_sender_are_not_taken_for_ours() {
        assert_eq!(Json::parse(b"registration: twice"), Err(NotJson::Broken));
        assert_eq!(Json::parse(br#"{"registration: twice" 1}"#), Err(NotJson::Broken));
    }
}
