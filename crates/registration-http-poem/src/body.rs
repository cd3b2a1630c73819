//! A request's body is one JSON object, and all that is wrong with it is told at once.
mod json;
mod reading;
mod values;

use poem::{
    Request, RequestBody, Result,
    http::{StatusCode, header},
};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaMediaType, MetaRequest, MetaSchemaRef, Registry},
};
use registration_domain::settings::Settings;
use registration_edge_poem::ProblemBody;

pub(crate) use json::{Json, NotJson};
pub(crate) use reading::{Field, Reading};
pub(crate) use values::{ContactLine, NewPassword, Words, id, one_of};

use crate::{deployment::Deployment, problem::Problem, shape::Shape};

const MEDIA_TYPE: &str = "application/json";

/// What a client sent as `application/json`. There may be secrets in it, so it is never shown.
pub(crate) struct Body<T> {
    /// What it says.
    pub(crate) it: T,
    /// As it was sent, to know a repeat again.
    pub(crate) bytes: Vec<u8>,
}

/// The body of an act that needs no words: nothing at all, or an empty object.
#[derive(Debug)]
pub(crate) struct Nothing;

/// A body that may be left out altogether.
pub(crate) trait MayBeEmpty: Field {}

/// The same as [`Body`], where nothing at all is as good as an empty object.
pub(crate) struct OptionalBody<T>(pub(crate) Body<T>);

impl<'a, T: Field> ApiExtractor<'a> for Body<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
    fn request_meta() -> Option<MetaRequest> {
        Some(described::<T>(true))
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let settings = Deployment::of(request)?.platform().settings();
        let bytes = body.take()?.into_vec().await?;
        require_json(request)?;
        Ok(read(bytes, settings)?)
    }
}

impl<'a, T: MayBeEmpty> ApiExtractor<'a> for OptionalBody<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
    fn request_meta() -> Option<MetaRequest> {
        Some(described::<T>(false))
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let settings = Deployment::of(request)?.platform().settings();
        let bytes = body.take()?.into_vec().await?;
        if bytes.is_empty() {
            let mut reading = Reading::new(settings);
            let it = T::read(Json::Object(Vec::new()), &mut reading);
            let it = reading.end(it).map_err(Problem::fields)?;
            return Ok(Self(Body { it, bytes }));
        }
        require_json(request)?;
        Ok(Self(read(bytes, settings)?))
    }
}

fn described<T: Shape>(required: bool) -> MetaRequest {
    let media = MetaMediaType { content_type: MEDIA_TYPE, schema: T::schema() };
    MetaRequest { description: None, content: vec![media], required }
}

fn read<T: Field>(bytes: Vec<u8>, settings: &Settings) -> Result<Body<T>, Problem> {
    let json = Json::parse(&bytes).map_err(Problem::malformed)?;
    let mut reading = Reading::new(settings);
    let it = T::read(json, &mut reading);
    let it = reading.end(it).map_err(Problem::fields)?;
    Ok(Body { it, bytes })
}

/// Anything else might be a form that some page was made to send.
fn require_json(request: &Request) -> Result<()> {
    let sent = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let mut parts = sent.unwrap_or_default().split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|it| it.eq_ignore_ascii_case(MEDIA_TYPE));
    let is_utf8 = |it: &str| match it.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
            value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    };
    if is_json && parts.all(is_utf8) {
        return Ok(());
    }
    let problem = ProblemBody::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    Err(problem.detail("send application/json in UTF-8").into())
}

impl Shape for Nothing {
    fn schema() -> MetaSchemaRef {
        MetaSchemaRef::Reference("Nothing".into())
    }
    fn register(registry: &mut Registry) {
        let description = "An empty object; the body may be left out.";
        registry
            .create_schema::<Self, _>("Nothing".into(), |_| crate::shape::object(description, Vec::new()));
    }
}
impl Field for Nothing {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        reading.object(json)?.end(reading);
        Some(Self)
    }
}
impl MayBeEmpty for Nothing {}
