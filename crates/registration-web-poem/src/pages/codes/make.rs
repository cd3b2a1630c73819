//! Codes are shown where they are made, this once; the same form sent again shows the same ones, and as a file.
use std::num::{NonZeroU16, NonZeroU32};

use askama::Template;
use poem::{IntoResponse, handler, http::StatusCode, web::Path};
use registration_domain::{
    employee_code::{CodeLabel, CodeTerms},
    platform::VerbError,
    receipt::Once,
    time::DAY,
    use_case::make_employee_codes::{MOST, MadeCode, MakeCodesRefusal, MakeEmployeeCodes},
};
use registration_edge_poem::csv::CsvFile;

use super::{label, opens, require};
use crate::{
    access::{self, Choice},
    failure::Failure,
    form::{Filled, Form},
    pages::organization::invite::at_choice,
    place::Place,
    shell::{Answer, Shell, page, page_with},
    visit::Visit,
    words::Phrase,
};

/// For how many days a code can be made to work; for ever without one of these.
const TERMS: [u32; 5] = [1, 7, 30, 90, 365];

/// All fields but those that every form has, in their order: by these the same wish is known again.
const FIELDS: [&str; 8] = ["label", "count", "uses", "expires", "entry", "access", "role", "permission"];

#[derive(Template)]
#[template(path = "codes/make.html")]
struct Page<'a> {
    shell: Shell<'a>,
    choice: Choice,
    filled: Filled,
    terms: [u32; 5],
    most: u16,
}

#[derive(Template)]
#[template(path = "codes/made.html")]
struct Made<'a> {
    shell: Shell<'a>,
    codes: Vec<String>,
    label: String,
    opens: Phrase,
    expires: Option<String>,
    address: String,
    kept: Vec<(String, String)>,
}

/// `GET /o/{org}/employee-codes/new`.
#[handler]
pub(crate) async fn show(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    let form = Form::default().set("count", "1").set("uses", "1").set("expires", "30").set("entry", "review");
    page(&own_page(&visit, &place, visit.filled(&form)))
}

/// `POST /o/{org}/employee-codes/new`.
#[handler]
pub(crate) async fn submit(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    let mut filled = Filled::of(visit.form());
    let Some(command) = read(&visit, &place, &mut filled)? else {
        return refused(&visit, &place, filled);
    };
    match visit.platform().make_employee_codes(command).await {
        Ok(made) if visit.form().has("csv") => file(&visit, made.what).await,
        Ok(made) => shown(&visit, &place, &made.what),
        Err(VerbError::Refused(MakeCodesRefusal::Fields(faults))) => {
            for fault in &faults {
                let of_form = ["count", "expires_at"].contains(&fault.field.as_ref());
                filled.refuse(visit.words(), &if of_form { fault.clone() } else { at_choice(fault) });
            }
            refused(&visit, &place, filled)
        }
        Err(error) => Err(error.into()),
    }
}

fn read(visit: &Visit, place: &Place, filled: &mut Filled) -> Result<Option<MakeEmployeeCodes>, Failure> {
    let form = visit.form();
    let label = filled.take_if_any(visit.words(), "label", CodeLabel::parse);
    let count = form.value("count").trim().parse().ok().filter(|it: &NonZeroU16| it.get() <= MOST);
    if count.is_none() {
        filled.phrase("count", &visit.t("fault-count").count("most", usize::from(MOST)));
    }
    let uses = match form.value("uses").trim() {
        "" => None,
        text => {
            let uses = text.parse::<NonZeroU32>().ok();
            if uses.is_none() {
                filled.phrase("uses", &visit.t("fault-uses"));
            }
            uses
        }
    };
    let days = form.value("expires").parse::<u32>().ok().filter(|it| TERMS.contains(it));
    let admits = form.value("entry") == "admit";
    let access = if admits { access::read(visit, filled, form, choice(visit, place).first()) } else { None };
    let (Some(count), false) = (count, filled.is_faulty()) else { return Ok(None) };
    Ok(Some(MakeEmployeeCodes {
        by: visit.caller()?,
        organization: place.id(),
        terms: CodeTerms { label, uses, expires_at: days.map(|it| visit.now().plus(DAY * it)) },
        admits,
        access,
        count,
        once: once(visit, place),
    }))
}

/// By what is wished for alone, so that the page and its file are one wish.
fn once(visit: &Visit, place: &Place) -> Option<Once> {
    let key = Some(visit.form().value("form_key")).filter(|it| !it.is_empty() && it.len() <= 64)?;
    let caller = visit.who()?.account.id().to_string();
    let mut wish = form_urlencoded::Serializer::new(place.id().to_string());
    for (name, value) in wished(visit.form()) {
        wish.append_pair(&name, &value);
    }
    Some(visit.platform().once(Some(&caller), "make-employee-codes", key, wish.finish().as_bytes()))
}

fn wished(form: &Form) -> Vec<(String, String)> {
    form.fields().iter().filter(|(name, _)| FIELDS.contains(&name.as_str())).cloned().collect()
}

fn shown(visit: &Visit, place: &Place, made: &[MadeCode]) -> Answer {
    let Some(first) = made.first() else { return Err(Failure::Internal) };
    let key = if made.len() == 1 { "code-made-title" } else { "codes-made-title" };
    let title = visit.t(key).count("count", made.len());
    let mut kept = wished(visit.form());
    kept.push(("form_key".into(), visit.form().value("form_key").to_owned()));
    kept.push(("csrf".into(), visit.csrf_token()));
    page(&Made {
        shell: Shell::new(visit, title).at(Some(place), "requests"),
        codes: made.iter().map(|it| it.secret.expose().to_owned()).collect(),
        label: label(visit, &first.view),
        opens: opens(visit, &first.view),
        expires: first.view.code.code.parts().expires_at.map(|at| visit.moment(at).to_string()),
        address: visit.platform().settings().public_url.to(&format!("/join/{}", place.id())),
        kept,
    })
}

/// To print, or to mail one by one.
async fn file(visit: &Visit, made: Vec<MadeCode>) -> Answer {
    let head = ["join-code", "label-code-label", "column-code-expires", "column-code-where"];
    let head = head.map(|it| visit.t(it).to_string()).into();
    let visit = visit.clone();
    let words = visit.clone();
    let rows = std::sync::Mutex::new(Some(made));
    let fetch = move |_: Option<()>| {
        let rows = rows.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take().unwrap_or_default();
        async move { Ok::<_, Failure>((rows, None)) }
    };
    let cells = move |it: MadeCode| {
        let parts = it.view.code.code.parts();
        let expires = parts.expires_at.map(|at| words.moment(at).to_string()).unwrap_or_default();
        let address = words.platform().settings().public_url.to(&format!("/join/{}", parts.organization));
        vec![it.secret.expose().to_owned(), label(&words, &it.view), expires, address]
    };
    Ok(CsvFile::stream("employee-codes.csv", head, fetch, cells).await?.into_response())
}

/// A code makes nobody an Owner.
fn choice(visit: &Visit, place: &Place) -> Choice {
    Choice { owner: false, ..Choice::of(visit, place) }
}

fn refused(visit: &Visit, place: &Place, filled: Filled) -> Answer {
    let filled =
        filled.in_order(&["label", "count", "uses", "expires_at", "access-all", "access-chosen", "role"]);
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &own_page(visit, place, filled))
}

fn own_page<'a>(visit: &'a Visit, place: &'a Place, filled: Filled) -> Page<'a> {
    let shell = Shell::new(visit, visit.t("code-make-title")).at(Some(place), "requests");
    let shell = shell.faulty(filled.is_faulty());
    Page { shell, choice: choice(visit, place), filled, terms: TERMS, most: MOST }
}
