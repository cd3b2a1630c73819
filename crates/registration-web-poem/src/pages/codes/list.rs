//! The codes of an organization, with how often each was used and refused. None of them is shown again.
use askama::Template;
use poem::{handler, web::Path};
use registration_domain::{
    count::Count,
    view::{CodeFilter, EmployeeCodeView, ListedCodeState},
};

use super::{label, opens, require};
use crate::{
    listing,
    place::Place,
    shell::{Answer, Shell, page},
    visit::Visit,
    words::Phrase,
};

#[derive(Template)]
#[template(path = "codes/list.html")]
struct Page<'a> {
    shell: Shell<'a>,
    rows: Vec<Row>,
    wrong: Option<Phrase>,
    next: Option<String>,
    first: Option<String>,
}

struct Row {
    revoke: Option<String>,
    label: String,
    maker: String,
    made: String,
    uses: Phrase,
    expires: Option<String>,
    opens: Phrase,
    state: Phrase,
    class: &'static str,
    refused: Vec<Phrase>,
}

/// `GET /o/{org}/employee-codes`.
#[handler]
pub(crate) async fn show(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    let (caller, part) = (visit.caller()?, listing::part(&visit)?);
    let found =
        visit.platform().list_employee_codes(&caller, place.id(), &CodeFilter::default(), &part).await?;
    let wrong = visit.platform().count_wrong_codes(&caller, place.id()).await?;
    let (next, first) = (listing::next(&visit, &found)?, listing::first(&visit));
    let rows = found.rows.iter().map(|it| Row::of(&visit, &place, it)).collect();
    let shell = Shell::new(&visit, visit.t("codes-title")).at(Some(&place), "requests");
    page(&Page { shell, rows, wrong: wrong_codes(&visit, wrong), next, first })
}

/// What is wrong counts for the organization, as it is none of its codes.
fn wrong_codes(visit: &Visit, count: Count) -> Option<Phrase> {
    let number = usize::try_from(count.number()).unwrap_or(usize::MAX);
    (number > 0).then(|| visit.t("codes-wrong").count("count", number))
}

impl Row {
    fn of(visit: &Visit, place: &Place, it: &EmployeeCodeView) -> Self {
        let (parts, state) = (it.code.code.parts(), ListedCodeState::of(&it.code, visit.now()));
        let used = usize::try_from(it.code.used).unwrap_or(usize::MAX);
        let uses = match parts.uses {
            Some(most) => visit.t("code-uses-of").with("used", used).with("most", most),
            None => visit.t("code-uses").count("used", used),
        };
        Self {
            revoke: (state != ListedCodeState::Revoked)
                .then(|| place.path(&format!("employee-codes/{}/revoke", parts.id))),
            label: label(visit, it),
            maker: it.maker.name.full(),
            made: visit.moment(parts.created_at).day(),
            uses,
            expires: parts.expires_at.map(|at| visit.moment(at).to_string()),
            opens: opens(visit, it),
            state: visit.t(format!("code-state-{}", state.key())),
            class: match state {
                ListedCodeState::Active => "ok",
                ListedCodeState::UsedUp | ListedCodeState::Expired => "",
                ListedCodeState::Revoked => "bad",
            },
            refused: refused(visit, it),
        }
    }
}

fn refused(visit: &Visit, it: &EmployeeCodeView) -> Vec<Phrase> {
    let tries = it.code.refused;
    let each = [
        ("code-refused-revoked", tries.revoked),
        ("code-refused-expired", tries.expired),
        ("code-refused-used-up", tries.used_up),
        ("code-refused-elsewhere", tries.elsewhere),
    ];
    let each = each.into_iter().filter(|(_, count)| *count > 0);
    each.map(|(key, count)| visit.t(key).count("count", usize::try_from(count).unwrap_or(usize::MAX)))
        .collect()
}
