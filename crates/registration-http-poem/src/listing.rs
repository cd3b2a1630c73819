//! A list is read part by part; where the next part begins is sealed, and of use for this very list only.
mod query;
mod values;

use poem::{
    IntoResponse, Response,
    http::{HeaderValue, header},
};
use poem_openapi::{
    ApiResponse,
    registry::{MetaHeader, MetaMediaType, MetaResponses, MetaSchema, MetaSchemaRef, Registry},
};
use registration_domain::{
    account::AccountId,
    page::{Listing, Page, PageSize, Position},
};
use registration_edge_poem::FieldProblem;
use serde_json::{Value, json};

pub(crate) use query::{Parameters, Query};
pub(crate) use values::{Flag, MemberState, Needle};

use crate::{
    body::{Field, Json, Reading},
    deployment::Deployment,
    problem::Problem,
    reply::described,
    shape::{Shape, Shown, inline},
};

/// How many rows a part has: 1 to 100, and 25 where nothing is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit(PageSize);

/// Where a part begins, as the part before said.
#[derive(Debug, Clone)]
pub(crate) struct Cursor(String);

/// A part of a list, on its way to the client.
#[derive(Debug)]
pub(crate) struct Part<T> {
    data: Vec<T>,
    next_cursor: Option<String>,
    link: Option<String>,
}

/// Whose list this is, and of what: a cursor opens for the same one only.
#[derive(Debug)]
pub(crate) struct List<'a> {
    deployment: &'a Deployment,
    target: &'a query::Target,
    scope: Vec<u8>,
}

impl<T> Part<T> {
    /// A list that is never so long that it would be parted.
    pub(crate) fn whole(data: Vec<T>) -> Self {
        Self { data, next_cursor: None, link: None }
    }
}

impl<'a> List<'a> {
    /// The list that this query asks for, as this caller sees it.
    pub(crate) fn of<T>(deployment: &'a Deployment, query: &'a Query<T>, caller: AccountId) -> Self {
        let target = &query.target;
        // Each part says how long it is, so that no two lists have one scope.
        let parts = [target.path.clone(), caller.to_string(), target.filter()];
        let scope =
            parts.iter().flat_map(|it| [it.len().to_string().as_str(), ":", it].concat().into_bytes());
        Self { deployment, target, scope: scope.collect() }
    }

    /// Which part of it was asked for.
    ///
    /// # Errors
    /// A cursor that is none of this list's.
    pub(crate) fn page(&self, limit: Option<Limit>, cursor: Option<Cursor>) -> Result<Page, Problem> {
        let size = limit.map_or(PageSize::DEFAULT, |it| it.0);
        let Some(Cursor(sealed)) = cursor else { return Ok(Page::first(size)) };
        let opened = self.deployment.platform().cursors().open_cursor(&self.scope, &sealed);
        let after = opened.as_deref().and_then(Position::from_bytes).ok_or_else(|| {
            let (pointer, code) = ("#/cursor".to_owned(), "malformed".to_owned());
            let detail = Some("this cursor is none of this list; begin without one".to_owned());
            Problem::fields(vec![FieldProblem { pointer, code, detail }])
        })?;
        Ok(Page { size, after: Some(after) })
    }

    /// The part as it is shown, with the way to the next.
    pub(crate) fn part<Row, T>(&self, found: Listing<Row>, show: impl FnMut(Row) -> T) -> Part<T> {
        let next_cursor = found.next.as_ref().map(|it| self.seal(it));
        let settings = self.deployment.platform().settings();
        let link = next_cursor.as_ref().map(|it| settings.public_url.to(&self.target.with_cursor(it)));
        Part { data: found.rows.into_iter().map(show).collect(), next_cursor, link }
    }

    fn seal(&self, next: &Position) -> String {
        self.deployment.platform().cursors().seal_cursor(&self.scope, &next.to_bytes())
    }
}

impl Shape for Limit {
    fn schema() -> MetaSchemaRef {
        let (minimum, maximum) = (Some(1.0), Some(100.0));
        let default = Some(PageSize::DEFAULT.rows().into());
        inline(MetaSchema { minimum, maximum, default, ..MetaSchema::new("integer") })
    }
}
impl Field for Limit {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let text = reading.text(json)?;
        let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        let size = text.parse().ok().filter(|_| is_number).and_then(PageSize::new);
        size.map(Self).or_else(|| reading.fault("malformed", "the limit is a number from 1 to 100"))
    }
}

impl Shape for Cursor {
    fn schema() -> MetaSchemaRef {
        String::schema()
    }
}
impl Field for Cursor {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        reading.text(json).map(Self)
    }
}

impl<T: Shown> IntoResponse for Part<T>
where
    T: Send,
{
    fn into_response(self) -> Response {
        let body: Value = json!({ "data": self.data.shown(), "next_cursor": self.next_cursor });
        let answer = Response::builder().content_type("application/json").body(body.to_string());
        let link = self.link.and_then(|it| HeaderValue::from_str(&format!("<{it}>; rel=\"next\"")).ok());
        match link {
            Some(link) => answer.with_header(header::LINK, link).into_response(),
            None => answer,
        }
    }
}

impl<T: Shown + Send> ApiResponse for Part<T> {
    fn meta() -> MetaResponses {
        let schema = inline(MetaSchema {
            required: vec!["data", "next_cursor"],
            properties: vec![("data", Vec::<T>::schema()), ("next_cursor", Option::<String>::schema())],
            ..MetaSchema::new("object")
        });
        let content = vec![MetaMediaType { content_type: "application/json", schema }];
        let mut part = described(200, content);
        part.description = "A part of the list, in order.";
        part.headers.push(MetaHeader {
            name: "Link".into(),
            description: Some("Where the next part is, with `rel=\"next\"` (RFC 8288).".into()),
            required: false,
            deprecated: false,
            schema: String::schema(),
        });
        MetaResponses { responses: vec![part] }
    }
    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}
