//! Who may ask, and what their asking writes: a request, or a membership where a code lets in.
use super::{AskRefusal, AskToJoin, Brings, Fresh, Snapshot, refusal::CodeFault};
use crate::{
    account::Account,
    audit::{Action, AuditEvent},
    change::{Change, ChangeSet, Expectation},
    email_domain::{InForce, PolicyKind},
    employee_code::{EmployeeCodeParts, Entry, Usable},
    join_request::{JoinRequest, JoinRequestState, SettledBy},
    membership::{Cause, Membership, MembershipState},
    message::JoiningLetter,
    organization::Organization,
    permission::Permission,
    permit::{Grant, Permit},
    receipt::Outcome,
    settings::Settings,
    time::Timestamp,
    use_case::{
        backing::{backing, giving},
        reviewers::{News, Why, letter_to, told},
        settling::{came, settled},
    },
};

/// What concerns the person alone, whatever they bring; the account that asks, where nothing stands against it.
///
/// # Errors
/// [`AskRefusal`]: the account, whether they belong there, and whether they were rejected a short while ago.
pub fn consider<'a>(
    snapshot: &'a Snapshot,
    settings: &Settings,
    now: Timestamp,
) -> Result<&'a Account, AskRefusal> {
    let account = snapshot.account.as_ref().filter(|it| it.is_active()).ok_or(AskRefusal::NotSignedIn)?;
    if snapshot.standing.is_some() {
        return Err(AskRefusal::AlreadyMember);
    }
    match snapshot.rejected.as_ref().map(|it| &it.parts().state) {
        Some(JoinRequestState::Rejected { at, .. })
            if now < at.plus(settings.lifetimes.join_request_pause) =>
        {
            Err(AskRefusal::TooSoon(at.plus(settings.lifetimes.join_request_pause)))
        }
        _ => Ok(account),
    }
}

/// What asking writes.
///
/// # Errors
/// [`AskRefusal`], in this order: what concerns the person alone; a code that does not work; a request and an
/// invitation that wait; whether the organization lets itself be found, where nothing but words was brought, or has
/// verified the domain of the address that was; and what it says of that domain.
pub fn decide(
    snapshot: &Snapshot,
    command: &AskToJoin,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<(Outcome, ChangeSet), AskRefusal> {
    let account = consider(snapshot, settings, now)?;
    let usable = match &command.with {
        Brings::Note(_) | Brings::EmailDomain(_) => None,
        Brings::Code(_) => Some(usable(snapshot, command, now)?),
    };
    let organization = snapshot.organization.as_ref().ok_or(AskRefusal::NotFound)?;
    let asking = Asking { snapshot, command, settings, now, fresh, account, organization };
    if let Some(admitted) = usable.as_ref().and_then(|it| asking.admitted(it)) {
        return Ok(admitted);
    }
    asking.nothing_waits()?;
    let request = match (&command.with, &usable) {
        (_, Some(code)) => JoinRequest::backed(fresh.request, account.id(), code, &settings.lifetimes, now),
        (Brings::Note(note), None) => {
            let (id, note) = (fresh.request, note.clone());
            JoinRequest::with_note(id, command.organization, account.id(), note, &settings.lifetimes, now)
        }
        (Brings::EmailDomain(note), None) => {
            let (domain, note) = (asking.vouching()?, note.clone());
            JoinRequest::vouched(fresh.request, account.id(), &domain, note, &settings.lifetimes, now)
        }
        // What is no code was refused above.
        (Brings::Code(_), None) => return Err(AskRefusal::CodeRefused(CodeFault::Wrong)),
    };
    Ok((Outcome::JoinRequest { request: fresh.request }, asking.written(request, usable.as_ref())))
}

fn usable(snapshot: &Snapshot, command: &AskToJoin, now: Timestamp) -> Result<Usable, AskRefusal> {
    let (it, _) = snapshot.code.as_ref().ok_or(AskRefusal::CodeRefused(CodeFault::Wrong))?;
    it.usable(command.organization, now).map_err(|why| {
        let (code, of) = (it.code.id(), it.code.parts().organization);
        AskRefusal::CodeRefused(CodeFault::Unusable { code, of, why })
    })
}

impl Snapshot {
    fn policy(&self) -> Option<PolicyKind> {
        self.domain.as_ref().map(|(_, policy)| *policy)
    }
}

/// All that one asks with.
struct Asking<'a> {
    snapshot: &'a Snapshot,
    command: &'a AskToJoin,
    settings: &'a Settings,
    now: Timestamp,
    fresh: Fresh,
    account: &'a Account,
    organization: &'a Organization,
}

impl Asking<'_> {
    /// What lets in at once; nothing where somebody has to look at it first.
    fn admitted(&self, code: &Usable) -> Option<(Outcome, ChangeSet)> {
        let (permit, grant) = self.admission(code)?;
        let Self { snapshot, command, now, fresh, account, organization, .. } = *self;
        let EmployeeCodeParts { id, label, .. } = code.parts();
        let by = &command.by;
        let access = grant.access().clone();
        let membership =
            Membership::begin(fresh.membership, account.id(), grant, Cause::EmployeeCode(*id), now);
        let letter = JoiningLetter::JoinedByCode {
            membership: fresh.membership,
            organization: organization.id(),
            name: organization.parts().name.clone(),
            access: access.clone(),
        };
        let event =
            AuditEvent::by(by, fresh.event, Action::EmployeeCodeUsed, *id, &account.parts().email, now)
                .within(organization.id())
                .to(&access);
        let event = match label {
            Some(label) => event.from(label),
            None => event,
        };
        let asked = snapshot.pending.clone();
        let asked =
            asked.map(|it| settled(it, SettledBy::EmployeeCode(*id), account, by, fresh.settling, now));
        let invited = snapshot.invited.as_ref().map(|(it, _)| it.clone());
        let changes = ChangeSet::under(&permit)
            .with(Change::UpdateAccount(account.clone()))
            .with(Change::UseEmployeeCode { code: *id, at: now })
            .with_all(asked.into_iter().flatten())
            .with_all(came(invited, by, fresh.closing, now).into_iter().flatten())
            .with(Change::AddMembership(membership))
            .with(Change::Send(letter_to(account, fresh.message, letter, now)))
            .with(Change::Record(event));
        Some((Outcome::Joined { membership: fresh.membership }, changes))
    }

    /// As long as the maker could still give it, and nobody ended the requester's last membership there.
    fn admission(&self, code: &Usable) -> Option<(Permit, Grant)> {
        let Entry::Admit { access } = &code.parts().entry else { return None };
        let ended = self.snapshot.before.as_ref().map(|it| &it.parts().state);
        if let Some(MembershipState::Removed { by, .. }) = ended
            && *by != self.account.id()
        {
            return None;
        }
        if self.snapshot.policy() == Some(PolicyKind::InvitationOnly) {
            return None;
        }
        let maker = self.snapshot.code.as_ref().and_then(|(_, maker)| maker.as_ref());
        giving(maker, &Permission::EMPLOYEE_CODES_MANAGE, access, self.settings).ok()
    }

    /// What is there already comes first: it concerns the person. Then, what the organization tells nobody.
    fn nothing_waits(&self) -> Result<(), AskRefusal> {
        let Self { snapshot, command, settings, now, .. } = *self;
        if let Some(pending) = snapshot.pending.as_ref().filter(|it| !it.has_expired(now)) {
            return Err(AskRefusal::AlreadyPending(pending.id()));
        }
        if let Some((invitation, inviter)) = &snapshot.invited {
            let holds = !invitation.has_expired(now)
                && backing(inviter.as_ref(), &invitation.parts().access, settings).is_ok();
            if holds {
                return Err(AskRefusal::AlreadyInvited(invitation.id()));
            }
        }
        let may_know = match &command.with {
            Brings::Note(_) => self.organization.parts().discoverable,
            Brings::Code(_) => true,
            Brings::EmailDomain(_) => snapshot.domain.is_some(),
        };
        if !may_know {
            return Err(AskRefusal::NotFound);
        }
        if snapshot.policy() == Some(PolicyKind::InvitationOnly) {
            return Err(AskRefusal::InvitationOnly);
        }
        Ok(())
    }

    /// What their address rests on.
    fn vouching(&self) -> Result<InForce, AskRefusal> {
        let domain = self.snapshot.domain.as_ref().and_then(|(it, _)| it.clone().in_force());
        domain.ok_or(AskRefusal::NotFound)
    }

    /// One that is out of time is closed to make room. The account's row is where asking and coming in meet.
    fn written(&self, request: JoinRequest, code: Option<&Usable>) -> ChangeSet {
        let Self { snapshot, command, settings, now, fresh, account, organization } = *self;
        let by = &command.by;
        let email = &account.parts().email;
        let lapsed = snapshot.pending.clone().and_then(|it| it.lapsed(now));
        let closed = lapsed.map(|it| {
            let (id, code) = (it.parts().id, it.code());
            let event = AuditEvent::by(by, fresh.settling, Action::JoinRequestExpired, id, email, now);
            let event = event.within(organization.id());
            let closed = [Change::UpdateJoinRequest(it.close(now)), Change::Record(event)];
            code.map(Change::ReturnEmployeeCode).into_iter().chain(closed)
        });
        let event = AuditEvent::by(by, fresh.event, Action::JoinRequested, fresh.request, email, now)
            .within(organization.id())
            .to(request.parts().method.key());
        let limits = &settings.limits;
        let news = News { why: Why::Requested, request: &request, organization, requester: account, limits };
        let told = told(&news, &snapshot.reviewers, &fresh.news, now);
        let rests_on = snapshot.domain.as_ref().map(|(it, _)| it.parts());
        let rests_on = rests_on.filter(|_| matches!(command.with, Brings::EmailDomain(_)));
        let rests_on = rests_on.map(|it| Change::Expect(Expectation::EmailDomain(it.id, it.revision)));
        ChangeSet::new()
            .with_all(rests_on)
            .with(settings.limits.join_requests().spend(&account.id(), now))
            .with(Change::UpdateAccount(account.clone()))
            .with_all(code.map(|it| Change::UseEmployeeCode { code: it.parts().id, at: now }))
            .with_all(closed.into_iter().flatten())
            .with(Change::AddJoinRequest(request))
            .with_all(told)
            .with(Change::Record(event))
    }
}
