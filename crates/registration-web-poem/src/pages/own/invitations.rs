//! What waits for the visitor's own address is opened without its mail; whoever opens it has accepted nothing.
use poem::{handler, web::Path};
use registration_domain::{
    invitation::InvitationId,
    page::{Page, PageSize},
    view::InvitationView,
};

use crate::{
    failure::Failure,
    shell::Answer,
    visit::{self, Cookie, Visit, see_other},
};

/// An invitation that nobody has answered yet.
pub(crate) struct Waiting {
    pub(crate) id: InvitationId,
    pub(crate) organization: String,
}

/// `GET /start/invitations/{id}`: leads where its mailed link would.
#[handler]
pub(crate) async fn open(visit: Visit, Path(id): Path<String>) -> Answer {
    let token = visit.platform().own_invitation_token(&visit.caller()?, visit::id(&id)?).await?;
    visit.send(Cookie::invitation(&token));
    Ok(see_other("/invitation"))
}

/// Those of the visitor's address, the newest first.
pub(super) async fn waiting(visit: &Visit) -> Result<Vec<Waiting>, Failure> {
    let found =
        visit.platform().list_own_invitations(&visit.caller()?, &Page::first(PageSize::DEFAULT)).await?;
    let named = |it: InvitationView| Waiting {
        id: it.invitation.id(),
        organization: it.organization.parts().name.to_string(),
    };
    Ok(found.rows.into_iter().map(named).collect())
}
