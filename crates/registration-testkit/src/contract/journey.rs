//! Verbs that race on one record come out as if one had come after the other.
use registration_domain::{
    access::Access,
    invitation::{InvitationState, NotAcceptable},
    platform::{Ports, VerbError},
    receipt::{Digest, Once, Scope},
    refusal::Refusal,
    time::DAY,
    use_case::{
        accept_invitation::AcceptRefusal,
        change_access::ChangeAccess,
        invite::{Invite, InviteRefusal},
        revoke_invitation::RevokeInvitation,
    },
};

use super::scene::fingerprint;
use crate::scenario::{Member, TestPlatform, invite, seeing_members};

promises! {
    /// Makes the promises of a store under racing verbs tests.
    journey_contract, journey, Ports:
    one_of_two_racing_acceptances_wins,
    an_acceptance_and_a_revocation_never_both_win,
    racing_invitations_of_an_address_make_one,
    racing_repeats_of_a_request_are_one_request,
    owners_who_leave_at_once_leave_one,
    a_demotion_ends_what_was_not_yet_accepted,
    an_expired_invitation_gives_way_to_a_new_one,
    guesses_at_a_password_are_counted_over_all_tries,
}

async fn founded(ports: Ports) -> (TestPlatform, Member) {
    let test = TestPlatform::with(ports);
    let owner = test.found().await;
    (test, owner)
}

/// And the loser is told that it was accepted: single use means once.
pub async fn one_of_two_racing_acceptances_wins(ports: Ports) {
    let (test, owner) = founded(ports).await;
    for round in 0..5 {
        let invited = test.invite(&owner, &format!("guest{round}@example.org"), seeing_members()).await;
        let invited = invited.unwrap().what.invitation;
        let accept = |one: &str| {
            let (test, invited, username) = (test.clone(), invited.clone(), format!("guest.{one}.{round}"));
            tokio::spawn(async move { test.accept_as_new(&invited, &username).await })
        };
        let (one, other) = tokio::join!(accept("a"), accept("b"));
        let (won, lost): (Vec<_>, Vec<_>) =
            [one.unwrap(), other.unwrap()].into_iter().partition(Result::is_ok);
        assert_eq!(won.len(), 1, "round {round}: {lost:?}");
        let why = lost.into_iter().next().unwrap().unwrap_err();
        let is_told = matches!(
            why,
            VerbError::Refused(AcceptRefusal::NotAcceptable(NotAcceptable::AlreadyAccepted { .. }))
        );
        assert!(is_told, "round {round}: {why:?}");
    }
}

/// What is stored is what the winner was told.
pub async fn an_acceptance_and_a_revocation_never_both_win(ports: Ports) {
    let (test, owner) = founded(ports).await;
    for round in 0..5 {
        let invited = test.invite(&owner, &format!("guest{round}@example.org"), seeing_members()).await;
        let invited = invited.unwrap().what.invitation;
        let accept = {
            let (test, invited) = (test.clone(), invited.clone());
            tokio::spawn(async move { test.accept_as_new(&invited, &format!("guest.{round}")).await.is_ok() })
        };
        let revoke = {
            let (test, owner, invitation) = (test.clone(), owner.clone(), invited.id());
            let (by, organization) = (owner.caller(), owner.organization);
            let command = RevokeInvitation { by, organization, invitation, reason: None, once: None };
            tokio::spawn(async move { test.platform.revoke_invitation(command).await.is_ok() })
        };
        let (accepted, revoked) = (accept.await.unwrap(), revoke.await.unwrap());
        assert!(accepted != revoked, "round {round}: accepted {accepted}, revoked {revoked}");
        let stored =
            test.ports.reads.moment().await.unwrap().invitation(invited.id()).await.unwrap().unwrap();
        let is_accepted = matches!(stored.parts().state, InvitationState::Accepted { .. });
        assert_eq!(is_accepted, accepted, "round {round}: {stored:?}");
    }
}

/// And the others are told which stands in the way.
pub async fn racing_invitations_of_an_address_make_one(ports: Ports) {
    let (test, owner) = founded(ports).await;
    let tries = ["guest@example.org", "GUEST@Example.org", "Guest@example.ORG"].map(|spelling| {
        let (test, owner) = (test.clone(), owner.clone());
        tokio::spawn(async move { test.invite(&owner, spelling, seeing_members()).await })
    });
    let (mut made, mut told) = (Vec::new(), Vec::new());
    for one in tries {
        match one.await.unwrap() {
            Ok(answer) => made.push(answer.what.invitation.id()),
            Err(VerbError::Refused(InviteRefusal::AlreadyInvited(id))) => told.push(id),
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!((made.len(), told), (1, vec![made[0]; 2]));
}

/// Each is answered alike, and one invitation is made.
pub async fn racing_repeats_of_a_request_are_one_request(ports: Ports) {
    let (test, owner) = founded(ports).await;
    let once = |request: u8| {
        let (scope, fingerprint) = (Scope(fingerprint("scope")), Digest([request; 32]));
        Some(Once { scope, key: "key".into(), fingerprint })
    };
    let command =
        |request| Invite { once: once(request), ..invite(&owner, "guest@example.org", seeing_members()) };
    let tries = [(); 4].map(|()| {
        let (test, command) = (test.clone(), command(1));
        tokio::spawn(async move { test.platform.invite(command).await })
    });
    let mut answers = Vec::new();
    for one in tries {
        answers.push(one.await.unwrap().expect("each is answered"));
    }
    assert!(answers.iter().all(|it| it.what == answers[0].what), "{answers:?}");
    assert_eq!(answers.iter().filter(|it| !it.repeated).count(), 1, "{answers:?}");
    let reused = test.platform.invite(command(2)).await;
    assert!(matches!(reused, Err(VerbError::KeyReused)), "{reused:?}");
}

/// Of two Owners who leave or step down at the same time, the second is the last one, and stays.
pub async fn owners_who_leave_at_once_leave_one(ports: Ports) {
    let (test, first) = founded(ports).await;
    let second = test.member(&first, "ben.okri", Access::Owner).await;
    let leave = |who: &Member| {
        let (test, who) = (test.clone(), who.clone());
        tokio::spawn(async move { test.platform.leave(&who.caller(), who.membership).await })
    };
    let (one, other) = tokio::join!(leave(&first), leave(&second));
    let results = [one.unwrap(), other.unwrap()];
    assert_eq!(results.iter().filter(|it| it.is_ok()).count(), 1, "{results:?}");
    let told = results.iter().find_map(|it| it.as_ref().err()).map(Refusal::code);
    assert_eq!(told, Some("last_owner"));
    let moment = test.ports.reads.moment().await.unwrap();
    assert_eq!(moment.owners(first.organization).await.unwrap(), 1);
}

/// The inviter is asked again when the invitation is used.
pub async fn a_demotion_ends_what_was_not_yet_accepted(ports: Ports) {
    let (test, owner) = founded(ports).await;
    let inviter = test.member(&owner, "ben.okri", Access::All).await;
    let invited = test.invite(&inviter, "guest@example.org", seeing_members()).await.unwrap().what.invitation;
    let moment = test.ports.reads.moment().await.unwrap();
    let seen = moment.standing(inviter.account, owner.organization).await.unwrap().unwrap().revision;
    drop(moment);
    let (by, organization, member) = (owner.caller(), owner.organization, inviter.membership);
    let demotion = ChangeAccess { by, organization, member, access: seeing_members(), seen };
    test.platform.change_access(demotion).await.unwrap();
    let refused = test.accept_as_new(&invited, "cleo.patra").await.unwrap_err();
    assert_eq!(refused.code(), "invitation_not_backed");
}

/// From its last instant on.
pub async fn an_expired_invitation_gives_way_to_a_new_one(ports: Ports) {
    let (test, owner) = founded(ports).await;
    let old = test.invite(&owner, "guest@example.org", seeing_members()).await.unwrap().what.invitation;
    test.wait(7 * DAY);
    let late = test.accept_as_new(&old, "guest.first").await.unwrap_err();
    assert_eq!(late.code(), "invitation_expired");
    let new = test.invite(&owner, "guest@example.org", seeing_members()).await.expect("the old one expired");
    let closed = test.accept_as_new(&old, "guest.first").await.unwrap_err();
    assert_eq!(closed.code(), "invitation_revoked");
    test.accept_as_new(&new.what.invitation, "guest.first").await.expect("the new one holds");
}

/// Not one more is compared, and a right one is refused like the others then.
pub async fn guesses_at_a_password_are_counted_over_all_tries(ports: Ports) {
    let (test, _) = founded(ports).await;
    let max = test.platform.settings().limits.failed_sign_ins_a_day;
    let tries = (0..max + 10).map(|_| {
        let test = test.clone();
        tokio::spawn(async move { test.sign_in("ada.l", "wrong", "phone").await.unwrap_err() })
    });
    let mut compared = 0;
    for one in tries.collect::<Vec<_>>() {
        compared += u32::from(matches!(one.await.unwrap(), VerbError::Refused(_)));
    }
    assert_eq!(compared, max);
    let right = test.sign_in("ada.l", crate::scenario::PASSWORD, "phone").await;
    assert!(matches!(right, Err(VerbError::Spent { .. })), "{right:?}");
    test.wait(DAY);
    test.sign_in("ada.l", crate::scenario::PASSWORD, "phone").await.expect("a new day counts anew");
}
