//! An organization makes codes for its people, sees how they are used, and revokes them.
use std::num::NonZeroU16;

use poem_openapi::{
    OpenApi,
    registry::{MetaSchema, MetaSchemaRef, Registry},
};
use registration_domain::{
    access::Access,
    employee_code::{CodeLabel, CountedCode, EmployeeCodeId, EmployeeCodeState, RefusedTries},
    organization::OrganizationId,
    secret::Secret,
    time::Timestamp,
    use_case::{
        make_employee_codes::{MadeCode, MakeEmployeeCodes},
        revoke_employee_code::RevokeEmployeeCode,
    },
    view::{CodeFilter, EmployeeCodeView, ListedCodeState},
};
use serde_json::Value;

use super::request::{HowMany, MakeCodesRequest};
use crate::{
    body::Body,
    caller::Signed,
    csv::Csv,
    deployment::Deployment,
    etag::{Known, Tagged},
    idempotency::Retry,
    listing::{Cursor, Limit, List, Part, Query},
    organizations::Count,
    path::Path,
    reply::{Created, Done, Outcome, Read},
    shape::{Maybe, Shape, Shown, inline, reply, request},
    tag::Tag,
    time::rfc3339,
    view::Person,
};

const HEAD: [&str; 7] = ["code", "label", "uses", "expires_at", "admits", "access", "id"];

request! {
    /// Which employee codes, and which part of the list.
    pub(crate) struct CodesQuery {
        /// In this state.
        state: Option<ListedCodeState>,
        /// At most so many.
        limit: Option<Limit>,
        /// From where on: the `next_cursor` of the part before.
        cursor: Option<Cursor>,
    }
}

reply! {
    /// A secret that an organization hands to its people.
    pub(crate) struct EmployeeCode {
        /// Its id.
        id: EmployeeCodeId,
        /// What it is called.
        label: Option<CodeLabel>,
        /// The code itself: shown as it is made, and never again.
        code: Maybe<Secret>,
        /// How often it may be used; `null` is without end.
        uses: Option<u64>,
        /// How often it was used.
        used: u64,
        /// Until when it works; `null` is without end.
        expires_at: Option<Timestamp>,
        /// Whether a right one lets in at once.
        admits: bool,
        /// With how much access, or what its maker thinks of giving.
        access: Option<Access>,
        /// Whether it works.
        state: ListedCodeState,
        /// Who made it.
        made_by: Person,
        /// When it was made.
        created_at: Timestamp,
        /// When it was revoked.
        revoked_at: Option<Timestamp>,
        /// How often it was typed when it did not work, by the reason.
        refused: Refused,
    }
}

reply! {
    /// How often a code was typed when it did not work.
    pub(crate) struct Refused {
        /// It was revoked.
        revoked: u64,
        /// It had expired.
        expired: u64,
        /// It was used up.
        used_up: u64,
        /// It was typed for another organization.
        elsewhere: u64,
    }
}

reply! {
    /// The codes that were made together.
    pub(crate) struct MadeCodes {
        /// All of them.
        data: Vec<EmployeeCode>,
    }
}

/// One code, or a list of them where a count was asked for.
#[derive(Debug)]
pub(crate) enum Made {
    One(Box<EmployeeCode>),
    Many(MadeCodes),
}

pub(crate) struct EmployeeCodes(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Joining")]
impl EmployeeCodes {
    /// Make employee codes
    ///
    /// The codes are shown in this answer and never again. With `count`, the answer is a list.
    #[oai(path = "/organizations/:org/employee-codes", method = "post", operation_id = "make_employee_codes")]
    async fn make(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<MakeCodesRequest>,
    ) -> Outcome<Created<Made>> {
        let count = body.it.count;
        let command = self.command(org.0, &signed, &retry, &body);
        let made = self.0.platform().make_employee_codes(command).await?;
        let now = self.0.now();
        Ok(Created::answer(made, |made| {
            let mut shown = made.into_iter().map(|it| EmployeeCode::made(it, now)).collect::<Vec<_>>();
            match (count, shown.pop()) {
                (None, Some(one)) if shown.is_empty() => Made::One(Box::new(one)),
                (_, last) => {
                    shown.extend(last);
                    Made::Many(MadeCodes { data: shown })
                }
            }
        }))
    }

    /// Make employee codes, as a file
    ///
    /// To be printed or mailed: the same as making them, and the answer is a file of those that were just made.
    #[oai(
        path = "/organizations/:org/employee-codes.csv",
        method = "post",
        operation_id = "make_employee_codes_file"
    )]
    async fn make_file(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<MakeCodesRequest>,
    ) -> Outcome<Csv> {
        let command = self.command(org.0, &signed, &retry, &body);
        let made = self.0.platform().make_employee_codes(command).await?;
        let now = self.0.now();
        let rows = made.what.into_iter().map(|it| cells(EmployeeCode::made(it, now))).collect();
        Csv::whole("employee-codes.csv", &HEAD, rows).await
    }

    /// List employee codes
    ///
    /// Newest first.
    #[oai(path = "/organizations/:org/employee-codes", method = "get", operation_id = "list_employee_codes")]
    async fn list(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        query: Query<CodesQuery>,
    ) -> Outcome<Part<EmployeeCode>> {
        let list = List::of(&self.0, &query, signed.account());
        let page = list.page(query.it.limit, query.it.cursor.clone())?;
        let filter = CodeFilter { state: query.it.state };
        let found = self.0.platform().list_employee_codes(&signed.caller(), org.0, &filter, &page).await?;
        let now = self.0.now();
        Ok(list.part(found, |it| EmployeeCode::of(it, None, now)))
    }

    /// Count the wrong codes
    ///
    /// How often something was typed for this organization, in the last 30 days, that is none of its codes.
    #[oai(
        path = "/organizations/:org/employee-codes/wrong-count",
        method = "get",
        operation_id = "count_wrong_employee_codes"
    )]
    async fn count_wrong(&self, org: Path<OrganizationId>, signed: Signed) -> Outcome<Read<Count>> {
        let count = self.0.platform().count_wrong_codes(&signed.caller(), org.0).await?;
        Ok(Read::of(count.into()))
    }

    /// Read an employee code
    #[oai(
        path = "/organizations/:org/employee-codes/:id",
        method = "get",
        operation_id = "read_employee_code"
    )]
    async fn read(
        &self,
        org: Path<OrganizationId>,
        id: Path<EmployeeCodeId>,
        signed: Signed,
        #[oai(name = "If-None-Match")] known: Known,
    ) -> Outcome<Tagged<EmployeeCode>> {
        let found = self.0.platform().find_employee_code(&signed.caller(), org.0, id.0).await?;
        let revision = found.code.code.parts().revision;
        let shown = EmployeeCode::of(found, None, self.0.now());
        Ok(Tagged::of(revision, shown, &known, self.0.platform().fingerprints()))
    }

    /// Revoke an employee code
    ///
    /// It stops working at once. Requests that it backed stay.
    #[oai(
        path = "/organizations/:org/employee-codes/:id",
        method = "delete",
        operation_id = "revoke_employee_code"
    )]
    async fn revoke(
        &self,
        org: Path<OrganizationId>,
        id: Path<EmployeeCodeId>,
        signed: Signed,
    ) -> Outcome<Done> {
        let command = RevokeEmployeeCode { by: signed.caller(), organization: org.0, code: id.0 };
        self.0.platform().revoke_employee_code(command).await?;
        Ok(Done::new())
    }

    fn command(
        &self,
        organization: OrganizationId,
        signed: &Signed,
        retry: &Retry,
        body: &Body<MakeCodesRequest>,
    ) -> MakeEmployeeCodes {
        let once = retry.once(&self.0, Some(signed.account()), &body.bytes);
        MakeEmployeeCodes {
            by: signed.caller(),
            organization,
            terms: body.it.terms(),
            admits: body.it.admits.unwrap_or_default(),
            access: body.it.access.clone(),
            count: body.it.count.map_or(NonZeroU16::MIN, |HowMany(it)| it),
            once,
        }
    }
}

impl EmployeeCode {
    fn made(made: MadeCode, now: Timestamp) -> Self {
        let MadeCode { view, secret } = made;
        Self::of(view, Some(secret), now)
    }

    fn of(view: EmployeeCodeView, code: Option<Secret>, now: Timestamp) -> Self {
        let EmployeeCodeView { code: counted, maker } = view;
        let state = ListedCodeState::of(&counted, now);
        let CountedCode { code: it, used, refused } = counted;
        let RefusedTries { revoked, expired, used_up, elsewhere } = refused;
        let it = it.into_parts();
        let revoked_at = match it.state {
            EmployeeCodeState::Active => None,
            EmployeeCodeState::Revoked { at, by: _ } => Some(at),
        };
        Self {
            id: it.id,
            label: it.label,
            code: Maybe(code),
            uses: it.uses.map(|it| it.get().into()),
            used: used.into(),
            expires_at: it.expires_at,
            admits: it.entry.admits(),
            access: it.entry.access().cloned(),
            state,
            made_by: maker.into(),
            created_at: it.created_at,
            revoked_at,
            refused: Refused {
                revoked: revoked.into(),
                expired: expired.into(),
                used_up: used_up.into(),
                elsewhere: elsewhere.into(),
            },
        }
    }
}

fn cells(it: EmployeeCode) -> Vec<String> {
    vec![
        it.code.0.map(|it| it.expose().to_owned()).unwrap_or_default(),
        it.label.map(|it| it.to_string()).unwrap_or_default(),
        it.uses.map(|it| it.to_string()).unwrap_or_default(),
        it.expires_at.map(rfc3339).unwrap_or_default(),
        it.admits.to_string(),
        it.access.map(|it| crate::members::access_cell(&it)).unwrap_or_default(),
        it.id.to_string(),
    ]
}

impl Shown for ListedCodeState {
    fn shown(self) -> Value {
        self.key().into()
    }
}

impl Shape for Made {
    fn schema() -> MetaSchemaRef {
        let one_of = vec![EmployeeCode::schema(), MadeCodes::schema()];
        inline(MetaSchema { one_of, ..MetaSchema::ANY })
    }
    fn register(registry: &mut Registry) {
        EmployeeCode::register(registry);
        MadeCodes::register(registry);
    }
}
impl Shown for Made {
    fn shown(self) -> Value {
        match self {
            Self::One(it) => it.shown(),
            Self::Many(it) => it.shown(),
        }
    }
}
