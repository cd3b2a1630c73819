//! User Management: members and invitations in their tabs, searched, sorted, and read part by part.
use askama::Template;
use poem::{handler, web::Path};
use registration_domain::{
    access::Access,
    count::Count,
    membership::{Cause, MembershipState},
    page::{Listing, Page as Part},
    text::fold,
    view::{
        InvitationFilter, InvitationView, ListedDelivery, ListedState, MemberFilter, MemberOrder, MemberView,
        PeopleCounts,
    },
};

use super::invitation_row::InvitationRow;
use crate::{
    access::{self, Choice},
    failure::Failure,
    form::Filled,
    listing, person,
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
    tabs: Vec<(Tab, String)>,
    query: &'a str,
    sorts: Vec<Sort>,
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

/// A column by which the list can be sorted.
struct Sort {
    words: Phrase,
    href: String,
    direction: Option<&'static str>,
}

struct MemberRow {
    it: MemberView,
    id: String,
    name: String,
    initials: String,
    email: String,
    access: String,
    how: Phrase,
    is_own: bool,
    can_change: bool,
    can_remove: bool,
    removed: Option<(String, Option<String>)>,
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
        invitations = found.rows.into_iter().map(|it| InvitationRow::of(&visit, it)).collect();
        next
    };
    let shell = Shell::new(&visit, visit.t("nav-users")).at(Some(&place), "users");
    page(&Page {
        shell,
        tab,
        tabs: tabs(&visit, &place).await?,
        query,
        sorts: sorts(&visit),
        members,
        invitations,
        next,
        first: listing::first(&visit),
        choice: Choice::of(&visit, &place),
        filled: Filled::default(),
    })
}

async fn list_members(
    visit: &Visit,
    place: &Place,
    tab: Tab,
    part: &Part,
) -> Result<Listing<MemberView>, Failure> {
    let query = Some(fold(visit.query().value("q"))).filter(|it| !it.is_empty());
    let order = order(visit.query().value("sort"));
    let filter = MemberFilter { query, removed: tab == Tab::Removed, order };
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
async fn tabs(visit: &Visit, place: &Place) -> Result<Vec<(Tab, String)>, Failure> {
    let mut counts = None;
    if place.may_view_members() {
        counts = Some(visit.platform().count_people(&visit.caller()?, place.id()).await?);
    }
    let open = Tab::ALL.into_iter().filter(|it| it.is_open_to(place));
    let named = open.map(|tab| {
        let name = visit.t(format!("tab-{}", tab.key())).to_string();
        let count = counts.and_then(|it| tab.count(&it));
        (tab, count.map_or_else(|| name.clone(), |count| format!("{name} ({count})")))
    });
    Ok(named.collect())
}

fn order(sort: &str) -> MemberOrder {
    match sort {
        "-name" => MemberOrder::NameReversed,
        "last_sign_in" => MemberOrder::LastSignIn,
        "-last_sign_in" => MemberOrder::LastSignInReversed,
        "joined" => MemberOrder::Joined,
        "-joined" => MemberOrder::JoinedReversed,
        _ => MemberOrder::Name,
    }
}

/// Name, last sign-in and since: each link turns the order round where the list is in it.
fn sorts(visit: &Visit) -> Vec<Sort> {
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
    ["name", "last_sign_in", "joined"].map(sort).into()
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

impl MemberRow {
    fn of(visit: &Visit, place: &Place, it: MemberView) -> Self {
        let (parts, account) = (it.membership.parts(), it.account.parts());
        let is_own = visit.who().is_some_and(|who| who.account.id() == account.id);
        let is_in_reach = !is_own && (parts.access != Access::Owner || place.is_owner());
        let how = match (&parts.cause, &it.joined_by) {
            (Cause::Founding, _) => visit.t("came-founding").with("organization", place.name()),
            (Cause::Invitation(_), Some(by)) => visit.t("came-invited").with("who", by.name.full()),
            (Cause::Invitation(_), None) => visit.t("came-invitation"),
            (Cause::EmailDomain { .. }, _) => visit.t("came-email-domain"),
            (Cause::JoinRequest(_), Some(by)) => visit.t("came-approved").with("who", by.name.full()),
            (Cause::JoinRequest(_), None) => visit.t("came-request"),
            (Cause::EmployeeCode(_), Some(by)) => visit.t("came-code-of").with("who", by.name.full()),
            (Cause::EmployeeCode(_), None) => visit.t("came-code"),
        };
        let removed = match &parts.state {
            MembershipState::Active => None,
            MembershipState::Removed { at, by: _, reason } => {
                Some((visit.moment(at).day(), reason.as_ref().map(ToString::to_string)))
            }
        };
        Self {
            id: parts.id.to_string(),
            name: account.name.full(),
            initials: person::initials(&account.name),
            email: account.email.to_string(),
            access: access::named(visit, &parts.access),
            can_change: is_in_reach && place.may_manage_access(),
            can_remove: is_in_reach && place.may_remove(),
            how,
            is_own,
            removed,
            it,
        }
    }
}
