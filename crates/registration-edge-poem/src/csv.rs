//! A file for spreadsheets (RFC 4180) is streamed part by part, and nothing in it is a formula.
use futures_util::{Stream, stream};
use poem::{
    Body, IntoResponse, Response,
    http::{HeaderValue, header},
};

/// What it is sent as.
pub const MEDIA_TYPE: &str = "text/csv; charset=utf-8";

/// A file, on its way to the client.
#[derive(Debug)]
pub struct CsvFile {
    name: &'static str,
    body: Body,
}

/// Rows, and from where on the next ones are read; nowhere after the last.
pub type Part<Row, At> = (Vec<Row>, Option<At>);

impl CsvFile {
    /// The rows of a list, part by part, each read when the client has taken the one before. What is refused before
    /// the first row is told, and what is refused later cuts the file short, visibly.
    ///
    /// # Errors
    /// Why the first part could not be read.
    pub async fn stream<Row, At, Fetch, Fetched, Cells, Refused>(
        name: &'static str,
        head: Vec<String>,
        fetch: Fetch,
        cells: Cells,
    ) -> Result<Self, Refused>
    where
        Row: Send + 'static,
        At: Send + 'static,
        Fetch: Fn(Option<At>) -> Fetched + Send + Sync + 'static,
        Fetched: Future<Output = Result<Part<Row, At>, Refused>> + Send + 'static,
        Cells: Fn(Row) -> Vec<String> + Send + Sync + 'static,
        Refused: 'static,
    {
        let first = fetch(None).await?;
        let parts = parts(Next::Rows(line(head), first), fetch, cells);
        Ok(Self { name, body: Body::from_bytes_stream(parts) })
    }
}

/// Where a file is: the rows at hand, or from where on the next ones are read.
enum Next<Row, At> {
    Rows(String, Part<Row, At>),
    From(At),
}

fn parts<Row, At, Fetch, Fetched, Cells, Refused>(
    first: Next<Row, At>,
    fetch: Fetch,
    cells: Cells,
) -> impl Stream<Item = Result<String, std::io::Error>> + Send
where
    Row: Send + 'static,
    At: Send + 'static,
    Fetch: Fn(Option<At>) -> Fetched + Send + Sync + 'static,
    Fetched: Future<Output = Result<Part<Row, At>, Refused>> + Send + 'static,
    Cells: Fn(Row) -> Vec<String> + Send + Sync + 'static,
    Refused: 'static,
{
    stream::try_unfold((Some(first), fetch, cells), move |(next, fetch, cells)| async move {
        let (mut text, (rows, at)) = match next {
            None => return Ok(None),
            Some(Next::Rows(head, part)) => (head, part),
            Some(Next::From(at)) => match fetch(Some(at)).await {
                Ok(part) => (String::new(), part),
                Err(_) => return Err(std::io::Error::other("the rest of the file could not be read")),
            },
        };
        text.extend(rows.into_iter().map(|row| line(cells(row))));
        Ok(Some((text, (at.map(Next::From), fetch, cells))))
    })
}

fn line(cells: Vec<String>) -> String {
    let cells: Vec<_> = cells.into_iter().map(|it| cell(&it)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A spreadsheet takes what begins with these for a formula, and quotes do not stop it; an apostrophe does.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']);
    let safe = if is_formula { format!("'{text}") } else { text.to_owned() };
    if safe.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

impl IntoResponse for CsvFile {
    fn into_response(self) -> Response {
        let file = format!("attachment; filename=\"{}\"", self.name);
        let answer = Response::builder().content_type(MEDIA_TYPE).body(self.body);
        match HeaderValue::from_str(&file) {
            Ok(file) => answer.with_header(header::CONTENT_DISPOSITION, file).into_response(),
            Err(_) => answer,
        }
    }
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
