//! User Management: members and invitations in their tabs, searched, sorted, and read part by part.
use askama::Template;
use poem::{handler, web::Path};
use registration_domain::{
    count::Count,
    page::{Listing, Page as Part},
    text::fold,
    view::{
        InvitationFilter, InvitationView, ListedDelivery, ListedState, MemberFilter, MemberOrder, MemberView,
        PeopleCounts,
    },
};

use super::{invitation_row::InvitationRow, member_row::MemberRow};
use crate::{
    access::Choice,
    failure::Failure,
    form::{Filled, Form},
    listing,
    place::Place,
    shell::{Answer, Shell, page},
    visit::Visit,
    words::Phrase,
};

#[derive(Template)]
#[template(path = "organization/users.html")]
struct Page<'a> {
    shell: Shell<'a>,
    tab: Tab,
    tabs: Vec<(Tab, Phrase, Option<Count>)>,
    /// Where to make a second Owner, for the only one.
    second_owner: Option<String>,
    file: String,
    query: &'a str,
    sorts: Sorts,
    members: Vec<MemberRow>,
    invitations: Vec<InvitationRow>,
    next: Option<String>,
    first: Option<String>,
    choice: Choice,
    filled: Filled,
}

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Active,
    Pending,
    Failed,
    Expired,
    Removed,
}

/// The columns by which the list can be sorted.
struct Sorts {
    name: Sort,
    last_sign_in: Sort,
    joined: Sort,
    access: Sort,
}

struct Sort {
    words: Phrase,
    href: String,
    direction: Option<&'static str>,
}

/// `GET /o/{org}/users`.
#[handler]
pub(crate) async fn show(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let tab = Tab::of(&visit, &place);
    let part = listing::part(&visit)?;
    let query = visit.query().value("q").trim();
    let (mut members, mut invitations) = (Vec::new(), Vec::new());
    let next = if tab.lists_members() {
        let found = list_members(&visit, &place, tab, &part).await?;
        let next = listing::next(&visit, &found)?;
        members = found.rows.into_iter().map(|it| MemberRow::of(&visit, &place, it)).collect();
        next
    } else {
        let found = list_invitations(&visit, &place, tab, &part).await?;
        let next = listing::next(&visit, &found)?;
        let unbacked = visit.platform().unbacked_of(place.id(), &found.rows).await?;
        let row = |it: InvitationView| InvitationRow {
            is_backed: !unbacked.contains(&it.invitation.id()),
            ..InvitationRow::of(&visit, it)
        };
        invitations = found.rows.into_iter().map(row).collect();
        next
    };
    let counts = if place.may_view_members() {
        Some(visit.platform().count_people(&visit.caller()?, place.id()).await?)
    } else {
        None
    };
    let shell = Shell::new(&visit, visit.t("nav-users")).at(Some(&place), "users");
    page(&Page {
        shell,
        tab,
        tabs: tabs(&visit, &place, counts),
        second_owner: if tab == Tab::Active { second_owner(&place, counts) } else { None },
        file: listing::beside(&visit, &place.path("users/members.csv")),
        query,
        sorts: sorts(&visit),
        members,
        invitations,
        next,
        first: listing::first(&visit),
        choice: Choice::of(&visit, &place),
        filled: visit.filled(&Form::default()),
    })
}

async fn list_members(
    visit: &Visit,
    place: &Place,
    tab: Tab,
    part: &Part,
) -> Result<Listing<MemberView>, Failure> {
    let filter = member_filter(visit, tab == Tab::Removed);
    Ok(visit.platform().list_members(&visit.caller()?, place.id(), &filter, part).await?)
}

async fn list_invitations(
    visit: &Visit,
    place: &Place,
    tab: Tab,
    part: &Part,
) -> Result<Listing<InvitationView>, Failure> {
    let email = Some(fold(visit.query().value("q"))).filter(|it| !it.is_empty());
    let (state, delivery) = match tab {
        Tab::Expired => (ListedState::Expired, None),
        Tab::Failed => (ListedState::Pending, Some(ListedDelivery::Failed)),
        Tab::Pending | Tab::Active | Tab::Removed => (ListedState::Pending, Some(ListedDelivery::NotFailed)),
    };
    let filter = InvitationFilter { state: Some(state), delivery, email, ..InvitationFilter::default() };
    Ok(visit.platform().list_invitations(&visit.caller()?, place.id(), &filter, part).await?)
}

/// The tabs that are open to the visitor, each with how many are in it where they may know that.
fn tabs(visit: &Visit, place: &Place, counts: Option<PeopleCounts>) -> Vec<(Tab, Phrase, Option<Count>)> {
    let open = Tab::ALL.into_iter().filter(|it| it.is_open_to(place));
    let named = |tab: Tab| {
        let count = counts.as_ref().and_then(|it| tab.count(it));
        (tab, visit.t(format!("tab-{}", tab.key())), count)
    };
    open.map(named).collect()
}

/// Among those who are there, or somebody new where nobody else is.
fn second_owner(place: &Place, counts: Option<PeopleCounts>) -> Option<String> {
    let counts = counts.filter(|it| place.is_owner() && it.owners == 1)?;
    let is_alone = counts.members.active == Count::Exactly(1);
    Some(if is_alone { place.path("users/invite?access=owner") } else { "#list".to_owned() })
}

/// Which members the address asks for.
pub(super) fn member_filter(visit: &Visit, removed: bool) -> MemberFilter {
    let query = Some(fold(visit.query().value("q"))).filter(|it| !it.is_empty());
    MemberFilter { query, removed, order: order(visit.query().value("sort")) }
}

fn order(sort: &str) -> MemberOrder {
    match sort {
        "-name" => MemberOrder::NameReversed,
        "last_sign_in" => MemberOrder::LastSignIn,
        "-last_sign_in" => MemberOrder::LastSignInReversed,
        "joined" => MemberOrder::Joined,
        "-joined" => MemberOrder::JoinedReversed,
        "access" => MemberOrder::Access,
        "-access" => MemberOrder::AccessReversed,
        _ => MemberOrder::Name,
    }
}

/// Name, last sign-in, since and access: each link turns the order round where the list is in it.
fn sorts(visit: &Visit) -> Sorts {
    let current = visit.query().value("sort");
    let current = if current.is_empty() { "name" } else { current };
    let sort = |key: &'static str| {
        let reversed = format!("-{key}");
        let (direction, next) = match current {
            it if it == key => (Some("ascending"), reversed),
            it if it == reversed => (Some("descending"), key.to_owned()),
            _ => (None, key.to_owned()),
        };
        Sort {
            words: visit.t(format!("column-{key}")),
            href: listing::with(visit, &[("sort", &next)]),
            direction,
        }
    };
    Sorts {
        name: sort("name"),
        last_sign_in: sort("last_sign_in"),
        joined: sort("joined"),
        access: sort("access"),
    }
}

impl Tab {
    const ALL: [Self; 5] = [Self::Active, Self::Pending, Self::Failed, Self::Expired, Self::Removed];

    /// The one asked for, or the first that is open to the visitor.
    fn of(visit: &Visit, place: &Place) -> Self {
        let asked = Self::ALL.into_iter().find(|it| it.key() == visit.query().value("tab"));
        asked.unwrap_or(if place.may_view_members() { Self::Active } else { Self::Pending })
    }
    fn key(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Pending => "pending",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Removed => "removed",
        }
    }
    fn count(self, counts: &PeopleCounts) -> Option<Count> {
        match self {
            Self::Active => Some(counts.members.active),
            Self::Removed => Some(counts.members.removed),
            Self::Pending => counts.invitations.map(|it| it.pending),
            Self::Failed => counts.invitations.map(|it| it.failed),
            Self::Expired => counts.invitations.map(|it| it.expired),
        }
    }
    fn lists_members(self) -> bool {
        matches!(self, Self::Active | Self::Removed)
    }
    fn is_open_to(self, place: &Place) -> bool {
        if self.lists_members() { place.may_view_members() } else { place.may_invite() }
    }
}
