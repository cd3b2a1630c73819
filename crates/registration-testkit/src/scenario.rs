//! A platform for tests: founded, peopled and moved through time by its real verbs, a line each.
mod own;
mod sign_up;

use std::{sync::Arc, time::Duration};

use registration_domain::{
    access::Access,
    account::AccountId,
    email::Email,
    invitation::{Invitation, Offer, Purpose, Term},
    link::{Link, LinkPurpose},
    membership::MembershipId,
    organization::OrganizationId,
    organization_name::OrganizationName,
    permission::Permission,
    person_name::NamePart,
    platform::{Answer, Platform, Ports, VerbError},
    port::{Fingerprints, Ledger, Outbox, Reads},
    secret::Secret,
    session::{Caller, Device, Origin},
    settings::{PublicUrl, Settings},
    use_case::{
        accept_invitation::{AcceptInvitation, AcceptRefusal, Accepted},
        authenticate::NotSignedIn,
        change_password::{ChangePassword, ChangePasswordRefusal, PasswordChanged},
        invite::{Invite, InviteRefusal},
        registration::Registration,
        reset_password::{AskForReset, ResetPassword, ResetRefusal},
        set_up::SetUp,
        sign_in::{Begun, InvalidCredentials, SignIn},
    },
    username::Username,
    view::InvitationView,
};

use crate::{
    memory::MemoryStore,
    stub::{FakeClock, FakeDns, MemoryMailer, PlainFingerprints, PlainSealer},
};

pub use own::{change_email, close_account, verify_email_change};
pub use sign_up::{start_sign_up, verify_sign_up, wrong};

/// The password of everybody on a [`TestPlatform`].
pub const PASSWORD: &str = "Sunny-river-42";

/// A platform whose time stands still, whose mails are kept, and whose people all have one [`PASSWORD`].
///
/// ```
/// use registration_domain::time::DAY;
/// use registration_testkit::scenario::{TestPlatform, seeing_members};
///
/// # pollster::block_on(async {
/// let test = TestPlatform::in_memory();
/// let owner = test.found().await;
/// let invited = test.invite(&owner, "ben@example.org", seeing_members()).await?.what;
/// test.clock.advance(6 * DAY);
/// let ben = test.accept_as_new(&invited.invitation, "ben.okri").await?.what;
/// assert_eq!(ben.membership.account.parts().email.as_str(), "ben@example.org");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone)]
pub struct TestPlatform {
    /// The platform.
    pub platform: Platform,
    /// What it stands on.
    pub ports: Ports,
    /// Its time.
    pub clock: Arc<FakeClock>,
    /// What it mailed.
    pub mailer: Arc<MemoryMailer>,
    /// What stands in DNS.
    pub dns: Arc<FakeDns>,
}

/// A member, signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who they are.
    pub account: AccountId,
    /// Where they belong.
    pub organization: OrganizationId,
    /// Their place there.
    pub membership: MembershipId,
}

impl Member {
    /// As verbs take them.
    pub fn caller(&self) -> Caller {
        Caller { account: self.account, origin: Origin(Some("192.0.2.7".into())) }
    }
}

impl TestPlatform {
    /// One that nobody owns yet, in memory.
    pub fn in_memory() -> Self {
        Self::on(Arc::new(MemoryStore::default()))
    }
    /// One that nobody owns yet, on this store.
    pub fn on<Store: Ledger + Reads + Outbox + 'static>(store: Arc<Store>) -> Self {
        Self::with(crate::ports(store))
    }
    /// One that nobody owns yet, on these ports but for its clock, its mailer and its links.
    ///
    /// # Panics
    /// Never: its public address is one.
    pub fn with(ports: Ports) -> Self {
        let (clock, mailer) = (Arc::new(FakeClock::default()), Arc::new(MemoryMailer::default()));
        let dns = Arc::new(FakeDns::default());
        let ports = Ports {
            clock: clock.clone(),
            mailer: mailer.clone(),
            domain_proof: dns.clone(),
            links: Arc::new(PlainSealer),
            ..ports
        };
        let settings = Settings::new(PublicUrl::parse("https://join.example.org").expect("an address"));
        Self { platform: Platform::new(ports.clone(), settings), ports, clock, mailer, dns }
    }

    /// Founds the platform, by its setup link: the first administrator is ada@example.org.
    ///
    /// # Panics
    /// Where it cannot be founded.
    pub async fn found(&self) -> Member {
        let url = self.platform.issue_setup_link().await.expect("the store works").expect("nobody owns it");
        let token = url.expose().rsplit('/').next().expect("a token ends it");
        let founded = self.platform.set_up(SetUp {
            token: Secret::new(token),
            organization_name: OrganizationName::parse("Acme").expect("a name"),
            email: Email::parse("ada@example.org").expect("an address"),
            registration: registration("ada.l"),
            device: device("laptop"),
            once: None,
        });
        let founded = founded.await.expect("the link holds").what;
        let (account, organization) = (founded.account.id(), founded.organization.id());
        self.member_at(account, organization).await
    }

    /// Where somebody belongs.
    ///
    /// # Panics
    /// Where they are no active member.
    pub async fn member_at(&self, account: AccountId, organization: OrganizationId) -> Member {
        let moment = self.ports.reads.moment().await.expect("the store works");
        let standing = moment.standing(account, organization).await.expect("the store works");
        Member { account, organization, membership: standing.expect("an active member").membership }
    }

    /// Invites an address into the member's organization.
    ///
    /// # Errors
    /// What the verb refuses.
    ///
    /// # Panics
    /// Where the text is no address.
    pub async fn invite(
        &self,
        by: &Member,
        email: &str,
        access: Access,
    ) -> Result<Answer<InvitationView>, VerbError<InviteRefusal>> {
        self.platform.invite(invite(by, email, access)).await
    }

    /// The token of the invitation's newest link.
    pub fn token(&self, invitation: &Invitation) -> Secret {
        let it = invitation.parts();
        let (subject, generation) = (it.id.uuid(), it.generation);
        self.ports.links.seal(Link { purpose: LinkPurpose::Invitation, subject, generation }).0
    }

    /// Accepts as somebody new, with this username.
    ///
    /// # Errors
    /// What the verb refuses.
    ///
    /// # Panics
    /// Where the text is no username.
    pub async fn accept_as_new(
        &self,
        invitation: &Invitation,
        username: &str,
    ) -> Result<Answer<Accepted>, VerbError<AcceptRefusal>> {
        let registration = registration(username);
        self.platform.accept_invitation(accept(self.token(invitation), None, registration)).await
    }

    /// Accepts as this account.
    ///
    /// # Errors
    /// What the verb refuses.
    pub async fn accept_as(
        &self,
        invitation: &Invitation,
        account: AccountId,
    ) -> Result<Answer<Accepted>, VerbError<AcceptRefusal>> {
        let by = Caller { account, origin: Origin(None) };
        self.platform
            .accept_invitation(accept(self.token(invitation), Some(by), Registration::default()))
            .await
    }

    /// Somebody who was invited with this access, and came in. Their address is their username at example.org.
    ///
    /// # Panics
    /// Where they cannot.
    pub async fn member(&self, by: &Member, username: &str, access: Access) -> Member {
        let invited =
            self.invite(by, &format!("{username}@example.org"), access).await.expect("they may").what;
        let accepted = self.accept_as_new(&invited.invitation, username).await.expect("the link holds").what;
        self.member_at(accepted.membership.account.id(), by.organization).await
    }

    /// Signs somebody in, on a device.
    ///
    /// # Errors
    /// What the verb refuses.
    pub async fn sign_in(
        &self,
        identifier: &str,
        password: &str,
        on: &str,
    ) -> Result<Answer<Begun>, VerbError<InvalidCredentials>> {
        let (identifier, password) = (identifier.to_owned(), Secret::new(password));
        let device = device(on);
        self.platform.sign_in(SignIn { identifier, password, device, known: None, once: None }).await
    }

    /// The token of the newest reset link of a member, who asks for one.
    ///
    /// # Panics
    /// Where the text is no address, or none of theirs.
    pub async fn reset_token(&self, of: &Member, email: &str) -> Secret {
        let email = Email::parse(email).expect("an address");
        let asked = AskForReset { email, origin: Origin(None), once: None };
        self.platform.ask_for_reset(asked).await.expect("everybody may ask");
        self.platform.answer_reset_requests().await.expect("the store works");
        let moment = self.ports.reads.moment().await.expect("the store works");
        let reset = moment.password_reset(of.account).await.expect("the store works").expect("it was sent");
        let (subject, generation) = (of.account.uuid(), reset.parts().generation);
        self.ports.links.seal(Link { purpose: LinkPurpose::PasswordReset, subject, generation }).0
    }

    /// Sets a new password by a link.
    ///
    /// # Errors
    /// What the verb refuses.
    pub async fn reset_password(
        &self,
        token: &Secret,
        password: &str,
    ) -> Result<Answer<()>, VerbError<ResetRefusal>> {
        let (token, password) = (token.clone(), Secret::new(password));
        self.platform
            .reset_password(ResetPassword { token, password, device: device("phone"), once: None })
            .await
    }

    /// Sets a new password in place of another one, in the session of this token, which goes on.
    ///
    /// # Errors
    /// What the verb refuses.
    pub async fn change_password(
        &self,
        token: &Secret,
        current: &str,
        new: &str,
    ) -> Result<Answer<PasswordChanged>, VerbError<ChangePasswordRefusal>> {
        let signed_in = self.platform.authenticate(token.expose(), Origin(None)).await;
        let by = signed_in.map_err(|_| VerbError::Refused(NotSignedIn.into()))?;
        let (current, new) = (Secret::new(current), Secret::new(new));
        let device = device("laptop");
        self.platform
            .change_password(ChangePassword { by, current, new, device, renew: false, once: None })
            .await
    }

    /// Lets this much time pass.
    pub fn wait(&self, span: Duration) {
        self.clock.advance(span);
    }
}

/// The command that invites an address for a week.
///
/// # Panics
/// Where the text is no address.
pub fn invite(by: &Member, email: &str, access: Access) -> Invite {
    let email = Email::parse(email).expect("an address");
    let offer = Offer { email, purpose: Purpose::Member, term: Term::default(), note: None, locale: None };
    Invite { by: by.caller(), organization: by.organization, offer, access, once: None }
}

/// The command that accepts an invitation.
pub fn accept(token: Secret, by: Option<Caller>, registration: Registration) -> AcceptInvitation {
    AcceptInvitation { token, by, registration, device: device("phone"), once: None }
}

/// What somebody of this username fills in.
///
/// # Panics
/// Where the text is no username.
pub fn registration(username: &str) -> Registration {
    Registration {
        username: Some(Username::parse(username).expect("a username")),
        first_name: NamePart::parse("Ada").ok(),
        last_name: NamePart::parse("Lovelace").ok(),
        password: Some(Secret::new(PASSWORD)),
        locale: None,
    }
}

/// A device of this name.
pub fn device(label: &str) -> Device {
    let fingerprint = PlainFingerprints.fingerprint("device", label.as_bytes());
    Device { label: Some(label.into()), fingerprint, origin: Origin(Some("192.0.2.7".into())) }
}

/// An access that does not do much.
pub fn seeing_members() -> Access {
    Access::Chosen([Permission::MEMBERS_VIEW].into())
}
