//! The contract suites of the testkit, on both databases.
use std::sync::Arc;

use registration_domain::{platform::Ports, port::Sweeper};

use crate::place::Place;

async fn store(place: Place) -> (Ports, Place) {
    let store = place.open().await;
    (registration_testkit::ports(Arc::new(store)), place)
}

async fn swept(place: Place) -> ((Ports, Arc<dyn Sweeper>), Place) {
    let store = Arc::new(place.open().await);
    ((registration_testkit::ports(store.clone()), store), place)
}

mod sqlite {
    use super::*;

    async fn fresh() -> (Ports, Place) {
        store(Place::on_sqlite().await).await
    }
    async fn fresh_sweeper() -> ((Ports, Arc<dyn Sweeper>), Place) {
        swept(Place::on_sqlite().await).await
    }
    registration_testkit::store_contract!(fresh);
    registration_testkit::sweeper_contract!(fresh_sweeper);
}

mod postgres {
    use super::*;

    async fn fresh() -> (Ports, Place) {
        store(Place::on_postgres().await).await
    }
    async fn fresh_sweeper() -> ((Ports, Arc<dyn Sweeper>), Place) {
        swept(Place::on_postgres().await).await
    }
    registration_testkit::store_contract!(fresh);
    registration_testkit::sweeper_contract!(fresh_sweeper);
}
