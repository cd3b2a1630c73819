//! What is served beside the operations: the document, its page, and the meaning of codes.
use poem::{
    EndpointExt, IntoResponse, Request, Response, Route,
    endpoint::make_sync,
    get,
    http::{StatusCode, header},
};
use registration_edge_poem::ProblemBody;
use serde_json::json;

use crate::{
    document::Documents,
    problem::{Code, find_code},
    telling::Telling,
};

/// The page runs its own inline script and nothing else; it asks nobody but us.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Everything but the operations.
pub(crate) fn routes(documents: &'static Documents, telling: &Telling) -> Route {
    let Documents { json, page } = documents;
    let document = make_sync(|_| Response::builder().content_type("application/json").body(json.as_str()));
    let docs = make_sync(|_| {
        let answer = Response::builder().content_type("text/html; charset=utf-8");
        answer.header(header::CONTENT_SECURITY_POLICY, DOCS_POLICY).body(page.as_str())
    });
    Route::new()
        .at("/openapi.json", get(document).with(telling.clone()))
        .at("/docs", get(docs).with(telling.clone()))
        .at("/problems/:code", get(make_sync(problem)).with(telling.clone()))
}

/// What a code means, for programs, and for people where their browser asks.
fn problem(request: Request) -> Response {
    let Some(code) = find_code(request.raw_path_param("code").unwrap_or_default()) else {
        return ProblemBody::of_status(StatusCode::NOT_FOUND).into_response();
    };
    let accepts = request.headers().get(header::ACCEPT).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if accepts.contains("text/html") {
        return Response::builder().content_type("text/html; charset=utf-8").body(page(code));
    }
    let Code { code, status, title, meaning, remedy } = code;
    let body = json!({
        "type": format!("/problems/{code}"),
        "code": code,
        "status": status,
        "title": title,
        "meaning": meaning,
        "remedy": remedy,
    });
    Response::builder().content_type("application/json").body(body.to_string())
}

/// The words of the table hold no markup.
fn page(code: &Code) -> String {
    let Code { code, status, title, meaning, remedy } = code;
    let status = status.map_or_else(|| "told of single fields".to_owned(), |it| format!("status {it}"));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head>\n\
         <body><main><h1>{title}</h1>\n<p><code>{code}</code>, {status}</p>\n<p>{meaning}</p>\n\
         <p><strong>What to do:</strong> {remedy}</p></main></body>\n</html>\n"
    )
}
