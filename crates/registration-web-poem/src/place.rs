//! An organization as the visitor stands in it: what they may do there decides what the pages offer.
use std::collections::BTreeSet;

use registration_domain::{
    access::Access,
    count::Count,
    organization::OrganizationId,
    page::{Page, PageSize},
    permission::Permission,
    view::MembershipView,
};

use crate::{
    failure::Failure,
    visit::{self, Visit},
};

/// So many memberships are read at once.
const MANY: u16 = 100;

/// An organization, and the visitor's membership in it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) view: MembershipView,
    held: BTreeSet<Permission>,
    waiting: Option<Count>,
}

impl Place {
    /// The organization of this id, for those who belong to it.
    ///
    /// # Errors
    /// [`Failure::SignedOut`], or [`Failure::NotFound`] for anybody else.
    pub(crate) async fn of(visit: &Visit, id: &str) -> Result<Self, Failure> {
        let (caller, id) = (visit.caller()?, visit::id(id)?);
        let mut page = Page::first(size());
        loop {
            let found = visit.platform().list_memberships(&caller, &page).await?;
            if let Some(view) = found.rows.into_iter().find(|it| it.organization.id() == id) {
                let held = visit.platform().settings().catalogue.held(&view.membership.parts().access);
                let waiting = if held.contains(&Permission::JOIN_REQUESTS_REVIEW) {
                    Some(visit.platform().count_join_requests(&caller, id).await?)
                } else {
                    None
                };
                return Ok(Self { view, held, waiting });
            }
            page.after = Some(found.next.ok_or(Failure::NotFound)?);
        }
    }
    /// The organization in which the page of this visit lies, if it lies in one.
    pub(crate) async fn of_path(visit: &Visit) -> Result<Option<Self>, Failure> {
        let mut parts = visit.path().split(['/', '?']).skip(1);
        match (parts.next(), parts.next()) {
            (Some("o"), Some(id)) if visit.who().is_some() => Self::of(visit, id).await.map(Some),
            _ => Ok(None),
        }
    }

    pub(crate) fn id(&self) -> OrganizationId {
        self.view.organization.id()
    }
    pub(crate) fn name(&self) -> &str {
        self.view.organization.parts().name.as_str()
    }
    /// The visitor's own access.
    pub(crate) fn access(&self) -> &Access {
        &self.view.membership.parts().access
    }
    pub(crate) fn is_owner(&self) -> bool {
        *self.access() == Access::Owner
    }
    /// A path in it; with nothing, its first page.
    pub(crate) fn path(&self, rest: &str) -> String {
        if rest.is_empty() { format!("/o/{}", self.id()) } else { format!("/o/{}/{rest}", self.id()) }
    }

    /// Where this address is invited.
    pub(crate) fn invite_path(&self, email: &str) -> String {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("email", email).finish();
        self.path(&format!("users/invite?{query}"))
    }

    pub(crate) fn may_view_members(&self) -> bool {
        self.may(&Permission::MEMBERS_VIEW)
    }
    pub(crate) fn may_invite(&self) -> bool {
        self.may(&Permission::MEMBERS_INVITE)
    }
    pub(crate) fn may_manage_access(&self) -> bool {
        self.may(&Permission::MEMBERS_MANAGE_ACCESS)
    }
    pub(crate) fn may_remove(&self) -> bool {
        self.may(&Permission::MEMBERS_REMOVE)
    }
    pub(crate) fn may_review(&self) -> bool {
        self.may(&Permission::JOIN_REQUESTS_REVIEW)
    }
    pub(crate) fn may_manage_codes(&self) -> bool {
        self.may(&Permission::EMPLOYEE_CODES_MANAGE)
    }
    /// How many requests wait, for those who may review them.
    pub(crate) fn waiting(&self) -> Option<Count> {
        self.waiting
    }
    pub(crate) fn may_see_audit(&self) -> bool {
        self.may(&Permission::AUDIT_VIEW)
    }
    pub(crate) fn may_edit(&self) -> bool {
        self.may(&Permission::ORGANIZATION_EDIT)
    }
    fn may(&self, permission: &Permission) -> bool {
        self.held.contains(permission)
    }

    /// Some whom the visitor can ask for what they lack.
    pub(crate) async fn who_can_give(&self, visit: &Visit) -> Vec<String> {
        let Ok(caller) = visit.caller() else { return Vec::new() };
        let found = visit.platform().who_can_grant(&caller, self.id()).await;
        found.map(|people| people.iter().map(|it| it.name.full()).collect()).unwrap_or_default()
    }
}

fn size() -> PageSize {
    PageSize::new(MANY).unwrap_or(PageSize::DEFAULT)
}
