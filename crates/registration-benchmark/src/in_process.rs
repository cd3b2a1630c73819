//! The store without a server in front of it, and beside it what the database does at most: one row by one
//! statement a commit, by the same driver, at the same durability.
use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, Result};
use futures_util::future::try_join_all;
use registration_crypto_rustcrypto::{SystemClock, UuidV7Ids};
use registration_domain::{
    access::Access,
    account::AccountId,
    change::ChangeSet,
    email::Email,
    invitation::{Offer, Purpose, Term},
    organization::OrganizationId,
    page::{Page, PageSize},
    port::{Act, Clock, Ids, Ledger, Reads},
    session::{Caller, Origin},
    settings::{PublicUrl, Settings},
    use_case::invite::{self, Fresh, Invite, Snapshot},
    view::MemberFilter,
};
use registration_store_seaorm::{SeaOrmStore, StoreSettings};
use sea_orm::ConnectionTrait;
use tokio::time::Instant;

use crate::{founding::Scene, seed, table::Table};

pub(crate) async fn measure(url: &str, scene: &Scene, time: Duration, table: &mut Table) -> Result<()> {
    let store = Arc::new(SeaOrmStore::open(&StoreSettings::of(url)).await?);
    let inviting = Arc::new(Inviting::of(&store, scene).await?);
    for at_a_time in [1, 16, 64] {
        let name = format!("in process: commit an invitation, {at_a_time} at a time");
        let (store, inviting) = (Arc::clone(&store), Arc::clone(&inviting));
        repeat(table, name, at_a_time, time, move || {
            let (store, inviting) = (Arc::clone(&store), Arc::clone(&inviting));
            async move { Ok(store.commit(fresh_act(), inviting.changes()?).await?) }
        })
        .await?;
    }
    let (account, organization) = (inviting.by.account, inviting.organization);
    for at_a_time in [1, 16] {
        let reading = Arc::clone(&store);
        repeat(table, format!("in process: standing, {at_a_time} at a time"), at_a_time, time, move || {
            let store = Arc::clone(&reading);
            async move {
                let found = store.moment().await?.standing(account, organization).await?;
                found.context("the founder is a member").map(drop)
            }
        })
        .await?;
        let reading = Arc::clone(&store);
        repeat(
            table,
            format!("in process: 100 members, {at_a_time} at a time"),
            at_a_time,
            time,
            move || {
                let store = Arc::clone(&reading);
                async move { members(&store, organization).await }
            },
        )
        .await?;
    }
    store.close().await?;
    single_rows(url, time, table).await
}

async fn members(store: &SeaOrmStore, of: OrganizationId) -> Result<()> {
    let page = Page::first(PageSize::new(100).context("a size of pages")?);
    store.moment().await?.members(of, &MemberFilter::default(), &page).await?;
    Ok(())
}

/// The least that could be written.
async fn single_rows(url: &str, time: Duration, table: &mut Table) -> Result<()> {
    let connection = seed::open(url).await?;
    connection.execute_unprepared("CREATE TABLE benchmark_row (number INTEGER NOT NULL)").await?;
    repeat(table, "the least: one row a commit, 1 at a time".to_owned(), 1, time, move || {
        let connection = connection.clone();
        async move {
            connection.execute_unprepared("INSERT INTO benchmark_row VALUES (1)").await?;
            Ok(())
        }
    })
    .await
}

/// The same again and again, on all cores, for this time.
async fn repeat<Done>(
    table: &mut Table,
    name: String,
    at_a_time: usize,
    time: Duration,
    once: impl Fn() -> Done + Clone + Send + 'static,
) -> Result<()>
where
    Done: Future<Output = Result<()>> + Send + 'static,
{
    let began = Instant::now();
    let loops = (0..at_a_time).map(|_| {
        let once = once.clone();
        tokio::spawn(async move {
            let mut took = Vec::new();
            while began.elapsed() < time {
                let this = Instant::now();
                once().await?;
                took.push(this.elapsed());
            }
            anyhow::Ok(took)
        })
    });
    let took = try_join_all(loops).await?;
    let elapsed = began.elapsed();
    let mut took = took.into_iter().collect::<Result<Vec<_>>>()?.concat();
    took.sort_unstable();
    table.alone(name, took.len(), elapsed, &took);
    Ok(())
}

fn fresh_act() -> Act {
    let ids: &dyn Ids = &UuidV7Ids;
    Act { id: ids.fresh(), at: SystemClock.now() }
}

/// Somebody who invites one address after the other: what is committed is what the verb decides.
struct Inviting {
    by: Caller,
    organization: OrganizationId,
    snapshot: Snapshot,
    settings: Settings,
    number: AtomicU32,
}

impl Inviting {
    async fn of(store: &SeaOrmStore, scene: &Scene) -> Result<Self> {
        let (account, organization) = (AccountId::new(scene.owner), OrganizationId::new(scene.organization));
        let moment = store.moment().await?;
        let snapshot = Snapshot {
            standing: moment.standing(account, organization).await?,
            scene: Some(invite::Scene {
                organization: moment.organization(organization).await?.context("it was founded")?,
                inviter: moment.account(account).await?.context("somebody founded it")?,
            }),
            is_member: false,
            is_blocked: false,
            pending: None,
        };
        let settings = Settings::new(PublicUrl::parse("http://127.0.0.1")?);
        let by = Caller { account, origin: Origin::default() };
        Ok(Self { by, organization, snapshot, settings, number: AtomicU32::new(0) })
    }

    fn changes(&self) -> Result<ChangeSet> {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let offer = Offer {
            email: Email::parse(&format!("committed{number}@bench.example"))?,
            purpose: Purpose::Member,
            term: Term::default(),
            note: None,
            locale: None,
        };
        let (by, organization) = (self.by.clone(), self.organization);
        let command = Invite { by, organization, offer, access: Access::All, once: None };
        let ids: &dyn Ids = &UuidV7Ids;
        let fresh = Fresh {
            invitation: ids.fresh(),
            message: ids.fresh(),
            event: ids.fresh(),
            replacement: ids.fresh(),
        };
        Ok(invite::decide(self.snapshot.clone(), &command, &self.settings, SystemClock.now(), fresh)?)
    }
}
