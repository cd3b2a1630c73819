//! What a path names either can be there or is not found: a text that is no id names nothing.
use poem::{Request, RequestBody, Result};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaParamIn, MetaSchemaRef},
};
use registration_domain::id::Id;

use crate::{body, problem::Problem, shape::Shape};

/// An id in the path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Path<T>(pub(crate) T);

impl<'a, Of> ApiExtractor<'a> for Path<Id<Of>> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::Parameter];
    const PARAM_IS_REQUIRED: bool = true;
    type ParamType = ();
    type ParamRawType = ();

    fn param_in() -> Option<MetaParamIn> {
        Some(MetaParamIn::Path)
    }
    fn param_schema_ref() -> Option<MetaSchemaRef> {
        Some(Id::<Of>::schema())
    }

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let named = request.raw_path_param(options.name).and_then(body::id);
        named.map(Self).ok_or_else(|| Problem::not_found().into())
    }
}
