//! A mail of every kind can be rendered and handed over, twice if need be.
use std::sync::Arc;

use registration_domain::{
    access::Access,
    note::Note,
    port::{Mail, Mailer},
    secret::Secret,
};

use super::scene::Scene;
use crate::{memory::MemoryStore, stub::NOW};

promises! {
    /// Makes the promises of a mailer that is on good terms with its mail server tests. `$fresh` answers an
    /// `Arc<dyn Mailer>` and a guard.
    mailer_contract, mailer, Arc<dyn Mailer>:
    a_mail_of_every_kind_is_taken,
    a_mail_is_taken_a_second_time,
    many_mails_are_taken_at_once,
}

fn mails() -> Vec<Mail> {
    let scene = Scene::on(crate::ports(Arc::new(MemoryStore::default())));
    let note = Note::parse("Willkommen, Zoë!\n\nBis bald. <b>&amp;</b>").expect("a note");
    let letters = [None, note].into_iter().flat_map(|it| super::row::every_letter(&scene, &Access::All, it));
    let mail = |letter| Mail {
        message: scene.message(letter, NOW),
        link: Secret::new("https://join.example.org/invitations/token"),
        code: None,
    };
    letters.map(mail).collect()
}

/// With all its optional parts, and without.
pub async fn a_mail_of_every_kind_is_taken(mailer: Arc<dyn Mailer>) {
    for mail in mails() {
        let kind = mail.message.letter.kind();
        mailer.send(&mail).await.unwrap_or_else(|why| panic!("{kind}: {why}"));
    }
}

/// For whoever sent it may have died before they wrote so.
pub async fn a_mail_is_taken_a_second_time(mailer: Arc<dyn Mailer>) {
    for mail in mails() {
        for round in ["first", "second"] {
            let kind = mail.message.letter.kind();
            mailer.send(&mail).await.unwrap_or_else(|why| panic!("{kind}, {round}: {why}"));
        }
    }
}

/// From several tasks.
pub async fn many_mails_are_taken_at_once(mailer: Arc<dyn Mailer>) {
    let tries = mails().into_iter().map(|mail| {
        let mailer = Arc::clone(&mailer);
        tokio::spawn(async move { mailer.send(&mail).await })
    });
    for one in tries.collect::<Vec<_>>() {
        one.await.unwrap().expect("each is taken");
    }
}
