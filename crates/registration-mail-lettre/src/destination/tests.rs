//! Every way to write a mail URL is taken or refused, and no refusal repeats a password.

use super::*;

fn server(url: &str) -> Server {
    match Destination::parse(url, false) {
        Ok(Destination::Smtp(server)) => server,
        Ok(Destination::Files(_) | Destination::Mailbox(_)) => panic!("{url} is a server"),
        Err(error) => panic!("{url}: {error}"),
    }
}

fn refusal(url: &str) -> UnusableMail {
    Destination::parse(url, false).err().unwrap_or_else(|| panic!("{url} is refused"))
}

#[test]
fn a_url_names_protection_host_and_port() {
    for (url, protection, host, port) in [
        ("smtp://mail.example.org", Protection::StartTls, "mail.example.org", 587),
        ("SMTP://mail.example.org:25/", Protection::StartTls, "mail.example.org", 25),
        ("smtps://mail.example.org", Protection::Tls, "mail.example.org", 465),
        ("smtps://[2001:db8::7]:4650", Protection::Tls, "2001:db8::7", 4650),
        ("smtp+plain://127.0.0.1:1025", Protection::Plain, "127.0.0.1", 1025),
        ("smtp+plain://[::1]", Protection::Plain, "::1", 25),
        ("smtp+plain://localhost", Protection::Plain, "localhost", 25),
    ] {
        let server = server(url);
        assert_eq!((server.protection, server.host.as_str(), server.port), (protection, host, port), "{url}");
    }
}

#[test]
fn user_and_password_are_percent_decoded() {
    let login = server("smtp://ana%40example.org:p%3Ass%2Fw%C3%B6rd%25@mail.example.org").login.unwrap();
    assert_eq!((login.user.as_str(), login.password.expose()), ("ana@example.org", "p:ss/wörd%"));
    assert!(server("smtp://mail.example.org").login.is_none());
}

#[test]
fn directories_are_taken_as_they_are() {
    let files = Destination::parse("file:/var/mail out", false);
    assert!(matches!(files, Ok(Destination::Files(it)) if it.as_os_str() == "/var/mail out"));
    assert!(matches!(Destination::parse("mailbox:", false), Ok(Destination::Mailbox(None))));
    let mailbox = Destination::parse("mailbox:data/dev", false);
    assert!(matches!(mailbox, Ok(Destination::Mailbox(Some(it))) if it.as_os_str() == "data/dev"));
}

#[test]
fn what_is_no_destination_is_refused() {
    for url in [
        "",
        "mail.example.org",
        "http://mail.example.org",
        "smtp:mail.example.org",
        "smtp://",
        "smtp://:587",
        "smtp://mail.example.org:port",
        "smtp://mail.example.org:99999",
        "smtp://mail.example.org/path",
        "smtp://mail.example.org?tls=none",
        "smtp://[::1",
        "smtp://[::1]587",
        "smtp://user@mail.example.org",
        "smtp://user:@mail.example.org",
        "smtp://:secret@mail.example.org",
        "smtp://user:sec%zzret@mail.example.org",
        "smtp://user:secret%+1@mail.example.org",
        "smtp://user:secret%ff@mail.example.org",
        "smtp://user:secret%2@mail.example.org",
        "file:",
    ] {
        let error = refusal(url);
        assert!(matches!(error, UnusableMail::Url(_)), "{url}: {error:?}");
        assert!(!format!("{error} {error:?}").contains("sec"), "{error:?}");
    }
}

#[test]
fn nothing_goes_in_the_clear_beyond_this_machine_unless_allowed() {
    for url in
        ["smtp+plain://mail.example.org", "smtp+plain://192.0.2.7:25", "smtp+plain://localhost.evil.example"]
    {
        assert!(matches!(refusal(url), UnusableMail::PlainBeyondLoopback { .. }), "{url}");
        assert!(Destination::parse(url, true).is_ok(), "{url}");
    }
}

#[test]
fn whoever_looks_after_mail_is_told_where_it_goes_without_its_password() {
    let route = |url: &str| Destination::parse(url, true).map(|it| it.route()).ok();
    let server = |port, has_tls| Some(MailRoute::Server { host: "mail.example".into(), port, has_tls });
    assert_eq!(route("smtp://ana:secret@mail.example"), server(587, true));
    assert_eq!(route("smtps://mail.example:4650"), server(4650, true));
    assert_eq!(route("smtp+plain://mail.example"), server(25, false));
    assert_eq!(route("file:mails"), Some(MailRoute::Files));
    assert_eq!(route("mailbox:"), Some(MailRoute::Mailbox));
}
