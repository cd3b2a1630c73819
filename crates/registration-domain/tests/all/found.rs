//! How the platform and its organizations begin, and how an organization is edited.
use registration_domain::{
    access::Access,
    account::Account,
    change::{Change, ChangeSet},
    contact::Contact,
    membership::Cause,
    organization::{JoiningAccess, Organization, OrganizationKind},
    organization_name::OrganizationName,
    password::PasswordHash,
    permission::Permission,
    permit::NotPermitted,
    refusal::{Fact, Fault, RefusalKind},
    secret::Secret,
    settings::Settings,
    setup::{Founding, SetupLink},
    time::{MINUTE, Timestamp},
    use_case::{
        change_organization::{self, ChangeOrganization, NewContact},
        found_organization::{self, FoundOrganization, FoundRefusal},
        registration::Registration,
        set_up::{self, SetUp, SetUpRefusal},
    },
};
use registration_testkit::stub::NOW;

use super::support::{
    ACME, ANA, EVENT, SECOND_EVENT, SESSION, ana, caller, closed, device, events, faults, guest, id, line,
    memberships, organization, registration, role, settings, shifted, standing, suspended, told, words,
};

const LINK: u128 = 700;
const NEW: u128 = 600;
const SEAT: u128 = 601;

fn set_up(registration: Registration) -> SetUp {
    SetUp {
        token: Secret::new("sealed"),
        organization_name: OrganizationName::parse("Acme").unwrap(),
        email: guest(),
        registration,
        device: device(),
        once: None,
    }
}
fn snapshot(link: Option<SetupLink>, founded: bool) -> set_up::Snapshot {
    set_up::Snapshot { link, founding: founded.then(|| Founding { at: NOW, by: id(ANA) }) }
}
fn link() -> SetupLink {
    SetupLink::issue(id(LINK), 60 * MINUTE, NOW)
}

#[test]
fn refusals_of_a_setup_are_told_in_order() {
    let check = |link, founded, now: Timestamp, kind, code| {
        let command = set_up(Registration::default());
        let refused = set_up::consider(&snapshot(link, founded), &command, &settings(), now).unwrap_err();
        assert_eq!(told(&refused), (kind, code, vec![]), "{refused:?}");
    };
    let late = NOW.plus(120 * MINUTE);
    check(None, false, late, RefusalKind::NotFound, "not_found");
    check(Some(link()), true, late, RefusalKind::NotFound, "not_found");
    check(Some(link()), false, late, RefusalKind::Gone, "setup_link_expired");
    check(Some(link()), false, NOW, RefusalKind::Invalid, "validation_failed");
}

#[test]
fn a_setup_link_holds_until_the_instant_of_its_expiry() {
    let expiry = NOW.plus(60 * MINUTE);
    for (shift, expired) in [(-1, false), (0, true), (1, true)] {
        let now = shifted(expiry, shift);
        let considered =
            set_up::consider(&snapshot(Some(link()), false), &set_up(registration()), &settings(), now);
        assert_eq!(considered == Err(SetUpRefusal::Expired), expired, "{shift} µs");
        assert_eq!(considered.is_ok(), !expired, "{shift} µs");
    }
}

#[test]
fn everything_wrong_with_a_founder_is_told_at_once() {
    let weak = Registration { username: None, password: Some(Secret::new("guest")), ..registration() };
    let refused =
        set_up::consider(&snapshot(Some(link()), false), &set_up(weak), &settings(), NOW).unwrap_err();
    let expected = [
        ("username", "required"),
        ("password", "password_too_short"),
        ("password", "password_needs_upper"),
        ("password", "password_needs_digit_or_symbol"),
        ("password", "password_common"),
        ("password", "password_contains_identity"),
    ];
    let found = faults(&refused);
    let found: Vec<_> = found.iter().map(|(field, code)| (field.as_str(), *code)).collect();
    assert_eq!(found, expected);
}

fn set_up_changes() -> ChangeSet {
    let command = set_up(registration());
    let registrant = set_up::consider(&snapshot(Some(link()), false), &command, &settings(), NOW).unwrap();
    let fresh = set_up::Fresh {
        account: id(NEW),
        organization: id(ACME),
        membership: id(SEAT),
        session: id(SESSION),
        events: [id(EVENT), id(SECOND_EVENT)],
    };
    let hash = PasswordHash::from_phc("$plain$founder".into());
    set_up::decide(&command, registrant, hash, &settings(), NOW, fresh)
}

#[test]
fn a_setup_founds_the_platform_its_first_organization_and_its_owner() {
    let changes = set_up_changes();
    let expected = [
        "found",
        "add account 600",
        "add organization 100",
        "add membership 601",
        "add session 500",
        "touch sign-in 600",
        "log success",
        "record platform.founded",
        "record organization.founded",
    ];
    assert_eq!(words(&changes), expected);
    let Change::AddAccount(account) = &changes.changes()[1] else { panic!("{changes:?}") };
    assert!(account.parts().administrator && account.is_active());
    let [founder] = memberships(&changes)[..] else { panic!("{changes:?}") };
    assert_eq!((&founder.access, founder.cause), (&Access::Owner, Cause::Founding));
    let [platform, organization] = events(&changes)[..] else { panic!("{changes:?}") };
    assert_eq!(line(platform), (Some(NEW), "guest@example.org", None, None, Some(ACME)));
    assert_eq!(line(organization), (Some(NEW), "Acme", None, None, Some(ACME)));
}

fn founded(founder: Option<&Account>, settings: &Settings) -> Result<ChangeSet, FoundRefusal> {
    let command = FoundOrganization {
        by: caller(),
        name: OrganizationName::parse("Acme").unwrap(),
        kind: OrganizationKind::Seller,
        once: None,
    };
    let fresh = found_organization::Fresh { organization: id(ACME), membership: id(SEAT), event: id(EVENT) };
    found_organization::decide(founder, &command, settings, NOW, fresh)
}

#[test]
fn whoever_founds_an_organization_is_its_owner() {
    let changes = founded(Some(&ana()), &settings()).unwrap();
    let expected = [
        "expect account 1",
        "add organization 100",
        "add membership 601",
        "touch sign-in 1",
        "record organization.founded",
    ];
    assert_eq!(words(&changes), expected);
    let Change::AddOrganization(it) = &changes.changes()[1] else { panic!("{changes:?}") };
    assert_eq!((it.parts().kind, it.parts().discoverable), (OrganizationKind::Seller, false));
    assert_eq!(memberships(&changes)[0].access, Access::Owner);
    assert_eq!(line(events(&changes)[0]), (Some(ANA), "Acme", None, None, Some(ACME)));
}

#[test]
fn who_may_found_is_the_platforms_choice() {
    let closed_platform = Settings { founding_is_open: false, ..settings() };
    let check = |founder: Option<Account>, settings: &Settings, kind, code| {
        let refused = founded(founder.as_ref(), settings).unwrap_err();
        assert_eq!(told(&refused), (kind, code, vec![]));
    };
    for gone in [None, Some(suspended(ana().as_administrator())), Some(closed(ana()))] {
        check(gone, &closed_platform, RefusalKind::Unauthenticated, "not_signed_in");
    }
    check(Some(ana()), &closed_platform, RefusalKind::Forbidden, "founding_closed");
    assert!(founded(Some(&ana().as_administrator()), &closed_platform).is_ok());
}

fn edit() -> ChangeOrganization {
    ChangeOrganization {
        by: caller(),
        organization: id(ACME),
        name: None,
        discoverable: None,
        contact: None,
        joining_access: None,
    }
}

fn named(name: &str) -> ChangeOrganization {
    ChangeOrganization { name: Some(OrganizationName::parse(name).unwrap()), ..edit() }
}

fn edited(own: Option<Access>, command: &ChangeOrganization) -> Result<ChangeSet, NotPermitted> {
    edited_from(organization(), own, command)
}

fn edited_from(
    before: Organization,
    own: Option<Access>,
    command: &ChangeOrganization,
) -> Result<ChangeSet, NotPermitted> {
    let standing = own.map(standing);
    change_organization::decide(standing.as_ref(), Some(before), command, &settings(), NOW, id(EVENT))
}

#[test]
fn an_organization_is_edited_by_those_who_may() {
    let refused = edited(None, &named("Acme Inc.")).unwrap_err();
    assert_eq!(told(&refused), (RefusalKind::NotFound, "not_found", vec![]));
    let refused = edited(Some(role("recruiter")), &named("Acme Inc.")).unwrap_err();
    let missing = vec![Fact::MissingPermission(Permission::ORGANIZATION_EDIT)];
    assert_eq!(told(&refused), (RefusalKind::Forbidden, "permission_missing", missing));
    let command = ChangeOrganization { discoverable: Some(true), ..named("Acme Inc.") };
    let changes = edited(Some(Access::All), &command).unwrap();
    let expected = ["expect membership 11", "update organization 100", "record organization.changed"];
    assert_eq!(words(&changes), expected);
    let (was, is) = (Some("Acme, cannot be found"), Some("Acme Inc., can be found"));
    assert_eq!(line(events(&changes)[0]), (Some(ANA), "Acme Inc.", was, is, Some(ACME)));
}

#[test]
fn an_edit_that_changes_nothing_writes_nothing() {
    let same = ChangeOrganization {
        discoverable: Some(false),
        contact: Some(NewContact::None),
        joining_access: Some(JoiningAccess::default()),
        ..named("Acme")
    };
    for command in [edit(), same] {
        assert_eq!(words(&edited(Some(Access::All), &command).unwrap()), ["expect membership 11"]);
    }
}

#[test]
fn whom_to_ask_and_what_is_proposed_are_edited_each_alone() {
    let contact = Contact::parse("hr@acme.example").unwrap().unwrap();
    let proposed = JoiningAccess::new(Access::All).unwrap();
    let asking = ChangeOrganization { contact: Some(NewContact::Is(contact.clone())), ..edit() };
    let changes = edited(Some(Access::All), &asking).unwrap();
    let (was, is) =
        (Some("Acme, cannot be found"), Some("Acme, cannot be found, questions to hr@acme.example"));
    assert_eq!(line(events(&changes)[0]), (Some(ANA), "Acme", was, is, Some(ACME)));
    let Change::UpdateOrganization(after) = &changes.changes()[1] else { panic!("{changes:?}") };
    assert_eq!(after.parts().contact.as_ref(), Some(&contact));

    let proposing = ChangeOrganization { joining_access: Some(proposed.clone()), ..edit() };
    let changes = edited_from(after.clone(), Some(Access::All), &proposing).unwrap();
    let Change::UpdateOrganization(after) = &changes.changes()[1] else { panic!("{changes:?}") };
    assert_eq!((after.parts().contact.as_ref(), &after.parts().joining_access), (Some(&contact), &proposed));

    let nobody = ChangeOrganization { contact: Some(NewContact::None), ..edit() };
    let changes = edited_from(after.clone(), Some(Access::All), &nobody).unwrap();
    let Change::UpdateOrganization(after) = &changes.changes()[1] else { panic!("{changes:?}") };
    assert_eq!((after.parts().contact.as_ref(), &after.parts().joining_access), (None, &proposed));
}

#[test]
fn nobody_is_proposed_to_become_an_owner() {
    assert_eq!(JoiningAccess::new(Access::Owner).unwrap_err().code(), "malformed");
}

#[test]
fn whoever_was_turned_away_asks_the_organization_or_else_the_platform() {
    let line = |text| Contact::parse(text).unwrap();
    let platform = Settings { support: line("help@join.example"), ..settings() };
    let named = organization().refer_to(line("hr@acme.example"));
    assert_eq!(platform.contact_of(&named), named.parts().contact.as_ref());
    assert_eq!(platform.contact_of(&organization()), platform.support.as_ref());
    assert_eq!(settings().contact_of(&organization()), None);
}
