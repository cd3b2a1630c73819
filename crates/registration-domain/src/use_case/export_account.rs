//! Whoever wants to take their data along gets all of it, part by part, and nothing of others but what they saw.
mod entries;
mod own;

use crate::{
    account::Account,
    audit::Action,
    export::{Bookmark, Entry, Part, Section},
    invitation::Invitation,
    page::{Listing, Page, PageSize},
    platform::{Platform, VerbError},
    port::{Moment, PortError},
    session::Caller,
    settings::Lifetimes,
    time::Timestamp,
    use_case::authenticate::NotSignedIn,
    view::{Involved, SignInFilter},
};

impl Platform {
    /// A part of all that is stored about the caller, from a bookmark on. Each part is as it is when it is read.
    ///
    /// # Errors
    /// [`NotSignedIn`] where the account can be used no more, or what every verb may meet.
    pub async fn export_part(&self, by: &Caller, from: Bookmark) -> Result<Part, VerbError<NotSignedIn>> {
        let Bookmark { section, after } = from;
        let is_first = after.is_none();
        let page = Page { size: PageSize::new(100).unwrap_or(PageSize::DEFAULT), after };
        let moment = self.ports.reads.moment().await?;
        let account = moment.account(by.account).await?.filter(Account::is_active);
        let account = account.ok_or(VerbError::Refused(NotSignedIn))?;
        let now = self.ports.clock.now();
        let of = Of { account: &account, lifetimes: &self.settings.lifetimes, now };
        let listing = read(&*moment, of, section, &page).await?;
        let next = match listing.next {
            Some(position) => Some(Bookmark { section, after: Some(position) }),
            None => section.next().map(|section| Bookmark { section, after: None }),
        };
        Ok(Part { section, is_first, entries: listing.rows, next })
    }

    /// When the caller did this last, among their newest acts; nothing where that is longer ago.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn last_own_act(&self, by: &Caller, what: Action) -> Result<Option<Timestamp>, PortError> {
        let (moment, page) = (self.ports.reads.moment().await?, Page::first(PageSize::DEFAULT));
        let newest = moment.audit_events_of(by.account, Involved::Acting, &page).await?;
        Ok(newest.rows.into_iter().find(|it| it.event.action == what).map(|it| it.event.at))
    }
}

/// Of whom, and as of when.
#[derive(Clone, Copy)]
struct Of<'a> {
    account: &'a Account,
    lifetimes: &'a Lifetimes,
    now: Timestamp,
}

async fn read(
    moment: &dyn Moment,
    Of { account, lifetimes, now }: Of<'_>,
    section: Section,
    page: &Page,
) -> Result<Listing<Entry>, PortError> {
    let id = account.id();
    Ok(match section {
        Section::Account => Listing { rows: vec![entries::account(account)], next: None },
        Section::Memberships => moment.all_memberships(id, page).await?.map(|it| entries::membership(&it)),
        Section::InvitationsSent => {
            let sent = moment.invitations_by(id, page).await?;
            named(moment, sent, |it, organization, _| entries::invitation_sent(it, organization)).await?
        }
        Section::InvitationsReceived => {
            let received = moment.invitations_to(&account.parts().email, page).await?;
            named(moment, received, entries::invitation_received).await?
        }
        Section::JoinRequests => moment.join_requests_by(id, page).await?.map(|it| own::join_request(&it)),
        Section::AddressChanges => {
            let waiting = moment.waiting_email_change(id).await?;
            Listing { rows: waiting.iter().map(own::address_change).collect(), next: None }
        }
        Section::Sessions => {
            moment.live_sessions(account, lifetimes, now, page).await?.map(|it| own::session(&it))
        }
        Section::SignIns => {
            moment.sign_ins(id, &SignInFilter::default(), page).await?.map(|it| own::sign_in(&it))
        }
        Section::Notifications => moment.notifications(id, page).await?.map(entries::notification),
        Section::OwnActs => {
            moment.audit_events_of(id, Involved::Acting, page).await?.map(|it| entries::own_act(&it))
        }
        Section::ActsAboutThem => moment
            .audit_events_of(id, Involved::Concerned, page)
            .await?
            .map(|it| entries::act_about_them(&it)),
    })
}

/// Each with the name of its organization, and of who sent it.
async fn named(
    moment: &dyn Moment,
    found: Listing<Invitation>,
    entry: impl Fn(&Invitation, String, String) -> Entry,
) -> Result<Listing<Entry>, PortError> {
    let mut rows = Vec::with_capacity(found.rows.len());
    for it in &found.rows {
        let (organization, inviter) = (it.parts().organization, it.parts().inviter);
        let organization = moment.organization(organization).await?.map(|it| it.parts().name.to_string());
        let inviter = moment.account(inviter).await?.map(|it| it.parts().name.full());
        rows.push(entry(it, organization.unwrap_or_default(), inviter.unwrap_or_default()));
    }
    Ok(Listing { rows, next: found.next })
}
