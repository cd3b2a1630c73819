//! Fills a database with copies of what the server made: one organization, its members, and many invitations.
//!
//! Person number n has invitation number n. Those of the first numbers accepted it and are members; those after
//! them have an account and a session, and have not answered; all others have nothing but the invitation.
use anyhow::{Result, ensure};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use tokio::time::Instant;

use crate::{
    copy::{self, Copies, Kind, Other, is_postgres},
    founding::{INVITEE, MEMBER, Scene},
    organizations,
    table::Table,
};

/// How many of everything.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) members: u32,
    /// People with an account who may accept: each may do so once.
    pub(crate) joiners: u32,
    pub(crate) invitations: u32,
    /// Others, which let themselves be found.
    pub(crate) organizations: u32,
}

impl Size {
    pub(crate) fn of(members: u32, invitations: u32, organizations: u32) -> Result<Self> {
        let joiners = invitations.saturating_sub(members).min(20_000);
        ensure!(
            members >= 100 && joiners >= 100,
            "at least 100 members, and 100 invitations more than members"
        );
        ensure!((100..=160_000).contains(&organizations), "100 to 160,000 organizations");
        Ok(Self { members, joiners, invitations, organizations })
    }
}

pub(crate) async fn fill(url: &str, scene: &Scene, size: Size, table: &mut Table) -> Result<()> {
    let began = Instant::now();
    organizations::fill(url, size.organizations).await?;
    let database = open(url).await?;
    for copies in all(scene, size) {
        copies.make(&database).await?;
    }
    // What autovacuum does in its own time, and the server as it stops. Without its limit, SQLite would remember
    // single values, and plan every statement anew for the values bound to it.
    let tidy = if is_postgres(&database) {
        "VACUUM ANALYZE"
    } else {
        "PRAGMA analysis_limit = 2000; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)"
    };
    database.execute_unprepared(tidy).await?;
    table.fact("members", size.members);
    table.fact("invitations", size.invitations);
    table.fact("organizations that can be found", size.organizations);
    table.fact("accounts with a session", size.members + size.joiners);
    table.fact("size of the database", octets(&database).await?);
    table.fact("filled in", format_args!("{:.1?}", began.elapsed()));
    Ok(database.close().await?)
}

pub(crate) async fn open(url: &str) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Ok(Database::connect(options).await?)
}

/// The newer, the smaller the number.
const EARLIER: Other = Other::Earlier(1_000);

fn all(scene: &Scene, Size { members, joiners, invitations, organizations: _ }: Size) -> Vec<Copies<'_>> {
    let copies = |table, of, kind, mark, numbers, but| Copies { table, of, kind, mark, numbers, but };
    let (member, accepted, pending) =
        (("id", scene.member), ("id", scene.accepted), ("subject", scene.pending));
    let people = || 0..members + joiners;
    let of_person: &[_] = &[("account", Other::Id(Kind::Account))];
    let of_invitation: &[_] = &[("subject", Other::Id(Kind::Invitation)), ("at", EARLIER)];
    vec![
        copies("account", member, Kind::Account, MEMBER, people(), &[]),
        copies("session", ("account", scene.member), Kind::Session, MEMBER, people(), of_person),
        copies(
            "invitation",
            accepted,
            Kind::Invitation,
            MEMBER,
            0..members,
            &[("settled_by", Other::Id(Kind::Account)), ("created_at", EARLIER)],
        ),
        copies(
            "invitation",
            ("id", scene.pending),
            Kind::Invitation,
            INVITEE,
            members..invitations,
            &[("created_at", EARLIER)],
        ),
        copies(
            "membership",
            ("id", scene.membership),
            Kind::Membership,
            MEMBER,
            0..members,
            &[
                ("account", Other::Id(Kind::Account)),
                ("invitation", Other::Id(Kind::Invitation)),
                ("joined_at", EARLIER),
                ("last_sign_in_at", EARLIER),
            ],
        ),
        copies("message", pending, Kind::Message, INVITEE, 0..invitations, of_invitation),
        copies("audit_event", pending, Kind::AuditEvent, INVITEE, 0..invitations, of_invitation),
    ]
}

async fn octets(of: &DatabaseConnection) -> Result<String> {
    let ask = if is_postgres(of) {
        "SELECT pg_database_size(current_database())"
    } else {
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    };
    let row = of.query_one_raw(copy::raw(of, ask)).await?;
    let octets: i64 = row.map(|it| it.try_get_by_index(0)).transpose()?.unwrap_or_default();
    Ok(format!("{} MiB", octets / (1 << 20)))
}
