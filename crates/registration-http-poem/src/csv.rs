//! A file for spreadsheets is streamed part by part, and nothing in it is a formula.
use futures_util::{Stream, stream};
use poem::{
    Body, IntoResponse, Response,
    http::{HeaderValue, header},
};
use poem_openapi::{
    ApiResponse,
    registry::{MetaMediaType, MetaResponses, Registry},
};
use registration_domain::page::{Listing, Page, PageSize, Position};

use crate::{
    problem::Problem,
    reply::{Outcome, described},
    shape::Shape,
};

const MEDIA_TYPE: &str = "text/csv; charset=utf-8";

/// A file (RFC 4180), on its way to the client.
#[derive(Debug)]
pub(crate) struct Csv {
    name: &'static str,
    body: Body,
}

impl Csv {
    /// The rows of a list, part by part. Who may see them is asked anew for each part; what is refused
    /// before the first row is told, and what is refused later cuts the file short, visibly.
    pub(crate) async fn stream<Row, Fetch, Fetched>(
        name: &'static str,
        head: &[&str],
        fetch: Fetch,
        cells: fn(Row) -> Vec<String>,
    ) -> Outcome<Self>
    where
        Row: Send + 'static,
        Fetch: Fn(Page) -> Fetched + Send + Sync + 'static,
        Fetched: Future<Output = Result<Listing<Row>, Problem>> + Send + 'static,
    {
        let first = fetch(page(None)).await?;
        let head = line(head.iter().map(|&it| it.to_owned()));
        let body = Body::from_bytes_stream(parts(head, first, fetch, cells));
        Ok(Self { name, body })
    }
}

/// Where a file is: the rows at hand, or behind which position the next ones begin.
enum At<Row> {
    Rows(String, Listing<Row>),
    Behind(Position),
}

fn parts<Row, Fetch, Fetched>(
    head: String,
    first: Listing<Row>,
    fetch: Fetch,
    cells: fn(Row) -> Vec<String>,
) -> impl Stream<Item = Result<String, std::io::Error>> + Send
where
    Row: Send + 'static,
    Fetch: Fn(Page) -> Fetched + Send + Sync + 'static,
    Fetched: Future<Output = Result<Listing<Row>, Problem>> + Send + 'static,
{
    let start = Some(At::Rows(head, first));
    stream::try_unfold((start, fetch), move |(at, fetch)| async move {
        let (mut text, found) = match at {
            None => return Ok(None),
            Some(At::Rows(head, rows)) => (head, rows),
            Some(At::Behind(position)) => match fetch(page(Some(position))).await {
                Ok(rows) => (String::new(), rows),
                Err(_) => return Err(std::io::Error::other("the rest of the file could not be read")),
            },
        };
        text.extend(found.rows.into_iter().map(|row| line(cells(row))));
        Ok(Some((text, (found.next.map(At::Behind), fetch))))
    })
}

fn page(after: Option<Position>) -> Page {
    Page { size: PageSize::new(100).unwrap_or(PageSize::DEFAULT), after }
}

fn line(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<_> = cells.into_iter().map(|it| cell(&it)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A spreadsheet takes what begins with these for a formula, and quotes do not stop it; an apostrophe does.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']);
    let safe = if is_formula { format!("'{text}") } else { text.to_owned() };
    if safe.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

impl IntoResponse for Csv {
    fn into_response(self) -> Response {
        let file = format!("attachment; filename=\"{}\"", self.name);
        let answer = Response::builder().content_type(MEDIA_TYPE).body(self.body);
        match HeaderValue::from_str(&file) {
            Ok(file) => answer.with_header(header::CONTENT_DISPOSITION, file).into_response(),
            Err(_) => answer,
        }
    }
}

impl ApiResponse for Csv {
    fn meta() -> MetaResponses {
        let content = vec![MetaMediaType { content_type: MEDIA_TYPE, schema: String::schema() }];
        let mut file = described(200, content);
        file.description = "The file, with a line of headings.";
        MetaResponses { responses: vec![file] }
    }
    fn register(_: &mut Registry) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_must_be() {
        assert_eq!(cell("Acme"), "Acme");
        assert_eq!(cell("Acme, Inc."), "\"Acme, Inc.\"");
        assert_eq!(cell("the \"one\""), "\"the \"\"one\"\"\"");
        assert_eq!(cell("two\nlines"), "\"two\nlines\"");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1"] {
            let cell = cell(text);
            assert!(cell.trim_start_matches('"').starts_with('\''), "{cell:?}");
        }
        assert_eq!(cell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
    }
}
