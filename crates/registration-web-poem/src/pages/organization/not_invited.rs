//! Why an address is not invited, and the way on from there.
use registration_domain::{
    email::Email,
    membership::MembershipState,
    page::{Page as Part, PageSize},
    platform::VerbError,
    refusal::Refusal as _,
    text::fold,
    time::Timestamp,
    use_case::invite::InviteRefusal,
    view::{MemberFilter, MemberOrder, MemberView},
};

use crate::{listing, place::Place, visit::Visit, words::Phrase};

/// An address that is not invited, why, and what can be done about it.
pub(super) struct Row {
    pub(super) email: String,
    pub(super) words: Phrase,
    pub(super) resend: Option<String>,
    pub(super) step: Option<(Phrase, String)>,
    /// It is no address, and can be mended where it stands.
    pub(super) is_unsound: bool,
}

/// Why an address is not invited, and the way on: who is a member already is led to, and what was sent already is
/// sent again.
pub(super) async fn refused_row(
    visit: &Visit,
    place: &Place,
    email: &str,
    error: &VerbError<InviteRefusal>,
) -> Row {
    let code = error.code();
    let words = visit.t(format!("refusal-{code}"));
    let mut row = Row { email: email.to_owned(), words, resend: None, step: None, is_unsound: false };
    if let VerbError::Spent { until, .. } = error {
        row.words = row.words.with("until", visit.moment(until));
    }
    if let VerbError::Refused(InviteRefusal::AlreadyInvited(id)) = error {
        row.resend = Some(place.path(&format!("invitations/{id}/resend")));
        if let Ok(caller) = visit.caller()
            && let Ok(found) = visit.platform().find_invitation(&caller, place.id(), *id).await
        {
            let day = visit.moment(found.invitation.newest_link_at()).day();
            let words = visit.t("already-invited-on").with("day", day);
            row.words = words.with("who", found.inviter.name.full());
        }
    }
    if code == "already_member" {
        let member = find_by_email(visit, place, email, false).await;
        let path = member.map(|it| format!("users/{}/permissions", it.membership.id()));
        let may_change = place.may_manage_access();
        row.step = Some(match path.filter(|_| may_change) {
            Some(path) => (visit.t("manage-permissions"), place.path(&path)),
            None => (visit.t("open-member"), listing::query(&place.path("users"), &[("q", email)])),
        });
    }
    row
}

/// When somebody with this address left last, for those who may see it.
pub(super) async fn left_at(visit: &Visit, place: &Place, email: &str) -> Option<Timestamp> {
    match find_by_email(visit, place, email, true).await?.membership.parts().state {
        MembershipState::Removed { at, .. } => Some(at),
        MembershipState::Active => None,
    }
}

/// The member with this address, or who was one last, for those who may see it.
async fn find_by_email(visit: &Visit, place: &Place, email: &str, removed: bool) -> Option<MemberView> {
    let caller = visit.caller().ok().filter(|_| place.may_view_members())?;
    let filter = MemberFilter { query: Some(fold(email)), removed, order: MemberOrder::JoinedReversed };
    let part = Part::first(PageSize::DEFAULT);
    let found = visit.platform().list_members(&caller, place.id(), &filter, &part).await.ok()?;
    let email = Email::parse(email).ok()?;
    found.rows.into_iter().find(|it| it.account.parts().email.is_same_mailbox(&email))
}

/// What is no address.
pub(super) fn unsound(visit: &Visit, text: &str) -> Row {
    Row {
        email: text.to_owned(),
        words: visit.t("fault-invalid_email"),
        resend: None,
        step: None,
        is_unsound: true,
    }
}
