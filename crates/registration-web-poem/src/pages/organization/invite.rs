//! Inviting asks whom and with which access; one address is invited at once, several after a look at them.
use askama::Template;
use poem::{handler, http::StatusCode, web::Path};
use registration_domain::{
    access::Access,
    email::Email,
    invitation::{Offer, Purpose, Term},
    locale::Locale,
    note::Note,
    platform::VerbError,
    refusal::FieldFault,
    use_case::invite::{Invite, InviteRefusal},
};

use super::{
    addresses::Addresses,
    invite_many::{check, results},
    not_invited::{left_at, refused_row},
};
use crate::{
    access::{self, Choice},
    failure::Failure,
    form::{Filled, Form},
    place::Place,
    shell::{Answer, Shell, page, page_with},
    visit::{Notice, Visit, see_other},
    words::Words,
};

/// So many addresses go into one form; for more there is the bulk invite.
const MOST: usize = 100;
const ORDER: [&str; 6] = ["emails", "access-all", "access-chosen", "role", "message", "expires"];

#[derive(Template)]
#[template(path = "organization/invite.html")]
struct Page<'a> {
    shell: Shell<'a>,
    choice: Choice,
    filled: Filled,
    terms: [usize; 5],
    term: String,
    languages: Vec<Words>,
}

/// What is asked for, taken.
pub(super) struct Wish {
    pub(super) addresses: Addresses,
    pub(super) access: Access,
    pub(super) note: Option<Note>,
    pub(super) term: Term,
    pub(super) locale: Option<Locale>,
}

/// `GET /o/{org}/users/invite`.
#[handler]
pub(crate) async fn show(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    let query = visit.query();
    let form = Form::default().set("emails", query.value("email")).set("access", query.value("access"));
    page(&form_page(&visit, &place, visit.filled(&form)))
}

/// `POST /o/{org}/users/invite`.
#[handler]
pub(crate) async fn submit(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    if visit.form().has("edit") {
        let whole = visit.form().with("emails", visit.form().value("all"));
        return page(&form_page(&visit, &place, Filled::of(&whole)));
    }
    let (mut filled, wish) = read(&visit, &place);
    let Some(wish) = wish else { return refused(&visit, &place, filled) };
    let [only] = wish.addresses.sound.as_slice() else { return check(&visit, &place, &wish).await };
    if visit.form().has("check") || !wish.addresses.unsound.is_empty() {
        return check(&visit, &place, &wish).await;
    }
    let mut command = wish.command(&visit, &place, only)?;
    command.once = visit.once("invite");
    match visit.platform().invite(command).await {
        Ok(invited) => {
            let expires_at = visit.moment(invited.what.invitation.parts().expires_at);
            let notice = match left_at(&visit, &place, only.as_str()).await {
                Some(at) => Notice::of("notice-invited-again").with("day", visit.moment(at).day()),
                None => Notice::of("notice-invited"),
            };
            visit.tell(notice.with("email", only).with("when", expires_at));
            Ok(see_other(&place.path("users?tab=pending")))
        }
        Err(VerbError::Refused(InviteRefusal::Fields(faults))) => {
            for fault in &faults {
                filled.refuse(visit.words(), &at_choice(fault));
            }
            refused(&visit, &place, filled)
        }
        Err(VerbError::Refused(InviteRefusal::NotPermitted(why))) => {
            Err(VerbError::<InviteRefusal>::Refused(why.into()).into())
        }
        Err(error) => {
            let row = refused_row(&visit, &place, only.as_str(), &error).await;
            results(&visit, &place, Vec::new(), vec![row])
        }
    }
}

/// All addresses of the form: the page that checks them has a field for each that is to be mended.
pub(super) fn pasted(form: &Form) -> String {
    format!("{}\n{}", form.value("emails"), mended(form))
}

/// What stands in those fields.
pub(super) fn mended(form: &Form) -> String {
    form.values("mended").collect::<Vec<_>>().join("\n")
}

/// What the form asks for, or what is wrong with it.
pub(super) fn read(visit: &Visit, place: &Place) -> (Filled, Option<Wish>) {
    let (form, words) = (visit.form(), visit.words());
    let mut filled = Filled::of(form);
    let addresses = Addresses::read(&pasted(form));
    match (addresses.sound.len(), addresses.unsound.first()) {
        (0, None) => filled.phrase("emails", &visit.t("fault-emails-required")),
        (0, Some(_)) => filled.phrase("emails", &visit.t("fault-invalid_email")),
        (MOST.., _) => filled.phrase("emails", &visit.t("fault-emails-too-many").count("max", MOST)),
        (1..MOST, _) => {}
    }
    let first = Choice::of(visit, place).first();
    let access = access::read(visit, &mut filled, form, first);
    let note = filled.take_if_any(words, "message", Note::parse);
    let default = visit.platform().settings().lifetimes.invitation;
    let term = form.value("expires").parse().ok().and_then(|it| Term::days(it).ok()).unwrap_or(default);
    let locale = Locale::parse(form.value("language")).ok();
    let wish = match access {
        Some(access) if !filled.is_faulty() => Some(Wish { addresses, access, note, term, locale }),
        _ => None,
    };
    (filled, wish)
}

impl Wish {
    /// To invite one of the addresses.
    pub(super) fn command(&self, visit: &Visit, place: &Place, email: &Email) -> Result<Invite, Failure> {
        let (note, locale) = (self.note.clone(), self.locale.clone());
        let offer = Offer { email: email.clone(), purpose: Purpose::Member, term: self.term, note, locale };
        let (by, organization, access) = (visit.caller()?, place.id(), self.access.clone());
        Ok(Invite { by, organization, offer, access, once: None })
    }
}

pub(super) fn refused(visit: &Visit, place: &Place, filled: Filled) -> Answer {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &form_page(visit, place, filled.in_order(&ORDER)))
}

/// Where the verb names a part of the access, the page has its choice.
pub(crate) fn at_choice(fault: &FieldFault) -> FieldFault {
    let field = if fault.field.ends_with("role") { "role" } else { "access-chosen" };
    FieldFault { field: field.into(), ..fault.clone() }
}

fn form_page<'a>(visit: &'a Visit, place: &'a Place, filled: Filled) -> Page<'a> {
    let shell =
        Shell::new(visit, visit.t("invite-title")).at(Some(place), "users").faulty(filled.is_faulty());
    let default = visit.platform().settings().lifetimes.invitation.in_days().to_string();
    let term = Some(filled.value("expires").to_owned()).filter(|it| !it.is_empty()).unwrap_or(default);
    let (choice, languages) = (Choice::of(visit, place), Words::all().collect());
    Page { shell, choice, filled, terms: [1, 3, 7, 14, 30], term, languages }
}

/// The page itself needs what the verb will ask for.
pub(super) fn require(place: &Place) -> Result<(), Failure> {
    let missing = registration_domain::permission::Permission::MEMBERS_INVITE;
    if place.may_invite() {
        return Ok(());
    }
    Err(Failure::Forbidden { code: "permission_missing", missing: Some(missing), exceeded: Vec::new() })
}
