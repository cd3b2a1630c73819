//! Verbs that race on one record come out as if one had come after the other.
use registration_domain::{
    access::Access,
    invitation::{InvitationState, NotAcceptable},
    platform::{Ports, VerbError},
    receipt::{Digest, Once, Scope},
    refusal::Refusal,
    session::Origin,
    time::DAY,
    use_case::{
        accept_invitation::AcceptRefusal,
        change_access::ChangeAccess,
        invite::{Invite, InviteRefusal},
        revoke_invitation::RevokeInvitation,
    },
};

use super::scene::fingerprint;
use crate::{
    scenario::{Member, PASSWORD, TestPlatform, invite, seeing_members},
    stub::NOW,
};

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
    one_of_two_racing_resets_by_a_link_wins,
    a_reset_and_a_change_of_the_password_never_both_win,
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

/// However many try at once, and however exactly they come as soon as they may: not one more is compared in a
/// day, and a right one is refused like the others then.
pub async fn guesses_at_a_password_are_counted_over_all_tries(ports: Ports) {
    let (test, _) = founded(ports).await;
    let max = test.platform.settings().limits.failed_sign_ins_a_day;
    let (mut compared, mut at_once) = (0, 40);
    loop {
        let tries = (0..at_once).map(|_| {
            let test = test.clone();
            tokio::spawn(async move { test.sign_in("ada.l", "wrong", "phone").await.unwrap_err() })
        });
        let mut next = NOW.plus(DAY);
        for one in tries.collect::<Vec<_>>() {
            match one.await.unwrap() {
                VerbError::Refused(_) => compared += 1,
                VerbError::Spent { until, .. } => next = next.min(until),
                other @ (VerbError::KeyReused | VerbError::Busy | VerbError::Port(_)) => panic!("{other:?}"),
            }
        }
        assert!(at_once == 3 || compared == 5, "{compared} were compared at once");
        at_once = 3;
        if next == NOW.plus(DAY) {
            break;
        }
        test.clock.set(next);
    }
    assert_eq!(compared, max);
    let right = test.sign_in("ada.l", PASSWORD, "phone").await;
    assert!(matches!(right, Err(VerbError::Spent { .. })), "{right:?}");
    test.clock.set(NOW.plus(DAY));
    test.sign_in("ada.l", PASSWORD, "phone").await.expect("the first ones count no more");
}

/// One sets its password, and the other is told that the link was used.
pub async fn one_of_two_racing_resets_by_a_link_wins(ports: Ports) {
    let (test, ada) = founded(ports).await;
    for round in 0..5 {
        let token = test.reset_token(&ada, "ada@example.org").await;
        let set = |password: &str| {
            let (test, token, password) = (test.clone(), token.clone(), format!("{password}-{round}"));
            tokio::spawn(async move { test.reset_password(&token, &password).await })
        };
        let (one, other) = tokio::join!(set("Rainy-harbour"), set("Foggy-harbour"));
        let (one, other) = (one.unwrap(), other.unwrap());
        let winner = match (&one, &other) {
            (Ok(_), Err(lost)) => ("Rainy-harbour", lost.code()),
            (Err(lost), Ok(_)) => ("Foggy-harbour", lost.code()),
            neither => panic!("round {round}: {neither:?}"),
        };
        assert_eq!(winner.1, "reset_link_used", "round {round}");
        let password = format!("{}-{round}", winner.0);
        test.sign_in("ada.l", &password, "phone").await.expect("the winner's password is stored");
        test.wait(DAY);
    }
}

/// Whichever comes first, there is one password in the end, and no session of an older one.
pub async fn a_reset_and_a_change_of_the_password_never_both_win(ports: Ports) {
    let (test, ada) = founded(ports).await;
    let mut password = PASSWORD.to_owned();
    for round in 0..5 {
        let begun = test.sign_in("ada.l", &password, "laptop").await.unwrap().what;
        let token = test.reset_token(&ada, "ada@example.org").await;
        let (by_link, by_hand) = (format!("Rainy-harbour-{round}"), format!("Foggy-harbour-{round}"));
        let reset = {
            let (test, new) = (test.clone(), by_link.clone());
            tokio::spawn(async move { test.reset_password(&token, &new).await.is_ok() })
        };
        let change = {
            let (test, begun, old, new) = (test.clone(), begun.clone(), password.clone(), by_hand.clone());
            tokio::spawn(async move { test.change_password(&begun.token, &old, &new).await.is_ok() })
        };
        let (reset, change) = (reset.await.unwrap(), change.await.unwrap());
        assert!(reset != change, "round {round}: reset {reset}, changed {change}");
        password = if reset { by_link } else { by_hand };
        test.sign_in("ada.l", &password, "phone").await.expect("the winner's password is stored");
        let kept = test.platform.authenticate(begun.token.expose(), Origin(None)).await.is_ok();
        assert_eq!(kept, change, "round {round}: a reset ends all sessions, a change all others");
        test.wait(DAY);
    }
}
