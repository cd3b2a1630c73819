//! A domain speaks for its addresses while it is verified, by the policy and the maker that it has at the commit.
use std::time::Duration;

use registration_domain::{
    access::Access,
    change::{Change, ChangeSet},
    domain_name::DomainName,
    email_domain::{DomainPolicy, EmailDomain, EmailDomainState, NotProven, ProofToken},
    membership::Cause,
    permit::Permit,
    refusal::Refusal,
    session::Caller,
    time::{DAY, HOUR, Timestamp},
    use_case::{
        add_email_domain::AddEmailDomain, change_email_domain::ChangeEmailDomain,
        find_email_domain::ShownEmailDomain, join_by_email_domain::JoinByEmailDomain,
        managed_email_domain::PolicyWish, remove_email_domain::RemoveEmailDomain,
        verify_email_domain::VerifyEmailDomain,
    },
};
use registration_testkit::{contract::domain_proof::Zone, stub::NOW};

use super::{
    support::{chosen, role, words},
    world::{World, code},
};

const MICRO: Duration = Duration::from_micros(1);

fn joins(changes: &ChangeSet) -> bool {
    changes.changes().iter().any(|it| matches!(it, Change::AddMembership(_)))
}
fn verifies(changes: &ChangeSet) -> bool {
    changes.changes().iter().any(|it| matches!(it, Change::UpdateEmailDomain(_)))
}
fn domain(name: &str) -> DomainName {
    DomainName::parse(name).unwrap()
}

impl World {
    pub(crate) async fn domain(&self, by: &Caller, policy: PolicyWish) -> ShownEmailDomain {
        let (by, organization, domain) = (by.clone(), self.organization, domain("example.org"));
        let added =
            self.platform.add_email_domain(AddEmailDomain { by, organization, domain, policy, once: None });
        let added = added.await.unwrap().what;
        self.dns.publish_record(&added.view.domain.record());
        added
    }
    pub(crate) async fn verified(&self, by: &Caller, policy: PolicyWish) -> ShownEmailDomain {
        let added = self.domain(by, policy).await;
        self.platform.verify_email_domain(self.check(by, &added)).await.unwrap().what
    }
    fn check(&self, by: &Caller, it: &ShownEmailDomain) -> VerifyEmailDomain {
        let (organization, domain) = (self.organization, it.view.domain.id());
        VerifyEmailDomain { by: by.clone(), organization, domain, once: None }
    }
    /// Somebody with an address at example.org who belongs nowhere.
    async fn outsider(&self, name: &str) -> Caller {
        let (somebody, seat) = self.joined(name, chosen([])).await;
        self.remove(&self.owner, seat).await.unwrap();
        somebody
    }
    fn coming(&self, by: &Caller) -> JoinByEmailDomain {
        JoinByEmailDomain { by: by.clone(), organization: self.organization, once: None }
    }
}

fn pending(name: &str) -> EmailDomain {
    let standing = super::support::standing(Access::Owner);
    let permit = Permit::member(Some(&standing)).unwrap();
    let token = ProofToken::from_bytes([7; 16]);
    EmailDomain::add(super::support::id(900), domain(name), DomainPolicy::Review, token, &permit, NOW)
}

#[test]
fn only_the_very_record_proves_a_domain() {
    let it = pending("acme.example");
    let value = it.record().value;
    let prove = |texts: &[&str]| {
        let texts = texts.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        it.clone().live().unwrap().prove(&texts).map(|it| it.verify(NOW))
    };
    assert_eq!(prove(&[]), Err(NotProven::NotFound));
    for other in [&value[..value.len() - 1], &format!("{value}0"), &value.to_uppercase(), "", "v=spf1 -all"] {
        assert_eq!(prove(&[other]), Err(NotProven::Differs { found: vec![other.to_owned()] }), "{other:?}");
    }
    for same in [value.clone(), format!(" {value}\n"), format!("\"{value}\"")] {
        assert!(prove(&["v=spf1 -all", &same]).is_ok(), "{same:?}");
    }
    let many = vec!["x".repeat(500); 9];
    let Err(NotProven::Differs { found }) = it.clone().live().unwrap().prove(&many) else { panic!("proven") };
    assert_eq!((found.len(), found[0].len()), (3, 100), "nobody floods a page by DNS");
    let removed = it.live().unwrap().remove(super::support::id(1), NOW);
    assert!(removed.clone().live().is_none() && removed.in_force().is_none());
}

#[test]
fn a_missing_record_is_forgiven_until_the_very_instant() {
    let grace = 7 * DAY;
    let verified = pending("acme.example");
    let verified = verified.clone().live().unwrap().prove(&[verified.record().value]).unwrap().verify(NOW);
    let missed = |it: EmailDomain, at: Timestamp| it.in_force().unwrap().miss(grace, at);
    let since = NOW.plus(HOUR);
    let missing = missed(verified, since);
    let state = |it: &EmailDomain| it.parts().state.clone();
    assert_eq!(state(&missing), EmailDomainState::Verified { at: NOW, missing_since: Some(since) });
    let early = missed(missing.clone(), since.plus(grace).minus(MICRO));
    assert_eq!(state(&early), state(&missing));
    let late = since.plus(grace);
    assert_eq!(state(&missed(missing.clone(), late)), EmailDomainState::Lapsed { at: late });
    let found = missing.clone().live().unwrap().prove(&[missing.record().value]).unwrap().verify(late);
    assert_eq!(state(&found), EmailDomainState::Verified { at: NOW, missing_since: None });
}

#[tokio::test]
async fn somebody_who_comes_in_by_a_domain_rests_on_it_and_on_its_maker() {
    let world = World::founded().await;
    let vera = world.outsider("veraholt").await;
    world.verified(&world.owner, PolicyWish::Admit(chosen(["members.view"]))).await;
    world.acts();
    let joined = world.platform.join_by_email_domain(world.coming(&vera)).await.unwrap().what;
    let parts = joined.membership.parts();
    assert_eq!(parts.access, chosen(["members.view"]));
    assert!(matches!(parts.cause, Cause::EmailDomain { maker, .. } if maker == world.owner.account));
    let written = words(&world.acts()[0]);
    let kinds = written.iter().map(|it| it.trim_end_matches(|c: char| c.is_ascii_digit()).trim());
    assert_eq!(
        kinds.collect::<Vec<_>>(),
        [
            "expect membership",
            "expect email domain",
            "update account",
            "add membership",
            "touch sign-in",
            "record email_domain.joined"
        ]
    );
    assert_eq!(code(world.platform.join_by_email_domain(world.coming(&vera)).await), "already_member");
}

#[tokio::test]
async fn a_policy_that_changes_before_the_commit_is_the_one_that_holds() {
    let world = World::founded().await;
    let vera = world.outsider("veraholt").await;
    let it = world.verified(&world.owner, PolicyWish::Admit(chosen([]))).await;
    let (by, organization, domain) = (world.owner.clone(), world.organization, it.view.domain.id());
    let command = ChangeEmailDomain { by, organization, domain, policy: PolicyWish::InvitationOnly };
    let platform = world.platform.clone();
    world.meanwhile_at(joins, async move { drop(platform.change_email_domain(command).await.unwrap()) });
    let refused = world.platform.join_by_email_domain(world.coming(&vera)).await;
    assert_eq!(code(refused), "email_domain_invitation_only");
}

#[tokio::test]
async fn a_domain_that_is_removed_before_the_commit_lets_nobody_in() {
    let world = World::founded().await;
    let vera = world.outsider("veraholt").await;
    let it = world.verified(&world.owner, PolicyWish::Admit(chosen([]))).await;
    let (by, organization, domain) = (world.owner.clone(), world.organization, it.view.domain.id());
    let platform = world.platform.clone();
    let removal = RemoveEmailDomain { by, organization, domain };
    world.meanwhile_at(joins, async move { platform.remove_email_domain(removal).await.unwrap() });
    assert_eq!(code(world.platform.join_by_email_domain(world.coming(&vera)).await), "not_found");
}

#[tokio::test]
async fn a_maker_who_is_removed_before_the_commit_lets_nobody_in() {
    let world = World::founded().await;
    let vera = world.outsider("veraholt").await;
    let (ruth, seat) = world.joined("ruthie", chosen(["organization.edit", "members.invite"])).await;
    world.verified(&ruth, PolicyWish::Admit(chosen([]))).await;
    let (platform, removal) = (world.platform.clone(), world.removal(&world.owner, seat));
    world.meanwhile_at(joins, async move { platform.remove_member(removal).await.unwrap() });
    assert_eq!(code(world.platform.join_by_email_domain(world.coming(&vera)).await), "email_domain_reviewed");
}

#[tokio::test]
async fn both_rights_are_needed_to_let_a_domain_in() {
    let world = World::founded().await;
    let (recruiter, _) = world.joined("ruthie", role("recruiter")).await;
    let (editor, _) = world.joined("edithe", chosen(["organization.edit"])).await;
    let command = |by: &Caller| AddEmailDomain {
        by: by.clone(),
        organization: world.organization,
        domain: domain("acme.example"),
        policy: PolicyWish::Admit(chosen([])),
        once: None,
    };
    for one in [&recruiter, &editor] {
        assert_eq!(code(world.platform.add_email_domain(command(one)).await), "permission_missing");
    }
    let owner = AddEmailDomain { policy: PolicyWish::Admit(Access::Owner), ..command(&world.owner) };
    assert_eq!(code(world.platform.add_email_domain(owner).await), "validation_failed");
}

#[tokio::test]
async fn of_two_who_prove_the_same_domain_the_second_learns_of_the_first() {
    let world = World::founded().await;
    let ours = world.domain(&world.owner, PolicyWish::Review).await;
    let theirs = World::elsewhere(&world).await;
    let both = [ours.view.domain.record().value, theirs.view.domain.record().value];
    world.dns.publish(&ours.view.domain.record().name, &[&[&both[0]], &[&both[1]]]);
    let platform = world.platform.clone();
    let (by, organization) = (world.owner.clone(), theirs.view.domain.parts().organization);
    let first = VerifyEmailDomain { by, organization, domain: theirs.view.domain.id(), once: None };
    world.meanwhile_at(verifies, async move { drop(platform.verify_email_domain(first).await.unwrap()) });
    let second = world.platform.verify_email_domain(world.check(&world.owner, &ours)).await;
    assert_eq!(code(second), "email_domain_taken");
}

#[tokio::test]
async fn the_other_owners_hear_of_a_domain() {
    let world = World::founded().await;
    world.joined("second", Access::Owner).await;
    world.acts();
    world.verified(&world.owner, PolicyWish::Review).await;
    let sent = || {
        let acts = world.acts();
        let letters = acts.iter().flat_map(|it| it.changes().iter()).filter_map(|it| {
            if let Change::Send(mail) = it { Some((mail.to.to_string(), mail.letter.kind())) } else { None }
        });
        letters.collect::<Vec<_>>()
    };
    assert_eq!(sent(), [("second@example.org".to_owned(), "email_domain_verified")]);
    let record = "_registration-challenge.example.org";
    world.dns.withdraw(record);
    for (wait, expected) in [
        (DAY, vec!["email_domain_record_missing"; 2]),
        (DAY, vec![]),
        (6 * DAY, vec!["email_domain_lapsed"; 2]),
    ] {
        world.advance(wait);
        assert_eq!(world.platform.recheck_email_domains().await.unwrap(), 1);
        assert_eq!(sent().into_iter().map(|(_, kind)| kind).collect::<Vec<_>>(), expected);
    }
}

#[tokio::test]
async fn a_look_into_dns_is_counted_before_it_is_taken() {
    let world = World::founded().await;
    let added = world.domain(&world.owner, PolicyWish::Review).await;
    world.dns.withdraw(&added.view.domain.record().name);
    world.acts();
    let refused = world.platform.verify_email_domain(world.check(&world.owner, &added)).await.unwrap_err();
    assert_eq!(refused.code(), "domain_record_not_found");
    let spent = words(&world.acts()[0]);
    assert_eq!(spent, ["spend domain_checks_of_organization of 120", "spend domain_checks of 30"]);
}

impl World {
    /// The same domain, pending in another organization of the same Owner.
    async fn elsewhere(&self) -> ShownEmailDomain {
        use registration_domain::{
            organization::OrganizationKind, organization_name::OrganizationName,
            use_case::found_organization::FoundOrganization,
        };
        let (by, name) = (self.owner.clone(), OrganizationName::parse("Other").unwrap());
        let kind = OrganizationKind::Company;
        let founded = self.platform.found_organization(FoundOrganization { by, name, kind, once: None });
        let organization = founded.await.unwrap().what.organization.id();
        let (by, domain) = (self.owner.clone(), domain("example.org"));
        let command = AddEmailDomain { by, organization, domain, policy: PolicyWish::Review, once: None };
        self.platform.add_email_domain(command).await.unwrap().what
    }
}
