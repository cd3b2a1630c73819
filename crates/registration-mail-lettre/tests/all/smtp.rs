//! A real mail server with its own CA: what it takes, what it refuses, and what it leaves open.
use std::{
    fs,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
use registration_domain::port::{Mailer, MailerError};
use registration_mail_lettre::{LettreMailer, MailSettings};
use registration_testkit::servers::SmtpServer;
use tokio::time::Instant;

use crate::scene::{mail_to, mails_to, settings, written};

/// An address that no other test and no earlier run has; what is before the plus asks for a fault.
fn somebody(wish: &str) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    format!("{wish}+{}-{}@acme.example", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed))
}

pub(crate) fn starttls(server: &SmtpServer) -> MailSettings {
    trusting(server, &format!("smtp://{}@{}:{}", login(server), server.host, server.starttls_port))
}

fn tls(server: &SmtpServer) -> MailSettings {
    trusting(server, &format!("smtps://{}@{}:{}", login(server), server.host, server.tls_port))
}

fn trusting(server: &SmtpServer, url: &str) -> MailSettings {
    MailSettings { extra_ca: Some(server.ca.clone()), ..settings(url) }
}

fn login(server: &SmtpServer) -> String {
    let encoded = |text: &str| {
        text.bytes().flat_map(|byte| ["%".to_owned(), format!("{byte:02x}")]).collect::<String>()
    };
    format!("{}:{}", encoded(&server.user), encoded(&server.password))
}

struct Kept {
    facts: serde_json::Value,
    eml: String,
}

/// All mails that the server kept for this address, in their order.
fn kept(server: &SmtpServer, to: &str) -> Vec<Kept> {
    let mut numbers: Vec<_> = fs::read_dir(&server.mails)
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect();
    numbers.sort();
    let read = |path: std::path::PathBuf| Kept {
        facts: serde_json::from_slice(&fs::read(&path).unwrap()).unwrap(),
        eml: fs::read_to_string(path.with_extension("eml")).unwrap(),
    };
    numbers.into_iter().map(read).filter(|it| it.facts["to"][0] == to).collect()
}

#[tokio::test]
async fn every_letter_arrives_by_starttls_as_it_was_written() {
    let server = SmtpServer::of_the_run();
    let mailer = LettreMailer::connect(&starttls(&server)).unwrap();
    let to = somebody("ana");
    let mails = mails_to(&to);
    for mail in &mails {
        let reply = mailer.send(mail).await.unwrap();
        assert!(reply.starts_with("250 2.0.0 Kept as "), "{reply}");
    }
    let kept = kept(&server, &to);
    assert_eq!(kept.len(), mails.len());
    for (Kept { facts, eml }, mail) in kept.iter().zip(&mails) {
        assert_eq!(eml.trim_end(), written(mail).trim_end());
        assert_eq!(facts["tls"], true);
        assert_eq!(facts["user"], server.user);
        assert_eq!(facts["from"], "no-reply@join.example.org");
    }
}

#[tokio::test]
async fn a_letter_arrives_by_tls_from_the_first_byte() {
    let server = SmtpServer::of_the_run();
    let to = somebody("ana");
    LettreMailer::connect(&tls(&server)).unwrap().send(&mail_to(&to)).await.unwrap();
    assert_eq!(kept(&server, &to)[0].facts["tls"], true);
}

#[tokio::test]
async fn a_server_whose_ca_is_unknown_gets_nothing() {
    let server = SmtpServer::of_the_run();
    let directory = tempfile::tempdir().unwrap();
    let other = directory.path().join("other.pem");
    fs::write(&other, another_ca()).unwrap();
    for settings in [starttls(&server), tls(&server)] {
        for extra_ca in [None, Some(other.clone())] {
            let to = somebody("ana");
            let mailer = LettreMailer::connect(&MailSettings { extra_ca, ..settings.clone() }).unwrap();
            let sent = mailer.send(&mail_to(&to)).await;
            assert!(
                matches!(&sent, Err(MailerError::NotNow(reply)) if reply.contains("certificate")),
                "{sent:?}"
            );
            assert_eq!(kept(&server, &to).len(), 0);
        }
    }
}

fn another_ca() -> String {
    let mut params = CertificateParams::new(vec![]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.self_signed(&KeyPair::generate().unwrap()).unwrap().pem()
}

#[tokio::test]
async fn a_server_under_another_name_gets_nothing() {
    let server = SmtpServer::of_the_run();
    let url = format!("smtps://{}@127.0.0.2:{}", login(&server), server.tls_port);
    let sent =
        LettreMailer::connect(&trusting(&server, &url)).unwrap().send(&mail_to(&somebody("ana"))).await;
    assert!(matches!(sent, Err(MailerError::NotNow(_))), "{sent:?}");
}

#[tokio::test]
async fn a_login_that_is_refused_is_no_refusal_of_the_mail() {
    let server = SmtpServer::of_the_run();
    let url = format!("smtps://{}:wrong@{}:{}", server.user, server.host, server.tls_port);
    let sent =
        LettreMailer::connect(&trusting(&server, &url)).unwrap().send(&mail_to(&somebody("ana"))).await;
    assert!(matches!(&sent, Err(MailerError::NotNow(reply)) if reply.starts_with("535 ")), "{sent:?}");
    assert!(!format!("{sent:?}").contains("wrong"));
}

#[tokio::test]
async fn what_the_server_refuses_is_told_in_its_words_and_spoils_no_other_mail() {
    let server = SmtpServer::of_the_run();
    let mailer = LettreMailer::connect(&starttls(&server)).unwrap();
    let later = mailer.send(&mail_to(&somebody("refuse-4xx"))).await;
    assert_eq!(later, Err(MailerError::NotNow("451 4.3.0 Try again later".into())));
    let never = mailer.send(&mail_to(&somebody("refuse-5xx"))).await;
    assert_eq!(never, Err(MailerError::Refused("550 5.1.1 No such mailbox".into())));
    assert!(mailer.send(&mail_to(&somebody("ana"))).await.is_ok());
}

#[tokio::test]
async fn a_mail_whose_answer_was_lost_is_sent_again_as_the_same_mail() {
    let server = SmtpServer::of_the_run();
    let mailer = LettreMailer::connect(&starttls(&server)).unwrap();
    let to = somebody("cut-after-data");
    let mail = mail_to(&to);
    let cut = mailer.send(&mail).await;
    assert!(matches!(cut, Err(MailerError::NotNow(_))), "{cut:?}");
    // Another process may be the one that tries again.
    let other = LettreMailer::connect(&tls(&server)).unwrap();
    assert!(other.send(&mail).await.is_ok());
    let kept = kept(&server, &to);
    assert_eq!(
        kept.iter().map(|it| it.facts["answered"].as_bool()).collect::<Vec<_>>(),
        [Some(false), Some(true)]
    );
    assert_eq!(kept[0].eml, kept[1].eml);
    assert!(kept[0].eml.contains(&format!("Message-ID: <{}@join.example.org>", mail.message.id)));
}

#[tokio::test]
async fn a_server_that_hangs_is_left_in_time() {
    let server = SmtpServer::of_the_run();
    let settings = MailSettings { send_timeout: Duration::from_millis(500), ..starttls(&server) };
    let mailer = LettreMailer::connect(&settings).unwrap();
    let begun = Instant::now();
    let sent = mailer.send(&mail_to(&somebody("hang"))).await;
    let reply = "the server did not take the mail within 500ms";
    assert_eq!(sent, Err(MailerError::NotNow(reply.into())));
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert!(mailer.send(&mail_to(&somebody("ana"))).await.is_ok(), "other mail is not held up");
}

#[tokio::test]
async fn mails_that_go_at_once_all_arrive() {
    let server = SmtpServer::of_the_run();
    let mailer = std::sync::Arc::new(LettreMailer::connect(&starttls(&server)).unwrap());
    let to = somebody("ana");
    let sends = mails_to(&to).into_iter().map(|mail| {
        let mailer = mailer.clone();
        tokio::spawn(async move { mailer.send(&mail).await })
    });
    for send in sends.collect::<Vec<_>>() {
        send.await.unwrap().unwrap();
    }
    assert_eq!(kept(&server, &to).len(), mails_to(&to).len());
}
