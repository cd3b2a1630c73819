//! Every code that a client can be told, with its anchor.
use registration_http_poem::{Code, problem_table};

use crate::page::{Page, code};

pub(crate) fn page() -> String {
    let mut page = Page::new(
        "Problem codes",
        "Every answer from 400 on is `application/problem+json` (RFC 9457). Its `code` is one of these words and never \
         changes; titles and details may. `type` leads to the same text on a running server, at `/problems/CODE`.",
    );
    let (whole, fields): (Vec<&Code>, Vec<&Code>) =
        problem_table().iter().partition(|it| it.status.is_some());
    page.heading(2, "Of a whole request");
    let statuses = whole.iter().map(|it| [it.status.map_or(String::new(), |it| it.to_string()), linked(it)]);
    page.table(&["status", "code"], statuses.collect::<Vec<_>>());
    for it in whole {
        let status = it.status.map_or(String::new(), |it| format!(" Status {it}."));
        page.heading(3, it.code).add(format_args!("**{}.**{status} {}", it.title, it.meaning));
        page.add(format_args!("*What to do:* {}", it.remedy));
    }
    page.heading(2, "Of single fields");
    page.add(
        "These stand in `errors` of a `validation_failed`, all at once, each with the `pointer` to its field in the body.",
    );
    for it in fields {
        page.heading(3, it.code).add(format_args!("**{}.** {}", it.title, it.meaning));
        page.add(format_args!("*What to do:* {}", it.remedy));
    }
    page.end()
}

fn linked(it: &Code) -> String {
    format!("[{}](#{})", code(it.code), it.code)
}
