//! Organizations that let themselves be found: the store itself adds them, for only it knows by what a name is found.
use anyhow::Result;
use registration_crypto_rustcrypto::{SystemClock, UuidV7Ids};
use registration_domain::{
    change::{Change, ChangeSet},
    id::Id,
    organization::{Organization, OrganizationKind},
    organization_name::OrganizationName,
    port::{Act, Clock, Ids, Ledger},
    time::Timestamp,
};
use registration_store_seaorm::{SeaOrmStore, StoreSettings};

/// How many are added at a time.
const CHUNK: u32 = 1_000;

/// Names are made of these, so that parts of them are rare and frequent as in names.
const SYLLABLES: [&str; 20] = [
    "ba", "ke", "lo", "mi", "nu", "ra", "se", "to", "vi", "zu", "dal", "fen", "gor", "hil", "jas", "kem",
    "lum", "mor", "nex", "pol",
];

pub(crate) async fn fill(url: &str, count: u32) -> Result<()> {
    let store = SeaOrmStore::open(&StoreSettings::of(url)).await?;
    let now = SystemClock.now();
    let mut from = 0;
    while from < count {
        let behind = count.min(from + CHUNK);
        let changes = (from..behind).map(|number| organization(number, now)).collect::<Result<Vec<_>>>()?;
        store
            .commit(
                Act { id: Id::new(UuidV7Ids.uuid()), at: now },
                changes.into_iter().collect::<ChangeSet>(),
            )
            .await?;
        from = behind;
    }
    Ok(store.close().await?)
}

fn organization(number: u32, now: Timestamp) -> Result<Change> {
    let name = OrganizationName::parse(&name(number))?;
    let founded = Organization::found(Id::new(UuidV7Ids.uuid()), name, OrganizationKind::Company, now);
    Ok(Change::AddOrganization(founded.let_be_found(true)))
}

/// Each number below 160,000 has its own, and all end alike.
pub(crate) fn name(number: u32) -> String {
    let [a, b, c, d] = [1, 20, 400, 8_000].map(|place| SYLLABLES[(number / place % 20) as usize]);
    format!("{}{b} {c}{d} GmbH", a.to_uppercase())
}
