//! What clients send about joining, from both sides.
use std::num::{NonZeroU16, NonZeroU32};

use poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry};
use registration_domain::{
    access::Access,
    employee_code::{CodeLabel, CodeTerms},
    join_request::JoinRequestId,
    secret::Secret,
    time::Timestamp,
    use_case::{ask_to_join::Brings, decide_join_request::Decision, make_employee_codes::MOST},
    view::{ListedCodeState, ListedRequestState},
};
use registration_edge_poem::FieldProblem;

use crate::{
    body::{Field, Json, MayBeEmpty, Reading, Words, one_of},
    listing::{Cursor, Limit},
    problem::Problem,
    shape::{Shape, inline, request, words},
};

request! {
    /// How somebody asks to join: by approval or by their address at a domain that the organization has verified, with a
    /// note perhaps, or with an employee code.
    pub(crate) struct AskRequest {
        /// How.
        method: MethodWord,
        /// With `approval` and `email_domain`: who they are, and who knows them there.
        note: Words,
        /// With `employee_code`: the code. Capitals, spaces and dashes do not matter.
        code: Option<Secret>,
    }
}

request! {
    /// Which join requests, and which part of the list.
    pub(crate) struct RequestsQuery {
        /// In this state.
        state: Option<ListedRequestState>,
        /// At most so many.
        limit: Option<Limit>,
        /// From where on: the `next_cursor` of the part before.
        cursor: Option<Cursor>,
    }
}

request! {
    /// With how much access somebody comes in.
    pub(crate) struct ApproveRequest {
        /// How much they may do; nobody gives more than they hold.
        access: Access,
    }
}

request! {
    /// Why somebody does not come in.
    pub(crate) struct RejectRequest {
        /// For the requester.
        reason: Words,
    }
}

impl MayBeEmpty for RejectRequest {}

request! {
    /// Which join requests are decided, and how.
    pub(crate) struct DecideRequest {
        /// 1 to 100 of them, each once.
        items: Items,
    }
}

request! {
    /// One of them.
    pub(crate) struct DecideItem {
        /// Which.
        id: JoinRequestId,
        /// How.
        decision: DecisionWord,
        /// With `approve`: how much they may do.
        access: Option<Access>,
        /// With `reject`: why, for the requester.
        reason: Words,
    }
}

request! {
    /// What employee codes are to be like.
    pub(crate) struct MakeCodesRequest {
        /// What they are called, for the organization.
        label: Label,
        /// How often each may be used; without end where nothing is said.
        uses: Option<Uses>,
        /// Until when they work; without end where nothing is said.
        expires_at: Option<Timestamp>,
        /// Whether a right one lets in at once; else it backs a join request.
        admits: Option<bool>,
        /// With how much access: required with `admits`, else proposed to whoever reviews.
        access: Option<Access>,
        /// How many are made; where it is given, the answer is a list.
        count: Option<HowMany>,
    }
}

/// How somebody asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MethodWord {
    Approval,
    EmployeeCode,
    EmailDomain,
}

/// How somebody decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DecisionWord {
    Approve,
    Reject,
}

/// A label that may be left out, or be nothing but white space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label(pub(crate) Option<CodeLabel>);

/// How often a code may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Uses(NonZeroU32);

/// How many codes are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HowMany(pub(crate) NonZeroU16);

/// What is decided at once.
#[derive(Debug)]
pub(crate) struct Items(Vec<DecideItem>);

const MOST_USES: u32 = 1_000_000;
const MOST_ITEMS: usize = 100;

impl AskRequest {
    /// What somebody brings.
    pub(super) fn brings(self) -> Result<Brings, Problem> {
        let Self { method, note, code } = self;
        match (method, code) {
            (MethodWord::Approval, None) => Ok(Brings::Note(note.0)),
            (MethodWord::EmailDomain, None) => Ok(Brings::EmailDomain(note.0)),
            (MethodWord::Approval | MethodWord::EmailDomain, Some(_)) => {
                Err(fault("#/code", "malformed", "a code goes with employee_code"))
            }
            (MethodWord::EmployeeCode, None) => Err(fault("#/code", "required", "this field is required")),
            (MethodWord::EmployeeCode, Some(_)) if note.0.is_some() => {
                Err(fault("#/note", "malformed", "a note goes with approval and email_domain"))
            }
            (MethodWord::EmployeeCode, Some(code)) => Ok(Brings::Code(code)),
        }
    }
}

impl DecideRequest {
    /// Each of them, or all that is wrong with any.
    pub(super) fn items(self) -> Result<Vec<(JoinRequestId, Decision)>, Problem> {
        let mut faults = Vec::new();
        let mut decided = Vec::new();
        for (at, item) in self.items.0.into_iter().enumerate() {
            let DecideItem { id, decision, access, reason } = item;
            let at = |field: &str| format!("#/items/{at}/{field}");
            match (decision, access, reason.0) {
                (DecisionWord::Approve, Some(access), None) => {
                    decided.push((id, Decision::Approve { access }));
                }
                (DecisionWord::Approve, None, _) => {
                    faults.push(field(at("access"), "required", "this field is required"));
                }
                (DecisionWord::Approve, Some(_), Some(_)) => {
                    faults.push(field(at("reason"), "malformed", "a reason goes with reject"));
                }
                (DecisionWord::Reject, None, reason) => decided.push((id, Decision::Reject { reason })),
                (DecisionWord::Reject, Some(_), _) => {
                    faults.push(field(at("access"), "malformed", "an access goes with approve"));
                }
            }
        }
        if faults.is_empty() { Ok(decided) } else { Err(Problem::fields(faults)) }
    }
}

impl MakeCodesRequest {
    /// What holds for each code.
    pub(super) fn terms(&self) -> CodeTerms {
        CodeTerms {
            label: self.label.0.clone(),
            uses: self.uses.map(|Uses(it)| it),
            expires_at: self.expires_at,
        }
    }
}

fn fault(pointer: &str, code: &str, detail: &str) -> Problem {
    Problem::fields(vec![field(pointer.to_owned(), code, detail)])
}

fn field(pointer: String, code: &str, detail: &str) -> FieldProblem {
    FieldProblem { pointer, code: code.to_owned(), detail: Some(detail.to_owned()) }
}

macro_rules! chosen {
    ($($name:ident { $($key:literal => $variant:ident),* })*) => {$(
        impl Shape for $name {
            fn schema() -> MetaSchemaRef {
                words([$($key),*])
            }
        }
        impl Field for $name {
            fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
                let word = reading.text(json)?;
                let known = [$(($key, Self::$variant)),*].into_iter().find(|(it, _)| *it == word);
                one_of(known.map(|(_, it)| it), [$($key),*], reading)
            }
        }
    )*};
}

chosen! {
    MethodWord { "approval" => Approval, "employee_code" => EmployeeCode, "email_domain" => EmailDomain }
    DecisionWord { "approve" => Approve, "reject" => Reject }
}

macro_rules! listed {
    ($($name:ident),*) => {$(
        impl Shape for $name {
            fn schema() -> MetaSchemaRef {
                words(Self::ALL.iter().map(|it| it.key()))
            }
        }
        impl Field for $name {
            fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
                let key = reading.text(json)?;
                one_of(Self::parse(&key), Self::ALL.iter().map(|it| it.key()), reading)
            }
        }
    )*};
}

listed!(ListedRequestState, ListedCodeState);

impl Shape for Label {
    fn schema() -> MetaSchemaRef {
        inline(MetaSchema { nullable: true, max_length: Some(100), ..MetaSchema::new("string") })
    }
}
impl Field for Label {
    const REQUIRED: bool = false;

    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let text = reading.text(json)?;
        reading.parsed(CodeLabel::parse(&text)).map(Self)
    }
    fn absent(_: &mut Reading<'_>) -> Option<Self> {
        Some(Self(None))
    }
}

fn number(json: &Json, most: u32, reading: &mut Reading<'_>) -> Option<u32> {
    let known = match json {
        Json::Integer(number) => u32::try_from(*number).ok().filter(|it| (1..=most).contains(it)),
        Json::Fraction(_) => None,
        Json::Null | Json::Bool(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => {
            return reading.wrong_type("an integer", json);
        }
    };
    known.or_else(|| reading.fault("malformed", format!("this is a whole number, 1 to {most}")))
}

fn numbers(most: u32) -> MetaSchemaRef {
    let maximum = Some(f64::from(most));
    inline(MetaSchema { minimum: Some(1.0), maximum, ..MetaSchema::new("integer") })
}

impl Shape for Uses {
    fn schema() -> MetaSchemaRef {
        numbers(MOST_USES)
    }
}
impl Field for Uses {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        number(&json, MOST_USES, reading).and_then(NonZeroU32::new).map(Self)
    }
}

impl Shape for HowMany {
    fn schema() -> MetaSchemaRef {
        numbers(MOST.into())
    }
}
impl Field for HowMany {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let number = number(&json, MOST.into(), reading)?;
        u16::try_from(number).ok().and_then(NonZeroU16::new).map(Self)
    }
}

impl Shape for Items {
    fn schema() -> MetaSchemaRef {
        let items = Some(Box::new(DecideItem::schema()));
        let (min_items, max_items) = (Some(1), Some(MOST_ITEMS));
        inline(MetaSchema { items, min_items, max_items, ..MetaSchema::new("array") })
    }
    fn register(registry: &mut Registry) {
        DecideItem::register(registry);
    }
}
impl Field for Items {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let Json::List(items) = json else { return reading.wrong_type("a list", &json) };
        if !(1..=MOST_ITEMS).contains(&items.len()) {
            return reading.fault("malformed", format!("1 to {MOST_ITEMS} are decided at once"));
        }
        let read = items
            .into_iter()
            .enumerate()
            .map(|(at, item)| reading.below(&at.to_string(), |reading| DecideItem::read(item, reading)));
        // All of them are read before the first fault ends it.
        let read: Vec<_> = read.collect();
        read.into_iter().collect::<Option<Vec<_>>>().map(Self)
    }
}
