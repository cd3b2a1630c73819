//! A code is used as often as it may be, while it works, and never once more, whoever types it at the same time.
use std::{num::NonZeroU32, time::Duration};

use registration_domain::{
    change::Change,
    employee_code::{
        CodeLabel, CodeTerms, CountedCode, EmployeeCode, EmployeeCodeId, EmployeeCodeParts,
        EmployeeCodeState, Entry, GrantedEntry, RefusedTries, Unusable,
    },
    page::Page,
    platform::Ports,
    port::{CommitError, Unique},
    time::{DAY, Timestamp},
    view::{CodeFilter, ListedCodeState},
};

use super::{
    row::{every_access, odd},
    scene::{Founded, Scene, fingerprint, permit, rows},
};
use crate::stub::NOW;

promises! {
    /// Makes the promises of a store about employee codes tests.
    employee_code_contract, employee_code, Ports:
    every_employee_code_is_read_as_it_was_written,
    a_digest_has_one_code,
    a_code_is_found_by_its_digest,
    codes_that_were_made_together_are_found_together,
    a_code_is_never_used_more_often_than_it_may_be,
    a_code_without_a_maximum_is_never_used_up,
    a_code_is_used_while_it_works,
    a_use_that_is_given_back_makes_room_for_one,
    refused_tries_are_counted_by_their_reason,
    a_revocation_keeps_what_was_counted,
    a_stale_revocation_is_refused,
    codes_are_listed_newest_first,
    codes_are_filtered_by_state_at_a_time,
}

/// A code for a number of uses, not stored.
pub(super) fn code(scene: &Scene, founded: &Founded, uses: Option<u32>) -> EmployeeCode {
    let id = scene.ports.ids.fresh();
    let terms = CodeTerms { label: None, uses: uses.and_then(NonZeroU32::new), expires_at: None };
    let digest = fingerprint(&scene.ports.ids.uuid().simple().to_string());
    let (permit, entry) = (permit(&founded.membership), GrantedEntry::Review(None));
    EmployeeCode::issue((id, id), terms, digest, &permit, entry, NOW)
}
async fn add(scene: &Scene, code: EmployeeCode) -> EmployeeCodeId {
    let id = code.id();
    scene.write([Change::AddEmployeeCode(code)]).await;
    id
}
async fn stored(scene: &Scene, id: EmployeeCodeId) -> CountedCode {
    scene.moment().await.employee_code(id).await.unwrap().expect("it is stored")
}
async fn use_at(scene: &Scene, code: EmployeeCodeId, at: Timestamp) -> Result<(), CommitError> {
    scene.commit([Change::UseEmployeeCode { code, at }]).await
}
fn with(code: EmployeeCode, change: impl FnOnce(&mut EmployeeCodeParts)) -> EmployeeCode {
    let mut parts = code.into_parts();
    change(&mut parts);
    EmployeeCode::from_parts(parts)
}

/// For review and admitting, with each access, bare and with all that it may have.
pub async fn every_employee_code_is_read_as_it_was_written(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let mut entries = vec![Entry::Review { suggested: None }];
    for access in every_access() {
        entries.push(Entry::Review { suggested: Some(access.clone()) });
        entries.push(Entry::Admit { access });
    }
    let revoked = EmployeeCodeState::Revoked { at: odd(), by: founded.account.id() };
    for (number, entry) in (0_usize..).zip(entries) {
        for state in [EmployeeCodeState::Active, revoked.clone()] {
            let bare = number % 2 == 0;
            let code = with(code(&scene, &founded, (!bare).then_some(u32::MAX)), |it| {
                it.label = (!bare).then(|| CodeLabel::parse("Lager \"李\" 100% _\\").unwrap().unwrap());
                it.expires_at = (!bare).then(odd);
                it.entry = entry.clone();
                it.created_at = odd();
                it.state = state.clone();
            });
            add(&scene, code.clone()).await;
            let moment = scene.moment().await;
            let counted = CountedCode { code, used: 0, refused: RefusedTries::default() };
            assert_eq!(moment.employee_code(counted.code.id()).await.unwrap().as_ref(), Some(&counted));
            let view = moment.employee_code_view(counted.code.id()).await.unwrap().unwrap();
            assert_eq!((view.code, view.maker), (counted, (&founded.account).into()));
        }
    }
    assert_eq!(scene.moment().await.employee_code(scene.ports.ids.fresh()).await.unwrap(), None);
}

/// Of whichever organization: a code leads to one place.
pub async fn a_digest_has_one_code(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    let first = code(&scene, &founded, None);
    add(&scene, first.clone()).await;
    for founded in [&founded, &elsewhere] {
        let other = with(code(&scene, founded, None), |it| it.digest = first.parts().digest);
        let refused = scene.commit([Change::AddEmployeeCode(other)]).await;
        assert!(matches!(refused, Err(CommitError::Taken(Unique::EmployeeCode))), "{refused:?}");
    }
}

/// In any state, and by no other.
pub async fn a_code_is_found_by_its_digest(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let [one, other] = [code(&scene, &founded, None), code(&scene, &founded, None)];
    let other = with(other, |it| it.state = EmployeeCodeState::Revoked { at: NOW, by: it.maker });
    for it in [&one, &other] {
        add(&scene, it.clone()).await;
    }
    let moment = scene.moment().await;
    for it in [one, other] {
        let found = moment.employee_code_of(it.parts().digest).await.unwrap();
        assert_eq!(found.map(|it| it.code), Some(it));
    }
    assert_eq!(moment.employee_code_of(fingerprint("another")).await.unwrap(), None);
}

/// In the order of their ids, and none that was made apart.
pub async fn codes_that_were_made_together_are_found_together(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let made = [code(&scene, &founded, None), code(&scene, &founded, None), code(&scene, &founded, None)];
    let batch = made[0].id();
    let made = made.map(|it| with(it, |parts| parts.batch = batch));
    add(&scene, code(&scene, &founded, None)).await;
    scene.write(made.clone().map(Change::AddEmployeeCode)).await;
    let found = scene.moment().await.employee_codes_of_batch(batch).await.unwrap();
    assert_eq!(found.into_iter().map(|it| it.code.code).collect::<Vec<_>>(), made);
}

/// Fifty at once for five.
pub async fn a_code_is_never_used_more_often_than_it_may_be(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let id = add(&scene, code(&scene, &founded, Some(5))).await;
    let tries = (0..50).map(|_| {
        let scene = scene.clone();
        tokio::spawn(async move { use_at(&scene, id, NOW).await })
    });
    let mut used = 0;
    for one in tries.collect::<Vec<_>>() {
        match one.await.unwrap() {
            Ok(()) => used += 1,
            refused => assert!(matches!(refused, Err(CommitError::Conflict)), "{refused:?}"),
        }
    }
    assert_eq!((used, stored(&scene, id).await.used), (5, 5));
}

/// However often.
pub async fn a_code_without_a_maximum_is_never_used_up(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let id = add(&scene, code(&scene, &founded, None)).await;
    for count in 1..=20 {
        use_at(&scene, id, NOW).await.expect("it has no maximum");
        assert_eq!(stored(&scene, id).await.used, count);
    }
}

/// To the last instant before its expiry, and not once it was revoked; and what is refused is not counted.
pub async fn a_code_is_used_while_it_works(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let (end, micro) = (NOW.plus(DAY), Duration::from_micros(1));
    let short = with(code(&scene, &founded, None), |it| it.expires_at = Some(end));
    let short = add(&scene, short).await;
    use_at(&scene, short, end.minus(micro)).await.expect("it is in time");
    let late = use_at(&scene, short, end).await;
    assert!(matches!(late, Err(CommitError::Conflict)), "at its expiry: {late:?}");
    let revoked = code(&scene, &founded, None);
    let id = add(&scene, revoked.clone()).await;
    let revoked = revoked.active().unwrap().revoke(&permit(&founded.membership), NOW);
    scene.write([Change::UpdateEmployeeCode(revoked)]).await;
    let refused = use_at(&scene, id, NOW).await;
    assert!(matches!(refused, Err(CommitError::Conflict)), "a revoked one: {refused:?}");
    let nothing = use_at(&scene, scene.ports.ids.fresh(), NOW).await;
    assert!(matches!(nothing, Err(CommitError::Conflict)), "none at all: {nothing:?}");
    assert_eq!((stored(&scene, short).await.used, stored(&scene, id).await.used), (1, 0));
}

/// And nobody saves up for later.
pub async fn a_use_that_is_given_back_makes_room_for_one(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let id = add(&scene, code(&scene, &founded, Some(1))).await;
    scene.commit([Change::ReturnEmployeeCode(id)]).await.expect("there is nothing to refuse");
    use_at(&scene, id, NOW).await.expect("it was never used");
    assert!(use_at(&scene, id, NOW).await.is_err(), "it is used up");
    scene.write([Change::ReturnEmployeeCode(id)]).await;
    use_at(&scene, id, NOW).await.expect("its use was given back");
    assert!(use_at(&scene, id, NOW).await.is_err(), "it was given back once");
}

/// Each reason apart.
pub async fn refused_tries_are_counted_by_their_reason(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let id = add(&scene, code(&scene, &founded, Some(1))).await;
    let mut expected = RefusedTries::default();
    for (times, why) in (1..).zip(Unusable::ALL) {
        for _ in 0..times {
            scene.write([Change::RefuseEmployeeCode { code: id, why }]).await;
            expected = expected.one_more(why);
        }
    }
    assert_eq!(stored(&scene, id).await.refused, expected);
}

/// It says only that the code works no more.
pub async fn a_revocation_keeps_what_was_counted(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let made = code(&scene, &founded, Some(3));
    let id = add(&scene, made.clone()).await;
    use_at(&scene, id, NOW).await.expect("it works");
    scene.write([Change::RefuseEmployeeCode { code: id, why: Unusable::Elsewhere }]).await;
    let revoked = made.active().unwrap().revoke(&permit(&founded.membership), NOW);
    scene.commit([Change::UpdateEmployeeCode(revoked)]).await.expect("uses move no revision");
    let it = stored(&scene, id).await;
    let refused = RefusedTries { elsewhere: 1, ..RefusedTries::default() };
    assert_eq!((it.used, it.refused, it.code.active()), (1, refused, None));
}

/// Of two who revoke at the same time, one is told that it is done.
pub async fn a_stale_revocation_is_refused(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let made = code(&scene, &founded, None);
    add(&scene, made.clone()).await;
    let revoked = made.active().unwrap().revoke(&permit(&founded.membership), NOW);
    scene.write([Change::UpdateEmployeeCode(revoked.clone())]).await;
    let again = scene.commit([Change::UpdateEmployeeCode(revoked)]).await;
    assert!(matches!(again, Err(CommitError::Conflict)), "{again:?}");
}

async fn listed(scene: &Scene, founded: &Founded, filter: CodeFilter, size: u16) -> Vec<EmployeeCodeId> {
    let (mut page, mut found) = (Page::first(rows(size)), Vec::new());
    loop {
        let moment = scene.moment().await;
        let listing = moment.employee_codes(founded.organization.id(), &filter, NOW, &page).await.unwrap();
        found.extend(listing.rows.into_iter().map(|it| it.code.code.id()));
        assert!(found.len() <= 100, "the walk never ends");
        match listing.next {
            Some(next) => page.after = Some(next),
            None => return found,
        }
    }
}

/// In pages that lose and double nothing, and none of another organization.
pub async fn codes_are_listed_newest_first(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    add(&scene, code(&scene, &elsewhere, None)).await;
    let mut made = Vec::new();
    for number in 0..7 {
        let at = NOW.plus(Duration::from_micros(number % 3));
        made.push((at, add(&scene, with(code(&scene, &founded, None), |it| it.created_at = at)).await));
    }
    made.sort_by(|one, other| other.cmp(one));
    let expected = made.into_iter().map(|(_, id)| id).collect::<Vec<_>>();
    for size in [1, 3, 7, 100] {
        assert_eq!(listed(&scene, &founded, CodeFilter::default(), size).await, expected, "by {size}");
    }
}

/// Each is in one state: revoked, else expired, else used up, else active.
pub async fn codes_are_filtered_by_state_at_a_time(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let micro = Duration::from_micros(1);
    let revoked = EmployeeCodeState::Revoked { at: NOW, by: founded.account.id() };
    let mut made = Vec::new();
    for (used, ends, state, expected) in [
        (0, None, EmployeeCodeState::Active, ListedCodeState::Active),
        (1, Some(NOW.plus(micro)), EmployeeCodeState::Active, ListedCodeState::Active),
        (2, None, EmployeeCodeState::Active, ListedCodeState::UsedUp),
        (2, Some(NOW.plus(micro)), EmployeeCodeState::Active, ListedCodeState::UsedUp),
        (0, Some(NOW), EmployeeCodeState::Active, ListedCodeState::Expired),
        (2, Some(NOW), EmployeeCodeState::Active, ListedCodeState::Expired),
        (2, Some(NOW), revoked.clone(), ListedCodeState::Revoked),
        (0, None, revoked, ListedCodeState::Revoked),
    ] {
        let id = add(&scene, with(code(&scene, &founded, Some(2)), |it| it.expires_at = ends)).await;
        for _ in 0..used {
            use_at(&scene, id, NOW.minus(DAY)).await.expect("it works yet");
        }
        let it = stored(&scene, id).await.code;
        if it.parts().state != state {
            scene.write([Change::UpdateEmployeeCode(with(it, |it| it.state = state))]).await;
        }
        made.push((expected, id));
    }
    for state in ListedCodeState::ALL {
        let mut expected = made.iter().filter(|(it, _)| it == state).map(|(_, id)| *id).collect::<Vec<_>>();
        expected.reverse();
        let filter = CodeFilter { state: Some(*state) };
        assert_eq!(listed(&scene, &founded, filter, 100).await, expected, "{state:?}");
    }
}
