//! User Management: members and invitations in their tabs, searched, sorted, and read part by part.
use askama::Template;
use poem::{handler, web::Path};
use registration_domain::{
    access::Access,
    membership::{Cause, MembershipState},
    message::DeliveryState,
    page::{Listing, Page as Part},
    text::fold,
    view::{InvitationFilter, InvitationView, ListedState, MemberFilter, MemberOrder, MemberView},
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

/// So many parts are read at most in search of what failed.
const PARTS: usize = 40;

#[derive(Template)]
#[template(path = "organization/users.html")]
struct Page<'a> {
    shell: Shell<'a>,
    tab: Tab,
    tabs: Vec<(Tab, Phrase)>,
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
        let found = list_invitations(&visit, &place, tab, part).await?;
        let next = listing::next(&visit, &found)?;
        invitations = found.rows.into_iter().map(|it| InvitationRow::of(&visit, it)).collect();
        next
    };
    let shell = Shell::new(&visit, visit.t("nav-users")).at(Some(&place), "users");
    let tabs = Tab::ALL.into_iter().filter(|it| it.is_open_to(&place));
    page(&Page {
        shell,
        tab,
        tabs: tabs.map(|it| (it, visit.t(format!("tab-{}", it.key())))).collect(),
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
    mut part: Part,
) -> Result<Listing<InvitationView>, Failure> {
    let email = Some(fold(visit.query().value("q"))).filter(|it| !it.is_empty());
    let state = Some(if tab == Tab::Expired { ListedState::Expired } else { ListedState::Pending });
    let (filter, caller) =
        (InvitationFilter { state, email, ..InvitationFilter::default() }, visit.caller()?);
    let mut rows = Vec::new();
    for _ in 0..PARTS {
        let found = visit.platform().list_invitations(&caller, place.id(), &filter, &part).await?;
        let wanted = |it: &InvitationView| tab != Tab::Failed || it.delivery.state == DeliveryState::Failed;
        rows.extend(found.rows.into_iter().filter(wanted));
        part.after.clone_from(&found.next);
        if found.next.is_none() || tab != Tab::Failed || rows.len() >= usize::from(part.size.rows()) {
            break;
        }
    }
    Ok(Listing { rows, next: part.after })
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
