//! A POST that is sent twice with one key is done once; the repeat is told the first outcome.
use poem::{PathPattern, Request, RequestBody, Result, http::StatusCode};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaParamIn, MetaSchema, MetaSchemaRef},
};
use registration_domain::{account::AccountId, receipt::Once};

use crate::{deployment::Deployment, problem::Problem, shape::inline};

const HEADER: &str = "idempotency-key";
const LONGEST: usize = 255;

/// What the client would have recognized, if it sends it again.
#[derive(Debug)]
pub(crate) struct Retry {
    key: Option<String>,
    route: String,
    target: String,
}

impl Retry {
    /// What makes a repeat of this request recognized; nothing without a key.
    pub(crate) fn once(&self, of: &Deployment, caller: Option<AccountId>, body: &[u8]) -> Option<Once> {
        let key = self.key.as_deref()?;
        let caller = caller.map(|it| it.to_string());
        // The path and query belong to what was asked for: with other ids it is another request.
        let request = [self.target.as_bytes(), b"\n", body].concat();
        Some(of.platform().once(caller.as_deref(), &self.route, key, &request))
    }
}

impl<'a> ApiExtractor<'a> for Retry {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::Parameter];
    type ParamType = ();
    type ParamRawType = ();

    fn param_in() -> Option<MetaParamIn> {
        Some(MetaParamIn::Header)
    }
    fn param_schema_ref() -> Option<MetaSchemaRef> {
        let pattern = Some("^[!-~]+$".to_owned());
        let (min_length, max_length) = (Some(1), Some(LONGEST));
        Some(inline(MetaSchema { pattern, min_length, max_length, ..MetaSchema::new("string") }))
    }

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let mut sent = request.headers().get_all(HEADER).iter().map(|it| key(it.as_bytes()));
        let key = match (sent.next(), sent.next()) {
            (None, _) => None,
            (Some(Some(key)), None) => Some(key),
            _ => {
                let detail = "an Idempotency-Key is sent once and has 1 to 255 visible ASCII characters";
                return Err(
                    Problem::told(StatusCode::BAD_REQUEST, "idempotency_key_malformed", detail).into()
                );
            }
        };
        let pattern = request.data::<PathPattern>().map_or("", |it| &*it.0);
        let route = format!("{} {pattern}", request.method());
        // Within the API, so that it is the same wherever the API is mounted.
        Ok(Self { key, route, target: request.uri().to_string() })
    }
}

fn key(sent: &[u8]) -> Option<String> {
    let fits = (1..=LONGEST).contains(&sent.len()) && sent.iter().all(u8::is_ascii_graphic);
    fits.then(|| String::from_utf8_lossy(sent).into_owned())
}
