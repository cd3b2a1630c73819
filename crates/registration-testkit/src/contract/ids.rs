//! No id comes twice, and ids sort by their time.
use std::{collections::BTreeSet, sync::Arc};

use registration_domain::port::Ids;
use uuid::Variant;

promises! {
    /// Makes the promises of ids tests. `$fresh` answers an `Arc<dyn Ids>` and a guard.
    ids_contract, ids, Arc<dyn Ids>:
    no_id_comes_twice,
    an_id_is_a_uuid_of_version_7,
    ids_of_one_source_ascend,
}

/// Though several ask at once.
pub async fn no_id_comes_twice(ids: Arc<dyn Ids>) {
    let tries = (0..8).map(|_| {
        let ids = Arc::clone(&ids);
        tokio::spawn(async move { (0..1_000).map(|_| ids.uuid()).collect::<Vec<_>>() })
    });
    let mut seen = BTreeSet::new();
    for one in tries.collect::<Vec<_>>() {
        seen.extend(one.await.unwrap());
    }
    assert_eq!(seen.len(), 8_000);
}

/// As RFC 9562 (5.7) lays it out.
pub async fn an_id_is_a_uuid_of_version_7(ids: Arc<dyn Ids>) {
    for _ in 0..100 {
        let id = ids.uuid();
        assert_eq!((id.get_version_num(), id.get_variant()), (7, Variant::RFC4122), "{id}");
    }
}

/// Within one millisecond, too, so that rows made one after the other sort as they were made.
pub async fn ids_of_one_source_ascend(ids: Arc<dyn Ids>) {
    let made = (0..1_000).map(|_| ids.uuid()).collect::<Vec<_>>();
    assert!(made.is_sorted(), "{made:?}");
}
