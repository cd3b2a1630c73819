//! Who takes part in the tests, and how a test says what it expects.
use std::collections::BTreeSet;

use registration_domain::{
    access::{Access, RoleKey},
    account::{Account, AccountParts, AccountState, NewAccount},
    audit::AuditEvent,
    catalogue::{Catalogue, CataloguedPermission, Role},
    change::{Change, ChangeSet, Expectation, Touch},
    email::Email,
    id::Id,
    invitation::{Invitation, InvitationParts, Offer, Purpose, Term},
    membership::{Cause, Membership, MembershipParts, MembershipState},
    message::Message,
    note::Note,
    organization::{Organization, OrganizationKind},
    organization_name::OrganizationName,
    password::PasswordHash,
    permission::Permission,
    permit::{Permit, Standing},
    person_name::{NamePart, PersonName},
    receipt::Digest,
    refusal::{Fact, Refusal, RefusalKind},
    revision::{Generation, Revision},
    session::{Caller, Device, Origin},
    settings::{PublicUrl, Settings},
    time::Timestamp,
    use_case::{invite::Scene, registration::Registration},
    username::Username,
};
use registration_testkit::stub::NOW;
use uuid::Uuid;

pub(crate) const FIRST: Generation = Generation::FIRST;
/// The numbers of the cast: Ana acts, Ben is acted upon, Eve is an outsider, Guest is invited.
pub(crate) const ANA: u128 = 1;
pub(crate) const BEN: u128 = 2;
pub(crate) const EVE: u128 = 3;
pub(crate) const GUEST: u128 = 4;
/// Their memberships are these much higher.
pub(crate) const SEAT: u128 = 10;
pub(crate) const ACME: u128 = 100;
pub(crate) const INVITATION: u128 = 200;
pub(crate) const OTHER_INVITATION: u128 = 201;
pub(crate) const MESSAGE: u128 = 300;
pub(crate) const EVENT: u128 = 400;
pub(crate) const SECOND_EVENT: u128 = 401;
pub(crate) const SESSION: u128 = 500;
pub(crate) const NOTIFICATION: u128 = 600;
/// What Guest chooses.
pub(crate) const PASSWORD: &str = "Sunny-river-42";

pub(crate) fn id<Of>(number: u128) -> Id<Of> {
    Id::new(Uuid::from_u128(number))
}
pub(crate) fn micros(shift: i64) -> Timestamp {
    Timestamp::from_micros(NOW.micros() + shift)
}
pub(crate) fn shifted(from: Timestamp, micros: i64) -> Timestamp {
    Timestamp::from_micros(from.micros() + micros)
}
pub(crate) fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}
pub(crate) fn guest() -> Email {
    email("guest@example.org")
}
pub(crate) fn note(text: &str) -> Note {
    Note::parse(text).unwrap().unwrap()
}
pub(crate) fn permission(key: &str) -> Permission {
    Permission::parse(key).unwrap()
}
pub(crate) fn chosen<const N: usize>(keys: [&str; N]) -> Access {
    Access::Chosen(keys.into_iter().map(permission).collect())
}
pub(crate) fn role(key: &str) -> Access {
    Access::Role(RoleKey::parse(key).unwrap())
}
pub(crate) fn everything_today(catalogue: &Catalogue) -> Access {
    Access::Chosen(catalogue.permissions().iter().map(|it| it.permission.clone()).collect())
}

/// The built-in permissions, `products.manage`, and the roles `buyer` and `recruiter`.
pub(crate) fn settings() -> Settings {
    let own = CataloguedPermission {
        permission: permission("products.manage"),
        group: "Products".into(),
        label: "Manage products".into(),
        description: "Change what is sold.".into(),
        needs_personal_record: false,
    };
    let roles = [("buyer", vec!["products.manage"]), ("recruiter", vec!["members.view", "members.invite"])];
    let roles = roles.map(|(key, held)| Role {
        key: RoleKey::parse(key).unwrap(),
        label: key.into(),
        description: key.into(),
        permissions: held.into_iter().map(permission).collect::<BTreeSet<_>>(),
    });
    let catalogue = Catalogue::with(vec![own], roles.into()).unwrap();
    Settings { catalogue, ..Settings::new(PublicUrl::parse("https://join.example.org").unwrap()) }
}

pub(crate) fn account(number: u128, name: &str) -> Account {
    let part = |text: &str| NamePart::parse(text).unwrap();
    let new = NewAccount {
        id: id(number),
        email: email(&format!("{name}@example.org")),
        username: Username::parse(name).unwrap(),
        name: PersonName::new(part(name), part("Doe")),
        password: PasswordHash::from_phc(format!("$plain${name}")),
        locale: None,
    };
    Account::open(new, NOW)
}
pub(crate) fn ana() -> Account {
    account(ANA, "anaruiz")
}
pub(crate) fn ben() -> Account {
    account(BEN, "benlopez")
}
/// The account that has the invited address.
pub(crate) fn guest_account() -> Account {
    account(GUEST, "guest")
}
pub(crate) fn in_state(account: Account, state: AccountState) -> Account {
    Account::from_parts(AccountParts { state, ..account.into_parts() })
}
pub(crate) fn suspended(account: Account) -> Account {
    in_state(account, AccountState::Suspended { at: NOW, by: id(EVE), reason: None })
}
pub(crate) fn closed(account: Account) -> Account {
    in_state(account, AccountState::Closed { at: NOW })
}

pub(crate) fn organization() -> Organization {
    Organization::found(id(ACME), OrganizationName::parse("Acme").unwrap(), OrganizationKind::Company, NOW)
}
pub(crate) fn scene() -> Scene {
    Scene { organization: organization(), inviter: ana() }
}
pub(crate) fn membership(of: u128, access: Access) -> Membership {
    Membership::from_parts(MembershipParts {
        id: id(SEAT + of),
        organization: id(ACME),
        account: id(of),
        access,
        cause: Cause::Founding,
        joined_at: NOW,
        state: MembershipState::Active,
        revision: Revision(7),
    })
}
/// What Ana may do.
pub(crate) fn standing(access: Access) -> Standing {
    membership(ANA, access).active().unwrap().standing()
}
/// Ana's permit to invite.
pub(crate) fn permit(access: Access) -> Permit {
    Permit::check(Some(&standing(access)), &Permission::MEMBERS_INVITE, &settings().catalogue).unwrap()
}
pub(crate) fn offer(to: Email) -> Offer {
    Offer { email: to, purpose: Purpose::Member, term: Term::default(), note: None, locale: None }
}
/// Guest, invited by Ana now.
pub(crate) fn invitation(access: Access) -> Invitation {
    let grant = permit(Access::Owner).grant(access, &settings().catalogue).unwrap();
    Invitation::issue(id(INVITATION), offer(guest()), grant, NOW)
}
pub(crate) fn renamed(invitation: Invitation, number: u128, to: Email) -> Invitation {
    Invitation::from_parts(InvitationParts { id: id(number), email: to, ..invitation.into_parts() })
}

pub(crate) fn caller() -> Caller {
    Caller { account: id(ANA), origin: origin() }
}
pub(crate) fn origin() -> Origin {
    Origin(Some("192.0.2.7".into()))
}
pub(crate) fn device() -> Device {
    Device { label: Some("Firefox".into()), fingerprint: Digest([5; 32]), origin: origin() }
}
pub(crate) fn registration() -> Registration {
    Registration {
        username: Some(Username::parse("newcomer").unwrap()),
        first_name: Some(NamePart::parse("Nora").unwrap()),
        last_name: Some(NamePart::parse("Neu").unwrap()),
        password: Some(registration_domain::secret::Secret::new(PASSWORD)),
        locale: None,
    }
}

/// A refusal as a program meets it.
pub(crate) fn told(refusal: &impl Refusal) -> (RefusalKind, &'static str, Vec<Fact>) {
    (refusal.kind(), refusal.code(), refusal.facts())
}
/// The field and code of each fault.
pub(crate) fn faults(refusal: &impl Refusal) -> Vec<(String, &'static str)> {
    refusal.faults().into_iter().map(|it| (it.field.into_owned(), it.code)).collect()
}

/// What a change set writes, a word a change, in order.
pub(crate) fn words(changes: &ChangeSet) -> Vec<String> {
    changes.changes().iter().map(word).collect()
}
fn word(change: &Change) -> String {
    match change {
        Change::Receipt(_) => "receipt".into(),
        Change::Expect(Expectation::Account(id, _)) => format!("expect account {}", number(*id)),
        Change::Expect(Expectation::Membership(id, _)) => format!("expect membership {}", number(*id)),
        Change::Expect(Expectation::Organization(id, _)) => format!("expect organization {}", number(*id)),
        Change::Spend { limit, .. } => format!("spend {} of {}", limit.what.key(), limit.max),
        Change::Refund { tally, .. } => format!("refund {}", tally.what.key()),
        Change::Forgive { tally } => format!("forgive {}", tally.what.key()),
        Change::Touch(Touch::Session { .. }) => "touch session".into(),
        Change::Touch(Touch::SignIn { account, .. }) => format!("touch sign-in {}", number(*account)),
        Change::AddSetupLink(_) => "add setup link".into(),
        Change::Found(_) => "found".into(),
        Change::AddAccount(it) => format!("add account {}", number(it.id())),
        Change::UpdateAccount(it) => format!("update account {}", number(it.id())),
        Change::AddSession(it) => format!("add session {}", number(it.id())),
        Change::UpdateSession(it) => format!("update session {}", number(it.id())),
        Change::LogSignIn(it) => format!("log {}", it.outcome.key()),
        Change::AskReset(it) => format!("ask reset of {}", it.email),
        Change::EndResetRequest(it) => format!("end reset request of {}", it.email),
        Change::AddPasswordReset(it) => format!("add reset of {}", number(it.account())),
        Change::UpdatePasswordReset(it) => format!("update reset of {}", number(it.account())),
        Change::AddOrganization(it) => format!("add organization {}", number(it.id())),
        Change::UpdateOrganization(it) => format!("update organization {}", number(it.id())),
        Change::AddMembership(it) => format!("add membership {}", number(it.id())),
        Change::UpdateMembership(it) => format!("update membership {}", number(it.id())),
        Change::AddInvitation(it) => format!("add invitation {}", number(it.id())),
        Change::UpdateInvitation(it) => format!("update invitation {}", number(it.id())),
        Change::Expect(Expectation::EmailDomain(id, _)) => format!("expect email domain {}", number(*id)),
        Change::Touch(Touch::EmailDomain { id, .. }) => format!("touch email domain {}", number(*id)),
        Change::AddEmailDomain(it) => format!("add email domain {}", number(it.id())),
        Change::UpdateEmailDomain(it) => format!("update email domain {}", number(it.id())),
        Change::AddEmployeeCode(it) => format!("add employee code {}", number(it.id())),
        Change::UpdateEmployeeCode(it) => format!("update employee code {}", number(it.id())),
        Change::UseEmployeeCode { code, .. } => format!("use employee code {}", number(*code)),
        Change::ReturnEmployeeCode(code) => format!("return employee code {}", number(*code)),
        Change::RefuseEmployeeCode { code, why } => {
            format!("refuse employee code {} as {}", number(*code), why.key())
        }
        Change::AddJoinRequest(it) => format!("add join request {}", number(it.id())),
        Change::UpdateJoinRequest(it) => format!("update join request {}", number(it.id())),
        Change::Block { email, .. } => format!("block {email}"),
        Change::AddReview(it) => format!("review {}", number(it.inviter)),
        Change::EndReview(it) => format!("end review {}", number(it.inviter)),
        Change::Send(it) => format!("send {}", it.letter.kind()),
        Change::Notify(it) => format!("notify {} {}", number(it.account), it.kind.key()),
        Change::MarkRead(it) => format!("mark read {}", number(it.account)),
        Change::Expect(Expectation::Unattached(id, _)) => format!("expect unattached {}", number(*id)),
        Change::AddEmailChange(it) => format!("add email change {}", number(it.id())),
        Change::UpdateEmailChange(it) => format!("update email change {}", number(it.id())),
        Change::ForgetOwn(account) => format!("forget own of {}", number(*account)),
        Change::AddSignUp(_) => "add sign-up".into(),
        Change::UpdateSignUp(_) => "update sign-up".into(),
        Change::Record(it) => format!("record {}", it.action.key()),
    }
}
fn number<Of>(id: Id<Of>) -> u128 {
    id.uuid().as_u128()
}

pub(crate) fn messages(changes: &ChangeSet) -> Vec<&Message> {
    changes
        .changes()
        .iter()
        .filter_map(|it| if let Change::Send(it) = it { Some(it) } else { None })
        .collect()
}
pub(crate) fn events(changes: &ChangeSet) -> Vec<&AuditEvent> {
    changes
        .changes()
        .iter()
        .filter_map(|it| if let Change::Record(it) = it { Some(it) } else { None })
        .collect()
}
pub(crate) fn invitations(changes: &ChangeSet) -> Vec<&InvitationParts> {
    let written = changes.changes().iter().filter_map(|it| {
        let (Change::AddInvitation(it) | Change::UpdateInvitation(it)) = it else { return None };
        Some(it.parts())
    });
    written.collect()
}
pub(crate) fn memberships(changes: &ChangeSet) -> Vec<&MembershipParts> {
    let written = changes.changes().iter().filter_map(|it| {
        let (Change::AddMembership(it) | Change::UpdateMembership(it)) = it else { return None };
        Some(it.parts())
    });
    written.collect()
}
/// Who, about whom, before, after, and in which organization's log.
pub(crate) fn line(event: &AuditEvent) -> (Option<u128>, &str, Option<&str>, Option<&str>, Option<u128>) {
    assert_eq!((event.at, &event.origin), (NOW, &origin()), "{event:?}");
    let before = event.before.as_deref();
    let (actor, organization) = (event.actor.map(number), event.organization.map(number));
    (actor, &event.label, before, event.after.as_deref(), organization)
}
