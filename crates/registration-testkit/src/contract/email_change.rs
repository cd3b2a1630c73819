//! One change of address of an account waits at a time, and what is an account's own goes when it is forgotten.
use std::time::Duration;

use registration_domain::{
    account::{Account, AccountParts},
    change::Change,
    count::Count,
    email_change::{EmailChange, EmailChangeParts, EmailChangeState},
    message::{Letter, OwnLetter},
    notification::{Notification, NotificationKind},
    page::Page,
    platform::Ports,
    port::{CommitError, Unique},
    settings::Lifetimes,
    sign_up::Holder,
    verification_code::CodeTerm,
};

use super::{
    row::instants,
    scene::{Scene, address, generation, person, rows},
};
use crate::stub::NOW;

promises! {
    /// Makes the promises of a store about changes of address tests.
    email_change_contract, email_change, Ports:
    every_change_of_address_is_read_as_it_was_written,
    a_stale_change_of_address_is_not_written,
    one_change_of_address_of_an_account_waits,
    a_replaced_change_makes_room_in_the_same_commit,
    an_account_that_moves_frees_its_address,
    what_is_forgotten_is_gone_and_of_nobody_else,
}

/// One letter of each kind.
pub(super) fn every_letter(scene: &Scene) -> [Letter; 4] {
    let (ids, person) = (&scene.ports.ids, person("Zoë", "O’Brien-李"));
    let [at, ..] = instants();
    [
        OwnLetter::AddressCode { change: ids.fresh(), generation: generation(7), expires_at: at },
        OwnLetter::AddressInUse { change: ids.fresh(), generation: generation(0) },
        OwnLetter::AddressChanged { account: ids.fresh(), person: person.clone(), at },
        OwnLetter::AccountClosed { account: ids.fresh(), person, at },
    ]
    .map(Letter::Own)
}

fn change(scene: &Scene, of: &Account) -> EmailChange {
    let email = address("Zoë.Neu+tag@Müller.Example");
    EmailChange::start(scene.ports.ids.fresh(), of, email, Holder::Nobody, &Lifetimes::default(), NOW)
}

/// In each state, to the microsecond.
pub async fn every_change_of_address_is_read_as_it_was_written(ports: Ports) {
    let scene = Scene::on(ports);
    let [odd, early, zero, late] = instants();
    for (number, state) in (0_u32..).zip([
        EmailChangeState::AwaitingCode,
        EmailChangeState::Decoy,
        EmailChangeState::Verified { at: odd },
        EmailChangeState::Replaced { at: early },
    ]) {
        let account = scene.somebody();
        let written = EmailChange::from_parts(EmailChangeParts {
            account_generation: generation(number),
            code: CodeTerm { generation: generation(number + 1), expires_at: odd, resend_at: zero },
            created_at: early,
            expires_at: late,
            state,
            ..change(&scene, &account).into_parts()
        });
        scene.write([Change::AddAccount(account.clone()), Change::AddEmailChange(written.clone())]).await;
        let moment = scene.moment().await;
        assert_eq!(moment.email_change(written.id()).await.unwrap().as_ref(), Some(&written));
        let waits = matches!(state, EmailChangeState::AwaitingCode | EmailChangeState::Decoy);
        let waiting = moment.waiting_email_change(account.id()).await.unwrap();
        assert_eq!(waiting, waits.then_some(written));
    }
}

/// Whoever was faster stays.
pub async fn a_stale_change_of_address_is_not_written(ports: Ports) {
    let scene = Scene::on(ports);
    let account = scene.somebody();
    let read = change(&scene, &account);
    scene.write([Change::AddAccount(account), Change::AddEmailChange(read.clone())]).await;
    scene.write([Change::UpdateEmailChange(read.clone().replaced(NOW))]).await;
    let stale = scene.commit([Change::UpdateEmailChange(read)]).await;
    assert!(matches!(stale, Err(CommitError::Conflict)), "{stale:?}");
}

/// Expired or not; of another account there may be one.
pub async fn one_change_of_address_of_an_account_waits(ports: Ports) {
    let scene = Scene::on(ports);
    let (one, other) = (scene.somebody(), scene.somebody());
    scene.write([one.clone(), other.clone()].map(Change::AddAccount)).await;
    scene.write([Change::AddEmailChange(change(&scene, &one))]).await;
    let second = scene.commit([Change::AddEmailChange(change(&scene, &one))]).await;
    assert!(matches!(second, Err(CommitError::Taken(Unique::WaitingEmailChange))), "{second:?}");
    scene.write([Change::AddEmailChange(change(&scene, &other))]).await;
}

/// In the order in which they stand.
pub async fn a_replaced_change_makes_room_in_the_same_commit(ports: Ports) {
    let scene = Scene::on(ports);
    let account = scene.somebody();
    let (old, new) = (change(&scene, &account), change(&scene, &account));
    scene.write([Change::AddAccount(account.clone()), Change::AddEmailChange(old.clone())]).await;
    scene.write([Change::UpdateEmailChange(old.replaced(NOW)), Change::AddEmailChange(new.clone())]).await;
    assert_eq!(scene.moment().await.waiting_email_change(account.id()).await.unwrap(), Some(new));
}

/// For whoever proves it next, and takes the other one at once.
pub async fn an_account_that_moves_frees_its_address(ports: Ports) {
    let scene = Scene::on(ports);
    let (mover, next) = (scene.account("ada@example.org", "ada.l"), scene.somebody());
    scene.write([mover.clone(), next.clone()].map(Change::AddAccount)).await;
    let moved = mover.with_email(address("ada@elsewhere.example"));
    scene.write([Change::UpdateAccount(moved.clone())]).await;
    let moment = scene.moment().await;
    assert_eq!(moment.account_at(&address("ada@example.org")).await.unwrap(), None);
    let found = moment.account_at(&address("ADA@elsewhere.example")).await.unwrap();
    assert_eq!(found.map(|it| it.id()), Some(moved.id()));
    drop(moment);
    let email = address("Ada@example.org");
    let settled = Account::from_parts(AccountParts { email, ..next.into_parts() });
    scene.write([Change::UpdateAccount(settled)]).await;
}

/// Sessions, what they were told, and their wishes for another address.
pub async fn what_is_forgotten_is_gone_and_of_nobody_else(ports: Ports) {
    let scene = Scene::on(ports);
    let (gone, stays) = (scene.somebody(), scene.somebody());
    let mut ids = Vec::new();
    for account in [&gone, &stays] {
        let (session, wish) = (scene.session(account, "phone"), change(&scene, account));
        let told = Notification {
            id: scene.ports.ids.fresh(),
            account: account.id(),
            organization: None,
            at: NOW.plus(Duration::from_secs(1)),
            kind: NotificationKind::NewInvitationWished {
                invitation: scene.ports.ids.fresh(),
                email: account.parts().email.clone(),
            },
        };
        ids.push((account.id(), session.id(), wish.id()));
        let changes = [
            Change::AddAccount(account.clone()),
            Change::AddSession(session),
            Change::AddEmailChange(wish),
            Change::Notify(told),
        ];
        scene.write(changes).await;
    }
    scene.write([Change::ForgetOwn(gone.id())]).await;
    scene.commit([Change::ForgetOwn(gone.id())]).await.expect("to forget twice is to forget");
    let moment = scene.moment().await;
    for (account, session, wish) in ids {
        let expected = account == stays.id();
        assert_eq!(moment.session(session).await.unwrap().is_some(), expected);
        assert_eq!(moment.email_change(wish).await.unwrap().is_some(), expected);
        assert_eq!(moment.count_unread(account).await.unwrap() == Count::of(1), expected);
        let told = moment.notifications(account, &Page::first(rows(10))).await.unwrap();
        assert_eq!(told.rows.len() == 1, expected);
        assert!(moment.account(account).await.unwrap().is_some(), "the account itself is another matter");
    }
}
