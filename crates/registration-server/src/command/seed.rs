//! A small organization to try things out on, made by the platform's own verbs in an empty database only.
use anyhow::{Context, Result, bail, ensure};
use registration_domain::{
    access::Access,
    email::Email,
    invitation::{InvitationId, Offer, Purpose, Term},
    link::{Link, LinkPurpose},
    note::Note,
    organization::OrganizationId,
    organization_name::OrganizationName,
    permission::Permission,
    person_name::NamePart,
    platform::Platform,
    revision::Generation,
    secret::Secret,
    session::{Caller, Device, Origin},
    use_case::{
        accept_invitation::AcceptInvitation, decline_invitation::DeclineInvitation, invite::Invite,
        registration::Registration, revoke_invitation::RevokeInvitation, set_up::SetUp,
    },
    username::Username,
};

use super::admin::composed;
use crate::{
    composition::Composition,
    config::{Config, MailRoute},
    say::say,
};

/// Somebody of the demonstration, at a domain that exists nowhere (RFC 2606).
struct Person(&'static str, &'static str);

const OWNER: Person = Person("Ana", "Ruiz");

pub(super) async fn command(config: &Config) -> Result<()> {
    ensure!(
        config.mail.route != MailRoute::Smtp,
        "people of a demonstration have no mailboxes: seed with mailbox: or file:DIRECTORY"
    );
    let composition = composed(config).await?;
    let demo = Demo::found(&composition).await?;
    let invites = Access::Chosen([Permission::MEMBERS_VIEW, Permission::MEMBERS_INVITE].into());
    let sees = Access::Chosen([Permission::MEMBERS_VIEW].into());
    for (person, access) in [
        (Person("Bo", "Lindqvist"), Access::All),
        (Person("Chidi", "Okafor"), invites),
        (Person("Dana", "Moreau"), sees.clone()),
        (Person("Emi", "Tanaka"), Access::Chosen([].into())),
    ] {
        let invitation = demo.invite(&person, access).await?;
        demo.accept(&person, invitation).await?;
        say(format_args!("member {} {}", person.email(), person.username()));
    }
    demo.leave_open(sees).await?;
    say(format_args!("owner {} {}", OWNER.email(), OWNER.username()));
    say(format_args!("password {} (of each of them)", demo.password.expose()));
    drop(demo);
    Ok(composition.store.close().await?)
}

struct Demo<'a> {
    composition: &'a Composition,
    owner: Caller,
    organization: OrganizationId,
    password: Secret,
}

impl<'a> Demo<'a> {
    async fn found(composition: &'a Composition) -> Result<Self> {
        let platform = &composition.platform;
        let Some(link) = platform.issue_setup_link().await? else {
            bail!("this platform has an owner: a demonstration is for an empty database");
        };
        let token = link.expose().rsplit('/').next().context("a setup link ends in its token")?;
        let password = password(platform);
        let founded = platform
            .set_up(SetUp {
                token: Secret::new(token),
                organization_name: OrganizationName::parse("Fernwood Furniture")?,
                email: OWNER.email(),
                registration: OWNER.registration(&password)?,
                device: device(platform),
                once: None,
            })
            .await?
            .what;
        let owner = Caller { account: founded.account.id(), origin: Origin::default() };
        Ok(Self { composition, owner, organization: founded.organization.id(), password })
    }

    async fn invite(&self, person: &Person, access: Access) -> Result<InvitationId> {
        let note = Note::parse("Welcome! The team meets on Mondays at nine.")?;
        let offer = Offer {
            email: person.email(),
            purpose: Purpose::Member,
            term: Term::default(),
            note,
            locale: None,
        };
        let invite =
            Invite { by: self.owner.clone(), organization: self.organization, offer, access, once: None };
        Ok(self.composition.platform.invite(invite).await?.what.invitation.id())
    }

    async fn accept(&self, person: &Person, invitation: InvitationId) -> Result<()> {
        let platform = &self.composition.platform;
        let accept = AcceptInvitation {
            token: self.token(invitation),
            by: None,
            registration: person.registration(&self.password)?,
            device: device(platform),
            once: None,
        };
        platform.accept_invitation(accept).await?;
        Ok(())
    }

    /// One that waits, one that was declined, and one that was taken back.
    async fn leave_open(&self, access: Access) -> Result<()> {
        let platform = &self.composition.platform;
        self.invite(&Person("Farid", "Haddad"), access.clone()).await?;
        let declined = self.invite(&Person("Greta", "Vogel"), access.clone()).await?;
        let decline = DeclineInvitation {
            token: self.token(declined),
            reason: Note::parse("I have taken another position.")?,
            block: false,
            origin: Origin::default(),
            once: None,
        };
        platform.decline_invitation(decline).await?;
        let invitation = self.invite(&Person("Hugo", "Silva"), access).await?;
        let reason = Note::parse("It went to the wrong address.")?;
        let (by, organization) = (self.owner.clone(), self.organization);
        platform
            .revoke_invitation(RevokeInvitation { by, organization, invitation, reason, once: None })
            .await?;
        say("invitations 1 pending, 1 declined, 1 revoked");
        Ok(())
    }

    /// As the mail has it.
    fn token(&self, invitation: InvitationId) -> Secret {
        let (purpose, generation) = (LinkPurpose::Invitation, Generation::FIRST);
        self.composition.links.seal(Link { purpose, subject: invitation.uuid(), generation }).0
    }
}

impl Person {
    fn username(&self) -> String {
        format!("{}.{}", self.0, self.1).to_lowercase()
    }
    fn email(&self) -> Email {
        Email::parse(&format!("{}@fernwood.example", self.username())).expect("a name makes an address")
    }
    fn registration(&self, password: &Secret) -> Result<Registration> {
        Ok(Registration {
            username: Some(Username::parse(&self.username())?),
            first_name: Some(NamePart::parse(self.0)?),
            last_name: Some(NamePart::parse(self.1)?),
            password: Some(password.clone()),
            locale: None,
        })
    }
}

/// One that nobody guesses who lacks the keyring, and that every policy takes.
fn password(platform: &Platform) -> Secret {
    let digest = platform.fingerprints().fingerprint("demonstration password", b"");
    let number = digest.0.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    Secret::new(format!("Demo-{number:016x}"))
}

fn device(platform: &Platform) -> Device {
    let fingerprint = platform.fingerprints().fingerprint("device", b"registration seed");
    Device { label: Some("registration seed".to_owned()), fingerprint, origin: Origin::default() }
}
