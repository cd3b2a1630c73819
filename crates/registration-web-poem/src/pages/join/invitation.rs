//! Whoever is invited already is led to the invitation, as the link in their mail would lead them.
use poem::{handler, web::Path};

use crate::{
    shell::Answer,
    visit::{self, Cookie, Visit, see_other},
};

/// `GET /join/invitations/{id}`. Nothing is accepted by it.
#[handler]
pub(crate) async fn open(visit: Visit, Path(id): Path<String>) -> Answer {
    let token = visit.platform().own_invitation_token(&visit.caller()?, visit::id(&id)?).await?;
    visit.send(Cookie::invitation(&token));
    Ok(see_other("/invitation"))
}
