//! What concerns the caller alone: who they are, where they belong, and what they were told.
mod email_changes;
mod export;
mod notifications;

use poem_openapi::OpenApi;
use registration_domain::{
    account,
    account::AccountId,
    email::Email,
    locale::Locale,
    membership::MembershipId,
    person_name::NamePart,
    platform::VerbError,
    time::Timestamp,
    time_zone::TimeZone,
    use_case::{
        authenticate::NotSignedIn,
        change_details::{ChangeDetails, Details},
    },
    username::Username,
};

use crate::{
    body::Body,
    caller::Signed,
    deployment::Deployment,
    etag::{Changed, Known, MayRestOn, Tagged},
    listing::{Cursor, Limit, List, Part, Query},
    path::Path,
    reply::{Done, Outcome},
    shape::{reply, request},
    tag::Tag,
    view::{Account, AccountWord, Membership},
};

pub(crate) use email_changes::EmailChanges;
pub(crate) use export::Export;
pub(crate) use notifications::Notifications;

request! {
    /// Which part of a list.
    pub(crate) struct PartQuery {
        /// At most so many.
        limit: Option<Limit>,
        /// From where on: the `next_cursor` of the part before.
        cursor: Option<Cursor>,
    }
}

request! {
    /// What is to be changed; what is left out stays as it is.
    pub(crate) struct ChangeDetailsRequest {
        /// The name to sign in with.
        username: Option<Username>,
        /// The first name.
        first_name: Option<NamePart>,
        /// The last name.
        last_name: Option<NamePart>,
        /// The language of mails and pages.
        locale: Option<Locale>,
        /// The zone in which pages tell the time, by its name in the IANA database.
        time_zone: Option<TimeZone>,
    }
}

reply! {
    /// One's own account.
    pub(crate) struct OwnAccount {
        /// Its id.
        id: AccountId,
        /// The verified address that mail goes to.
        email: Email,
        /// The name to sign in with.
        username: Username,
        /// The first name.
        first_name: NamePart,
        /// The last name.
        last_name: NamePart,
        /// Whether it can be used.
        state: AccountWord,
        /// When it was made.
        created_at: Timestamp,
        /// The language of its mails and pages; the platform's where none was chosen.
        locale: Option<Locale>,
        /// The zone in which its pages tell the time; UTC where none was chosen.
        time_zone: Option<TimeZone>,
    }
}

pub(crate) struct Me(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Me")]
#[expect(clippy::unused_async, reason = "the framework takes asynchronous handlers only")]
impl Me {
    /// Who am I
    #[oai(path = "/me", method = "get", operation_id = "read_me")]
    async fn read(
        &self,
        signed: Signed,
        #[oai(name = "If-None-Match")] known: Known,
    ) -> Outcome<Tagged<OwnAccount>> {
        let account = &signed.0.account;
        let fingerprints = self.0.platform().fingerprints();
        Ok(Tagged::of(account.parts().revision, account.into(), &known, fingerprints))
    }

    /// Change my details
    ///
    /// With `If-Match` only as long as nobody changed them meanwhile.
    #[oai(path = "/me", method = "patch", operation_id = "change_my_details")]
    async fn change(
        &self,
        signed: Signed,
        #[oai(name = "If-Match")] rests_on: MayRestOn,
        body: Body<ChangeDetailsRequest>,
    ) -> Outcome<Changed<OwnAccount>> {
        let ChangeDetailsRequest { username, first_name, last_name, locale, time_zone } = body.it;
        let details = Details { username, first_name, last_name, locale, time_zone };
        let command = ChangeDetails { by: signed.caller(), details, seen: rests_on.revision() };
        let changed = self.0.platform().change_details(command).await?;
        let (revision, fingerprints) = (changed.parts().revision, self.0.platform().fingerprints());
        Ok(Changed::of(revision, (&changed).into(), fingerprints))
    }

    /// Where do I belong
    #[oai(path = "/me/memberships", method = "get", operation_id = "list_my_memberships")]
    async fn memberships(&self, signed: Signed, query: Query<PartQuery>) -> Outcome<Part<Membership>> {
        let list = List::of(&self.0, &query, signed.account());
        let page = list.page(query.it.limit, query.it.cursor.clone())?;
        let found = self.0.platform().list_memberships(&signed.caller(), &page).await;
        let found = found.map_err(VerbError::<NotSignedIn>::from)?;
        Ok(list.part(found, Into::into))
    }

    /// Leave an organization
    ///
    /// The last Owner cannot leave.
    #[oai(path = "/me/memberships/:id", method = "delete", operation_id = "leave")]
    async fn leave(&self, id: Path<MembershipId>, signed: Signed) -> Outcome<Done> {
        self.0.platform().leave(&signed.caller(), id.0).await?;
        Ok(Done::new())
    }
}

impl From<&account::Account> for OwnAccount {
    fn from(account: &account::Account) -> Self {
        let (locale, time_zone) = (account.parts().locale.clone(), account.parts().time_zone.clone());
        let Account { id, email, username, first_name, last_name, state, created_at } = account.into();
        Self { id, email, username, first_name, last_name, state, created_at, locale, time_zone }
    }
}
