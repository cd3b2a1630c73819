//! A query is read as strictly as a body: each name once, and no name that is not known here.
use std::{char::REPLACEMENT_CHARACTER, fmt::Write};

use poem::{Request, RequestBody, Result};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use crate::{
    BASE,
    body::{Field, Json, Reading},
    deployment::Deployment,
    problem::Problem,
    shape::{Member, Members},
};

/// What may stand in the query of an operation.
pub(crate) type Parameters = fn() -> Vec<Member>;

/// What stands behind the question mark.
#[derive(Debug)]
pub(crate) struct Query<T> {
    /// What it says.
    pub(crate) it: T,
    pub(super) target: Target,
}

/// The path and the query as they were sent.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(super) path: String,
    pairs: Vec<(String, String)>,
}

impl Target {
    /// What chooses and sorts the rows: everything but which part of them.
    pub(super) fn filter(&self) -> String {
        let mut pairs: Vec<_> =
            self.pairs.iter().filter(|(name, _)| name != "limit" && name != "cursor").collect();
        pairs.sort();
        encoded(pairs.into_iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }
    /// The same list from this cursor on.
    pub(super) fn with_cursor(&self, cursor: &str) -> String {
        let kept = self.pairs.iter().filter(|(name, _)| name != "cursor");
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        format!("{}?{}", self.path, encoded(kept.chain([("cursor", cursor)])))
    }
}

impl<'a, T: Field + Members> ApiExtractor<'a> for Query<T> {
    // The document learns of the parameters from the table of operations: here there is room for one only.
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::PoemExtractor];
    type ParamType = ();
    type ParamRawType = ();

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let uri = request.uri();
        let pairs = decoded(uri.query().unwrap_or_default());
        let mut reading = Reading::new(Deployment::of(request)?.platform().settings());
        let mut seen: Vec<(String, Json)> = Vec::new();
        for (name, value) in &pairs {
            if seen.iter().any(|(it, _)| it == name) {
                reading.below(name, |it| it.fault::<()>("malformed", "this parameter is there twice"));
            } else if value.contains(REPLACEMENT_CHARACTER) {
                reading.below(name, |it| it.fault::<()>("malformed", "this is not UTF-8"));
            } else {
                seen.push((name.clone(), Json::Text(value.clone())));
            }
        }
        let it = T::read(Json::Object(seen), &mut reading);
        let it = reading.end(it).map_err(Problem::fields)?;
        Ok(Self { it, target: Target { path: format!("{BASE}{}", uri.path()), pairs } })
    }
}

/// The pairs of a query (URL Standard, 5.1); what is no UTF-8 becomes the replacement character,
/// which nobody means, and which is refused.
fn decoded(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|it| !it.is_empty());
    pairs
        .map(|it| it.split_once('=').unwrap_or((it, "")))
        .map(|(name, value)| (plain(name), plain(value)))
        .collect()
}

fn plain(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        let escape = after.split_first_chunk::<2>().filter(|_| first == b'%');
        let escaped = escape.and_then(|(digits, _)| {
            let digits =
                std::str::from_utf8(digits).ok().filter(|_| digits.iter().all(u8::is_ascii_hexdigit))?;
            u8::from_str_radix(digits, 16).ok()
        });
        match escaped {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => bytes.push(if first == b'+' { b' ' } else { first }),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn encoded<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut query = String::new();
    for (name, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        escape(&mut query, name);
        query.push('=');
        escape(&mut query, value);
    }
    query
}

fn escape(query: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            query.push(byte.into());
        } else {
            // Writing into a string does not fail.
            let _ = write!(query, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_and_written_again() {
        let pairs = decoded("query=m%C3%BCller+%26&&sort=-name&flag&bad=%zz%2");
        let expected = [("query", "müller &"), ("sort", "-name"), ("flag", ""), ("bad", "%zz%2")];
        assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let written = encoded(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        assert_eq!(decoded(&written), pairs);
    }

    #[test]
    fn a_filter_is_the_same_in_any_order_and_in_every_part() {
        let target = |query| Target { path: "/a".into(), pairs: decoded(query) };
        assert_eq!(target("b=2&limit=9&a=1&cursor=x").filter(), target("a=1&b=2").filter());
        assert_ne!(target("a=1%26b%3D2").filter(), target("a=1&b=2").filter());
        assert_eq!(target("a=1&cursor=x&limit=2").with_cursor("y"), "/a?a=1&limit=2&cursor=y");
    }
}
