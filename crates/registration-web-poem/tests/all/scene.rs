//! A furnished organization, made through the verbs alone.
use std::{
    collections::BTreeSet,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use registration_domain::{
    access::{Access, RoleKey},
    catalogue::{Catalogue, CataloguedPermission, Role},
    email::Email,
    invitation::{InvitationId, Offer, Purpose, Term},
    link::{Link, LinkPurpose},
    note::Note,
    organization::OrganizationId,
    organization_name::OrganizationName,
    permission::Permission,
    person_name::NamePart,
    platform::Platform,
    port::{LinkSealer, MailerError},
    receipt::Digest,
    revision::Generation,
    secret::Secret,
    session::{Caller, Device, Origin},
    use_case::{
        accept_invitation::AcceptInvitation, decline_invitation::DeclineInvitation, invite::Invite,
        registration::Registration, remove_member::RemoveMember, revoke_invitation::RevokeInvitation,
        set_up::SetUp,
    },
    username::Username,
};
use registration_testkit::stub::{NOW, PlainSealer};
use registration_web_poem::{
    DevelopmentMailbox, KeptLetter, KeptMail, MailSearch, MailboxError, OutgoingMail, OutgoingRoute,
};

pub(crate) const PASSWORD: &str = "Sunny-river-42";

/// The built-in permissions, two of the platform's own, and two roles.
pub(crate) fn catalogue() -> Catalogue {
    let own = |key: &str, label: &str, description: &str| CataloguedPermission {
        permission: Permission::parse(key).unwrap(),
        group: "Orders".into(),
        label: label.into(),
        description: description.into(),
        needs_personal_record: false,
    };
    let permissions = vec![
        own("orders.place", "Place orders", "Order from the catalogue, within one's budget."),
        own("orders.approve", "Approve orders", "Approve what others order."),
    ];
    let role = |key: &str, label: &str, description: &str, held: &[&str]| Role {
        key: RoleKey::parse(key).unwrap(),
        label: label.into(),
        description: description.into(),
        permissions: held.iter().map(|it| Permission::parse(it).unwrap()).collect(),
    };
    let roles = vec![
        role("buyer", "Buyer", "Orders, and sees colleagues.", &["orders.place", "members.view"]),
        role(
            "lead",
            "Team lead",
            "Brings people in and approves.",
            &["members.view", "members.invite", "members.manage_access", "orders.approve"],
        ),
    ];
    Catalogue::with(permissions, roles).unwrap()
}

/// An Owner, some members, and an invitation in each state. Answers what to open.
pub(crate) async fn furnish(platform: &Platform) -> Vec<String> {
    let (organization, ana) = found(platform).await;
    let people = [
        ("bo", "Bo", "Lindqvist", Access::All),
        ("chidi", "Chidi", "Okafor", Access::Role(RoleKey::parse("buyer").unwrap())),
        ("dana", "Dana", "Weiss", chosen(&["members.view", "members.invite", "orders.place"])),
        ("emil", "Emil", "Sørensen-Van der Groot", chosen(&["members.view"])),
        ("farah", "فرح", "الهاشمي", Access::Role(RoleKey::parse("lead").unwrap())),
        ("gone", "Gwen", "Oldham", Access::All),
    ];
    for (name, first, last, access) in people {
        let email = format!("{name}@acme.example");
        let id = invite(platform, &ana, organization, &email, access).await;
        let membership = accept(platform, id, name, first, last).await;
        if name == "gone" {
            let reason = Note::parse("Left the company in March.").unwrap();
            let command = RemoveMember { by: ana.clone(), organization, member: membership, reason };
            platform.remove_member(command).await.unwrap();
        }
    }
    let open = invite(platform, &ana, organization, "hana@acme.example", Access::All).await;
    let revoked = invite(platform, &ana, organization, "ivan@acme.example", chosen(&["members.view"])).await;
    let command =
        RevokeInvitation { by: ana.clone(), organization, invitation: revoked, reason: None, once: None };
    platform.revoke_invitation(command).await.unwrap();
    let declined = invite(platform, &ana, organization, "jo@acme.example", chosen(&["members.view"])).await;
    let reason = Note::parse("Thank you, but I work elsewhere now.").unwrap();
    let command = DeclineInvitation {
        token: token(declined),
        reason,
        block: false,
        origin: Origin::default(),
        once: None,
    };
    platform.decline_invitation(command).await.unwrap();
    while platform.deliver_mail().await.unwrap() > 0 {}
    vec![
        format!("sign in as ana / {PASSWORD}"),
        format!("organization /o/{organization}"),
        format!("open /i/{}", token(open).expose()),
        format!("revoked /i/{}", token(revoked).expose()),
        format!("declined /i/{}", token(declined).expose()),
    ]
}

/// The platform's first organization and its Owner.
pub(crate) async fn found(platform: &Platform) -> (OrganizationId, Caller) {
    let link = platform.issue_setup_link().await.unwrap().unwrap();
    let token = Secret::new(link.expose().rsplit('/').next().unwrap());
    let command = SetUp {
        token,
        organization_name: OrganizationName::parse("Acme GmbH").unwrap(),
        email: Email::parse("ana@acme.example").unwrap(),
        registration: registration("ana", "Ana", "Ruiz"),
        device: device(),
        once: None,
    };
    let founded = platform.set_up(command).await.unwrap().what;
    (founded.organization.id(), Caller { account: founded.account.id(), origin: Origin::default() })
}

/// Invites an address, and answers the invitation's id.
pub(crate) async fn invite(
    platform: &Platform,
    by: &Caller,
    organization: OrganizationId,
    email: &str,
    access: Access,
) -> InvitationId {
    let offer = Offer {
        email: Email::parse(email).unwrap(),
        purpose: Purpose::Member,
        term: Term::default(),
        note: Note::parse("We are glad to have you.\nSee you on Monday.").unwrap(),
        locale: None,
    };
    let command = Invite { by: by.clone(), organization, offer, access, once: None };
    platform.invite(command).await.unwrap().what.invitation.id()
}

/// A new person comes in.
pub(crate) async fn accept(
    platform: &Platform,
    id: InvitationId,
    username: &str,
    first: &str,
    last: &str,
) -> registration_domain::membership::MembershipId {
    let registration = registration(username, first, last);
    let command = AcceptInvitation { token: token(id), by: None, registration, device: device(), once: None };
    platform.accept_invitation(command).await.unwrap().what.membership.membership.id()
}

/// The token of an invitation's first link.
pub(crate) fn token(id: InvitationId) -> Secret {
    let link = Link { purpose: LinkPurpose::Invitation, subject: id.uuid(), generation: Generation::FIRST };
    PlainSealer.seal(link).0
}

/// These permissions.
pub(crate) fn chosen(keys: &[&str]) -> Access {
    Access::Chosen(keys.iter().map(|it| Permission::parse(it).unwrap()).collect::<BTreeSet<_>>())
}

fn registration(username: &str, first: &str, last: &str) -> Registration {
    Registration {
        username: Some(Username::parse(username).unwrap()),
        first_name: Some(NamePart::parse(first).unwrap()),
        last_name: Some(NamePart::parse(last).unwrap()),
        password: Some(Secret::new(PASSWORD)),
        locale: None,
    }
}

fn device() -> Device {
    Device { label: None, fingerprint: Digest([0; 32]), origin: Origin(Some("192.0.2.7".into())) }
}

/// A mailbox with one mail in it.
#[derive(Debug, Default)]
pub(crate) struct Mailbox {
    bounces: Mutex<BTreeSet<String>>,
}

fn kept() -> KeptLetter {
    let text =
        "Ana Ruiz invites you to join Acme GmbH.\n\nSee the invitation: http://127.0.0.1:8088/i/token\n";
    KeptLetter {
        mail: KeptMail {
            id: "m1".into(),
            to: "hana@acme.example".into(),
            subject: "Ana Ruiz invites you to Acme GmbH on Harbour Access".into(),
            kind: "invitation".into(),
            at: NOW,
            link: Some(Secret::new("http://127.0.0.1:8088/i/token")),
            code: Some("482913".into()),
        },
        headers: vec![("From".into(), "Harbour Access <access@harbour.example>".into()), ("Auto-Submitted".into(), "auto-generated".into())],
        text: text.into(),
        html: "<!doctype html><html lang=en><style>body { color: #111; background: #fff } @media (prefers-color-scheme: dark) { body { color: #eee; background: #111 } }</style><body style='font-family:sans-serif'><h1>Join Acme GmbH</h1><p>Ana Ruiz invites you.</p><script>parent.document.title='owned'</script></body></html>".into(),
        octets: 4_211,
    }
}

#[async_trait]
impl DevelopmentMailbox for Mailbox {
    async fn list(&self, search: &MailSearch) -> Result<Vec<KeptMail>, MailboxError> {
        let mail = kept().mail;
        Ok(if search.to.as_ref().is_none_or(|it| mail.to.contains(it)) { vec![mail] } else { Vec::new() })
    }
    async fn find(&self, id: &str) -> Result<Option<KeptLetter>, MailboxError> {
        assert!(id != "breaks", "a secret in a panic");
        Ok(Some(kept()).filter(|it| it.mail.id == id))
    }
    async fn eml(&self, id: &str) -> Result<Option<Vec<u8>>, MailboxError> {
        Ok((id == "m1").then(|| b"Subject: x\r\n\r\nbody\r\n".to_vec()))
    }
    async fn clear(&self) -> Result<(), MailboxError> {
        Ok(())
    }
    async fn add_samples(&self) -> Result<(), MailboxError> {
        Ok(())
    }
    async fn bounces(&self) -> Result<Vec<String>, MailboxError> {
        Ok(self.bounces.lock().unwrap().iter().cloned().collect())
    }
    async fn set_bounce(&self, to: &Email, bounces: bool) -> Result<(), MailboxError> {
        let (mut all, address) = (self.bounces.lock().unwrap(), to.canonical().to_owned());
        if bounces {
            all.insert(address)
        } else {
            all.remove(&address)
        };
        Ok(())
    }
}

/// Mail goes to a server that takes it, or to one that does not.
#[derive(Debug, Default)]
pub(crate) struct SampleMail {
    refuses: AtomicBool,
}

#[async_trait]
impl OutgoingMail for SampleMail {
    fn route(&self) -> OutgoingRoute {
        OutgoingRoute::Server { host: "mail.harbour.example".into(), port: 587, has_tls: true }
    }
    fn sender(&self) -> String {
        "Harbour Access <access@harbour.example>".into()
    }
    async fn send_sample(&self, to: &Email) -> Result<String, MailerError> {
        if self.refuses.fetch_xor(true, Ordering::Relaxed) {
            return Err(MailerError::NotNow("451 4.7.1 try again later".into()));
        }
        Ok(format!("250 2.0.0 queued for {to}"))
    }
}
