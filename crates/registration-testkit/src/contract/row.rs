//! What was written is read as it was: every state, every letter, every microsecond.
use std::{collections::BTreeSet, time::Duration};

use registration_domain::{
    access::{Access, RoleKey},
    account::{Account, AccountParts, AccountState},
    audit::{Action, AuditEvent, Subject, SubjectKind},
    change::Change,
    contact::Contact,
    invitation::{Invitation, InvitationParts, InvitationState, Purpose, RevokedWhy, Term},
    locale::Locale,
    membership::{Membership, MembershipParts, MembershipState},
    message::{Letter, Message, SecurityLetter},
    note::Note,
    organization::{JoiningAccess, Organization, OrganizationKind, OrganizationParts},
    organization_name::OrganizationName,
    page::Page,
    password::PasswordHash,
    permission::Permission,
    platform::Ports,
    session::{Device, Origin, Session, SessionParts},
    setup::SetupLink,
    time::Timestamp,
    time_zone::TimeZone,
    view::AuditFilter,
};

use super::scene::{Founded, Scene, address, generation, person, rows, with_state};
use crate::stub::NOW;

promises! {
    /// Makes the promises of a ledger about rows tests.
    row_contract, row, Ports:
    every_account_is_read_as_it_was_written,
    every_session_is_read_as_it_was_written,
    every_organization_is_read_as_it_was_written,
    every_membership_is_read_as_it_was_written,
    every_invitation_is_read_as_it_was_written,
    every_letter_is_read_as_it_was_written,
    every_line_of_the_audit_log_is_read_as_it_was_written,
    every_setup_link_is_read_as_it_was_written,
}

/// Instants that a database might round: odd microseconds, before 1970, and far away.
pub(super) fn instants() -> [Timestamp; 4] {
    let year_9999 = Timestamp::from_micros(253_402_300_799_999_999);
    [
        NOW.plus(Duration::from_micros(123_457)),
        Timestamp::from_micros(-1),
        Timestamp::from_micros(0),
        year_9999,
    ]
}
pub(super) fn odd() -> Timestamp {
    instants()[0]
}
pub(super) fn note() -> Option<Note> {
    Note::parse("Willkommen, Zoë!\n\n它's \"here\"; 100% \\ _ 'quoted' 🙂").expect("a note")
}
pub(super) fn every_access() -> Vec<Access> {
    let few = [Permission::MEMBERS_VIEW, Permission::parse("orders.approve").expect("a permission")];
    let role = RoleKey::parse("head_buyer_2").expect("a role");
    vec![
        Access::Owner,
        Access::All,
        Access::Role(role),
        Access::Chosen(few.into()),
        Access::Chosen(BTreeSet::new()),
    ]
}

/// In each state, by id, address and username.
pub async fn every_account_is_read_as_it_was_written(ports: Ports) {
    let scene = Scene::on(ports);
    let by = scene.ports.ids.fresh();
    let mut states = vec![AccountState::Active, AccountState::Closed { at: odd() }];
    for reason in [None, note()] {
        states.extend(instants().map(|at| AccountState::Suspended { at, by, reason: reason.clone() }));
    }
    for (number, state) in (0..).zip(states) {
        let parts = AccountParts {
            email: address(&format!("Zoë.{number}+tag@Müller.Example")),
            name: person("María José", "O’Brien-de la Cruz 李"),
            password: PasswordHash::from_phc("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA+/".into()),
            state,
            administrator: number % 2 == 0,
            generation: generation(number),
            locale: Locale::parse("de-CH").ok(),
            time_zone: TimeZone::parse("America/Argentina/Buenos_Aires").ok(),
            created_at: instants()[number as usize % 4],
            ..scene.somebody().into_parts()
        };
        let account = Account::from_parts(parts);
        scene.write([Change::AddAccount(account.clone())]).await;
        assert_eq!(scene.moment().await.account(account.id()).await.unwrap(), Some(account));
    }
}

/// Running and ended, with and without what a device says of itself.
pub async fn every_session_is_read_as_it_was_written(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    for (number, at) in (0..).zip(instants()) {
        let bare = number % 2 == 0;
        let parts = SessionParts {
            account_generation: generation(number),
            device: Device {
                label: (!bare).then(|| "Füchslein 128 \"beta\"; Linux".into()),
                fingerprint: registration_domain::receipt::Digest([u8::MAX - u8::from(bare); 32]),
                origin: Origin((!bare).then(|| "2001:db8::7".into())),
            },
            started_at: at,
            expires_at: at.plus(Duration::from_micros(1)),
            ended_at: (!bare).then_some(at),
            ..scene.session(&founded.account, "phone").into_parts()
        };
        let session = Session::from_parts(parts);
        scene.write([Change::AddSession(session.clone())]).await;
        let (seen, account) = scene.moment().await.session(session.id()).await.unwrap().unwrap();
        assert_eq!((seen.session, account), (session, founded.account.clone()));
    }
}

/// Of each kind, managed and not.
pub async fn every_organization_is_read_as_it_was_written(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    for kind in OrganizationKind::ALL {
        for managed_by in [None, Some(founded.organization.id())] {
            let organization = Organization::from_parts(OrganizationParts {
                id: scene.ports.ids.fresh(),
                name: OrganizationName::parse("Müller & Söhne \"株式会社\"").unwrap(),
                kind,
                managed_by,
                discoverable: managed_by.is_some(),
                contact: managed_by.and_then(|_| Contact::parse("Bo, hr@müller.example").unwrap()),
                joining_access: managed_by
                    .map(|_| JoiningAccess::new(Access::Role(RoleKey::parse("buyer").unwrap())).unwrap())
                    .unwrap_or_default(),
                created_at: odd(),
                ..founded.organization.clone().into_parts()
            });
            scene.write([Change::AddOrganization(organization.clone())]).await;
            let stored = scene.moment().await.organization(organization.id()).await.unwrap();
            assert_eq!(stored, Some(organization));
        }
    }
}

/// With each access and each cause, active and removed.
pub async fn every_membership_is_read_as_it_was_written(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let by = founded.account.id();
    let removed = |reason| MembershipState::Removed { at: odd(), by, reason };
    for access in every_access() {
        for state in [MembershipState::Active, removed(None), removed(note())] {
            let joined = scene.joining(&founded, scene.somebody(), NOW);
            let parts = MembershipParts {
                access: access.clone(),
                joined_at: odd(),
                state,
                ..joined.membership.clone().into_parts()
            };
            let membership = Membership::from_parts(parts);
            scene
                .write(
                    scene.coming(&super::scene::Joined { membership: membership.clone(), ..joined.clone() }),
                )
                .await;
            let moment = scene.moment().await;
            assert_eq!(moment.membership(membership.id()).await.unwrap(), Some(membership.clone()));
            let view = moment.member(membership.id()).await.unwrap().unwrap();
            assert_eq!((view.membership, view.account), (membership.clone(), joined.account));
            assert_eq!(view.joined_by.map(|it| it.id), Some(by));
            let remover = match &membership.parts().state {
                MembershipState::Active => None,
                MembershipState::Removed { by, .. } => Some(*by),
            };
            assert_eq!(view.removed_by.map(|it| it.id), remover);
        }
    }
    let founder = scene.moment().await.member(founded.membership.id()).await.unwrap().unwrap();
    assert_eq!((founder.membership, founder.joined_by), (founded.membership, None));
}

/// In each state, for each reason, with each access.
pub async fn every_invitation_is_read_as_it_was_written(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let (by, at) = (founded.account.id(), odd());
    let revoked = |why| InvitationState::Revoked { at, by, why };
    let states = [
        InvitationState::Pending,
        InvitationState::Accepted { at, by },
        InvitationState::Declined { at, reason: None },
        InvitationState::Declined { at, reason: note() },
        revoked(RevokedWhy::Withdrawn { reason: None }),
        revoked(RevokedWhy::Withdrawn { reason: note() }),
        revoked(RevokedWhy::Replaced),
        revoked(RevokedWhy::NotBacked),
        revoked(RevokedWhy::InviteeRemoved),
        revoked(RevokedWhy::InviteeCame),
    ];
    for (number, state) in (0_u32..).zip(states) {
        for access in every_access() {
            let bare = number % 2 == 0;
            let it = scene.invitation(&founded.membership, &format!("{}@Example.ORG", scene.word()));
            let invitation = with_state(
                Invitation::from_parts(InvitationParts {
                    purpose: Purpose::Member,
                    access,
                    generation: generation(number),
                    addressed: generation(number / 2),
                    term: Term::days(if bare { 1 } else { 30 }).unwrap(),
                    note: if bare { None } else { note() },
                    locale: (!bare).then(|| Locale::parse("pt-BR").unwrap()),
                    created_at: odd(),
                    expires_at: odd().plus(Duration::from_micros(1)),
                    ..it.into_parts()
                }),
                state.clone(),
            );
            scene
                .write([Change::AddInvitation(invitation.clone()), Change::Send(scene.mail(&invitation))])
                .await;
            let moment = scene.moment().await;
            assert_eq!(moment.invitation(invitation.id()).await.unwrap(), Some(invitation.clone()));
            let view = moment.invitation_view(invitation.id()).await.unwrap().unwrap();
            assert_eq!((view.invitation, view.organization), (invitation, founded.organization.clone()));
            assert_eq!(view.inviter, (&founded.account).into());
        }
    }
}

/// Of each kind, as a worker claims it.
pub async fn every_letter_is_read_as_it_was_written(ports: Ports) {
    let scene = Scene::on(ports);
    for access in every_access() {
        for optional in [None, note()] {
            let letters = every_letter(&scene, &access, optional.clone());
            let sent = letters.into_iter().map(|letter| Message {
                to: address("Zoë.Müller@Müller.Example"),
                locale: optional.as_ref().and_then(|_| Locale::parse("de").ok()),
                ..scene.message(letter, odd())
            });
            let sent = sent.collect::<Vec<_>>();
            scene.write(sent.clone().into_iter().map(Change::Send)).await;
            let mut claimed = scene.claim(odd()).await.into_iter().map(|it| it.message).collect::<Vec<_>>();
            claimed.sort_by_key(|it| sent.iter().position(|sent| sent.id == it.id));
            assert_eq!(claimed, sent);
        }
    }
}

/// One letter of each kind.
pub(super) fn every_letter(scene: &Scene, access: &Access, reason: Option<Note>) -> Vec<Letter> {
    let joining = super::join_request::every_letter(scene, access, reason.clone());
    let ids = &scene.ports.ids;
    let (organization, person) =
        (OrganizationName::parse("Müller & Söhne").expect("a name"), person("Zoë", "李"));
    let (email, access, bare) = (address("Ada@Example.org"), access.clone(), reason.is_none());
    let letters = [
        Letter::Invitation {
            invitation: ids.fresh(),
            generation: generation(7),
            organization: organization.clone(),
            inviter: person.clone(),
            access: access.clone(),
            note: reason.clone(),
            expires_at: odd(),
        },
        Letter::Joined {
            invitation: ids.fresh(),
            organization: organization.clone(),
            person: person.clone(),
            email: email.clone(),
            access: access.clone(),
        },
        Letter::Declined {
            invitation: ids.fresh(),
            organization: organization.clone(),
            email: email.clone(),
            reason: reason.clone(),
        },
        Letter::NewInvitationWished { invitation: ids.fresh(), organization: organization.clone(), email },
        Letter::AccessChanged {
            membership: ids.fresh(),
            organization: organization.clone(),
            by: person.clone(),
            before: Access::Owner,
            after: access,
        },
        Letter::AccessRemoved {
            membership: ids.fresh(),
            organization: organization.clone(),
            by: person.clone(),
            reason,
        },
        Letter::OwnershipHandedOver { membership: ids.fresh(), organization, from: person.clone() },
        Letter::NewDevice {
            session: ids.fresh(),
            person,
            device: (!bare).then(|| "Füchslein 128".into()),
            origin: Origin((!bare).then(|| "192.0.2.7".into())),
            at: odd(),
        },
    ];
    let accounts = about_an_account(scene, bare);
    let own = super::email_change::every_letter(scene);
    let signing_up = super::sign_up::every_letter(scene);
    letters.into_iter().chain(accounts).chain(signing_up).chain(own).chain(joining).collect()
}

fn about_an_account(scene: &Scene, bare: bool) -> [Letter; 3] {
    let (ids, person) = (&scene.ports.ids, person("Zoë", "李"));
    [
        Letter::Security(SecurityLetter::PasswordReset {
            account: ids.fresh(),
            generation: generation(3),
            person: person.clone(),
            origin: Origin((!bare).then(|| "192.0.2.7".into())),
            expires_at: odd(),
        }),
        Letter::Security(SecurityLetter::PasswordChanged {
            account: ids.fresh(),
            person: person.clone(),
            device: (!bare).then(|| "Füchslein 128".into()),
            origin: Origin((!bare).then(|| "192.0.2.7".into())),
            at: odd(),
        }),
        Letter::Security(SecurityLetter::TriesUsedUp {
            account: ids.fresh(),
            person,
            device: (!bare).then(|| "Füchslein 128".into()),
            origin: Origin((!bare).then(|| "192.0.2.7".into())),
            at: odd(),
            until: odd().plus(Duration::from_micros(1)),
        }),
    ]
}

/// Each action, about each kind of thing.
pub async fn every_line_of_the_audit_log_is_read_as_it_was_written(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    for (number, action) in (0_usize..).zip(Action::ALL) {
        let bare = number % 2 == 0;
        let kind = SubjectKind::ALL[number % SubjectKind::ALL.len()];
        let event = AuditEvent {
            actor: (!bare).then_some(founded.account.id()),
            origin: Origin((!bare).then(|| "2001:db8::7".into())),
            subject: Subject { kind, id: scene.ports.ids.uuid() },
            label: "Zoë \"李\" 100% _\\".into(),
            before: (!bare).then(|| "owner".into()),
            after: bare.then(|| "chosen: members.view".into()),
            ..scene.event(&founded, *action, odd())
        };
        scene.write([Change::Record(event.clone())]).await;
        assert_eq!(line(&scene, &founded, *action).await, event);
    }
    let nowhere = AuditEvent { organization: None, ..scene.event(&founded, Action::SignedIn, NOW) };
    scene.commit([Change::Record(nowhere)]).await.expect("some acts concern no organization");
}

async fn line(scene: &Scene, founded: &Founded, action: Action) -> AuditEvent {
    let filter = AuditFilter { action: Some(action), ..AuditFilter::default() };
    let page = Page::first(rows(10));
    let mut lines =
        scene.moment().await.audit_events(founded.organization.id(), &filter, &page).await.unwrap();
    assert_eq!(lines.rows.len(), 1, "{action:?}");
    let view = lines.rows.remove(0);
    let expected = view.event.actor.map(|_| (&founded.account).into());
    assert_eq!(view.actor, expected, "{action:?}");
    view.event
}

/// Found by its id, expired or not.
pub async fn every_setup_link_is_read_as_it_was_written(ports: Ports) {
    let scene = Scene::on(ports);
    for expires_at in instants() {
        let link = SetupLink { id: scene.ports.ids.fresh(), expires_at };
        scene.write([Change::AddSetupLink(link)]).await;
        assert_eq!(scene.moment().await.setup_link(link.id).await.unwrap(), Some(link));
    }
    assert_eq!(scene.moment().await.setup_link(scene.ports.ids.fresh()).await.unwrap(), None);
}
