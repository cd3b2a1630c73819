//! All that is stored about the visitor, as one file, streamed as it is read.
use futures_util::{Stream, stream};
use poem::{
    Body, Response, handler,
    http::{HeaderValue, header},
};
use registration_domain::{
    export::{Bookmark, Entry, Item, Part},
    time::Timestamp,
};
use serde_json::{Map, Value};

use crate::{failure::Failure, visit::Visit};

/// `GET /me/export`.
#[handler]
pub(crate) async fn download(visit: Visit) -> Result<Response, Failure> {
    let first = visit.platform().export_part(&visit.caller()?, Bookmark::START).await?;
    let head = format!("{{\"exported_at\":{}", time(visit.now()));
    let file = HeaderValue::from_static("attachment; filename=\"my-data.json\"");
    Ok(Response::builder()
        .content_type("application/json")
        .header(header::CONTENT_DISPOSITION, file)
        .body(Body::from_bytes_stream(parts(visit, head, first))))
}

/// What is at hand and was not written, and where the rest is.
enum At {
    Hand(String, Part),
    Behind(Bookmark),
}

fn parts(
    visit: Visit,
    head: String,
    first: Part,
) -> impl Stream<Item = Result<String, std::io::Error>> + Send {
    let start = Some(At::Hand(head, first));
    stream::try_unfold((start, visit), |(at, visit)| async move {
        let cut = |()| std::io::Error::other("the rest of the file could not be read");
        let (mut text, part) = match at {
            None => return Ok(None),
            Some(At::Hand(head, part)) => (head, part),
            Some(At::Behind(bookmark)) => {
                let caller = visit.caller().map_err(|_| cut(()))?;
                let read = visit.platform().export_part(&caller, bookmark).await;
                (String::new(), read.map_err(|_| cut(()))?)
            }
        };
        text.push_str(&written(&part));
        let next = part.next.map(At::Behind);
        if next.is_none() {
            text.push_str("}\n");
        }
        Ok(Some((text, (next, visit))))
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
        Item::Time(at) => time(*at),
    }
}

fn time(at: Timestamp) -> Value {
    let at = chrono::DateTime::from_timestamp_micros(at.micros()).unwrap_or_default();
    at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true).into()
}
