//! Whoever has the invited address comes to an invitation without its mail, and nobody else does.
use registration_domain::{
    access::Access,
    id::Id,
    page::{Page, PageSize},
    refusal::{Refusal, RefusalKind},
    session::{Caller, Origin},
};
use registration_testkit::scenario::{TestPlatform, seeing_members};

#[tokio::test]
async fn an_invitation_that_waits_is_shown_and_not_accepted() {
    let test = TestPlatform::in_memory();
    let owner = test.found().await;
    let invited = test.invite(&owner, "ANA@example.org", Access::All).await.unwrap().what.invitation;
    let sign_up = test.sign_up("ana@example.org", "ana.ruiz").await.unwrap().what;
    let ana = test.verify(&sign_up, test.code(&sign_up)).await.unwrap().what;
    let by = Caller { account: ana.id(), origin: Origin(None) };
    let page = Page::first(PageSize::DEFAULT);
    let waiting = test.platform.list_own_invitations(&by, &page).await.unwrap().rows;
    assert_eq!(waiting.iter().map(|it| it.invitation.id()).collect::<Vec<_>>(), [invited.id()]);
    assert!(test.platform.list_memberships(&by, &page).await.unwrap().rows.is_empty());
    let token = test.platform.own_invitation_token(&by, invited.id()).await.unwrap();
    assert_eq!(token, test.token(&invited));
    test.accept_as(&invited, ana.id()).await.unwrap();
    assert!(test.platform.list_own_invitations(&by, &page).await.unwrap().rows.is_empty());
}

#[tokio::test]
async fn nobody_comes_to_an_invitation_of_another_address() {
    let test = TestPlatform::in_memory();
    let owner = test.found().await;
    let invited = test.invite(&owner, "ana@example.org", Access::All).await.unwrap().what.invitation;
    let ben = test.member(&owner, "ben", seeing_members()).await;
    let nobody = Caller { account: Id::new(uuid::Uuid::nil()), origin: Origin(None) };
    for by in [ben.caller(), owner.caller(), nobody] {
        let refused = test.platform.own_invitation_token(&by, invited.id()).await.unwrap_err().told();
        assert_eq!(refused, (RefusalKind::NotFound, "not_found"));
    }
    let unknown = test
        .platform
        .own_invitation_token(&ben.caller(), Id::new(uuid::Uuid::nil()))
        .await
        .unwrap_err()
        .told();
    assert_eq!(unknown.1, "not_found");
}
