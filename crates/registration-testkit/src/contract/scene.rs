//! What the promises start from: an organization with an Owner, and rows that are not yet written.
use crate::stub::NOW;
use registration_domain::{
    access::Access,
    account::{Account, NewAccount},
    audit::{Action, AuditEvent, Subject, SubjectKind},
    catalogue::Catalogue,
    change::{Change, ChangeSet},
    email::Email,
    invitation::{Invitation, InvitationParts, InvitationState, Offer, Purpose, Term},
    locale::Locale,
    membership::{Cause, Membership},
    message::{Letter, Message},
    organization::{Organization, OrganizationKind},
    organization_name::OrganizationName,
    page::PageSize,
    password::PasswordHash,
    permission::Permission,
    permit::{Grant, Permit},
    person_name::{NamePart, PersonName},
    platform::Ports,
    port::{Act, Claimed, CommitError, Lease, Moment},
    receipt::Digest,
    revision::Generation,
    session::{Device, Origin, Session},
    settings::Lifetimes,
    time::{MINUTE, Timestamp},
    username::Username,
};

/// Ports, and shorthands for what is done with them over and over.
#[derive(Clone)]
pub(super) struct Scene {
    pub(super) ports: Ports,
}

/// An organization, and its one Owner.
#[derive(Debug, Clone)]
pub(super) struct Founded {
    pub(super) organization: Organization,
    pub(super) account: Account,
    pub(super) membership: Membership,
}

/// A member who came by an invitation.
#[derive(Debug, Clone)]
pub(super) struct Joined {
    pub(super) account: Account,
    pub(super) invitation: Invitation,
    pub(super) membership: Membership,
}

impl Scene {
    pub(super) fn on(ports: Ports) -> Self {
        Self { ports }
    }
    /// An organization with an Owner, stored.
    pub(super) async fn founded(ports: Ports) -> (Self, Founded) {
        let scene = Self { ports };
        let founded = scene.found().await;
        (scene, founded)
    }

    pub(super) async fn commit(&self, changes: impl IntoIterator<Item = Change>) -> Result<(), CommitError> {
        self.commit_at(NOW, changes).await
    }
    pub(super) async fn commit_at(
        &self,
        at: Timestamp,
        changes: impl IntoIterator<Item = Change>,
    ) -> Result<(), CommitError> {
        self.ports.ledger.commit(self.act(at), changes.into_iter().collect::<ChangeSet>()).await
    }
    /// A commit that nothing stands against.
    pub(super) async fn write(&self, changes: impl IntoIterator<Item = Change>) {
        self.commit(changes).await.expect("nothing stands against this commit");
    }
    pub(super) fn act(&self, at: Timestamp) -> Act {
        Act { id: self.ports.ids.fresh(), at }
    }
    pub(super) async fn moment(&self) -> Box<dyn Moment> {
        self.ports.reads.moment().await.expect("the store can be read")
    }
    pub(super) async fn claim(&self, at: Timestamp) -> Vec<Claimed> {
        self.ports.outbox.claim(self.lease(at), 1_000).await.expect("messages can be claimed")
    }
    pub(super) fn lease(&self, at: Timestamp) -> Lease {
        Lease { id: self.ports.ids.fresh(), at, until: at.plus(MINUTE) }
    }

    pub(super) async fn found(&self) -> Founded {
        let founded = self.founding();
        self.write(founded.clone().into_changes()).await;
        founded
    }
    /// An organization with an Owner, not stored.
    pub(super) fn founding(&self) -> Founded {
        let account = self.somebody();
        let name = OrganizationName::parse("Acme").expect("a name");
        let organization = Organization::found(self.ports.ids.fresh(), name, OrganizationKind::Company, NOW);
        let membership = Membership::found(self.ports.ids.fresh(), organization.id(), account.id(), NOW);
        Founded { organization, account, membership }
    }
    /// An account of somebody whom nobody knows.
    pub(super) fn somebody(&self) -> Account {
        self.account(&format!("{}@example.org", self.word()), &self.word())
    }
    pub(super) fn account(&self, email: &str, username: &str) -> Account {
        self.account_of(email, username, "Ana", "Ruiz")
    }
    pub(super) fn account_of(&self, email: &str, username: &str, first: &str, last: &str) -> Account {
        let new = NewAccount {
            id: self.ports.ids.fresh(),
            email: address(email),
            username: Username::parse_any(username).expect("a username"),
            name: person(first, last),
            password: PasswordHash::from_phc("$plain$0$00".into()),
            locale: None,
        };
        Account::open(new, NOW)
    }
    /// A word that was never used before.
    pub(super) fn word(&self) -> String {
        format!("p{}", self.ports.ids.uuid().simple())
    }
    pub(super) fn session(&self, of: &Account, device: &str) -> Session {
        let device = Device {
            label: Some(device.into()),
            fingerprint: fingerprint(device),
            origin: Origin(Some("192.0.2.7".into())),
        };
        Session::start(self.ports.ids.fresh(), of, device, NOW, &Lifetimes::default())
    }
    pub(super) fn invitation(&self, by: &Membership, email: &str) -> Invitation {
        self.invitation_at(by, email, NOW)
    }
    pub(super) fn invitation_at(&self, by: &Membership, email: &str, at: Timestamp) -> Invitation {
        let offer = Offer {
            email: address(email),
            purpose: Purpose::Member,
            term: Term::default(),
            note: None,
            locale: None,
        };
        Invitation::issue(self.ports.ids.fresh(), offer, granted(by, viewer()), at)
    }
    /// The mail of its newest link.
    pub(super) fn mail(&self, invitation: &Invitation) -> Message {
        let it = invitation.parts();
        let letter = Letter::Invitation {
            invitation: it.id,
            generation: it.generation,
            organization: OrganizationName::parse("Acme").expect("a name"),
            inviter: person("Ana", "Ruiz"),
            access: it.access.clone(),
            note: it.note.clone(),
            expires_at: it.expires_at,
        };
        self.message(letter, it.created_at)
    }
    pub(super) fn message(&self, letter: Letter, at: Timestamp) -> Message {
        Message {
            id: self.ports.ids.fresh(),
            to: address("to@example.org"),
            locale: Locale::parse("en").ok(),
            at,
            letter,
        }
    }
    /// Any message, about nothing that is stored.
    pub(super) fn any_message(&self, at: Timestamp) -> Message {
        let letter = Letter::NewInvitationWished {
            invitation: self.ports.ids.fresh(),
            organization: OrganizationName::parse("Acme").expect("a name"),
            email: address("guest@example.org"),
        };
        self.message(letter, at)
    }
    pub(super) fn event(&self, of: &Founded, action: Action, at: Timestamp) -> AuditEvent {
        AuditEvent {
            id: self.ports.ids.fresh(),
            at,
            organization: Some(of.organization.id()),
            actor: Some(of.account.id()),
            origin: Origin(None),
            action,
            subject: Subject { kind: SubjectKind::Account, id: of.account.id().uuid() },
            label: "Ana Ruiz".into(),
            before: None,
            after: None,
        }
    }
    /// Somebody who comes in at this time, not stored.
    pub(super) fn joining(&self, founded: &Founded, account: Account, at: Timestamp) -> Joined {
        let open = self.invitation_at(&founded.membership, account.parts().email.as_str(), at);
        let invitation = accepted(open, &account, at);
        let grant = granted(&founded.membership, viewer());
        let cause = Cause::Invitation(invitation.id());
        let membership = Membership::begin(self.ports.ids.fresh(), account.id(), grant, cause, at);
        Joined { account, invitation, membership }
    }
    /// Somebody who came in, stored.
    pub(super) async fn joined(&self, founded: &Founded) -> Joined {
        let joined = self.joining(founded, self.somebody(), NOW);
        self.write(self.coming(&joined)).await;
        joined
    }
    /// What the coming of somebody new writes.
    pub(super) fn coming(&self, joined: &Joined) -> Vec<Change> {
        vec![
            Change::AddAccount(joined.account.clone()),
            Change::AddInvitation(joined.invitation.clone()),
            Change::Send(self.mail(&joined.invitation)),
            Change::AddMembership(joined.membership.clone()),
        ]
    }
}

impl Founded {
    pub(super) fn into_changes(self) -> [Change; 3] {
        [
            Change::AddAccount(self.account),
            Change::AddOrganization(self.organization),
            Change::AddMembership(self.membership),
        ]
    }
}

/// What this member may give of it.
pub(super) fn granted(by: &Membership, access: Access) -> Grant {
    permit(by).grant(access, &Catalogue::built_in()).expect("the giver holds it")
}
pub(super) fn permit(of: &Membership) -> Permit {
    let standing = of.clone().active().map(|it| it.standing());
    Permit::member(standing.as_ref()).expect("an active member")
}
pub(super) fn viewer() -> Access {
    Access::Chosen([Permission::MEMBERS_VIEW].into())
}
pub(super) fn accepted(invitation: Invitation, by: &Account, at: Timestamp) -> Invitation {
    with_state(invitation, InvitationState::Accepted { at, by: by.id() })
}
pub(super) fn with_state(invitation: Invitation, state: InvitationState) -> Invitation {
    Invitation::from_parts(InvitationParts { state, ..invitation.into_parts() })
}
pub(super) fn resent(invitation: Invitation, by: &Membership) -> Invitation {
    let open = invitation.open().expect("it is pending");
    open.resend(granted(by, viewer()), NOW)
}
pub(super) fn removed(membership: Membership, by: &Account) -> Membership {
    membership.active().expect("it is active").remove(by.id(), None, NOW)
}
pub(super) fn address(text: &str) -> Email {
    Email::parse(text).expect("an address")
}
pub(super) fn person(first: &str, last: &str) -> PersonName {
    PersonName::new(NamePart::parse(first).expect("a name"), NamePart::parse(last).expect("a name"))
}
/// A digest that tells texts of up to 32 bytes apart.
pub(super) fn fingerprint(of: &str) -> Digest {
    let mut digest = [0; 32];
    digest.iter_mut().zip(of.bytes()).for_each(|(to, from)| *to = from);
    Digest(digest)
}
pub(super) fn rows(count: u16) -> PageSize {
    PageSize::new(count).expect("1 to 100 rows")
}
pub(super) fn generation(number: u32) -> Generation {
    Generation(number)
}
