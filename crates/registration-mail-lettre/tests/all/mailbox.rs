//! The development mailbox shows what was sent to whom, to all processes, and gives nothing else away.
use std::{fs, os::unix::fs::PermissionsExt, path::Path, time::Duration};

use registration_domain::{
    email::Email,
    port::{Mail, Mailer, MailerError},
    verification_code::VerificationCode,
};
use registration_mail_lettre::{LettreMailer, Mailbox, MailboxMessage, UnusableMail};
use tempfile::TempDir;
use tokio::time::Instant;

use crate::scene::{LINK, mail_to, mails_to, settings, written};

fn mailer(directory: &TempDir) -> LettreMailer {
    LettreMailer::connect(&settings(&format!("mailbox:{}", directory.path().display()))).unwrap()
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(10)
}

#[tokio::test]
async fn a_mail_is_shown_with_what_tests_look_for() {
    let directory = tempfile::tempdir().unwrap();
    let mailer = mailer(&directory);
    let mail = mail_to("Ana@Acme.example");
    let reply = mailer.send(&mail).await.unwrap();
    assert_eq!(reply, format!("kept as 00001795363259123456-{}.eml", mail.message.id));
    let mailbox = mailer.mailbox().unwrap();
    let MailboxMessage { id, kind, to, subject, text, html, message_id, headers, sent_at, links, code } =
        mailbox.list(None).await.unwrap().remove(0);
    assert_eq!((&*id, &*kind), (&*mail.message.id.to_string(), "invitation"));
    assert_eq!(to, "Ana@Acme.example");
    assert_eq!(subject, "Bo Lindqvist invites you to Müller & Söhne GmbH on Registration");
    assert!(text.contains(LINK) && html.contains(LINK));
    assert_eq!(message_id, format!("<{id}@join.example.org>"));
    assert_eq!(headers[4], ("Subject".to_owned(), subject));
    assert_eq!(headers.len(), 9);
    let (name, value) = &headers[8];
    assert!(name == "Content-Type" && value.starts_with("multipart/alternative; boundary="), "{value}");
    assert_eq!(sent_at, "2026-11-22T16:00:59.123456Z");
    assert_eq!((links, code), (vec![LINK.to_owned()], None));
    let eml = mailbox.eml(&id).await.unwrap().unwrap();
    assert_eq!(String::from_utf8(eml).unwrap(), written(&mail));
}

#[tokio::test]
async fn a_mail_that_is_about_a_code_is_shown_with_it() {
    let directory = tempfile::tempdir().unwrap();
    let mailer = mailer(&directory);
    let code = VerificationCode::of_number(7).unwrap();
    mailer.send(&Mail { code: Some(code), ..mail_to("ana@acme.example") }).await.unwrap();
    let shown = mailer.mailbox().unwrap().list(None).await.unwrap().remove(0);
    assert_eq!(shown.code.as_deref(), Some("000007"));
    assert!(shown.text.ends_with("\n\n@join.example.org #000007\n"), "{}", shown.text);
    assert!(shown.html.contains("@join.example.org #000007"), "browsers fill it in at this host only");
}

#[tokio::test]
async fn newest_are_first_and_addresses_are_compared_as_mailboxes() {
    let directory = tempfile::tempdir().unwrap();
    let mailer = mailer(&directory);
    let sent = mails_to("Ana@BÜCHER.example");
    for mail in &sent {
        mailer.send(mail).await.unwrap();
    }
    let mailbox = mailer.mailbox().unwrap();
    let ids: Vec<_> = mailbox.list(None).await.unwrap().into_iter().map(|it| it.id).collect();
    assert!(ids.is_sorted_by(|one, next| one > next), "{ids:?}");
    assert_eq!(mailbox.list(Some("ana@xn--bcher-kva.example")).await.unwrap().len(), sent.len());
    for nobody in ["bo@bücher.example", "ana@bucher.example", "", "*", "%"] {
        assert_eq!(mailbox.list(Some(nobody)).await.unwrap(), [], "{nobody}");
    }
}

#[tokio::test]
async fn a_second_try_of_the_same_mail_is_one_mail() {
    let directory = tempfile::tempdir().unwrap();
    let mailer = mailer(&directory);
    for _ in 0..2 {
        mailer.send(&mail_to("ana@acme.example")).await.unwrap();
    }
    assert_eq!(mailer.mailbox().unwrap().list(None).await.unwrap().len(), 1);
}

#[tokio::test]
async fn whoever_waits_is_told_by_this_process_and_by_others() {
    let directory = tempfile::tempdir().unwrap();
    for waiting in [mailer(&directory).mailbox().unwrap().clone(), Mailbox::open(directory.path()).unwrap()] {
        waiting.clear().await.unwrap();
        let sender = mailer(&directory);
        let wait =
            tokio::spawn(async move { waiting.wait_for(Some("ana@acme.example"), soon()).await.unwrap() });
        sender.send(&mail_to("bo@acme.example")).await.unwrap();
        sender.send(&mails_to("ana@acme.example")[1]).await.unwrap();
        let told = wait.await.unwrap();
        assert_eq!(told.iter().map(|it| it.to.as_str()).collect::<Vec<_>>(), ["ana@acme.example"]);
    }
}

#[tokio::test]
async fn whoever_waits_in_the_same_mailbox_is_woken_at_once() {
    let directory = tempfile::tempdir().unwrap();
    let mailer = mailer(&directory);
    let mailbox = mailer.mailbox().unwrap().clone();
    let wait = tokio::spawn(async move { mailbox.wait_for(None, soon()).await.unwrap() });
    mailer.send(&mail_to("ana@acme.example")).await.unwrap();
    assert_eq!(wait.await.unwrap().len(), 1);
}

#[tokio::test]
async fn waiting_ends_at_the_deadline_with_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let mailbox = Mailbox::open(directory.path()).unwrap();
    let begun = Instant::now();
    let found = mailbox.wait_for(None, begun + Duration::from_millis(120)).await.unwrap();
    assert_eq!(found, []);
    assert!(begun.elapsed() >= Duration::from_millis(120));
}

#[tokio::test]
async fn what_is_cleared_is_gone_for_all_and_other_files_stay() {
    let directory = tempfile::tempdir().unwrap();
    let (mailer, other) = (mailer(&directory), Mailbox::open(directory.path()).unwrap());
    fs::write(directory.path().join("notes.json"), "not a mail").unwrap();
    mailer.send(&mail_to("ana@acme.example")).await.unwrap();
    assert_eq!(other.list(None).await.unwrap().len(), 1);
    mailer.mailbox().unwrap().clear().await.unwrap();
    assert_eq!(other.list(None).await.unwrap(), []);
    let left: Vec<_> = fs::read_dir(directory.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left, ["notes.json"]);
}

#[tokio::test]
async fn no_id_leads_out_of_the_mailbox() {
    let directory = tempfile::tempdir().unwrap();
    let mailbox = directory.path().join("mailbox");
    fs::write(directory.path().join("secret.eml"), "secret").unwrap();
    let mailbox = Mailbox::open(&mailbox).unwrap();
    for id in
        ["../secret", "..%2Fsecret", "/etc/passwd", "", "00000000-0000-0000-0000-000000000001/../../secret"]
    {
        assert_eq!(mailbox.eml(id).await.unwrap(), None, "{id}");
    }
    assert_eq!(mailbox.eml("00000000-0000-0000-0000-000000000001").await.unwrap(), None);
}

#[tokio::test]
async fn only_the_owner_of_the_server_reads_mails() {
    let directory = tempfile::tempdir().unwrap();
    let inner = directory.path().join("not/yet/there");
    let mailer = LettreMailer::connect(&settings(&format!("mailbox:{}", inner.display()))).unwrap();
    mailer.send(&mail_to("ana@acme.example")).await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&inner), 0o700);
    for file in fs::read_dir(&inner).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
}

#[tokio::test]
async fn files_are_whole_mails() {
    let directory = tempfile::tempdir().unwrap();
    let mailer = LettreMailer::connect(&settings(&format!("file:{}", directory.path().display()))).unwrap();
    assert!(mailer.mailbox().is_none());
    let mail = mail_to("ana@acme.example");
    mailer.send(&mail).await.unwrap();
    let files: Vec<_> = fs::read_dir(directory.path()).unwrap().map(|it| it.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    assert_eq!(fs::read_to_string(&files[0]).unwrap(), written(&mail));
    assert!(files[0].extension().is_some_and(|it| it == "eml"));
}

#[test]
fn a_directory_that_cannot_be_made_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    fs::write(&file, "").unwrap();
    for scheme in ["mailbox", "file"] {
        let url = format!("{scheme}:{}/mails", file.display());
        assert!(
            matches!(LettreMailer::connect(&settings(&url)), Err(UnusableMail::Directory { .. })),
            "{url}"
        );
    }
}

#[tokio::test]
async fn neither_debug_nor_mailer_shows_what_a_link_opens() {
    let directory = tempfile::tempdir().unwrap();
    let mailer = mailer(&directory);
    mailer.send(&mail_to("ana@acme.example")).await.unwrap();
    let all = mailer.mailbox().unwrap().list(None).await.unwrap();
    assert!(!format!("{mailer:?} {all:?} {:?}", mailer.mailbox()).contains("AAAA"));
}

#[tokio::test]
async fn mail_to_an_address_that_bounces_is_refused_in_every_process_until_it_delivers_again() {
    let directory = tempfile::tempdir().unwrap();
    let [mailer, other] = [mailer(&directory), mailer(&directory)];
    let [mailbox, elsewhere] = [&mailer, &other].map(|it| it.mailbox().unwrap());
    let to = Email::parse("Ana@Acme.example").unwrap();
    mailbox.set_bounce(&to, true).await.unwrap();
    assert_eq!(elsewhere.bounces().await.unwrap(), ["ana@acme.example"]);
    let refused = other.send(&mail_to("ana@acme.example")).await.unwrap_err();
    let words = "550 5.1.1 <ana@acme.example>: this mailbox does not exist";
    assert_eq!(refused, MailerError::Refused(words.to_owned()));
    other.send(&mail_to("bo@acme.example")).await.unwrap();
    elsewhere.clear().await.unwrap();
    assert_eq!(mailbox.bounces().await.unwrap().len(), 1, "that mails are cleared changes no address");
    elsewhere.set_bounce(&to, false).await.unwrap();
    mailer.send(&mail_to("ana@acme.example")).await.unwrap();
    assert_eq!(mailbox.list(None).await.unwrap().len(), 1);
}
