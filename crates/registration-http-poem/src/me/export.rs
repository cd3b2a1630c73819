//! All that is stored about the caller, as one file, streamed as it is read.
use futures_util::{Stream, stream};
use poem::{
    Body, IntoResponse, Response,
    http::{HeaderValue, header},
};
use poem_openapi::{
    ApiResponse, OpenApi,
    registry::{MetaMediaType, MetaResponses, MetaSchema, MetaSchemaRef, Registry},
};
use registration_domain::{
    export::{Bookmark, Entry, Item, Part, Section},
    session::Caller,
};
use serde_json::{Map, Value};

use crate::{
    caller::Signed,
    deployment::Deployment,
    reply::{Outcome, described},
    shape::inline,
    tag::Tag,
    time::rfc3339,
};

const MEDIA_TYPE: &str = "application/json";

/// The file, on its way to the client.
#[derive(Debug)]
pub(crate) struct ExportFile(Body);

pub(crate) struct Export(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Me")]
impl Export {
    /// All that is stored about me, to take along
    ///
    /// My account, memberships, invitations, join requests, notifications, sessions, sign-ins and audit events: one
    /// JSON object with a list for each section, streamed; a file that does not end with `}` was cut short.
    /// Sections and facts may be added. It holds no secret, and of others only what the caller was shown.
    #[oai(path = "/me/export", method = "get", operation_id = "export_my_data")]
    async fn export(&self, signed: Signed) -> Outcome<ExportFile> {
        let caller = signed.caller();
        let first = self.0.platform().export_part(&caller, Bookmark::START).await?;
        let head = format!("{{\"exported_at\":{}", Value::from(rfc3339(self.0.now())));
        Ok(ExportFile(Body::from_bytes_stream(parts(self.0.clone(), caller, head, first))))
    }
}

/// What is at hand and was not written, and where the rest is.
enum At {
    Hand(String, Part),
    Behind(Bookmark),
}

fn parts(
    of: Deployment,
    caller: Caller,
    head: String,
    first: Part,
) -> impl Stream<Item = Result<String, std::io::Error>> + Send {
    let start = Some(At::Hand(head, first));
    stream::try_unfold((start, of, caller), |(at, of, caller)| async move {
        let (mut text, part) = match at {
            None => return Ok(None),
            Some(At::Hand(head, part)) => (head, part),
            Some(At::Behind(bookmark)) => match of.platform().export_part(&caller, bookmark).await {
                Ok(part) => (String::new(), part),
                Err(_) => return Err(std::io::Error::other("the rest of the file could not be read")),
            },
        };
        text.push_str(&written(&part));
        let next = part.next.map(At::Behind);
        if next.is_none() {
            text.push_str("}\n");
        }
        Ok(Some((text, (next, of, caller))))
    })
}

/// The entries of a part, within the list of their section.
fn written(part: &Part) -> String {
    let mut text = if part.is_first { format!(",\n\"{}\":[", part.section.key()) } else { ",".to_owned() };
    text.push_str(&part.entries.iter().map(entry).collect::<Vec<_>>().join(",\n"));
    if part.is_last() {
        text.push(']');
    }
    text
}

fn entry(entry: &Entry) -> String {
    let items = entry.items().iter().map(|(name, item)| ((*name).to_owned(), value(item)));
    Value::Object(items.collect::<Map<_, _>>()).to_string()
}

fn value(item: &Item) -> Value {
    match item {
        Item::Nothing => Value::Null,
        Item::Text(text) => text.as_str().into(),
        Item::Flag(it) => (*it).into(),
        Item::Time(at) => rfc3339(*at).into(),
    }
}

impl IntoResponse for ExportFile {
    fn into_response(self) -> Response {
        let file = HeaderValue::from_static("attachment; filename=\"my-data.json\"");
        Response::builder().content_type(MEDIA_TYPE).header(header::CONTENT_DISPOSITION, file).body(self.0)
    }
}

impl ApiResponse for ExportFile {
    fn meta() -> MetaResponses {
        let reference = MetaSchemaRef::Reference("OwnData".into());
        let content = vec![MetaMediaType { content_type: MEDIA_TYPE, schema: reference }];
        let mut file = described(200, content);
        file.description = "The file.";
        MetaResponses { responses: vec![file] }
    }
    fn register(registry: &mut Registry) {
        registry.create_schema::<Self, _>("OwnData".into(), |_| {
            let entry =
                MetaSchema { description: Some("Facts by their names."), ..MetaSchema::new("object") };
            let list = MetaSchema { items: Some(Box::new(inline(entry))), ..MetaSchema::new("array") };
            let time = inline(MetaSchema::new_with_format("string", "date-time"));
            let sections = Section::ALL.map(|it| (it.key(), inline(list.clone())));
            MetaSchema {
                description: Some("All that is stored about the caller, a list for each section."),
                required: ["exported_at"].into_iter().chain(Section::ALL.map(Section::key)).collect(),
                properties: [("exported_at", time)].into_iter().chain(sections).collect(),
                ..MetaSchema::new("object")
            }
        });
    }
}
