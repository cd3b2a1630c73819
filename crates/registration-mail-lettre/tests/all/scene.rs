//! What the tests stand on: a platform, its sample letters, and a mailer for them.
use registration_domain::{
    email::Email,
    message::{Letter, Message},
    port::Mail,
    secret::Secret,
    settings::PublicUrl,
    time::Timestamp,
};
use registration_mail_lettre::{LettreMailer, MailSettings, samples};
use registration_testkit::stub::CountingIds;

/// 22 November 2026, 16:00:59.123456 UTC.
pub(crate) const AT: Timestamp = Timestamp::from_micros(1_795_363_259_123_456);
pub(crate) const LINK: &str = "https://join.example.org/i/AAAA-BBBB_CCCC";

pub(crate) fn settings(url: &str) -> MailSettings {
    MailSettings::new(url, PublicUrl::parse("https://join.example.org").unwrap())
}

/// One mail of each kind, to this address.
pub(crate) fn mails_to(to: &str) -> Vec<Mail> {
    samples(&Email::parse(to).unwrap(), AT, &Secret::new(LINK), &CountingIds::default())
}

/// The invitation among them.
pub(crate) fn mail_to(to: &str) -> Mail {
    mails_to(to).remove(0)
}

pub(crate) fn mail(letter: Letter) -> Mail {
    let it = mail_to("chidi@acme.example");
    Mail { message: Message { letter, ..it.message }, ..it }
}

/// What a mailer writes, without sending it anywhere.
pub(crate) fn written(mail: &Mail) -> String {
    let mailer = LettreMailer::connect(&settings("smtp+plain://127.0.0.1:9")).unwrap();
    String::from_utf8(mailer.preview(mail).unwrap()).unwrap()
}
