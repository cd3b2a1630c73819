//! What there is one of, there is one of: in canonical form, among those that count, and under race.
use registration_domain::{
    account::{Account, AccountParts, AccountState},
    change::Change,
    invitation::{Invitation, InvitationParts, InvitationState, RevokedWhy},
    membership::{Membership, MembershipParts},
    platform::Ports,
    port::{CommitError, Unique},
    setup::Founding,
    time::{DAY, MINUTE},
};

use super::scene::{Scene, address, removed, with_state};
use crate::stub::NOW;

promises! {
    /// Makes the promises of a ledger about uniqueness tests.
    unique_contract, unique, Ports:
    an_address_has_one_account_however_it_is_spelled,
    a_username_has_one_account,
    an_updated_account_meets_the_same_indexes,
    a_closed_account_frees_its_address_and_its_username,
    racing_accounts_of_one_address_have_one_winner,
    an_address_has_one_pending_invitation_however_it_is_spelled,
    a_settled_invitation_stands_in_no_way,
    an_expired_invitation_stands_in_the_way_until_it_is_closed,
    an_amended_invitation_meets_the_same_index,
    racing_invitations_of_one_address_have_one_winner,
    an_account_has_one_active_membership_in_an_organization,
    a_removed_membership_stands_in_no_way,
    the_platform_is_founded_once_however_many_race,
}

fn is_taken(result: &Result<(), CommitError>, by: Unique) -> bool {
    matches!(result, Err(CommitError::Taken(it)) if *it == by)
}

/// The index is on the canonical address.
pub async fn an_address_has_one_account_however_it_is_spelled(ports: Ports) {
    let scene = Scene::on(ports);
    scene.write([Change::AddAccount(scene.account("ada@example.org", "ada"))]).await;
    for spelling in ["ada@example.org", "ADA@Example.org", "Ada@EXAMPLE.ORG"] {
        let refused = scene.commit([Change::AddAccount(scene.account(spelling, &scene.word()))]).await;
        assert!(is_taken(&refused, Unique::Email), "{spelling}: {refused:?}");
    }
    let other = scene.account("ada+other@example.org", &scene.word());
    scene.commit([Change::AddAccount(other)]).await.expect("another address is another mailbox");
}

/// Of several accounts with the same username one is stored.
pub async fn a_username_has_one_account(ports: Ports) {
    let scene = Scene::on(ports);
    scene.write([Change::AddAccount(scene.account("ada@example.org", "ada.l"))]).await;
    let refused = scene.commit([Change::AddAccount(scene.account("other@example.org", "ADA.L"))]).await;
    assert!(is_taken(&refused, Unique::Username), "{refused:?}");
}

/// A change of address or username is no way around.
pub async fn an_updated_account_meets_the_same_indexes(ports: Ports) {
    let scene = Scene::on(ports);
    let (one, other) = (scene.account("ada@example.org", "ada.l"), scene.account("ben@example.org", "ben.l"));
    scene.write([one.clone(), other.clone()].map(Change::AddAccount)).await;
    let parts = || other.clone().into_parts();
    let moved = Account::from_parts(AccountParts { email: address("ADA@example.org"), ..parts() });
    let renamed = Account::from_parts(AccountParts { username: one.parts().username.clone(), ..parts() });
    for (account, by) in [(moved, Unique::Email), (renamed, Unique::Username)] {
        let refused = scene.commit([Change::UpdateAccount(account)]).await;
        assert!(is_taken(&refused, by), "{refused:?}");
    }
}

/// A suspended one keeps them.
pub async fn a_closed_account_frees_its_address_and_its_username(ports: Ports) {
    let scene = Scene::on(ports);
    let account = scene.account("ada@example.org", "ada.l");
    scene.write([Change::AddAccount(account.clone())]).await;
    let by = account.id();
    let in_state = |account: Account, state| {
        Change::UpdateAccount(Account::from_parts(AccountParts { state, ..account.into_parts() }))
    };
    scene.write([in_state(account, AccountState::Suspended { at: NOW, by, reason: None })]).await;
    let heir = scene.account("ada@example.org", "ada.l");
    let refused = scene.commit([Change::AddAccount(heir.clone())]).await;
    assert!(matches!(refused, Err(CommitError::Taken(_))), "a suspended account was replaced: {refused:?}");
    let suspended = scene.moment().await.account(by).await.unwrap().unwrap();
    scene.write([in_state(suspended, AccountState::Closed { at: NOW })]).await;
    scene.commit([Change::AddAccount(heir.clone())]).await.expect("a closed account is in nobody's way");
    let found = scene.moment().await.account_at(&address("ada@example.org")).await.unwrap();
    assert_eq!(found, Some(heir));
}

/// Ten at once, each with its own spelling.
pub async fn racing_accounts_of_one_address_have_one_winner(ports: Ports) {
    let scene = Scene::on(ports);
    for round in 0..5 {
        let tries = (0..10).map(|one| {
            let spelling = if one % 2 == 0 {
                format!("ada{round}@example.org")
            } else {
                format!("ADA{round}@Example.org")
            };
            let (account, scene) = (scene.account(&spelling, &scene.word()), scene.clone());
            tokio::spawn(async move { scene.commit([Change::AddAccount(account)]).await })
        });
        let mut won = 0;
        for one in tries.collect::<Vec<_>>() {
            let result = one.await.unwrap();
            assert!(result.is_ok() || is_lost(&result, Unique::Email), "round {round}: {result:?}");
            won += u32::from(result.is_ok());
        }
        assert_eq!(won, 1, "round {round}");
    }
}

/// For each organization and purpose; another organization may invite the same address.
pub async fn an_address_has_one_pending_invitation_however_it_is_spelled(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let other = scene.found().await;
    scene.write([Change::AddInvitation(scene.invitation(&founded.membership, "ada@example.org"))]).await;
    let again = scene.invitation(&founded.membership, "ADA@Example.org");
    let refused = scene.commit([Change::AddInvitation(again)]).await;
    assert!(is_taken(&refused, Unique::PendingInvitation), "{refused:?}");
    let elsewhere = scene.invitation(&other.membership, "ada@example.org");
    scene.commit([Change::AddInvitation(elsewhere)]).await.expect("another organization may invite, too");
}

/// Whatever settled it.
pub async fn a_settled_invitation_stands_in_no_way(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let by = founded.account.id();
    for state in [
        InvitationState::Accepted { at: NOW, by },
        InvitationState::Declined { at: NOW, reason: None },
        InvitationState::Revoked { at: NOW, by, why: RevokedWhy::Withdrawn { reason: None } },
        InvitationState::Revoked { at: NOW, by, why: RevokedWhy::NotBacked },
    ] {
        let open = scene.invitation(&founded.membership, "guest@example.org");
        let added = scene.commit([Change::AddInvitation(open.clone())]).await;
        added.unwrap_or_else(|why| panic!("before {state:?}: {why}"));
        scene.write([Change::UpdateInvitation(with_state(open, state))]).await;
    }
    let last = scene.invitation(&founded.membership, "guest@example.org");
    scene.commit([Change::AddInvitation(last)]).await.expect("all others are settled");
}

/// That it expired is never stored, so no index knows of it.
pub async fn an_expired_invitation_stands_in_the_way_until_it_is_closed(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let old = scene.invitation_at(&founded.membership, "guest@example.org", NOW.minus(365 * DAY));
    scene.write([Change::AddInvitation(old.clone())]).await;
    let new = scene.invitation(&founded.membership, "guest@example.org");
    let refused = scene.commit([Change::AddInvitation(new.clone())]).await;
    assert!(is_taken(&refused, Unique::PendingInvitation), "{refused:?}");
    let closed = old.open().unwrap().revoke(founded.account.id(), RevokedWhy::Replaced, NOW);
    let both = [Change::UpdateInvitation(closed), Change::AddInvitation(new)];
    scene.commit(both).await.expect("it was closed in the same commit");
}

/// A corrected address is no way around.
pub async fn an_amended_invitation_meets_the_same_index(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let [one, other] =
        ["ada@example.org", "ben@example.org"].map(|it| scene.invitation(&founded.membership, it));
    scene.write([one, other.clone()].map(Change::AddInvitation)).await;
    let amended = InvitationParts { email: address("ADA@example.org"), ..other.into_parts() };
    let refused = scene.commit([Change::UpdateInvitation(Invitation::from_parts(amended))]).await;
    assert!(is_taken(&refused, Unique::PendingInvitation), "{refused:?}");
}

/// Ten at once.
pub async fn racing_invitations_of_one_address_have_one_winner(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let tries = (0..10).map(|_| {
        let (invitation, scene) = (scene.invitation(&founded.membership, "ada@example.org"), scene.clone());
        tokio::spawn(async move { scene.commit([Change::AddInvitation(invitation)]).await })
    });
    let mut won = 0;
    for one in tries.collect::<Vec<_>>() {
        let result = one.await.unwrap();
        assert!(result.is_ok() || is_lost(&result, Unique::PendingInvitation), "{result:?}");
        won += u32::from(result.is_ok());
    }
    assert_eq!(won, 1);
}

/// Of one account in one organization one membership is active.
pub async fn an_account_has_one_active_membership_in_an_organization(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let twice = MembershipParts { id: scene.ports.ids.fresh(), ..founded.membership.into_parts() };
    let refused = scene.commit([Change::AddMembership(Membership::from_parts(twice))]).await;
    assert!(is_taken(&refused, Unique::Membership), "{refused:?}");
}

/// Whoever was removed may come in anew, as often as it happens.
pub async fn a_removed_membership_stands_in_no_way(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let account = scene.joined(&founded).await.account;
    for round in 0..3_u32 {
        let standing = scene.moment().await.standing(account.id(), founded.organization.id()).await.unwrap();
        let id = standing.unwrap_or_else(|| panic!("round {round}: nobody stands")).membership;
        let membership = scene.moment().await.membership(id).await.unwrap().unwrap();
        scene.write([Change::UpdateMembership(removed(membership, &founded.account))]).await;
        let again = scene.joining(&founded, account.clone(), NOW.plus(MINUTE * round));
        let coming = scene.coming(&again).into_iter().filter(|it| !matches!(it, Change::AddAccount(_)));
        scene.commit(coming).await.expect("a removed membership is in nobody's way");
    }
}

/// Ten at once, and once more.
pub async fn the_platform_is_founded_once_however_many_race(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    assert_eq!(scene.moment().await.founding().await.unwrap(), None);
    let founding = Founding { at: NOW, by: founded.account.id() };
    let tries = (0..10).map(|_| {
        let scene = scene.clone();
        tokio::spawn(async move { scene.commit([Change::Found(founding)]).await })
    });
    let mut won = 0;
    for one in tries.collect::<Vec<_>>() {
        let result = one.await.unwrap();
        assert!(result.is_ok() || is_lost(&result, Unique::Founding), "{result:?}");
        won += u32::from(result.is_ok());
    }
    assert_eq!(won, 1);
    let late = scene.commit([Change::Found(founding)]).await;
    assert!(is_taken(&late, Unique::Founding), "{late:?}");
    assert_eq!(scene.moment().await.founding().await.unwrap(), Some(founding));
}

/// Whoever lost a race may learn of the race or of the index.
fn is_lost(result: &Result<(), CommitError>, by: Unique) -> bool {
    is_taken(result, by) || matches!(result, Err(CommitError::Conflict))
}
