//! Whatever goes wrong is a problem, and tells nothing internal.

use std::io;

use poem::{Error, Route, endpoint::make_sync, error::InternalServerError, get, http::StatusCode, post};
use registration_edge_poem::{ProblemBody, route::AllowedMethods};

use super::support::plain;

fn routes() -> Route {
    Route::new()
        .at("/fine", get(make_sync(|_| "fine")))
        .at("/panics", get(make_sync(|_| -> &'static str { panic!("secret-of-the-panic") })))
        .at(
            "/fails",
            get(make_sync(|_| Err::<(), _>(InternalServerError(io::Error::other("secret-of-the-disk"))))),
        )
        .at("/bare", get(make_sync(|_| StatusCode::GONE)))
        .at("/own", get(make_sync(|_| Err::<(), Error>(own().into()))))
        .at(
            "/text",
            get(make_sync(|_| Err::<(), _>(Error::from_string("inner words", StatusCode::BAD_REQUEST)))),
        )
        .at("/only-post", post(make_sync(|_| "posted")))
        .at("/tells-methods", get(make_sync(|_| Err::<(), _>(not_that_method()))))
}

fn own() -> ProblemBody {
    ProblemBody::new(StatusCode::CONFLICT, "already_invited", "Already invited").with("invitation_id", "7")
}

fn not_that_method() -> Error {
    let mut error = Error::from_status(StatusCode::METHOD_NOT_ALLOWED);
    error.set_data(AllowedMethods("GET, HEAD".to_owned()));
    error
}

#[tokio::test]
async fn an_unknown_path_is_a_problem() {
    plain(routes()).await.get("/nowhere", "").await.is_problem(404, "not_found");
}

#[tokio::test]
async fn a_wrong_method_is_a_problem() {
    plain(routes()).await.get("/only-post", "").await.is_problem(405, "method_not_allowed");
}

#[tokio::test]
async fn a_wrong_method_names_the_right_ones_where_they_are_known() {
    let answer = plain(routes()).await.get("/tells-methods", "").await;
    answer.is_problem(405, "method_not_allowed");
    assert_eq!(answer.header("allow"), Some("GET, HEAD"));
}

#[tokio::test]
async fn a_panic_is_a_problem_that_quotes_nothing_and_the_next_request_is_fine() {
    let server = plain(routes()).await;
    let mut client = server.connect().await;
    let ask = |path| format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    client.say(&ask("/panics")).await;
    let answer = client.answer().await;
    answer.is_problem(500, "internal");
    assert!(!answer.body.contains("secret"), "{}", answer.body);
    client.say(&ask("/fine")).await;
    assert_eq!(client.answer().await.status, 200);
}

#[tokio::test]
async fn an_internal_error_tells_nothing_internal() {
    let answer = plain(routes()).await.get("/fails", "").await;
    answer.is_problem(500, "internal");
    assert!(!answer.body.contains("secret"), "{}", answer.body);
}

#[tokio::test]
async fn the_words_of_the_framework_are_not_passed_on() {
    let answer = plain(routes()).await.get("/text", "").await;
    answer.is_problem(400, "malformed_request");
    assert!(!answer.body.contains("inner"), "{}", answer.body);
}

#[tokio::test]
async fn a_problem_of_the_application_passes_unchanged() {
    let problem = plain(routes()).await.get("/own", "").await.is_problem(409, "already_invited");
    assert_eq!(problem["invitation_id"], "7");
}

#[tokio::test]
async fn a_bare_refusal_of_the_application_is_its_own_and_ends_nothing() {
    let server = plain(routes()).await;
    let mut client = server.connect().await;
    for _ in 0..2 {
        client.say(&format!("GET /bare HTTP/1.1\r\nHost: {}\r\n\r\n", server.address)).await;
        let answer = client.answer().await;
        assert_eq!((answer.status, answer.body.as_str()), (410, ""));
    }
}

#[tokio::test]
async fn an_unreadable_request_is_a_problem() {
    let answer = plain(routes()).await.send("this is not HTTP\r\n\r\n").await;
    answer.is_problem(400, "malformed_request");
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert!(answer.header("date").is_some());
}

#[tokio::test]
async fn an_unreadable_request_after_a_good_one_is_a_problem() {
    let server = plain(routes()).await;
    let mut client = server.connect().await;
    client.say(&format!("GET /fine HTTP/1.1\r\nHost: {}\r\n\r\n", server.address)).await;
    assert_eq!(client.answer().await.status, 200);
    client.say("this is not HTTP\r\n\r\n").await;
    client.answer().await.is_problem(400, "malformed_request");
    client.closed().await;
}

#[tokio::test]
async fn a_head_that_is_too_large_is_a_problem() {
    let server = plain(routes()).await;
    let large = "x".repeat(64 * 1024);
    server.get("/fine", &format!("X-Large: {large}\r\n")).await.is_problem(431, "headers_too_large");
    server.get(&format!("/{large}"), "").await.is_problem(431, "headers_too_large");
}

#[tokio::test]
async fn too_many_headers_are_a_problem() {
    let many = "X-Many: 1\r\n".repeat(200);
    plain(routes()).await.get("/fine", &many).await.is_problem(431, "headers_too_large");
}
