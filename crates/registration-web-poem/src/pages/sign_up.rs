//! A person signs up by themselves: one form, then the code that was mailed. The browser knows its sign-up by a
//! sealed cookie.
pub(crate) mod change;
mod ended;
pub(crate) mod form;
pub(crate) mod resend;
mod typo;
pub(crate) mod verify;

use registration_domain::{
    id::Id,
    secret::Secret,
    sign_up::{SignUp, SignUpId},
};
use uuid::Uuid;

use crate::{failure::Failure, visit::Visit};

/// What somebody wants to do once they have an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Next {
    /// To look around.
    #[default]
    Start,
    /// To join an organization.
    Join,
    /// To create one.
    Create,
}

/// The sign-up that this browser began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Begun {
    pub(super) id: SignUpId,
    pub(crate) next: Next,
}

/// A cookie of another use opens for no sign-up.
const SCOPE: &[u8] = b"sign-up cookie";

impl Next {
    const ALL: [Self; 3] = [Self::Start, Self::Join, Self::Create];

    /// To look around, for any other word.
    pub(crate) fn parse(key: &str) -> Self {
        Self::ALL.into_iter().find(|it| it.key() == key).unwrap_or_default()
    }
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Join => "join",
            Self::Create => "create",
        }
    }
    /// Where that is.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Start => "/",
            Self::Join => "/join",
            Self::Create => "/organizations/new",
        }
    }
    /// Where whoever confirmed their address signs in, and goes on from.
    pub(super) fn sign_in_path(self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        format!("/sign-in?{}", query.append_pair("return_to", self.path()).finish())
    }
}

impl Begun {
    /// As the value of a cookie.
    pub(super) fn sealed(self, visit: &Visit) -> Secret {
        let position = [self.id.uuid().as_bytes(), self.next.key().as_bytes()].concat();
        Secret::new(visit.platform().cursors().seal_cursor(SCOPE, &position))
    }
    /// What this browser began, if it did.
    pub(crate) fn of(visit: &Visit) -> Option<Self> {
        let position = visit.platform().cursors().open_cursor(SCOPE, visit.sign_up()?.expose())?;
        let (id, next) = position.split_at_checked(16)?;
        let next = Next::parse(std::str::from_utf8(next).ok()?);
        Some(Self { id: Id::new(Uuid::from_slice(id).ok()?), next })
    }
    /// As it is now; nothing once it was forgotten.
    pub(crate) async fn found(visit: &Visit) -> Result<Option<(Self, SignUp)>, Failure> {
        let Some(begun) = Self::of(visit) else { return Ok(None) };
        Ok(visit.platform().find_sign_up(begun.id).await?.map(|it| (begun, it)))
    }
}
