//! A set of changes is applied whole to a copy that nobody sees before it is done.
use std::time::Duration;

use registration_domain::{
    account::{Account, AccountState},
    change::{Change, ChangeSet, Expectation, Review, Touch},
    email_domain::EmailDomain,
    invitation::{Invitation, InvitationState},
    limit::{Counted, Limit, Tally},
    membership::Membership,
    organization::Organization,
    password_reset::ResetRequest,
    port::{Act, CommitError, Unique},
    receipt::Receipt,
    session::{SeenSession, Session},
    time::Timestamp,
};

use super::{
    Count, Tables,
    notification::Told,
    outbox::Queued,
    row::{CheckedDomain, Guarded, Seat},
    table::Table,
};

pub(super) type Applied = Result<(), CommitError>;

impl Tables {
    /// As they are after this act.
    pub(super) fn after(mut self, act: Act, changes: ChangeSet) -> Result<Self, CommitError> {
        refuse_if(self.acts.find(&act.id).is_some(), CommitError::Conflict)?;
        self.acts.put(act.id, act.at);
        changes.into_iter().try_for_each(|change| self.apply(change))?;
        Ok(self)
    }

    fn apply(&mut self, change: Change) -> Applied {
        match change {
            Change::Receipt(receipt) => return self.keep(receipt),
            Change::Expect(expectation) => return self.expect(expectation),
            Change::Spend { limit, subject, at } => return self.spend(limit, &subject, at),
            Change::Refund { tally, at } => self.refund(tally, at),
            Change::Forgive { tally } => self.counts.drop(&tally),
            Change::Touch(touch) => self.touch(touch),
            Change::AddSetupLink(link) => self.setup_links.put(link.id, link),
            Change::Found(founding) => {
                refuse_if(self.founding.is_some(), CommitError::Taken(Unique::Founding))?;
                self.founding = Some(founding);
            }
            Change::AddSignUp(sign_up) => return add(&mut self.sign_ups, sign_up.id(), sign_up),
            Change::UpdateSignUp(it) => return update(&mut self.sign_ups, it.id(), it),
            Change::AddEmailChange(it) => return self.add_email_change(it),
            Change::UpdateEmailChange(it) => return update(&mut self.email_changes, it.id(), it),
            Change::ForgetOwn(account) => self.forget_own(account),
            Change::AddAccount(account) => return self.add_account(account),
            Change::UpdateAccount(account) => return self.update_account(account),
            Change::AddSession(session) => return self.add_session(session),
            Change::UpdateSession(session) => return self.update_session(session),
            Change::LogSignIn(it) => return add(&mut self.sign_ins, it.id, it),
            Change::AskReset(request) => {
                self.reset_requests.put(request.email.canonical().to_owned(), request);
            }
            Change::EndResetRequest(request) => self.end_reset_request(&request),
            Change::AddPasswordReset(it) => return add(&mut self.password_resets, it.account(), it),
            Change::UpdatePasswordReset(it) => return update(&mut self.password_resets, it.account(), it),
            Change::AddOrganization(organization) => return self.add_organization(organization),
            Change::UpdateOrganization(it) => return update(&mut self.organizations, it.id(), it),
            Change::AddMembership(membership) => {
                new(self.seats.find(&membership.id()))?;
                self.not_gone(membership.parts().account)?;
                return self.put_seat(Seat { membership, last_sign_in_at: None });
            }
            Change::UpdateMembership(membership) => return self.update_membership(membership),
            Change::AddInvitation(invitation) => {
                new(self.invitations.find(&invitation.id()))?;
                return self.put_invitation(invitation);
            }
            Change::UpdateInvitation(invitation) => {
                return self.put_invitation(unmoved(self.invitations.find(&invitation.id()), invitation)?);
            }
            Change::AddEmailDomain(domain) => return self.add_email_domain(domain),
            Change::UpdateEmailDomain(domain) => return self.update_email_domain(domain),
            Change::AddEmployeeCode(code) => return self.add_employee_code(code),
            Change::UpdateEmployeeCode(code) => return self.update_employee_code(code),
            Change::UseEmployeeCode { code, at } => return self.use_employee_code(code, at),
            Change::ReturnEmployeeCode(code) => self.return_employee_code(code),
            Change::RefuseEmployeeCode { code, why } => self.refuse_employee_code(code, why),
            Change::AddJoinRequest(request) => return self.add_join_request(request),
            Change::UpdateJoinRequest(request) => return self.update_join_request(request),
            Change::Block { organization, email } => {
                self.blocks.put((organization, email.canonical().to_owned()), ());
            }
            Change::AddReview(review) => self.add_review(review),
            Change::EndReview(review) => self.reviews.retain(|it| *it != review),
            Change::Send(it) => return add(&mut self.outbox, it.id, Queued::new(it)),
            Change::Notify(notification) => {
                let told = Told { notification, read_at: None };
                return add(&mut self.notifications, told.notification.id, told);
            }
            Change::MarkRead(reading) => self.mark_read(reading),
            Change::Record(event) => return add(&mut self.audit, event.id, event),
        }
        Ok(())
    }

    fn add_account(&mut self, account: Account) -> Applied {
        new(self.accounts.find(&account.id()))?;
        self.put_account(account)
    }

    fn update_account(&mut self, account: Account) -> Applied {
        let account = unmoved(self.accounts.find(&account.id()), account)?;
        self.move_seats_of_whoever_cannot_act(&account);
        self.put_account(account)
    }

    /// An expired receipt gives its key away.
    fn keep(&mut self, receipt: Receipt) -> Applied {
        let key = (receipt.once.scope.0, receipt.once.key.clone());
        if let Some(first) = self.receipts.find(&key).filter(|it| !it.has_expired(receipt.at)) {
            return Err(CommitError::Repeated(first.answer(receipt.once.fingerprint)));
        }
        self.receipts.put(key, receipt);
        Ok(())
    }

    fn expect(&self, expectation: Expectation) -> Applied {
        let (stored, read) = match expectation {
            Expectation::Account(id, read) => (self.accounts.find(&id).map(Guarded::revision), read),
            Expectation::Membership(id, read) => {
                (self.seats.find(&id).map(|it| it.membership.revision()), read)
            }
            Expectation::Organization(id, read) => {
                (self.organizations.find(&id).map(Guarded::revision), read)
            }
            Expectation::EmailDomain(id, read) => {
                (self.email_domains.find(&id).map(|it| it.domain.revision()), read)
            }
            Expectation::Unattached(account, at) => return self.unattached(account, at),
        };
        refuse_if(stored != Some(read), CommitError::Conflict)
    }

    fn spend(&mut self, limit: Limit, subject: &String, at: Timestamp) -> Applied {
        let tally = limit.tally(subject);
        let counted = self.counts.find(&tally).map_or_else(Counted::default, |it| it.counted.clone());
        let counted = counted.and(&limit, at);
        let counted = counted.map_err(|until| CommitError::Spent { what: limit.what, until })?;
        let over_at = counted.instants().last().map_or(at, |it| it.plus(limit.length));
        self.counts.put(tally, Count { counted, over_at });
        Ok(())
    }

    /// What was never counted cannot be taken back.
    fn refund(&mut self, tally: Tally, at: Timestamp) {
        if let Some(Count { counted, over_at }) = self.counts.find(&tally).cloned() {
            self.counts.put(tally, Count { counted: counted.without(at), over_at });
        }
    }

    /// One that took its place meanwhile stays.
    fn end_reset_request(&mut self, request: &ResetRequest) {
        let key = request.email.canonical().to_owned();
        if self.reset_requests.find(&key).is_some_and(|it| it.id == request.id) {
            self.reset_requests.drop(&key);
        }
    }

    /// Whatever rests on what somebody may do is a conflict from the moment on at which they may do nothing.
    fn move_seats_of_whoever_cannot_act(&mut self, account: &Account) {
        if account.is_active() {
            return;
        }
        let theirs = |it: &&Seat| it.is_active() && it.membership.parts().account == account.id();
        for seat in self.seats.rows().filter(theirs).cloned().collect::<Vec<_>>() {
            let membership = seat.membership.written_again();
            self.seats.put(membership.id(), Seat { membership, ..seat });
        }
    }

    fn touch(&mut self, touch: Touch) {
        match touch {
            Touch::Session { id, at } => {
                let woken = |it: &&SeenSession| it.session.parts().ended_at.is_none() && it.last_seen_at < at;
                if let Some(seen) = self.sessions.find(&id).filter(woken).cloned() {
                    self.sessions.put(id, SeenSession { last_seen_at: at, ..seen });
                }
            }
            Touch::SignIn { account, at } => {
                let shows = |it: &&Seat| {
                    it.is_active()
                        && it.membership.parts().account == account
                        && it.last_sign_in_at < Some(at)
                };
                for seat in self.seats.rows().filter(shows).cloned().collect::<Vec<_>>() {
                    self.seats.put(seat.membership.id(), Seat { last_sign_in_at: Some(at), ..seat });
                }
            }
            Touch::EmailDomain { id, at } => {
                let earlier = |it: &&CheckedDomain| it.checked_at < Some(at);
                if let Some(checked) = self.email_domains.find(&id).filter(earlier).cloned() {
                    self.email_domains.put(id, CheckedDomain { checked_at: Some(at), ..checked });
                }
            }
        }
    }

    /// Asked for again it is always later, whatever the clocks of two machines say.
    fn add_review(&mut self, review: Review) {
        let whose = |it: &Review| (it.organization, it.inviter);
        match self.reviews.iter_mut().find(|it| whose(it) == whose(&review)) {
            Some(it) => it.asked_at = review.asked_at.max(it.asked_at.plus(Duration::from_micros(1))),
            None => self.reviews.push(review),
        }
        self.reviews.sort_by_key(|it| (it.asked_at, it.organization, it.inviter));
    }

    /// Of the accounts that are not closed, each address and each username has one.
    fn put_account(&mut self, account: Account) -> Applied {
        let is_open = |it: &Account| !matches!(it.parts().state, AccountState::Closed { .. });
        if is_open(&account) {
            let ours = account.parts();
            let others =
                || self.accounts.rows().filter(|it| is_open(it) && it.id() != ours.id).map(Account::parts);
            refuse_if(
                others().any(|it| it.email.is_same_mailbox(&ours.email)),
                CommitError::Taken(Unique::Email),
            )?;
            refuse_if(others().any(|it| it.username == ours.username), CommitError::Taken(Unique::Username))?;
        }
        self.accounts.put(account.id(), account);
        Ok(())
    }

    fn add_organization(&mut self, organization: Organization) -> Applied {
        new(self.organizations.find(&organization.id()))?;
        self.organizations.put(organization.id(), organization);
        Ok(())
    }
    fn add_email_domain(&mut self, domain: EmailDomain) -> Applied {
        new(self.email_domains.find(&domain.id()))?;
        self.put_email_domain(CheckedDomain { domain, checked_at: None })
    }
    fn add_session(&mut self, session: Session) -> Applied {
        new(self.sessions.find(&session.id()))?;
        let last_seen_at = session.parts().started_at;
        self.sessions.put(session.id(), SeenSession { session, last_seen_at });
        Ok(())
    }
    fn update_session(&mut self, session: Session) -> Applied {
        let stored = self.sessions.find(&session.id());
        let session: Session = unmoved(stored.map(|it| &it.session), session)?;
        let last_seen_at = stored.map_or(session.parts().started_at, |it| it.last_seen_at);
        self.sessions.put(session.id(), SeenSession { session, last_seen_at });
        Ok(())
    }

    fn update_membership(&mut self, membership: Membership) -> Applied {
        let stored = self.seats.find(&membership.id());
        let membership = unmoved(stored.map(|it| &it.membership), membership)?;
        let last_sign_in_at = stored.and_then(|it| it.last_sign_in_at);
        self.put_seat(Seat { membership, last_sign_in_at })
    }

    fn put_seat(&mut self, seat: Seat) -> Applied {
        let ours = seat.membership.parts();
        let twice = seat.is_active()
            && self.seats.rows().filter(|it| it.is_active()).map(|it| it.membership.parts()).any(|it| {
                it.id != ours.id && it.organization == ours.organization && it.account == ours.account
            });
        refuse_if(twice, CommitError::Taken(Unique::Membership))?;
        self.seats.put(ours.id, seat);
        Ok(())
    }

    /// An expired invitation that nobody closed is pending still, and in the way.
    fn put_invitation(&mut self, invitation: Invitation) -> Applied {
        let ours = invitation.parts();
        if ours.state == InvitationState::Pending {
            let pending = self.find_pending(ours.organization, ours.purpose, &ours.email);
            let twice = pending.is_some_and(|it| it.id() != ours.id);
            refuse_if(twice, CommitError::Taken(Unique::PendingInvitation))?;
        }
        self.invitations.put(ours.id, invitation);
        Ok(())
    }

    fn update_email_domain(&mut self, domain: EmailDomain) -> Applied {
        let stored = self.email_domains.find(&domain.id());
        let domain = unmoved(stored.map(|it| &it.domain), domain)?;
        let checked_at = stored.and_then(|it| it.checked_at);
        self.put_email_domain(CheckedDomain { domain, checked_at })
    }

    /// An organization has each domain once, and one organization has it verified. A removed one is in nobody's way.
    fn put_email_domain(&mut self, checked: CheckedDomain) -> Applied {
        let ours = checked.domain.parts();
        let live = checked.domain.clone().live().is_some();
        if live && self.find_email_domain(ours.organization, &ours.name).is_some_and(|it| it.id() != ours.id)
        {
            return Err(CommitError::Taken(Unique::EmailDomain));
        }
        let verified = checked.domain.clone().in_force().is_some();
        if verified && self.find_verified_domain(&ours.name).is_some_and(|it| it.id() != ours.id) {
            return Err(CommitError::Taken(Unique::VerifiedEmailDomain));
        }
        self.email_domains.put(ours.id, checked);
        Ok(())
    }
}

/// A row of its own, which nothing stands against.
fn add<K: Ord + Clone, Row>(to: &mut Table<K, Row>, key: K, row: Row) -> Applied {
    new(to.find(&key))?;
    to.put(key, row);
    Ok(())
}

/// The same row, written again.
fn update<K: Ord + Clone, Row: Guarded>(to: &mut Table<K, Row>, key: K, read: Row) -> Applied {
    let written = unmoved(to.find(&key), read)?;
    to.put(key, written);
    Ok(())
}

/// An id that was used before is no fresh id.
pub(super) fn new<Row>(stored: Option<&Row>) -> Applied {
    refuse_if(stored.is_some(), CommitError::Conflict)
}

/// As it is to be stored, if what is stored is what was read.
pub(super) fn unmoved<Row: Guarded>(stored: Option<&Row>, read: Row) -> Result<Row, CommitError> {
    refuse_if(stored.map(Guarded::revision) != Some(read.revision()), CommitError::Conflict)?;
    Ok(read.written_again())
}

pub(super) fn refuse_if(refused: bool, why: CommitError) -> Applied {
    if refused { Err(why) } else { Ok(()) }
}
