//! A list as a file: the same question as the list itself, asked part by part.
use std::sync::Arc;

use poem::{IntoResponse, Response};
use poem_openapi::{
    ApiResponse,
    registry::{MetaMediaType, MetaResponses, Registry},
};
use registration_domain::{
    organization::OrganizationId,
    page::{Listing, Page, PageSize},
    session::Caller,
};
use registration_edge_poem::csv::{CsvFile, MEDIA_TYPE};

use crate::{
    deployment::Deployment,
    problem::Problem,
    reply::{Outcome, described},
    shape::Shape,
};

/// A file, on its way to the client.
#[derive(Debug)]
pub(crate) struct Csv(CsvFile);

/// A list of an organization, as somebody asks for it.
pub(crate) struct Asked<Filter> {
    pub(crate) deployment: Deployment,
    pub(crate) by: Caller,
    pub(crate) organization: OrganizationId,
    pub(crate) filter: Filter,
}

impl Csv {
    /// All rows of a list. Who may see them is asked anew for each part.
    pub(crate) async fn stream<Filter, Row, Fetch, Fetched>(
        name: &'static str,
        head: &[&str],
        asked: Asked<Filter>,
        fetch: Fetch,
        cells: fn(Row) -> Vec<String>,
    ) -> Outcome<Self>
    where
        Filter: Send + Sync + 'static,
        Row: Send + 'static,
        Fetch: Fn(Arc<Asked<Filter>>, Page) -> Fetched + Send + Sync + 'static,
        Fetched: Future<Output = Result<Listing<Row>, Problem>> + Send + 'static,
    {
        let asked = Arc::new(asked);
        let size = PageSize::new(100).unwrap_or(PageSize::DEFAULT);
        let fetch = move |after| {
            let part = fetch(Arc::clone(&asked), Page { size, after });
            async move { part.await.map(|it| (it.rows, it.next)) }
        };
        let head = head.iter().map(|&it| it.to_owned()).collect();
        Ok(Self(CsvFile::stream(name, head, fetch, cells).await?))
    }

    /// The rows at hand, and no others.
    pub(crate) async fn whole(name: &'static str, head: &[&str], rows: Vec<Vec<String>>) -> Outcome<Self> {
        let rows = Arc::new(rows);
        let fetch = move |_: Option<()>| {
            let rows = Arc::clone(&rows);
            async move { Ok::<_, Problem>((rows.to_vec(), None)) }
        };
        let head = head.iter().map(|&it| it.to_owned()).collect();
        Ok(Self(CsvFile::stream(name, head, fetch, |row| row).await?))
    }
}

impl From<CsvFile> for Csv {
    fn from(file: CsvFile) -> Self {
        Self(file)
    }
}

impl IntoResponse for Csv {
    fn into_response(self) -> Response {
        self.0.into_response()
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
