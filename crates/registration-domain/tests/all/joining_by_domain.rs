//! Asking by an address at a verified domain: it speaks for the requester as long as the organization has it.
use registration_domain::{
    change::{Change, ChangeSet},
    join_request::Method,
    membership::Cause,
    message::{JoiningLetter, Letter},
    note::Note,
    use_case::{
        ask_to_join::{Asked, Brings},
        managed_email_domain::PolicyWish,
        remove_email_domain::RemoveEmailDomain,
    },
    view::JoinRequestView,
};

use super::{
    joining_world::{approve, viewing},
    support::chosen,
    world::{World, code},
};

fn by_address() -> Brings {
    Brings::EmailDomain(Note::parse("I begin on Monday.").unwrap())
}
fn waits(asked: Asked) -> JoinRequestView {
    let Asked::Waits(view) = asked else { panic!("{asked:?}") };
    *view
}
fn asks(changes: &ChangeSet) -> bool {
    changes.changes().iter().any(|it| matches!(it, Change::AddJoinRequest(_)))
}

#[tokio::test]
async fn an_address_at_a_verified_domain_opens_a_hidden_organization_and_reviewers_see_it() {
    let world = World::founded().await;
    let ana = world.stranger("ana").await;
    let it = world.verified(&world.owner, PolicyWish::Review).await;
    assert_eq!(code(world.ask(&ana, Brings::Note(None)).await), "not_found");
    let request = waits(world.ask(&ana, by_address()).await.unwrap()).request;
    let Method::EmailDomain { domain, name, note } = &request.parts().method else { panic!("{request:?}") };
    assert_eq!((*domain, name.as_str()), (it.view.domain.id(), "example.org"));
    assert_eq!(note.as_ref().map(Note::as_str), Some("I begin on Monday."));
    let mut told = world.mails().await.into_iter().filter_map(|(_, letter)| {
        let Letter::Joining(JoiningLetter::Requested(asking)) = letter else { return None };
        asking.domain.zip(asking.note)
    });
    assert_eq!(told.next().map(|(domain, _)| domain.as_str().to_owned()).as_deref(), Some("example.org"));
    world.decide(&world.owner, request.id(), approve(viewing())).await.unwrap();
    assert_eq!(world.cause_of(ana.account).await, Cause::JoinRequest(request.id()));
}

#[tokio::test]
async fn what_nobody_has_verified_here_speaks_for_nobody() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    assert_eq!(code(world.ask(&ana, by_address()).await), "not_found");
    world.domain(&world.owner, PolicyWish::Review).await;
    assert_eq!(code(world.ask(&ana, by_address()).await), "not_found", "it is not verified");
}

#[tokio::test]
async fn whoever_comes_by_invitation_only_asks_in_vain_and_whoever_could_join_may_ask() {
    let world = World::found().await;
    let [ana, ben] = [world.stranger("ana").await, world.stranger("ben").await];
    let it = world.verified(&world.owner, PolicyWish::Admit(chosen([]))).await;
    waits(world.ask(&ana, by_address()).await.unwrap());
    let removal = RemoveEmailDomain {
        by: world.owner.clone(),
        organization: world.organization,
        domain: it.view.domain.id(),
    };
    world.platform.remove_email_domain(removal).await.unwrap();
    world.verified(&world.owner, PolicyWish::InvitationOnly).await;
    for brings in [by_address(), Brings::Note(None)] {
        assert_eq!(code(world.ask(&ben, brings).await), "email_domain_invitation_only");
    }
}

#[tokio::test]
async fn a_domain_that_is_removed_before_the_commit_speaks_for_nobody() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    let it = world.verified(&world.owner, PolicyWish::Review).await;
    let (by, organization, domain) = (world.owner.clone(), world.organization, it.view.domain.id());
    let platform = world.platform.clone();
    let removal = RemoveEmailDomain { by, organization, domain };
    world.meanwhile_at(asks, async move { platform.remove_email_domain(removal).await.unwrap() });
    assert_eq!(code(world.ask(&ana, by_address()).await), "not_found");
}
