//! A platform in memory that a test can look into, and meddle with between a decision and its commit.
use std::{
    fmt::Debug,
    pin::Pin,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use registration_domain::{
    access::Access,
    change::ChangeSet,
    email::Email,
    invitation::InvitationId,
    link::{Link, LinkPurpose},
    membership::MembershipId,
    organization::OrganizationId,
    organization_name::OrganizationName,
    platform::{Platform, Ports, VerbError},
    port::{Act, CommitError, Ledger, Moment},
    receipt::Once,
    refusal::Refusal,
    revision::Generation,
    secret::Secret,
    session::Caller,
    settings::{Limits, Settings},
    use_case::{
        accept_invitation::{AcceptInvitation, AcceptRefusal, Accepted},
        invite::{Invite, InviteRefusal},
        managed_member::MemberRefusal,
        registration::Registration,
        remove_member::RemoveMember,
        set_up::{Founded, SetUp},
        sign_in::{Begun, InvalidCredentials, SignIn},
    },
    username::Username,
};
use registration_testkit::{
    memory::MemoryStore,
    scenario::TestPlatform,
    stub::{FakeClock, FakeDns, MemoryMailer},
};

use super::support::{PASSWORD, device, email, offer, origin, registration, settings};

/// A founded platform; Owen owns its organization.
pub(crate) struct World {
    pub(crate) platform: Platform,
    pub(crate) ports: Ports,
    pub(crate) ledger: Arc<Meddling>,
    pub(crate) clock: Arc<FakeClock>,
    pub(crate) mailer: Arc<MemoryMailer>,
    pub(crate) dns: Arc<FakeDns>,
    pub(crate) organization: OrganizationId,
    pub(crate) owner: Caller,
    pub(crate) owner_token: Secret,
}

/// What somebody does before the first commit of a kind.
struct Deed {
    is_due: fn(&ChangeSet) -> bool,
    what: Pin<Box<dyn Future<Output = ()> + Send>>,
}

/// A ledger that keeps what it was given, and lets somebody else be faster once.
pub(crate) struct Meddling {
    inner: Arc<MemoryStore>,
    pub(crate) acts: Mutex<Vec<ChangeSet>>,
    deed: Mutex<Option<Deed>>,
}

#[async_trait]
impl Ledger for Meddling {
    async fn commit(&self, act: Act, changes: ChangeSet) -> Result<(), CommitError> {
        let due = {
            let mut deed = self.deed.lock().unwrap();
            if deed.as_ref().is_some_and(|it| (it.is_due)(&changes)) { deed.take() } else { None }
        };
        if let Some(deed) = due {
            deed.what.await;
        }
        self.acts.lock().unwrap().push(changes.clone());
        self.inner.commit(act, changes).await
    }
}

impl World {
    pub(crate) async fn founded() -> Self {
        Self::with(settings()).await
    }
    pub(crate) async fn with_sign_ins(failed_sign_ins_a_day: u32) -> Self {
        Self::with(Settings { limits: Limits { failed_sign_ins_a_day, ..Limits::default() }, ..settings() })
            .await
    }
    async fn with(settings: Settings) -> Self {
        let store = Arc::new(MemoryStore::default());
        let (clock, mailer) = (Arc::new(FakeClock::default()), Arc::new(MemoryMailer::default()));
        let ledger =
            Arc::new(Meddling { inner: store.clone(), acts: Mutex::default(), deed: Mutex::default() });
        let sound = registration_testkit::ports(store);
        let dns = Arc::new(FakeDns::default());
        let sound = Ports { domain_proof: dns.clone(), ..sound };
        let ports = Ports { ledger: ledger.clone(), clock: clock.clone(), mailer: mailer.clone(), ..sound };
        let platform = Platform::new(ports.clone(), settings);
        let Founded { account, organization, token } = set_up(&platform).await;
        let owner = Caller { account: account.id(), origin: origin() };
        let organization = organization.id();
        Self { platform, ports, ledger, clock, mailer, dns, organization, owner, owner_token: token }
    }

    /// The same platform, as scenarios tell of it.
    pub(crate) fn test(&self) -> TestPlatform {
        let (platform, ports) = (self.platform.clone(), self.ports.clone());
        let (clock, mailer, dns) = (self.clock.clone(), self.mailer.clone(), self.dns.clone());
        TestPlatform { platform, ports, clock, mailer, dns }
    }
    /// The same platform, on other ports.
    pub(crate) fn on(&self, change: impl FnOnce(Ports) -> Ports) -> Platform {
        Platform::new(change(self.ports.clone()), self.platform.settings().clone())
    }
    pub(crate) fn now(&self) -> registration_domain::time::Timestamp {
        registration_domain::port::Clock::now(&*self.clock)
    }
    pub(crate) fn advance(&self, span: Duration) {
        self.clock.advance(span);
    }
    pub(crate) async fn moment(&self) -> Box<dyn Moment> {
        self.ports.reads.moment().await.unwrap()
    }

    /// Before the next commit, somebody else does this.
    pub(crate) fn meanwhile(&self, deed: impl Future<Output = ()> + Send + 'static) {
        self.meanwhile_at(|_| true, deed);
    }
    /// Before the first commit of this kind, somebody else does this.
    pub(crate) fn meanwhile_at(
        &self,
        is_due: fn(&ChangeSet) -> bool,
        deed: impl Future<Output = ()> + Send + 'static,
    ) {
        *self.ledger.deed.lock().unwrap() = Some(Deed { is_due, what: Box::pin(deed) });
    }
    /// What was to be committed since this was asked last.
    pub(crate) fn acts(&self) -> Vec<ChangeSet> {
        std::mem::take(&mut self.ledger.acts.lock().unwrap())
    }

    pub(crate) fn invite_command(&self, by: &Caller, to: &str, access: Access) -> Invite {
        Invite {
            by: by.clone(),
            organization: self.organization,
            offer: offer(email(to)),
            access,
            once: None,
        }
    }
    pub(crate) async fn invite_by(
        &self,
        by: &Caller,
        to: &str,
        access: Access,
    ) -> Result<InvitationId, VerbError<InviteRefusal>> {
        let answer = self.platform.invite(self.invite_command(by, to, access)).await?;
        Ok(answer.what.invitation.id())
    }
    /// Invited by the Owner.
    pub(crate) async fn invited(&self, to: &str, access: Access) -> InvitationId {
        self.invite_by(&self.owner, to, access).await.unwrap()
    }
    /// What the newest mail of an invitation has in its link.
    pub(crate) async fn token(&self, of: InvitationId) -> Secret {
        let generation = self.moment().await.invitation(of).await.unwrap().unwrap().parts().generation;
        self.token_of(of, generation)
    }
    pub(crate) fn token_of(&self, of: InvitationId, generation: Generation) -> Secret {
        let link = Link { purpose: LinkPurpose::Invitation, subject: of.uuid(), generation };
        self.ports.links.seal(link).0
    }
    pub(crate) async fn accept_as(
        &self,
        of: InvitationId,
        username: &str,
    ) -> Result<Accepted, VerbError<AcceptRefusal>> {
        let command = accept_command(self.token(of).await, None, username);
        Ok(self.platform.accept_invitation(command).await?.what)
    }
    /// Somebody who was invited by the Owner and came in.
    pub(crate) async fn joined(&self, name: &str, access: Access) -> (Caller, MembershipId) {
        let invitation = self.invited(&format!("{name}@example.org"), access).await;
        let Accepted { membership, .. } = self.accept_as(invitation, name).await.unwrap();
        let caller = Caller { account: membership.account.id(), origin: origin() };
        (caller, membership.membership.id())
    }
    pub(crate) async fn seat(&self, of: &Caller) -> MembershipId {
        self.moment().await.standing(of.account, self.organization).await.unwrap().unwrap().membership
    }
    pub(crate) fn removal(&self, by: &Caller, member: MembershipId) -> RemoveMember {
        RemoveMember { by: by.clone(), organization: self.organization, member, reason: None }
    }
    pub(crate) async fn remove(
        &self,
        by: &Caller,
        member: MembershipId,
    ) -> Result<(), VerbError<MemberRefusal>> {
        self.platform.remove_member(self.removal(by, member)).await
    }
    pub(crate) async fn sign_in(
        &self,
        identifier: &str,
        password: &str,
    ) -> Result<Begun, VerbError<InvalidCredentials>> {
        Ok(self.platform.sign_in(sign_in(identifier, password, None)).await?.what)
    }
    pub(crate) async fn owners(&self) -> u32 {
        self.moment().await.owners(self.organization).await.unwrap()
    }
}

/// The word for a "no".
pub(crate) fn code<T: Debug, R: Refusal>(answer: Result<T, VerbError<R>>) -> &'static str {
    answer.unwrap_err().code()
}
pub(crate) fn sign_in(identifier: &str, password: &str, once: Option<Once>) -> SignIn {
    let password = Secret::new(password);
    SignIn { identifier: identifier.into(), password, device: device(), known: None, once }
}
pub(crate) fn accept_command(token: Secret, by: Option<Caller>, username: &str) -> AcceptInvitation {
    let username = Some(Username::parse(username).unwrap());
    let registration = Registration { username, ..registration() };
    AcceptInvitation { token, by, registration, device: device(), once: None }
}

pub(crate) fn setup_command(token: Secret, owner: Email) -> SetUp {
    SetUp {
        token,
        organization_name: OrganizationName::parse("Acme").unwrap(),
        email: owner,
        registration: Registration { username: Some(Username::parse("owen").unwrap()), ..registration() },
        device: device(),
        once: None,
    }
}
async fn set_up(platform: &Platform) -> Founded {
    let url = platform.issue_setup_link().await.unwrap().unwrap();
    let token = Secret::new(url.expose().rsplit('/').next().unwrap());
    assert_eq!(PASSWORD, registration().password.unwrap().expose());
    platform.set_up(setup_command(token, email("owen@example.org"))).await.unwrap().what
}
