//! Both databases find the very organizations that the store in memory finds, by an index where they are few, and
//! on a walk that ends early where they are many.
use std::sync::Arc;

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRng, TestRunner},
};
use registration_domain::{
    change::{Change, ChangeSet},
    id::Id,
    organization::{Organization, OrganizationKind},
    organization_name::OrganizationName,
    page::{Listing, Page},
    port::{Act, Ids, Ledger, Reads},
    view::DiscoverableOrganization,
};
use registration_store_seaorm::SeaOrmStore;
use registration_testkit::{
    memory::MemoryStore,
    strategy,
    stub::{CountingIds, NOW},
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{
    place::{Place, on_both},
    scene::size,
};

on_both!(
    every_search_finds_what_the_store_in_memory_finds,
    what_many_have_is_found_in_the_order_of_names_too,
    a_search_asks_an_index_for_grams_and_a_list_the_one_of_names,
    organizations_that_could_be_found_before_are_found_after_the_step,
);

async fn write(store: &dyn Ledger, ids: &CountingIds, organizations: &[Organization]) {
    for some in organizations.chunks(500) {
        let changes = some.iter().cloned().map(Change::AddOrganization).collect::<ChangeSet>();
        store.commit(Act { id: Id::new(ids.uuid()), at: NOW }, changes).await.unwrap();
    }
}

fn named(ids: &CountingIds, name: &str) -> Organization {
    let name = OrganizationName::parse(name).unwrap();
    Organization::found(Id::new(ids.uuid()), name, OrganizationKind::Company, NOW).let_be_found(true)
}

async fn ask(store: &dyn Reads, query: &str, page: &Page) -> Listing<DiscoverableOrganization> {
    store.moment().await.unwrap().discoverable(query, page).await.unwrap()
}

/// The first pages of both.
async fn compare(store: &SeaOrmStore, memory: &MemoryStore, query: &str, rows: u16) {
    let mut page = Page::first(size(rows));
    for _ in 0..4 {
        let found = ask(store, query, &page).await;
        assert_eq!(found, ask(memory, query, &page).await, "{query:?} {page:?}");
        match found.next {
            Some(next) => page.after = Some(next),
            None => return,
        }
    }
}

/// Odd names of every script, and queries that are parts of them, or of none.
async fn every_search_finds_what_the_store_in_memory_finds(place: Place) {
    let (store, memory, ids) = (place.open().await, MemoryStore::default(), CountingIds::default());
    let seed = TestRng::from_seed(proptest::test_runner::RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), seed);
    let mut any = async |count: usize| {
        let names = proptest::collection::vec(strategy::organization_name(), count);
        names.new_tree(&mut runner).unwrap().current()
    };
    let names = any(150).await;
    let organizations = names.iter().map(|it| named(&ids, it.as_str())).collect::<Vec<_>>();
    write(&store, &ids, &organizations).await;
    write(&memory, &ids, &organizations).await;
    let others = any(10).await;
    for (number, name) in (0..).zip(names.iter().chain(&others)) {
        let letters = name.as_str().chars().collect::<Vec<_>>();
        let (from, length) = (number % letters.len(), 1 + number % 5);
        let part = letters[from..].iter().take(length).collect::<String>();
        for query in [part.as_str(), &part.to_uppercase(), name.as_str()] {
            compare(&store, &memory, query, 3).await;
        }
    }
}

/// More than are fetched whole.
fn crowd(ids: &CountingIds) -> Vec<Organization> {
    let number = |it: u32| named(ids, &format!("Nummer {it} Müller GmbH"));
    let mut crowd = (0..2_500).map(number).collect::<Vec<_>>();
    crowd.extend(["Zürich Versicherung", "Zuerich AG", "Aal"].map(|it| named(ids, it)));
    crowd
}

async fn what_many_have_is_found_in_the_order_of_names_too(place: Place) {
    let (store, memory, ids) = (Arc::new(place.open().await), MemoryStore::default(), CountingIds::default());
    let crowd = crowd(&ids);
    write(&*store, &ids, &crowd).await;
    write(&memory, &ids, &crowd).await;
    for query in ["", "gmbh", "müll", "mueller", "er", "1", "99", "zü", "zuerich", "versicherung", "aal", "x"]
    {
        compare(&store, &memory, query, 40).await;
    }
}

/// The plan of each statement, as the database tells it.
async fn a_search_asks_an_index_for_grams_and_a_list_the_one_of_names(place: Place) {
    let (store, ids) = (place.open().await, CountingIds::default());
    write(&store, &ids, &crowd(&ids)).await;
    let raw = place.raw().await;
    let backend = raw.get_database_backend();
    if backend == DbBackend::Postgres {
        // To look at a few thousand rows one by one costs little; it must be able to do without.
        raw.execute_unprepared("VACUUM ANALYZE").await.unwrap();
        raw.execute_unprepared("SET enable_seqscan = off").await.unwrap();
    }
    let (explain, by_gram, few) = if backend == DbBackend::Postgres {
        let few = "SELECT * FROM discoverable_organization \
            WHERE string_to_array(grams, ' ') @> string_to_array('zur uri', ' ') \
            OR string_to_array(grams, ' ') @> string_to_array('zue uer', ' ') LIMIT 1001";
        ("EXPLAIN", "Bitmap Index Scan on discoverable_organization_gram", few)
    } else {
        let few = "SELECT found.* FROM discoverable_organization_gram AS gram \
            CROSS JOIN discoverable_organization AS found ON found.number = gram.rowid \
            WHERE discoverable_organization_gram MATCH '(\"zur\" AND \"uri\") OR (\"zue\" AND \"uer\")' LIMIT 1001";
        ("EXPLAIN QUERY PLAN", "SCAN gram VIRTUAL TABLE INDEX", few)
    };
    let walk = "SELECT name_key, organization FROM discoverable_organization \
        WHERE (name_key, organization) > ('m', X'00') ORDER BY name_key, organization LIMIT 26";
    let zero =
        if backend == DbBackend::Postgres { "'00000000-0000-0000-0000-000000000000'::uuid" } else { "X'00'" };
    for (statement, uses) in
        [(few, by_gram), (&walk.replace("X'00'", zero), "discoverable_organization_by_name")]
    {
        let plan = Statement::from_string(backend, format!("{explain} {statement}"));
        let lines = raw.query_all_raw(plan).await.unwrap();
        let column = if backend == DbBackend::Postgres { "QUERY PLAN" } else { "detail" };
        let lines = lines.iter().map(|it| it.try_get::<String>("", column).unwrap()).collect::<Vec<_>>();
        let plan = lines.join("\n");
        assert!(plan.contains(uses) && !plan.contains("Seq Scan") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
    raw.close().await.unwrap();
}

/// As a database of the release before it has them.
async fn organizations_that_could_be_found_before_are_found_after_the_step(place: Place) {
    let (store, ids) = (place.open().await, CountingIds::default());
    let hidden = named(&ids, "Hidden").let_be_found(false);
    write(&store, &ids, &[crowd(&ids), vec![hidden]].concat()).await;
    let search = async || {
        let page = Page::first(size(100));
        [ask(&store, "", &page).await, ask(&store, "züri", &page).await, ask(&store, "1 müll", &page).await]
    };
    let before = search().await;
    if place.settings.url.starts_with("sqlite") {
        place.run("DROP TABLE discoverable_organization_gram").await;
    }
    for statement in [
        "DROP TABLE discoverable_organization",
        "ALTER TABLE organization DROP COLUMN contact",
        "ALTER TABLE organization DROP COLUMN joining_access",
        "DELETE FROM seaql_migrations WHERE version = '0012_discoverable_organizations'",
    ] {
        place.run(statement).await;
    }
    store.migrate().await.unwrap();
    assert_eq!(search().await, before);
}
