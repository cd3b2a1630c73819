//! Values that are parsed, compared at an instant, or named by a stable word.
use std::time::Duration;

use registration_domain::{
    access::Access,
    audit::{Action, SubjectKind},
    invitation::{NotATerm, Purpose, Term},
    limit::Limited,
    link::LinkPurpose,
    locale::Locale,
    message::DeliveryState,
    organization::OrganizationKind,
    page::{Listing, PageSize, Position, SortKey},
    receipt::Digest,
    refusal::Fault,
    revision::{Generation, Revision},
    secret::Secret,
    session::Origin,
    settings::{Limits, PublicUrl, Settings},
    sign_in_log::{SignInMethod, SignInOutcome},
    time::{DAY, HOUR, Timestamp},
    use_case::authorize::DeniedWhy,
    view::{ListedState, MemberOrder},
};
use registration_testkit::stub::NOW;
use uuid::Uuid;

use super::support::{ANA, FIRST, GUEST, id, invitation};

#[test]
fn a_term_is_one_to_thirty_days() {
    for days in [1, 7, 30] {
        let term = Term::days(days).unwrap();
        assert_eq!((term.in_days(), term.length()), (days, DAY * u32::from(days)));
    }
    for days in [0, 31, u8::MAX] {
        assert_eq!(Term::days(days), Err(NotATerm));
    }
    assert_eq!((Term::default().in_days(), NotATerm.code()), (7, "malformed"));
}

#[test]
fn a_locale_is_a_language_and_its_subtags() {
    for text in ["en", "deu", "pt-BR", "zh-Hant-TW", "de-1996", "en-x-private"] {
        assert_eq!(Locale::parse(text).map(|it| it.to_string()), Ok(text.to_owned()));
    }
    let long = format!("en{}", "-abcdefgh".repeat(4));
    for text in ["", "e", "engl", "en-", "-en", "en--US", "en_US", "e1", "en-ninelette", "en US", "ën", &long]
    {
        assert_eq!(Locale::parse(text).map_err(|it| it.code()), Err("malformed"), "{text:?}");
    }
}

#[test]
fn a_public_url_is_an_origin_and_a_plain_path() {
    for text in [
        "https://join.example.org",
        "https://join.example.org:8443/registration",
        "https://192.0.2.7",
        "https://[2001:db8::7]:8443",
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "http://[::1]:8080",
    ] {
        let url = PublicUrl::parse(&format!("{text}/")).unwrap();
        assert_eq!(url.as_str(), text);
        assert_eq!(url.is_https(), text.starts_with("https"));
        assert_eq!(url.is_loopback(), text.starts_with("http:"));
    }
}

#[test]
fn what_could_lead_elsewhere_is_no_public_url() {
    for text in [
        "",
        "https://",
        "https:///path",
        "join.example.org",
        "ftp://join.example.org",
        "HTTPS://join.example.org",
        "http://join.example.org",
        "http://127.0.0.1.example.org",
        "http://[::1]example.org",
        "http://[::1",
        "http://localhost:8080:example.org",
        "http://127.0.0.1@example.org",
        "https://user:pass@join.example.org",
        "https://join.example.org:port",
        "https://join.example.org:",
        "https://join.example.org:0",
        "https://join.example.org:65536",
        "https://join.example.org:+80",
        "https://join..example.org",
        "https://[join.example.org]",
        "https://join.example.org/?next=elsewhere",
        "https://join.example.org/#top",
        "https://join.example.org/a b",
        "https://join.example.org\\elsewhere",
        "https://join.example.org/\u{202E}gro",
        "https://bücher.example",
    ] {
        assert!(PublicUrl::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn the_host_of_a_public_url_goes_without_port_and_brackets() {
    for (text, host) in [
        ("https://join.example.org:8443/registration", "join.example.org"),
        ("https://[2001:db8::7]:8443", "2001:db8::7"),
        ("http://localhost", "localhost"),
    ] {
        assert_eq!(PublicUrl::parse(text).unwrap().host(), host);
    }
}

#[test]
fn every_link_begins_with_the_public_url() {
    let url = PublicUrl::parse("https://example.org/join").unwrap();
    assert_eq!(url.to("/problems/not_found"), "https://example.org/join/problems/not_found");
    assert_eq!(url.to_token("/i", &Secret::new("t0k3n")).expose(), "https://example.org/join/i/t0k3n");
}

#[test]
fn time_neither_overflows_nor_runs_backwards() {
    let (start, end) = (Timestamp::from_micros(i64::MIN), Timestamp::from_micros(i64::MAX));
    assert_eq!((end.plus(DAY), start.minus(DAY), end.plus(Duration::MAX)), (end, start, end));
    assert_eq!(NOW.minus(HOUR).since(NOW), Duration::ZERO);
    assert_eq!(NOW.plus(HOUR).since(NOW), HOUR);
    assert_eq!(NOW.plus(HOUR).minus(HOUR), NOW);
}

#[test]
fn revisions_and_generations_count_up_and_stop_at_the_end() {
    assert_eq!((Revision::FIRST.next(), Generation::FIRST.next()), (Revision(1), Generation(1)));
    assert_eq!(
        (Revision(u32::MAX).next(), Generation(u32::MAX).next()),
        (Revision(u32::MAX), Generation(u32::MAX))
    );
}

#[test]
fn the_limits_are_those_of_the_contract() {
    let limits = Limits::default();
    let sign_ins = limits.sign_ins().map(|it| (it.what, it.max, it.length));
    assert_eq!(sign_ins, [(Limited::SignIns, 100, DAY), (Limited::SignInsInARow, 100, DAY)]);
    let on_a_device = limits.sign_ins_on_a_device().map(|it| (it.what, it.max, it.length));
    assert_eq!(on_a_device, [(Limited::SignIns, 10, DAY), (Limited::SignInsInARow, 10, DAY)]);
    assert_eq!((limits.lockout_mails().max, limits.lockout_mails().length), (1, DAY));
    let mails = limits.mails().map(|it| (it.what, it.max, it.length));
    assert_eq!(mails, [(Limited::MailsAnHour, 5, HOUR), (Limited::MailsADay, 20, DAY)]);
    let wishes = limits.new_invitation_wishes();
    assert_eq!((wishes.max, wishes.length), (1, DAY));
    let codes = [
        limits.employee_codes_by_account(),
        limits.employee_codes_by_organization(),
        limits.employee_codes_by_client(),
    ];
    assert_eq!(codes.map(|it| (it.max, it.length)), [(5, DAY), (50, DAY), (40, DAY)]);
    let asking = limits.join_requests();
    assert_eq!((asking.max, asking.length), (10, DAY));
    let lifetimes = Settings::new(PublicUrl::parse("https://join.example.org").unwrap()).lifetimes;
    assert_eq!((lifetimes.session, lifetimes.session_idle), (30 * DAY, 12 * HOUR));
    assert_eq!((lifetimes.setup_link, lifetimes.invitation.in_days()), (HOUR, 7));
    assert_eq!(lifetimes.reset_link, HOUR);
    assert_eq!((lifetimes.join_request, lifetimes.join_request_pause), (30 * DAY, DAY));
}

/// Each word once, and read back as what it was.
fn check<T: Copy + PartialEq + std::fmt::Debug>(
    all: &[T],
    key: fn(T) -> &'static str,
    parse: fn(&str) -> Option<T>,
) {
    for it in all {
        assert_eq!(parse(key(*it)), Some(*it));
    }
    let keys: std::collections::BTreeSet<_> = all.iter().map(|it| key(*it)).collect();
    assert_eq!(keys.len(), all.len());
    assert_eq!((parse(""), parse("no_such_word")), (None, None));
}

#[test]
fn words_are_read_back_as_what_they_were() {
    check(Action::ALL, Action::key, Action::parse);
    check(SubjectKind::ALL, SubjectKind::key, SubjectKind::parse);
    check(&Purpose::ALL, Purpose::key, Purpose::parse);
    check(&ListedState::ALL, ListedState::key, ListedState::parse);
    check(&MemberOrder::ALL, MemberOrder::key, MemberOrder::parse);
    check(&OrganizationKind::ALL, OrganizationKind::key, |it| OrganizationKind::parse(it).ok());
    check(&Limited::ALL, Limited::key, |it| Limited::ALL.into_iter().find(|limited| limited.key() == it));
    check(&LinkPurpose::ALL, LinkPurpose::key, |it| {
        LinkPurpose::ALL.into_iter().find(|link| link.key() == it)
    });
    check(&SignInOutcome::ALL, SignInOutcome::key, SignInOutcome::parse);
    check(&SignInMethod::ALL, SignInMethod::key, SignInMethod::parse);
    check(&DeliveryState::ALL, DeliveryState::key, |it| {
        DeliveryState::ALL.into_iter().find(|state| state.key() == it)
    });
}

#[test]
fn what_is_over_a_limit_and_what_is_denied_have_stable_words() {
    let codes = Limited::ALL.map(|it| (it.key(), it.code()));
    let expected = [
        ("sign_ins", "too_many_tries"),
        ("sign_ins_in_a_row", "too_many_tries"),
        ("locked_sign_ins", "too_many_tries"),
        ("lockout_mails", "too_many_mails"),
        ("mails_an_hour", "too_many_mails"),
        ("mails_a_day", "too_many_mails"),
        ("request_mails_an_hour", "too_many_mails"),
        ("request_mails_a_day", "too_many_mails"),
        ("new_invitation_wishes", "asked_too_soon"),
        ("email_domains", "too_many_email_domains"),
        ("domain_checks", "too_many_checks"),
        ("domain_checks_of_organization", "too_many_checks"),
        ("join_requests", "asked_too_soon"),
        ("employee_codes_by_account", "too_many_tries"),
        ("employee_codes_by_organization", "too_many_tries"),
        ("employee_codes_by_client", "too_many_tries"),
        ("code_tries", "too_many_tries"),
        ("code_tries_a_day", "too_many_tries"),
        ("email_changes", "too_many_mails"),
    ];
    assert_eq!(codes, expected);
    let denied = [DeniedWhy::NotAMember, DeniedWhy::NotGranted, DeniedWhy::Suspended].map(DeniedWhy::key);
    assert_eq!(denied, ["not_a_member", "not_granted", "suspended"]);
}

#[test]
fn a_minus_sorts_from_the_end() {
    for order in MemberOrder::ALL {
        assert_eq!(order.is_reversed(), order.key().starts_with('-'));
    }
    assert_eq!(MemberOrder::default().key(), "name");
}

#[test]
fn an_invitation_is_listed_by_what_became_of_it() {
    let pending = || invitation(Access::All);
    let expiry = pending().parts().expires_at;
    let acceptable = || pending().acceptable(FIRST, NOW).unwrap();
    let why = registration_domain::invitation::RevokedWhy::Replaced;
    let check = |invitation, now, state| assert_eq!(ListedState::of(&invitation, now), state);
    check(pending(), NOW, ListedState::Pending);
    check(pending(), expiry, ListedState::Expired);
    check(acceptable().accept(id(GUEST), NOW), expiry, ListedState::Accepted);
    check(acceptable().decline(None, NOW), expiry, ListedState::Declined);
    check(pending().open().unwrap().revoke(id(ANA), why, NOW), expiry, ListedState::Revoked);
}

#[test]
fn a_page_takes_one_to_a_hundred_rows_and_the_surplus_tells_of_more() {
    assert_eq!([0, 1, 25, 100, 101].map(|it| PageSize::new(it).is_some()), [false, true, true, true, false]);
    let position = |row: &u128| Position { key: SortKey::Never, id: Uuid::from_u128(*row) };
    let listed = |rows: &[u128]| Listing::from_surplus(rows.to_vec(), PageSize::new(2).unwrap(), position);
    for (rows, shown, next) in
        [(&[][..], &[][..], None), (&[1, 2], &[1, 2], None), (&[1, 2, 3], &[1, 2], Some(2_u128))]
    {
        let page = listed(rows);
        assert_eq!((page.rows.as_slice(), page.next.map(|it| it.id.as_u128())), (shown, next));
    }
    assert!(SortKey::Never < SortKey::Time(Timestamp::from_micros(i64::MIN)), "never is before all time");
}

#[test]
fn a_digest_is_shown_in_full_only_on_purpose() {
    let digest = Digest([0xab; 32]);
    assert_eq!(format!("{digest:?}"), "Digest(abab…)");
    assert_eq!(digest.to_string(), "ab".repeat(32));
    assert_eq!(Origin(None).to_string(), "unknown");
}
