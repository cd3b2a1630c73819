//! What was decided in an organization, by whom, about whom, when and from where.
use std::sync::Arc;

use poem_openapi::OpenApi;
use registration_domain::{
    account::AccountId,
    audit::{Action, AuditEventId},
    organization::OrganizationId,
    session::{Caller, Origin},
    time::Timestamp,
    view::{AuditFilter, AuditView},
};

use crate::{
    caller::Signed,
    csv::{Asked, Csv},
    deployment::Deployment,
    listing::{Cursor, Limit, List, Needle, Part, Query},
    path::Path,
    reply::Outcome,
    shape::{reply, request},
    tag::Tag,
    time::rfc3339,
    view::Person,
};

request! {
    /// Which lines of the log, and which part of them.
    pub(crate) struct AuditQuery {
        /// Of this action.
        action: Option<Action>,
        /// By this account.
        actor: Option<AccountId>,
        /// About whatever is called just so, such as an address: `subject.label`.
        about: Option<Needle>,
        /// Not before.
        since: Option<Timestamp>,
        /// Before.
        until: Option<Timestamp>,
        /// At most so many.
        limit: Option<Limit>,
        /// From where on: the `next_cursor` of the part before.
        cursor: Option<Cursor>,
    }
}

request! {
    /// Which lines of the log.
    pub(crate) struct AuditFileQuery {
        /// Of this action.
        action: Option<Action>,
        /// By this account.
        actor: Option<AccountId>,
        /// About whatever is called just so, such as an address: `subject.label`.
        about: Option<Needle>,
        /// Not before.
        since: Option<Timestamp>,
        /// Before.
        until: Option<Timestamp>,
    }
}

reply! {
    /// A line of the log.
    pub(crate) struct AuditEvent {
        /// Its id.
        id: AuditEventId,
        /// When.
        at: Timestamp,
        /// What was decided, such as `invitation.sent`.
        action: String,
        /// By whom; nobody where only the holder of a link is known.
        actor: Option<Person>,
        /// From which network address.
        address: Origin,
        /// About what.
        subject: Subject,
        /// What was so before, where something changed.
        before: Option<String>,
        /// What is so now, or the reason that was given.
        after: Option<String>,
    }
}

reply! {
    /// What a line of the log is about.
    pub(crate) struct Subject {
        /// What kind of thing, such as `invitation`.
        kind: String,
        /// Which.
        id: String,
        /// What people call it: an address or a name.
        label: String,
    }
}

pub(crate) struct Audit(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Audit")]
impl Audit {
    /// Read the audit log
    ///
    /// Newest first.
    #[oai(path = "/organizations/:org/audit-events", method = "get", operation_id = "list_audit_events")]
    async fn list(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        query: Query<AuditQuery>,
    ) -> Outcome<Part<AuditEvent>> {
        let list = List::of(&self.0, &query, signed.account());
        let page = list.page(query.it.limit, query.it.cursor.clone())?;
        let AuditQuery { action, actor, about, since, until, .. } = &query.it;
        let about = about.as_ref().map(|it| it.0.clone());
        let filter = AuditFilter { action: *action, actor: *actor, about, since: *since, until: *until };
        let found = self.0.platform().list_audit_events(&signed.caller(), org.0, &filter, &page).await?;
        Ok(list.part(found, Into::into))
    }

    /// The audit log as a file
    ///
    /// RFC 4180, in UTF-8; what a spreadsheet would take for a formula begins with an apostrophe.
    #[oai(
        path = "/organizations/:org/audit-events.csv",
        method = "get",
        operation_id = "export_audit_events"
    )]
    async fn export(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        query: Query<AuditFileQuery>,
    ) -> Outcome<Csv> {
        let AuditFileQuery { action, actor, about, since, until } = query.it;
        let filter = AuditFilter { action, actor, about: about.map(|it| it.0), since, until };
        file(&self.0, signed.caller(), org.0, filter).await
    }
}

const HEAD: [&str; 9] =
    ["at", "action", "actor", "address", "subject_kind", "subject_id", "subject", "before", "after"];

async fn file(
    of: &Deployment,
    by: Caller,
    organization: OrganizationId,
    filter: AuditFilter,
) -> Outcome<Csv> {
    let asked = Asked { deployment: of.clone(), by, organization, filter };
    let fetch = |asked: Arc<Asked<AuditFilter>>, page| async move {
        let Asked { deployment, by, organization, filter } = &*asked;
        Ok(deployment.platform().list_audit_events(by, *organization, filter, &page).await?)
    };
    Csv::stream("audit-events.csv", &HEAD, asked, fetch, cells).await
}

fn cells(view: AuditView) -> Vec<String> {
    let AuditEvent { id: _, at, action, actor, address, subject, before, after } = view.into();
    vec![
        rfc3339(at),
        action,
        actor.map(|it| it.email.to_string()).unwrap_or_default(),
        address.0.unwrap_or_default(),
        subject.kind,
        subject.id,
        subject.label,
        before.unwrap_or_default(),
        after.unwrap_or_default(),
    ]
}

impl From<AuditView> for AuditEvent {
    fn from(view: AuditView) -> Self {
        let AuditView { event: it, actor } = view;
        Self {
            id: it.id,
            at: it.at,
            action: it.action.key().to_owned(),
            actor: actor.map(Into::into),
            address: it.origin,
            subject: Subject {
                kind: it.subject.kind.key().to_owned(),
                id: it.subject.id.to_string(),
                label: it.label,
            },
            before: it.before,
            after: it.after,
        }
    }
}
