//! Signed in as somebody else, the invitee changes the account and keeps the invitation.
use poem::handler;

use super::sign_in::end_session;
use crate::{
    shell::Answer,
    visit::{Cookie, Visit, see_other},
};

/// `POST /invitation/switch`.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    end_session(&visit).await?;
    visit.send(Cookie::end_session());
    Ok(see_other("/invitation"))
}
