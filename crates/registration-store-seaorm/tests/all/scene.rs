//! Rows that tests write.
use std::sync::Arc;

use registration_domain::{
    access::Access,
    account::{Account, AccountId, NewAccount},
    catalogue::Catalogue,
    change::{Change, ChangeSet},
    email::Email,
    id::Id,
    invitation::{Invitation, Offer, Purpose, Term},
    membership::{Cause, Membership},
    message::{Letter, Message},
    organization::{Organization, OrganizationKind},
    organization_name::OrganizationName,
    page::PageSize,
    password::PasswordHash,
    permit::Permit,
    person_name::{NamePart, PersonName},
    port::{Act, CommitError, Ids, Ledger},
    revision::Generation,
    settings::Lifetimes,
    sign_up::{Holder, SignUp},
    time::Timestamp,
    username::Username,
};
use registration_store_seaorm::SeaOrmStore;
use registration_testkit::stub::{CountingIds, NOW};

/// A store, an organization in it, and its Owner.
#[derive(Clone)]
pub(crate) struct Scene {
    pub(crate) store: Arc<SeaOrmStore>,
    pub(crate) ids: Arc<CountingIds>,
    pub(crate) organization: Organization,
    pub(crate) owner: Account,
    pub(crate) place: Membership,
}

impl Scene {
    pub(crate) async fn on(store: SeaOrmStore) -> Self {
        let ids = Arc::new(CountingIds::default());
        let owner = account(Id::new(ids.uuid()), "owner@example.org", "the.owner", "Olga", "Owner");
        let name = OrganizationName::parse("Acme").unwrap();
        let organization = Organization::found(Id::new(ids.uuid()), name, OrganizationKind::Company, NOW);
        let place = Membership::found(Id::new(ids.uuid()), organization.id(), owner.id(), NOW);
        let scene = Self { store: Arc::new(store), ids, organization, owner, place };
        let changes = [
            Change::AddAccount(scene.owner.clone()),
            Change::AddOrganization(scene.organization.clone()),
            Change::AddMembership(scene.place.clone()),
        ];
        scene.write(changes).await;
        scene
    }

    /// Through another store on the same database.
    pub(crate) fn through(&self, store: SeaOrmStore) -> Self {
        Self { store: Arc::new(store), ..self.clone() }
    }
    pub(crate) fn id<Of>(&self) -> Id<Of> {
        Id::new(self.ids.uuid())
    }
    pub(crate) fn act(&self) -> Act {
        Act { id: self.id(), at: NOW }
    }
    pub(crate) async fn commit(&self, changes: impl IntoIterator<Item = Change>) -> Result<(), CommitError> {
        let changes = changes.into_iter().collect::<ChangeSet>();
        self.store.commit(self.act(), changes).await
    }
    pub(crate) async fn write(&self, changes: impl IntoIterator<Item = Change>) {
        self.commit(changes).await.unwrap();
    }

    /// Somebody who was invited at this time, and came.
    pub(crate) fn joining(&self, name: &str, at: Timestamp) -> (Account, Vec<Change>) {
        let account = account(self.id(), &format!("{name}@example.org"), name, "Ana", "Ruiz");
        let invitation = self.invitation(account.parts().email.as_str(), at);
        let id = invitation.id();
        let accepted = invitation.acceptable(Generation::FIRST, at).unwrap();
        let accepted = accepted.accept(account.id(), at);
        let grant = self.owner_permit().grant(Access::All, &Catalogue::built_in()).unwrap();
        let membership = Membership::begin(self.id(), account.id(), grant, Cause::Invitation(id), at);
        let changes = vec![
            Change::AddAccount(account.clone()),
            Change::AddInvitation(accepted),
            Change::AddMembership(membership),
        ];
        (account, changes)
    }
    pub(crate) fn invitation(&self, email: &str, at: Timestamp) -> Invitation {
        let email = Email::parse(email).unwrap();
        let offer =
            Offer { email, purpose: Purpose::Member, term: Term::default(), note: None, locale: None };
        let grant = self.owner_permit().grant(Access::All, &Catalogue::built_in()).unwrap();
        Invitation::issue(self.id(), offer, grant, at)
    }
    pub(crate) fn sign_up(&self, email: &str, username: &str) -> SignUp {
        let it = account(self.id(), email, username, "Ana", "Ruiz").into_parts();
        let (id, locale) = (it.id, it.locale);
        let (email, username, name, password) = (it.email, it.username, it.name, it.password);
        let typed = NewAccount { id, email, username, name, password, locale };
        SignUp::start(self.id(), typed, Holder::Nobody, &Lifetimes::default(), NOW)
    }
    pub(crate) fn mail(&self, invitation: &Invitation) -> Message {
        let it = invitation.parts();
        let letter = Letter::Invitation {
            invitation: it.id,
            generation: it.generation,
            organization: self.organization.parts().name.clone(),
            inviter: self.owner.parts().name.clone(),
            access: it.access.clone(),
            note: None,
            expires_at: it.expires_at,
        };
        Message { id: self.id(), to: it.email.clone(), locale: None, at: it.created_at, letter }
    }
    fn owner_permit(&self) -> Permit {
        let standing = self.place.clone().active().unwrap().standing();
        Permit::owner(Some(&standing)).unwrap()
    }
}

pub(crate) fn account(id: AccountId, email: &str, username: &str, first: &str, last: &str) -> Account {
    let part = |it| NamePart::parse(it).unwrap();
    let new = NewAccount {
        id,
        email: Email::parse(email).unwrap(),
        username: Username::parse_any(username).unwrap(),
        name: PersonName::new(part(first), part(last)),
        password: PasswordHash::from_phc("$plain$0$00".into()),
        locale: None,
    };
    Account::open(new, NOW)
}

pub(crate) fn size(rows: u16) -> PageSize {
    PageSize::new(rows).unwrap()
}

impl Scene {
    /// An account of this name.
    pub(crate) fn adding(&self, username: &str) -> Change {
        Change::AddAccount(account(self.id(), &format!("{username}@example.org"), username, "Ana", "Ruiz"))
    }
    /// An account, and what adds it.
    pub(crate) fn joining_nobody(&self) -> (AccountId, Vec<Change>) {
        let word = format!("p{}", self.ids.uuid().simple());
        let account = account(self.id(), &format!("{word}@example.org"), &word, "Ana", "Ruiz");
        (account.id(), vec![Change::AddAccount(account)])
    }
}
