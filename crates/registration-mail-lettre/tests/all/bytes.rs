//! A mail is the same bytes each time, and nothing that people write gets out of its place.
use proptest::{
    option,
    prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest},
};
use registration_domain::{
    access::Access,
    email::Email,
    id::Id,
    message::Letter,
    note::Note,
    organization_name::OrganizationName,
    person_name::{NamePart, PersonName},
    port::Mail,
    revision::Generation,
    session::Origin,
    settings::PublicUrl,
};
use registration_mail_lettre::{LettreMailer, MailSettings, UnusableMail};
use uuid::Uuid;

use crate::scene::{AT, LINK, mail, mail_to, mails_to, settings, written};

const HEADERS: [&str; 9] = [
    "Message-ID",
    "Date",
    "From",
    "To",
    "Subject",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
];

fn header_names(mail: &str) -> Vec<&str> {
    let head = mail.split("\r\n\r\n").next().unwrap();
    head.split("\r\n")
        .filter(|line| !line.starts_with(' '))
        .map(|line| line.split(':').next().unwrap())
        .collect()
}

fn header<'a>(mail: &'a str, name: &str) -> &'a str {
    let start = format!("\r\n{name}: ");
    let mail = mail.strip_prefix(&start[2..]).or_else(|| mail.split_once(&start).map(|(_, rest)| rest));
    mail.unwrap().split("\r\n").next().unwrap()
}

#[test]
fn a_mail_has_these_headers() {
    let to_ana = mail_to("ana@acme.example");
    let mail = written(&to_ana);
    assert_eq!(header_names(&mail), HEADERS);
    assert_eq!(header(&mail, "Message-ID"), format!("<{}@join.example.org>", to_ana.message.id));
    assert_eq!(header(&mail, "Date"), "Sun, 22 Nov 2026 16:00:59 +0000");
    assert_eq!(header(&mail, "From"), "Registration <no-reply@join.example.org>");
    assert_eq!(header(&mail, "To"), "ana@acme.example");
    assert_eq!(header(&mail, "Auto-Submitted"), "auto-generated");
    assert_eq!(header(&mail, "X-Auto-Response-Suppress"), "All");
    assert!(header(&mail, "Content-Type").starts_with("multipart/alternative;"));
    assert_eq!(mail.matches("Content-Type: ").count(), 3, "one for the mail, one for each part");
}

#[test]
fn the_same_mail_is_the_same_bytes_from_any_process() {
    for mail in mails_to("ana@acme.example") {
        assert_eq!(written(&mail), written(&mail.clone()));
    }
}

#[test]
fn another_message_has_another_message_id_and_boundary() {
    let mails = mails_to("ana@acme.example");
    let (one, other) = (written(&mails[0]), written(&mails[1]));
    assert_ne!(header(&one, "Message-ID"), header(&other, "Message-ID"));
    let boundary =
        |mail: &str| mail.split_once("boundary=\"").unwrap().1.split('"').next().unwrap().to_owned();
    assert_ne!(boundary(&one), boundary(&other));
    assert_eq!(one.matches(&boundary(&one)).count(), 4, "it stands nowhere else");
}

#[test]
fn a_sender_may_have_a_name_of_its_own() {
    for (from, header_value) in [
        ("Acme <mail@acme.example>", "Acme <mail@acme.example>"),
        ("mail@acme.example", "Registration <mail@acme.example>"),
    ] {
        let mailer =
            LettreMailer::connect(&MailSettings { from: from.into(), ..settings("smtp+plain://127.0.0.1") })
                .unwrap();
        let bytes = mailer.preview(&mail_to("ana@acme.example")).unwrap();
        assert_eq!(header(std::str::from_utf8(&bytes).unwrap(), "From"), header_value);
    }
    for from in ["", "nobody", "a@b@c", "Acme <mail@acme.example>\r\nBcc: x@evil.example"] {
        let settings = MailSettings { from: from.into(), ..settings("smtp+plain://127.0.0.1") };
        assert!(matches!(LettreMailer::connect(&settings), Err(UnusableMail::From(_))), "{from:?}");
    }
}

#[test]
fn a_message_id_is_of_the_host_of_the_platform() {
    for (url, host) in [
        ("http://127.0.0.1:8080", "[127.0.0.1]"),
        ("http://localhost:8080", "localhost"),
        ("https://join.example.org/under/a/path", "join.example.org"),
    ] {
        let settings = MailSettings::new("smtp+plain://127.0.0.1", PublicUrl::parse(url).unwrap());
        let mail = mail_to("ana@acme.example");
        let bytes = LettreMailer::connect(&settings).unwrap().preview(&mail).unwrap();
        let id = format!("<{}@{host}>", mail.message.id);
        assert_eq!(header(std::str::from_utf8(&bytes).unwrap(), "Message-ID"), id);
    }
}

#[test]
fn mail_goes_to_the_domain_in_ascii_and_to_the_local_part_as_it_was_given() {
    let mail = written(&mail_to("Ana.Ruiz+x@BÜCHER.example"));
    assert_eq!(header(&mail, "To"), "Ana.Ruiz+x@xn--bcher-kva.example");
}

fn names() -> impl Strategy<Value = PersonName> {
    let part =
        || "\\PC{1,40}|[<>&\"'=;%{}]{1,20}".prop_filter_map("no name", |text| NamePart::parse(&text).ok());
    (part(), part()).prop_map(|(first, last)| PersonName::new(first, last))
}

fn organizations() -> impl Strategy<Value = OrganizationName> {
    "\\PC{1,100}|<[a-z]{1,9}>".prop_filter_map("no name", |text| OrganizationName::parse(&text).ok())
}

fn notes() -> impl Strategy<Value = Note> {
    "(\\PC{0,60}\n){0,4}\\PC{1,60}|-- ?\n\\.\n<b>&amp;"
        .prop_filter_map("no note", |text| Note::parse(&text).ok().flatten())
}

fn invitation(organization: OrganizationName, inviter: PersonName, note: Option<Note>) -> Mail {
    mail(Letter::Invitation {
        invitation: Id::new(Uuid::nil()),
        generation: Generation::FIRST,
        organization,
        inviter,
        access: Access::All,
        note,
        expires_at: AT,
    })
}

fn plain(note_lines: usize) -> Mail {
    let name = || NamePart::parse("Ana").unwrap();
    let note = Note::parse(&vec!["x"; note_lines].join("\n")).unwrap();
    invitation(OrganizationName::parse("Acme").unwrap(), PersonName::new(name(), name()), note)
}

/// The HTML part, decoded.
fn html(mail: &str) -> String {
    let part = mail.split("Content-Type: text/html").nth(1).unwrap();
    let (head, body) = part.split_once("\r\n\r\n").unwrap();
    let body = body.split("\r\n--registration-").next().unwrap();
    match head.split("Content-Transfer-Encoding: ").nth(1).map(|it| it.split("\r\n").next().unwrap()) {
        Some("7bit") => body.to_owned(),
        Some("quoted-printable") => from_quoted_printable(body),
        Some("base64") => String::from_utf8(from_base64(&body.replace("\r\n", ""))).unwrap(),
        other => panic!("{other:?}"),
    }
}

fn from_quoted_printable(text: &str) -> String {
    let text = text.replace("=\r\n", "");
    let mut parts = text.split('=');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

fn from_base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let value = |c: u8| ALPHABET.iter().position(|it| *it == c);
    let bits: Vec<usize> = text.bytes().map_while(value).collect();
    bits.chunks(4)
        .flat_map(|four| {
            let all = four.iter().fold(0, |all, bits| all << 6 | bits) << (6 * (4 - four.len()));
            (0..four.len() - 1).map(move |at| u8::try_from(all >> (16 - 8 * at) & 0xFF).unwrap())
        })
        .collect()
}

/// No line ends but CR LF, only ASCII, no line too long, and the headers that there always are.
fn is_well_formed(mail: &str) -> bool {
    mail.is_ascii()
        && !mail.replace("\r\n", "").contains(['\r', '\n', '\0'])
        && mail.split("\r\n").all(|line| line.len() <= 998)
        && header_names(mail) == HEADERS
}

proptest! {
    #[test]
    fn nothing_that_people_write_becomes_a_header_or_a_tag(
        organization in organizations(),
        inviter in names(),
        note in option::of(notes()),
    ) {
        let lines = note.as_ref().map_or(0, |it| it.as_str().lines().count());
        let mail = written(&invitation(organization, inviter, note));
        prop_assert!(is_well_formed(&mail), "{}", mail);
        let (page, plain) = (html(&mail), html(&written(&plain(lines))));
        prop_assert_eq!(page.matches('<').count(), plain.matches('<').count(), "{}", page);
        prop_assert_eq!(page.matches('"').count(), plain.matches('"').count(), "{}", page);
        prop_assert_eq!(page.matches(LINK).count(), 3);
    }

    #[test]
    fn nothing_that_a_client_says_of_itself_does_either(
        device in any::<String>(),
        origin in any::<String>(),
        product in any::<String>(),
    ) {
        let person = PersonName::new(NamePart::parse("Ana").unwrap(), NamePart::parse("Ruiz").unwrap());
        let device = Some(format!("{device}\r\nBcc: x@evil.example\r\n\r\n<script> https://evil.example"));
        let letter =
            Letter::NewDevice { session: Id::new(Uuid::nil()), person, device, origin: Origin(Some(origin)), at: AT };
        let settings = MailSettings { product: format!("a{product}\r\nBcc: y"), ..settings("smtp+plain://127.0.0.1") };
        let mailer = LettreMailer::connect(&settings).unwrap();
        let mail = String::from_utf8(mailer.preview(&mail(letter)).unwrap()).unwrap();
        prop_assert!(is_well_formed(&mail), "{}", mail);
        let page = html(&mail);
        prop_assert!(!page.contains("<script") && !page.contains("evil.example/") && !page.contains("https://evil"));
    }

    #[test]
    fn no_address_becomes_a_header(text in "[a-z.!#$%&'*+/=?^_`{|}~-]{1,20}@[a-zü-]{1,12}\\.example") {
        if let Ok(email) = Email::parse(&text) {
            let mail = written(&mail_to(email.as_str()));
            prop_assert!(is_well_formed(&mail), "{}", mail);
        }
    }
}
