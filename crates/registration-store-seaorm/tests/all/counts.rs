//! A count ends where nobody reads on.
use registration_domain::{change::Change, count::Count, port::Reads, time::DAY};
use registration_testkit::stub::NOW;

use crate::{
    place::{Place, on_both},
    scene::Scene,
};

on_both!(a_count_ends_at_ten_thousand);

/// As many copies of one row as are counted, and then one more.
async fn a_count_ends_at_ten_thousand(place: Place) {
    let scene = Scene::on(place.open().await).await;
    let [fine, old] = [("fine@example.org", NOW), ("old@example.org", NOW.minus(8 * DAY))]
        .map(|(email, at)| scene.invitation(email, at));
    scene.write([Change::AddInvitation(fine), Change::AddInvitation(old)]).await;
    let organization = scene.organization.id();
    let counts = async || {
        let moment = scene.store.moment().await.unwrap();
        let open = moment.count_invitations(organization, NOW).await.unwrap();
        (moment.count_members(organization).await.unwrap().removed, open.pending, open.expired, open.failed)
    };
    copy(&place, 9_999).await;
    let all = Count::Exactly(10_000);
    assert_eq!(counts().await, (Count::Exactly(9_999), all, all, Count::Exactly(0)));
    copy(&place, 2).await;
    let more = Count::AtLeast(10_000);
    assert_eq!(counts().await, (more, more, more, Count::Exactly(0)));
    place.run("UPDATE invitation SET undelivered = TRUE").await;
    assert_eq!(counts().await, (more, Count::Exactly(0), more, more));
}

/// So many more removed members, and so many more of each of the two invitations.
async fn copy(place: &Place, times: u32) {
    let (id, key) = if place.settings.url.starts_with("sqlite") {
        ("randomblob(16)", "hex(randomblob(16))")
    } else {
        ("gen_random_uuid()", "gen_random_uuid()::text")
    };
    let numbers = format!(
        "WITH RECURSIVE number (it) AS (SELECT 1 UNION ALL SELECT it + 1 FROM number WHERE it < {times})"
    );
    let members = format!(
        "{numbers} INSERT INTO membership (id, organization, account, access, cause, joined_at, state,
            removed_at, removed_by, revision, name_key, search_key, last_sign_in_at)
        SELECT {id}, organization, account, access, cause, joined_at, 'removed', joined_at, account, 0,
            name_key, search_key, last_sign_in_at
        FROM membership CROSS JOIN number WHERE state = 'active'"
    );
    let invitations = format!(
        "{numbers} INSERT INTO invitation (id, organization, email, email_key, search_key, purpose, access,
            inviter, generation, term_days, created_at, expires_at, state, revision)
        SELECT {id}, organization, email, {key}, search_key, purpose, access, inviter, generation, term_days,
            created_at, expires_at, state, revision
        FROM invitation CROSS JOIN number WHERE email = email_key"
    );
    place.run(&members).await;
    place.run(&invitations).await;
}
