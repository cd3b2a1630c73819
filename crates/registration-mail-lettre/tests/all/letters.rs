//! Each letter says its facts in both parts, has one button, and nothing of anybody else's.
mod expected;

use std::collections::BTreeSet;

use registration_domain::port::Mailer;
use registration_mail_lettre::{LettreMailer, MailboxMessage};

use crate::scene::{LINK, mails_to, settings};

const ORGANIZATION: &str = "Müller & Söhne GmbH";
/// Of no organization, and to somebody who may have asked for nothing.
const TO_AN_ADDRESS: [&str; 4] = ["already_registered", "sign_up_code", "address_code", "address_in_use"];
/// Of no organization, and to whoever has the account.
const ABOUT_THE_ACCOUNT: [&str; 6] = [
    "new_device",
    "password_reset",
    "password_changed",
    "tries_used_up",
    "address_changed",
    "account_closed",
];

/// Subject, and what stands in both parts.
fn expected(kind: &str) -> (&'static str, Vec<&'static str>) {
    let (subject, mut facts) = match kind {
        "invitation" => (
            "Bo Lindqvist invites you to Müller & Söhne GmbH on Registration",
            vec![
                "Bo Lindqvist invites ana@acme.example to join Müller & Söhne GmbH on Registration.",
                "Bo Lindqvist writes:",
                "Welcome!",
                "The team meets on Monday at nine.",
                "Access: Invite members, See members",
                "Valid until: 29 November 2026, 16:00 UTC",
                "See the invitation",
                "Not expecting this, or not you? Ignore this mail. Then nobody joins, no account is made, and the \
                 link ends on 29 November 2026, 16:00 UTC.",
            ],
        ),
        "joined" => (
            "Chidi Okafor joined Müller & Söhne GmbH",
            vec!["Chidi Okafor (chidi@acme.example) accepted your invitation", "Access: All permissions"],
        ),
        "declined" => (
            "chidi@acme.example declined your invitation to Müller & Söhne GmbH",
            vec!["chidi@acme.example declined your invitation", "I have left the team."],
        ),
        "new_invitation_wished" => (
            "chidi@acme.example asks for a new invitation to Müller & Söhne GmbH",
            vec!["Your invitation of chidi@acme.example to Müller & Söhne GmbH has expired"],
        ),
        "access_changed" => (
            "Your permissions at Müller & Söhne GmbH changed",
            vec![
                "Bo Lindqvist changed what you may do",
                "Before: Invite members, See members",
                "Now: All permissions",
            ],
        ),
        "access_removed" => (
            "Your access to Müller & Söhne GmbH was removed",
            vec![
                "Bo Lindqvist removed your access to Müller & Söhne GmbH on 22 November 2026, 16:00 UTC.",
                "The project has ended.",
            ],
        ),
        "ownership_handed_over" => (
            "You are an Owner of Müller & Söhne GmbH now",
            vec!["Bo Lindqvist handed the ownership of Müller & Söhne GmbH over to you."],
        ),
        "new_device" | "password_reset" | "password_changed" | "tries_used_up" => {
            expected::about_signing_in(kind)
        }
        "email_domain_verified" | "email_domain_record_missing" | "email_domain_lapsed" => {
            expected::about_a_domain(kind)
        }
        "already_registered" | "sign_up_code" => expected::about_a_sign_up(kind),
        "address_code" | "address_in_use" | "address_changed" | "account_closed" => expected::own(kind),
        _ => expected::joining(kind),
    };
    let to_a_sign_up = TO_AN_ADDRESS.contains(&kind);
    facts.extend((!to_a_sign_up).then_some("gnore this mail"));
    facts.push("Registration sent this mail to ana@acme.example.");
    if !ABOUT_THE_ACCOUNT.contains(&kind) && !to_a_sign_up {
        facts.push(ORGANIZATION);
        facts.push(button(kind));
    }
    (subject, facts)
}

fn button(kind: &str) -> &'static str {
    match kind {
        "invitation" => "See the invitation",
        "join_requested" | "join_request_reminder" | "join_request_expiring" => "See the requests",
        "join_request_rejected" | "join_request_expired" => "See your request",
        "join_request_approved" | "joined_by_code" => "Go to Müller & Söhne GmbH",
        _ => "Open Registration",
    }
}

async fn letters() -> Vec<(&'static str, MailboxMessage)> {
    let directory = tempfile::tempdir().unwrap();
    let mailer =
        LettreMailer::connect(&settings(&format!("mailbox:{}", directory.path().display()))).unwrap();
    let mut letters = Vec::new();
    for mail in mails_to("ana@acme.example") {
        mailer.send(&mail).await.unwrap();
        let newest = mailer.mailbox().unwrap().list(None).await.unwrap().remove(0);
        letters.push((mail.message.letter.kind(), newest));
    }
    letters
}

/// What somebody sees of a page: no tags, no styles, and each entity as its character.
fn seen(html: &str) -> String {
    let body = html.split_once("<body").unwrap().1;
    let mut text = String::new();
    for part in body.split('<').skip(1) {
        text.push(' ');
        text.push_str(part.split_once('>').unwrap().1);
    }
    for (entity, character) in
        [("&#38;", "&"), ("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'")]
    {
        text = text.replace(entity, character);
    }
    one_line(&text)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Values of an attribute, in their order.
fn attribute<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    html.split(&format!(" {name}=\"")).skip(1).map(|it| it.split('"').next().unwrap()).collect()
}

#[tokio::test]
async fn both_parts_say_the_same_facts() {
    for (kind, letter) in letters().await {
        let (subject, facts) = expected(kind);
        assert_eq!(letter.subject, subject, "{kind}");
        let (text, html) = (one_line(&letter.text.replace("> ", "")), seen(&letter.html));
        for fact in facts {
            assert!(text.contains(fact), "{kind}: {fact:?} is not in\n{}", letter.text);
            assert!(html.contains(fact), "{kind}: {fact:?} is not in\n{html}");
        }
    }
}

#[tokio::test]
async fn the_parts_hold_the_same_words_from_first_to_last() {
    for (kind, letter) in letters().await {
        let words = |text: &str| -> BTreeSet<String> {
            let is_layout =
                ["The", "button", "leads", "to", "Your", "was", "Somebody", "New", "asks", "for", "a", "new"];
            let word = |it: &str| it.trim_matches([':', '.', ',', '>', '-']).to_owned();
            text.split_whitespace()
                .map(word)
                .filter(|it| !it.is_empty() && !is_layout.contains(&it.as_str()))
                .collect()
        };
        let heading =
            ["invitation", "declined", "sign-in", "joined", "invites", "you", "of"].map(String::from);
        let (text, html) = (words(&letter.text), words(&seen(&letter.html)));
        let apart: Vec<_> = text.symmetric_difference(&html).filter(|it| !heading.contains(it)).collect();
        assert!(apart.is_empty(), "{kind}: {apart:?}");
    }
}

#[tokio::test]
async fn there_is_one_link_on_one_button_and_printed_under_it() {
    for (kind, letter) in letters().await {
        // Beside the button, whoever has an account is told where to get a new password.
        let beside =
            if kind == "already_registered" { vec!["https://join.example.org/reset"] } else { vec![] };
        assert_eq!(letter.links, [&beside[..], &[LINK]].concat(), "{kind}");
        assert_eq!(attribute(&letter.html, "href"), [&beside[..], &[LINK, LINK]].concat(), "{kind}");
        assert_eq!(letter.html.matches("class=\"button\"").count(), 1, "{kind}");
        assert!(seen(&letter.html).contains(&format!("The button leads to {LINK}")), "{kind}");
        let addresses = 3 + 2 * beside.len();
        assert_eq!(letter.html.matches("://").count(), addresses, "{kind}: the address is nowhere but there");
    }
}

#[tokio::test]
async fn nothing_is_loaded_from_anywhere_and_nothing_is_done() {
    for (kind, letter) in letters().await {
        for forbidden in
            ["src=", "<img", "<link", "url(", "@import", "<script", "<form", "<iframe", "onload", "data:"]
        {
            assert!(!letter.html.contains(forbidden), "{kind}: {forbidden}");
        }
    }
}

#[tokio::test]
async fn a_page_has_a_language_a_dark_side_and_tables_that_are_only_for_looks() {
    for (kind, letter) in letters().await {
        let html = &letter.html;
        assert!(html.starts_with("<!doctype html>\n<html lang=\"en\""), "{kind}");
        assert!(html.contains("<meta name=\"color-scheme\" content=\"light dark\">"), "{kind}");
        assert!(html.contains("@media (prefers-color-scheme: dark)"), "{kind}");
        assert_eq!(
            html.matches("<table ").count(),
            html.matches("<table role=\"presentation\"").count(),
            "{kind}"
        );
        assert!(html.len() < 20_000, "{kind}: {} bytes", html.len());
    }
}

#[tokio::test]
async fn text_is_wrapped_and_has_no_white_space_to_spare() {
    for (kind, letter) in letters().await {
        for line in letter.text.lines() {
            assert!(line.chars().count() <= 78 || line.contains("://"), "{kind}: {line}");
            assert_eq!(line, line.trim_end(), "{kind}");
        }
        assert!(!letter.text.contains("\n\n\n"), "{kind}:\n{}", letter.text);
        assert!(!letter.html.contains("\n\n"), "{kind}");
    }
}

#[tokio::test]
async fn an_invitation_reads_like_this() {
    let (_, letter) = letters().await.remove(0);
    let text = format!(
        "\
Bo Lindqvist invites ana@acme.example to join Müller & Söhne GmbH on
Registration.

Bo Lindqvist writes:

> Welcome!
> The team meets on Monday at nine.

Access: Invite members, See members
Valid until: 29 November 2026, 16:00 UTC

See the invitation:
{LINK}

Opening the page accepts nothing: you decide there, and you can decline.

Not expecting this, or not you? Ignore this mail. Then nobody joins, no
account is made, and the link ends on 29 November 2026, 16:00 UTC.

--
Registration sent this mail to ana@acme.example.
"
    );
    assert_eq!(letter.text, text);
}

#[tokio::test]
async fn a_code_stands_first_and_last_where_people_and_browsers_look_for_it() {
    let letters = letters().await;
    let (_, letter) = letters.iter().find(|(kind, _)| *kind == "sign_up_code").unwrap();
    let text = format!(
        "\
482913 is your code. Enter it on the page you have open. It works until 22
November 2026, 16:10 UTC.

No page open? It is here:
{LINK}

If you did not ask for it, do nothing: nobody can use it without this email.

--
Registration sent this mail to ana@acme.example.

@join.example.org #482913
"
    );
    assert_eq!(letter.text, text);
    assert_eq!(letter.code.as_deref(), Some("482913"));
}

#[tokio::test]
async fn there_is_a_sample_of_every_kind() {
    let kinds: BTreeSet<_> = letters().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds.len(), 27);
}
