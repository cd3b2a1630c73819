//! The code of "Embed the domain in your own service".
use std::sync::Arc;

// ANCHOR: uses
use registration_domain::{
    access::Access,
    email::Email,
    invitation::{Offer, Purpose, Term},
    permission::Permission,
    platform::{Platform, VerbError},
    refusal::Refusal,
    session::Caller,
    settings::{PublicUrl, Settings},
    use_case::{
        authorize::{Authorization, Authorize},
        invite::{Invite, InviteRefusal},
    },
};
// ANCHOR_END: uses
use registration_domain::{
    organization::OrganizationId,
    organization_name::OrganizationName,
    person_name::NamePart,
    receipt::Digest,
    session::{Device, Origin},
    use_case::{registration::Registration, set_up::SetUp},
    username::Username,
};
// ANCHOR: platform
use registration_testkit::{memory::MemoryStore, ports};

fn platform() -> Result<Platform, Box<dyn std::error::Error>> {
    // The testkit's ports stand on memory and stubs. Yours are a `Ports` with your own adapters in it.
    let ports = ports(Arc::new(MemoryStore::default()));
    let settings = Settings::new(PublicUrl::parse("https://join.example.org")?);
    Ok(Platform::new(ports, settings))
}
// ANCHOR_END: platform

// ANCHOR: invite
async fn invite(
    platform: &Platform,
    by: Caller,
    organization: OrganizationId,
    address: &str,
) -> Result<String, Box<dyn std::error::Error>> {
    let offer = Offer {
        email: Email::parse(address)?,
        purpose: Purpose::Member,
        term: Term::days(7)?,
        note: None,
        locale: None,
    };
    let access = Access::Chosen([Permission::MEMBERS_VIEW].into());
    match platform.invite(Invite { by, organization, offer, access, once: None }).await {
        Ok(invited) => Ok(format!("{} was invited", invited.what.invitation.parts().email)),
        Err(VerbError::Refused(InviteRefusal::AlreadyInvited(id))) => Ok(format!("{id} is pending")),
        Err(refused) => Ok(format!("{:?} {}", refused.kind(), refused.code())),
    }
}
// ANCHOR_END: invite

// ANCHOR: authorize
async fn may_invite(platform: &Platform, by: Caller, organization: OrganizationId) -> bool {
    let (account, permission) = (by.account, Permission::MEMBERS_INVITE);
    let question = Authorize { by, account, organization, permission };
    matches!(platform.authorize(&question).await, Ok(Authorization::Allowed))
}
// ANCHOR_END: authorize

#[tokio::test]
async fn the_domain_works_in_another_service() {
    let platform = platform().unwrap();
    let (ana, harbour) = founded(&platform).await;
    assert!(may_invite(&platform, ana.clone(), harbour).await);
    let said = invite(&platform, ana.clone(), harbour, "ben@example.org").await.unwrap();
    assert_eq!(said, "ben@example.org was invited");
    let said = invite(&platform, ana.clone(), harbour, "BEN@example.org").await.unwrap();
    assert!(said.ends_with("is pending"), "{said}");
    let said = invite(&platform, ana, harbour, "ana@example.org").await.unwrap();
    assert_eq!(said, "Conflict already_member");
}

async fn founded(platform: &Platform) -> (Caller, OrganizationId) {
    let link = platform.issue_setup_link().await.unwrap().unwrap();
    let token = link.expose().rsplit('/').next().unwrap();
    let founded = platform
        .set_up(SetUp {
            token: registration_domain::secret::Secret::new(token),
            organization_name: OrganizationName::parse("Harbour").unwrap(),
            email: Email::parse("ana@example.org").unwrap(),
            registration: Registration {
                username: Username::parse("ana.ruiz").ok(),
                first_name: NamePart::parse("Ana").ok(),
                last_name: NamePart::parse("Ruiz").ok(),
                password: Some(registration_domain::secret::Secret::new("Seven-Boats-Left-Early")),
                locale: None,
            },
            device: Device { label: None, fingerprint: Digest([0; 32]), origin: Origin::default() },
            once: None,
        })
        .await
        .unwrap()
        .what;
    (Caller { account: founded.account.id(), origin: Origin::default() }, founded.organization.id())
}
