//! What is for those who run the platform.
use poem::http::StatusCode;
use registration_domain::access::Access;

use crate::{scene, support::House};

#[tokio::test]
async fn an_administrator_sees_where_mail_goes_and_reads_the_answer_to_a_sample() {
    let (house, organization, _) = House::founded().await;
    let mut ana = house.signed_in("ana").await;
    let start = ana.get(&format!("/o/{organization}")).await.says("Set up emailDone");
    let page = ana.get(&start.link("/platform/email")).await.is(StatusCode::OK);
    page.says("to mail.harbour.example, port 587, protected by TLS")
        .says("Harbour Access &#60;access@harbour.example&#62;")
        .says("A sample goes to ana@acme.example");
    let taken = ana.post("/platform/email", &[]).await.is(StatusCode::OK);
    taken.says("The mail to ana@acme.example was taken.").says("250 2.0.0 queued for ana@acme.example");
    let refused = ana.post("/platform/email", &[]).await.is(StatusCode::BAD_GATEWAY);
    refused.says("The mail to ana@acme.example was not taken.").says("451 4.7.1 try again later");
}

#[tokio::test]
async fn nobody_else_learns_where_mail_goes() {
    let (house, organization, ana) = House::founded().await;
    let bo = scene::invite(&house.platform, &ana, organization, "bo@acme.example", Access::Owner).await;
    scene::accept(&house.platform, bo, "bo", "Bo", "Lindqvist").await;
    let mut bo = house.signed_in("bo").await;
    bo.get(&format!("/o/{organization}")).await.hides("Set up email");
    bo.get("/platform/email").await.is(StatusCode::NOT_FOUND);
    bo.get("/organizations/new").await;
    bo.post("/platform/email", &[]).await.is(StatusCode::NOT_FOUND);
    house.browser().get("/platform/email").await.is(StatusCode::SEE_OTHER);
}
