//! Every answer has a `Request-Id`.

use poem::{Route, endpoint::make_sync, get};
use registration_edge_poem::RequestId;

use super::support::plain;

fn routes() -> Route {
    let tell = make_sync(|request| {
        let extension = request.data::<RequestId>().cloned();
        assert_eq!(extension, RequestId::current());
        extension.map(|id| id.to_string()).unwrap_or_default()
    });
    Route::new().at("/id", get(tell))
}

async fn check(sent: &str, told: &str) {
    let answer = plain(routes()).await.get("/id", &format!("Request-Id: {sent}\r\n")).await;
    assert_eq!(answer.header("request-id"), Some(told));
    assert_eq!(answer.body, told, "the handler sees the same id");
}

#[tokio::test]
async fn a_well_formed_id_of_the_client_is_kept() {
    check("order-7.a_B", "order-7.a_B").await;
    check(&"x".repeat(64), &"x".repeat(64)).await;
}

#[tokio::test]
async fn a_malformed_id_of_the_client_is_replaced() {
    check("two words", "made-1").await;
    check("<script>", "made-1").await;
    check(&"x".repeat(65), "made-1").await;
    check("", "made-1").await;
}

#[tokio::test]
async fn a_request_without_an_id_gets_one() {
    let server = plain(routes()).await;
    assert_eq!(server.get("/id", "").await.header("request-id"), Some("made-1"));
    assert_eq!(server.get("/nowhere", "").await.header("request-id"), Some("made-2"));
}
