//! An entity tag begins with the revision, and a change of access must name the one that it rests on.
use std::marker::PhantomData;

use poem::{
    IntoResponse, Request, RequestBody, Response, Result,
    http::{HeaderName, HeaderValue, StatusCode, header},
};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ApiResponse, ExtractParamOptions,
    registry::{MetaHeader, MetaMediaType, MetaParamIn, MetaResponses, MetaSchemaRef, Registry},
};
use registration_domain::{port::Fingerprints, revision::Revision};
use serde_json::Value;

use crate::{
    problem::Problem,
    reply::described,
    shape::{Shape, Shown},
};

/// The tags that the client knows already.
#[derive(Debug)]
pub(crate) struct Known(Vec<String>);

/// The tag that the client's change rests on.
#[derive(Debug)]
pub(crate) struct RestsOn(Option<Vec<String>>);

/// The tag that the client's change rests on, where it says so.
#[derive(Debug)]
pub(crate) struct MayRestOn(RestsOn);

/// A single resource with its tag, or 304 where the client knows it.
#[derive(Debug)]
pub(crate) struct Tagged<T> {
    tag: String,
    body: Option<Value>,
    of: PhantomData<fn() -> T>,
}

/// What a resource is after a change, with its new tag.
#[derive(Debug)]
pub(crate) struct Changed<T>(Tagged<T>);

impl<T: Shown> Changed<T> {
    /// A resource that nothing but its revision changes.
    pub(crate) fn plain(revision: Revision, body: T) -> Self {
        Self(Tagged::plain(revision, body, &Known(Vec::new())))
    }
    /// A resource that shows more than its own row.
    pub(crate) fn of(revision: Revision, body: T, fingerprints: &dyn Fingerprints) -> Self {
        Self(Tagged::of(revision, body, &Known(Vec::new()), fingerprints))
    }
}

impl<T: Shown> Tagged<T> {
    /// A resource that nothing but its revision changes.
    pub(crate) fn plain(revision: Revision, body: T, known: &Known) -> Self {
        Self::known_or(format!("\"{}\"", revision.0), body.shown(), known)
    }
    /// A resource that shows more than its own row: what is shown is part of its tag.
    pub(crate) fn of(revision: Revision, body: T, known: &Known, fingerprints: &dyn Fingerprints) -> Self {
        let shown = body.shown();
        let digest = fingerprints.fingerprint("etag", shown.to_string().as_bytes()).to_string();
        let tag = format!("\"{}.{}\"", revision.0, digest.get(..32).unwrap_or(&digest));
        Self::known_or(tag, shown, known)
    }
    fn known_or(tag: String, body: Value, known: &Known) -> Self {
        let is_known = known.0.iter().any(|it| it == "*" || it.strip_prefix("W/").unwrap_or(it) == tag);
        Self { tag, body: (!is_known).then_some(body), of: PhantomData }
    }
}

impl RestsOn {
    /// The revision that the client looked at.
    ///
    /// # Errors
    /// 428 where the client named none.
    pub(crate) fn revision(&self) -> Result<Revision, Problem> {
        match self.0.as_deref() {
            Some([tag]) if tag != "*" => Ok(revision_in(tag).unwrap_or(OF_NOTHING)),
            Some([_, _, ..]) => Ok(OF_NOTHING),
            _ => {
                let detail = "read the resource, and send its ETag as If-Match";
                Err(Problem::told(StatusCode::PRECONDITION_REQUIRED, "if_match_required", detail))
            }
        }
    }
}

impl MayRestOn {
    /// The revision that the client looked at; nothing where it does not care (RFC 9110, 13.1.1: `*` is any).
    pub(crate) fn revision(&self) -> Option<Revision> {
        self.0.revision().ok()
    }
}

/// A tag that is none of ours names no revision, and the verb says so after it said who may.
const OF_NOTHING: Revision = Revision(u32::MAX);

/// Only a strong tag can be matched (RFC 9110, 13.1.1); what follows the revision does not matter here.
fn revision_in(tag: &str) -> Option<Revision> {
    let inner = tag.strip_prefix('"')?.strip_suffix('"')?;
    let number = inner.split('.').next().unwrap_or(inner);
    let canonical = number == "0" || !number.starts_with(['0', '+']);
    number.parse().ok().filter(|_| canonical).map(Revision)
}

fn tags(request: &Request, name: &HeaderName) -> Vec<String> {
    let lines = request.headers().get_all(name).iter().filter_map(|it| it.to_str().ok());
    let tags = lines.flat_map(|line| line.split(',')).map(|it| it.trim().to_owned());
    tags.filter(|it| !it.is_empty()).take(64).collect()
}

macro_rules! header_parameter {
    () => {
        const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::Parameter];
        type ParamType = ();
        type ParamRawType = ();

        fn param_in() -> Option<MetaParamIn> {
            Some(MetaParamIn::Header)
        }
        fn param_schema_ref() -> Option<MetaSchemaRef> {
            Some(String::schema())
        }
    };
}

impl<'a> ApiExtractor<'a> for Known {
    header_parameter!();

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> Result<Self> {
        Ok(Self(tags(request, &header::IF_NONE_MATCH)))
    }
}

impl<'a> ApiExtractor<'a> for RestsOn {
    header_parameter!();
    const PARAM_IS_REQUIRED: bool = true;

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let sent = request.headers().contains_key(header::IF_MATCH);
        Ok(Self(sent.then(|| tags(request, &header::IF_MATCH))))
    }
}

impl<'a> ApiExtractor<'a> for MayRestOn {
    header_parameter!();

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        RestsOn::from_request(request, body, options).await.map(Self)
    }
}

impl<T: Shown> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        let answer = match self.body {
            Some(body) => Response::builder().content_type("application/json").body(body.to_string()),
            None => Response::builder().status(StatusCode::NOT_MODIFIED).finish(),
        };
        match HeaderValue::from_str(&self.tag) {
            Ok(tag) => answer.with_header(header::ETAG, tag).into_response(),
            Err(_) => answer,
        }
    }
}

impl<T: Shown> ApiResponse for Tagged<T> {
    fn meta() -> MetaResponses {
        let content = vec![MetaMediaType { content_type: "application/json", schema: T::schema() }];
        let mut responses = vec![described(200, content), described(304, Vec::new())];
        for response in &mut responses {
            response.headers.push(MetaHeader {
                name: "ETag".into(),
                description: Some(
                    "Begins with the revision; send it as `If-Match` or `If-None-Match`.".into(),
                ),
                required: true,
                deprecated: false,
                schema: String::schema(),
            });
        }
        MetaResponses { responses }
    }
    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: Shown> IntoResponse for Changed<T> {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

impl<T: Shown> ApiResponse for Changed<T> {
    fn meta() -> MetaResponses {
        let mut meta = Tagged::<T>::meta();
        meta.responses.retain(|it| it.status == Some(200));
        meta
    }
    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_is_read_from_a_strong_tag_of_ours() {
        assert_eq!(revision_in("\"7\""), Some(Revision(7)));
        assert_eq!(revision_in("\"7.0123abcd\""), Some(Revision(7)));
        for tag in ["7", "W/\"7\"", "\"07\"", "\"+7\"", "\"\"", "\"-1\"", "\"99999999999\"", "\"x\""] {
            assert_eq!(revision_in(tag), None, "{tag}");
        }
    }

    #[test]
    fn a_change_without_a_revision_is_refused() {
        let of =
            |tags: &[&str]| RestsOn(Some(tags.iter().map(|&it| it.to_owned()).collect())).revision().ok();
        assert!(RestsOn(None).revision().is_err());
        assert_eq!(of(&["*"]), None);
        assert_eq!(of(&["\"3\""]), Some(Revision(3)));
        assert_eq!(of(&["W/\"3\""]), Some(OF_NOTHING));
        assert_eq!(of(&["\"3\"", "\"4\""]), Some(OF_NOTHING));
    }

    #[test]
    fn whoever_names_no_revision_may_still_change_what_asks_for_none() {
        let of = |tags: Option<&[&str]>| {
            MayRestOn(RestsOn(tags.map(|it| it.iter().map(|&it| it.to_owned()).collect()))).revision()
        };
        assert_eq!((of(None), of(Some(&["*"]))), (None, None));
        assert_eq!(of(Some(&["\"3.abc\""])), Some(Revision(3)));
        assert_eq!(of(Some(&["W/\"3\""])), Some(OF_NOTHING));
    }
}
