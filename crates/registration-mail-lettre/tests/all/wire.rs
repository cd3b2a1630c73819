//! What no server should do, and some do.
use std::time::Duration;

use registration_domain::port::{Mailer, MailerError};
use registration_mail_lettre::{LettreMailer, MailSettings, UnusableMail};
use tokio::time::Instant;

use crate::{
    fake::{Answer, FakeServer},
    scene::{mail_to, mails_to, settings},
};

fn mailer(url: &str) -> LettreMailer {
    let timeout = Duration::from_millis(300);
    let settings = MailSettings { connect_timeout: timeout, send_timeout: timeout, ..settings(url) };
    LettreMailer::connect(&settings).unwrap()
}

async fn check(answer: Answer, expected: Result<&str, MailerError>) {
    let server = FakeServer::start(answer).await;
    let mailer = mailer(&format!("smtp+plain://user:secret@127.0.0.1:{}", server.port));
    let sent = mailer.send(&mail_to("ana@acme.example")).await;
    assert_eq!(sent, expected.map(str::to_owned));
}

fn not_now(reply: &str) -> Result<&'static str, MailerError> {
    Err(MailerError::NotNow(reply.into()))
}

fn refused(reply: &str) -> Result<&'static str, MailerError> {
    Err(MailerError::Refused(reply.into()))
}

#[tokio::test]
async fn a_mail_that_is_taken_is_told_in_the_words_of_the_server() {
    check(|_| Some(""), Ok("250 Fine")).await;
    check(|line| Some(if line == "." { "250-Kept\r\n250 for you" } else { "" }), Ok("250 Kept for you"))
        .await;
}

#[tokio::test]
async fn a_mail_that_is_refused_for_good_is_refused() {
    check(|line| Some(if line == "." { "554 5.7.1 Spam" } else { "" }), refused("554 5.7.1 Spam")).await;
    check(|line| Some(if line == "DATA" { "554 No" } else { "" }), refused("554 No")).await;
    check(|line| Some(if line.starts_with("RCPT") { "553 No" } else { "" }), refused("553 No")).await;
}

#[tokio::test]
async fn a_mail_that_may_be_taken_later_is_not_refused() {
    check(|line| Some(if line == "." { "452 Full" } else { "" }), not_now("452 Full")).await;
    check(|line| Some(if line.starts_with("MAIL") { "421 Busy" } else { "" }), not_now("421 Busy")).await;
}

#[tokio::test]
async fn a_refusal_of_us_is_no_refusal_of_the_mail() {
    check(
        |line| Some(if line.starts_with("AUTH") { "535 5.7.8 Wrong" } else { "" }),
        not_now("535 5.7.8 Wrong"),
    )
    .await;
    check(|line| Some(if line.starts_with("MAIL") { "530 Log in" } else { "" }), not_now("530 Log in")).await;
    check(|line| Some(if line.is_empty() { "554 No service" } else { "" }), not_now("554 No service")).await;
    check(|line| Some(if line.starts_with("EHLO") { "550 Who?" } else { "" }), not_now("550 Who?")).await;
}

#[tokio::test]
async fn a_reply_is_one_short_line_without_anything_to_click_or_to_obey() {
    let server = FakeServer::start(|line| {
        let long = "550 a\tb\u{7}c\u{202E}d https://evil.example/x yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\
            yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\
            yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\
            yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy";
        Some(if line.starts_with("RCPT") { long } else { "" })
    })
    .await;
    let sent =
        mailer(&format!("smtp+plain://127.0.0.1:{}", server.port)).send(&mail_to("ana@acme.example")).await;
    let Err(MailerError::Refused(reply)) = sent else { panic!("{sent:?}") };
    assert!(reply.starts_with("550 a b cd yyy"), "{reply}");
    assert!(reply.chars().count() <= 300, "{reply}");
}

#[tokio::test]
async fn a_server_that_falls_silent_is_left() {
    for silent_at in [
        (|line| (!line.is_empty()).then_some("")) as Answer,
        |line| (!line.starts_with("EHLO")).then_some(""),
        |line| (!line.starts_with("AUTH")).then_some(""),
        |line| (!line.starts_with("MAIL")).then_some(""),
        |line| (!line.starts_with("RCPT")).then_some(""),
        |line| (line != "DATA").then_some(""),
        |line| (line != ".").then_some(""),
    ] {
        let server = FakeServer::start(silent_at).await;
        let begun = Instant::now();
        let sent = mailer(&format!("smtp+plain://user:secret@127.0.0.1:{}", server.port))
            .send(&mail_to("ana@acme.example"))
            .await;
        let Err(MailerError::NotNow(reply)) = sent else { panic!("{sent:?}") };
        assert!(reply.contains("within 300ms"), "{reply}");
        assert!(begun.elapsed() < Duration::from_secs(5));
    }
}

#[tokio::test]
async fn nobody_there_is_not_now() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let sent = mailer(&format!("smtp+plain://127.0.0.1:{port}")).send(&mail_to("ana@acme.example")).await;
    assert!(matches!(sent, Err(MailerError::NotNow(_))), "{sent:?}");
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let server = FakeServer::start(|_| Some("")).await;
    let mailer = mailer(&format!("smtp+plain://127.0.0.1:{}", server.port));
    for mail in mails_to("ana@acme.example") {
        mailer.send(&mail).await.unwrap();
    }
    let told = server.told();
    assert_eq!(told.iter().filter(|line| line.starts_with("EHLO")).count(), 1);
    assert_eq!(
        told.iter().filter(|line| line.starts_with("RCPT")).count(),
        mails_to("ana@acme.example").len()
    );
}

#[tokio::test]
async fn a_connection_that_ended_while_idle_is_replaced() {
    let server = FakeServer::start(|line| Some(if line == "NOOP" { "421 Bye" } else { "" })).await;
    let mailer = mailer(&format!("smtp+plain://127.0.0.1:{}", server.port));
    for mail in &mails_to("ana@acme.example")[..2] {
        mailer.send(mail).await.unwrap();
    }
    assert_eq!(server.told().iter().filter(|line| line.starts_with("EHLO")).count(), 2);
}

#[tokio::test]
async fn nothing_is_said_to_a_server_without_starttls() {
    let server = FakeServer::start(|_| Some("")).await;
    let sent = mailer(&format!("smtp://user:secret@localhost:{}", server.port))
        .send(&mail_to("ana@acme.example"))
        .await;
    assert!(matches!(&sent, Err(MailerError::NotNow(reply)) if reply.contains("STARTTLS")), "{sent:?}");
    let told = server.told();
    assert!(told.iter().all(|line| line.starts_with("EHLO") || line == "QUIT"), "{told:?}");
}

#[tokio::test]
async fn an_address_that_the_server_cannot_write_is_refused() {
    let server = FakeServer::start(|_| Some("")).await;
    let mailer = mailer(&format!("smtp+plain://127.0.0.1:{}", server.port));
    let sent = mailer.send(&mail_to("añá@acme.example")).await;
    assert!(matches!(sent, Err(MailerError::Refused(_))), "{sent:?}");
    assert!(mailer.send(&mail_to("ana@bücher.example")).await.is_ok(), "a domain has a form in ASCII");
}

#[test]
fn certificates_that_are_none_are_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("ca.pem");
    for content in [
        None,
        Some("not a certificate"),
        Some("-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n"),
    ] {
        if let Some(content) = content {
            std::fs::write(&path, content).unwrap();
        }
        let settings = MailSettings { extra_ca: Some(path.clone()), ..settings("smtps://localhost") };
        let error = LettreMailer::connect(&settings).unwrap_err();
        assert!(
            matches!(error, UnusableMail::Certificates { .. } | UnusableMail::Tls(_)),
            "{content:?}: {error:?}"
        );
    }
}
