//! Who calls is asked anew at each request: a token stands for a session, and a session for an account.
use poem::{Request, RequestBody, Result, http::header};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaSecurityScheme, Registry},
};
use registration_domain::{
    account::AccountId,
    session::{Caller, Device, Origin},
    use_case::authenticate::{NotSignedIn, SignedIn},
};
use registration_edge_poem::ClientAddress;

use crate::{deployment::Deployment, problem::Problem};

const SCHEME: &str = "session";

/// Somebody who is signed in.
#[derive(Debug)]
pub(crate) struct Signed(pub(crate) SignedIn);

/// Somebody who is signed in, or anybody; a token that stands for nobody is refused.
#[derive(Debug)]
pub(crate) struct Anybody(pub(crate) Option<SignedIn>);

/// What a request came from.
#[derive(Debug)]
pub(crate) struct Client(pub(crate) Device);

impl Signed {
    /// As verbs take it.
    pub(crate) fn caller(&self) -> Caller {
        self.0.caller()
    }
    /// Their account.
    pub(crate) fn account(&self) -> AccountId {
        self.0.account.id()
    }
}

impl<'a> ApiExtractor<'a> for Signed {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        register_scheme(registry);
    }
    fn security_schemes() -> Vec<&'static str> {
        vec![SCHEME]
    }

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let somebody = signed_in(request).await?;
        somebody.map(Self).ok_or_else(|| Problem::of(&NotSignedIn).into())
    }
}

impl<'a> ApiExtractor<'a> for Anybody {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        register_scheme(registry);
    }
    fn security_schemes() -> Vec<&'static str> {
        vec![SCHEME]
    }
    fn has_security_fallback() -> bool {
        true
    }

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> Result<Self> {
        signed_in(request).await.map(Self)
    }
}

impl<'a> ApiExtractor<'a> for Client {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::PoemExtractor];
    type ParamType = ();
    type ParamRawType = ();

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let fingerprints = Deployment::of(request)?.platform().fingerprints();
        let sent = request.headers().get(header::USER_AGENT).map_or(&[][..], |it| it.as_bytes());
        let fingerprint = fingerprints.fingerprint("device", sent);
        Ok(Self(Device {
            label: label(&String::from_utf8_lossy(sent)),
            fingerprint,
            origin: origin(request),
        }))
    }
}

/// Nobody without the header; without a token that stands for somebody, a refusal.
async fn signed_in(request: &Request) -> Result<Option<SignedIn>> {
    let mut sent = request.headers().get_all(header::AUTHORIZATION).iter();
    let Some(first) = sent.next() else { return Ok(None) };
    let token = first.to_str().ok().filter(|_| sent.next().is_none()).and_then(bearer);
    let token = token.ok_or_else(|| Problem::of(&NotSignedIn))?;
    let platform = Deployment::of(request)?.platform();
    match platform.authenticate(token, origin(request)).await {
        Ok(somebody) => Ok(Some(somebody)),
        Err(refused) => Err(Problem::from(refused).into()),
    }
}

/// The token of a header such as `Bearer q7Jw`.
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then(|| token.trim())
}

fn origin(request: &Request) -> Origin {
    Origin(request.data::<ClientAddress>().map(|it| it.ip().to_string()))
}

/// What a device calls itself, as its owner may be shown it: a line of at most 200 visible characters.
fn label(sent: &str) -> Option<String> {
    let line: String = sent.chars().filter(|it| matches!(it, ' '..='~')).take(200).collect();
    let line = line.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

fn register_scheme(registry: &mut Registry) {
    let scheme = MetaSecurityScheme {
        ty: "http",
        description: Some("The `token` of `POST /sessions`."),
        name: None,
        key_in: None,
        scheme: Some("bearer"),
        bearer_format: None,
        flows: None,
        openid_connect_url: None,
    };
    registry.create_security_scheme(SCHEME, scheme);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_bearer_scheme_is_known() {
        assert_eq!(bearer("Bearer a.b-c"), Some("a.b-c"));
        assert_eq!(bearer("bearer  a"), Some("a"));
        for header in ["Bearer", "Bearer ", "Basic a", "a"] {
            assert_eq!(bearer(header), None, "{header}");
        }
    }

    #[test]
    fn a_label_is_one_visible_line() {
        assert_eq!(label(" curl/8\r\nX: y\u{202E} "), Some("curl/8X: y".into()));
        assert_eq!(label("\t"), None);
        assert_eq!(label(&"x".repeat(999)).map(|it| it.len()), Some(200));
    }
}
