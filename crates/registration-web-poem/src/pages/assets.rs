//! Style sheet, script and sign.
use poem::{Response, Result, handler, web::Path};

use crate::assets::Assets;

/// `GET /static/{name}`.
#[handler]
pub(crate) fn file(Path(name): Path<String>) -> Result<Response> {
    Ok(Assets::file(&name)?)
}
