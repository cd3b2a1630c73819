//! The members of an organization as a file.
use std::sync::Arc;

use registration_domain::{
    access::Access,
    organization::OrganizationId,
    permission::Permission,
    session::Caller,
    view::{MemberFilter, MemberView},
};

use crate::{
    csv::{Asked, Csv},
    deployment::Deployment,
    reply::Outcome,
    time::rfc3339,
    view::Member,
};

const HEAD: [&str; 9] = [
    "email",
    "username",
    "first_name",
    "last_name",
    "access",
    "last_sign_in_at",
    "joined_at",
    "joined_by",
    "id",
];

/// Everybody whom the filter lets through.
pub(super) async fn members(
    of: &Deployment,
    by: Caller,
    organization: OrganizationId,
    filter: MemberFilter,
) -> Outcome<Csv> {
    let asked = Asked { deployment: of.clone(), by, organization, filter };
    let fetch = |asked: Arc<Asked<MemberFilter>>, page| async move {
        let Asked { deployment, by, organization, filter } = &*asked;
        Ok(deployment.platform().list_members(by, *organization, filter, &page).await?)
    };
    Csv::stream("members.csv", &HEAD, asked, fetch, cells).await
}

fn cells(view: MemberView) -> Vec<String> {
    let Member { id, account, access, last_sign_in_at, joined_at, joined_by, .. } = view.into();
    vec![
        account.email.to_string(),
        account.username.to_string(),
        account.first_name.to_string(),
        account.last_name.to_string(),
        access_cell(&access),
        last_sign_in_at.map(rfc3339).unwrap_or_default(),
        rfc3339(joined_at),
        joined_by.map(|it| it.email.to_string()).unwrap_or_default(),
        id.to_string(),
    ]
}

/// As bulk invites write it: `all`, `role:KEY`, or keys with spaces between.
pub(crate) fn access_cell(access: &Access) -> String {
    match access {
        Access::Owner => "owner".into(),
        Access::All => "all".into(),
        Access::Role(key) => format!("role:{key}"),
        Access::Chosen(keys) => keys.iter().map(Permission::key).collect::<Vec<_>>().join(" "),
    }
}
