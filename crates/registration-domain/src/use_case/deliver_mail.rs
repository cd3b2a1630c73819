//! What was committed is mailed: once, unless a mail server's yes was lost, and never what no longer stands.
use std::time::Duration;

use crate::{
    account::AccountId,
    change::ActId,
    invitation::InvitationId,
    link::{Link, LinkPurpose},
    message::{Letter, Message, OwnLetter, SecurityLetter, SignUpLetter},
    platform::Platform,
    port::{Claimed, Lease, Mail, MailerError, PortError, Settlement},
    revision::Generation,
    secret::Secret,
    time::{HOUR, MINUTE, Timestamp},
    verification_code::{CodeFor, CodePurpose, VerificationCode},
};

/// How long a worker holds a message: longer than a mail server that hangs is waited for.
const LEASE: Duration = Duration::from_mins(2);
/// How often a message is tried before it is given up: for about two days.
const TRIES: u32 = 16;
/// Between two tries at the most.
const LONGEST_WAIT: Duration = Duration::from_hours(4);

impl Platform {
    /// One turn of a worker: claims the message that is due longest, sends it, and writes what became of it.
    /// Answers how many it held, which is one at the most: nothing waits behind a mail server that hangs, and a
    /// worker that is stopped leaves nothing held but what it had begun.
    ///
    /// # Errors
    /// [`PortError`]: a message whose row cannot be read is claimed again when the lease is over, and holds up
    /// none behind it.
    pub async fn deliver_mail(&self) -> Result<usize, PortError> {
        let now = self.ports.clock.now();
        let lease = Lease { id: self.ports.ids.fresh(), at: now, until: now.plus(LEASE) };
        let claimed = self.ports.outbox.claim(lease, 1).await?;
        for it in &claimed {
            let settlement = self.deliver(it).await?;
            let (id, now) = (it.message.id, self.ports.clock.now());
            // Where the lease was lost, whoever has it now settles it.
            self.ports.outbox.settle(id, lease.id, settlement, now).await?;
        }
        Ok(claimed.len())
    }

    async fn deliver(&self, claimed: &Claimed) -> Result<Settlement, PortError> {
        let Claimed { message, attempt } = claimed;
        if !self.stands(message).await? {
            return Ok(Settlement::Superseded);
        }
        let (link, code) = (self.link_of(&message.letter), self.code_of(&message.letter));
        let mail = Mail { message: message.clone(), link, code };
        Ok(match self.ports.mailer.send(&mail).await {
            Ok(reply) => Settlement::Sent { reply },
            Err(MailerError::Refused(reply)) => Settlement::Dead { reply },
            Err(MailerError::NotNow(reply)) if *attempt >= TRIES => Settlement::Dead { reply },
            Err(MailerError::NotNow(reply)) => {
                let wait = backoff(*attempt, self.ports.ids.fresh());
                Settlement::Retry { after: self.ports.clock.now().plus(wait), reply }
            }
        })
    }

    /// Whether what a message tells of is still so.
    async fn stands(&self, message: &Message) -> Result<bool, PortError> {
        let now: Timestamp = self.ports.clock.now();
        match &message.letter {
            Letter::Invitation { invitation, generation, .. } => {
                let found = self.ports.reads.moment().await?.invitation(*invitation).await?;
                Ok(found.is_some_and(|it| it.acceptable(*generation, now).is_ok()))
            }
            Letter::Security(SecurityLetter::PasswordReset { account, generation, .. }) => {
                self.reset_stands(*account, *generation, now).await
            }
            Letter::Joining(letter) => match letter.awaits() {
                Some(request) => {
                    let found = self.ports.reads.moment().await?.join_request(request).await?;
                    Ok(found.is_some_and(|it| it.open(now).is_ok()))
                }
                None => Ok(true),
            },
            Letter::SignUp(letter) => self.sign_up_letter_stands(letter, now).await,
            Letter::Own(letter) => self.own_letter_stands(letter, now).await,
            Letter::Joined { .. }
            | Letter::Declined { .. }
            | Letter::NewInvitationWished { .. }
            | Letter::AccessChanged { .. }
            | Letter::AccessRemoved { .. }
            | Letter::OwnershipHandedOver { .. }
            | Letter::NewDevice { .. }
            | Letter::EmailDomain(_)
            | Letter::Security(SecurityLetter::PasswordChanged { .. } | SecurityLetter::TriesUsedUp { .. }) => {
                Ok(true)
            }
        }
    }

    async fn reset_stands(&self, id: AccountId, link: Generation, now: Timestamp) -> Result<bool, PortError> {
        let moment = self.ports.reads.moment().await?;
        let (reset, account) = (moment.password_reset(id).await?, moment.account(id).await?);
        Ok(reset.zip(account).is_some_and(|(reset, account)| reset.usable(link, &account, now).is_ok()))
    }

    /// A code that voids this one was sent, or this one makes no account any more; and the same for the mail
    /// that goes out in the place of a code.
    async fn sign_up_letter_stands(&self, letter: &SignUpLetter, now: Timestamp) -> Result<bool, PortError> {
        let (id, generation) = letter.about();
        let moment = self.ports.reads.moment().await?;
        let Some(sign_up) = moment.sign_up(id).await? else { return Ok(false) };
        let holder = moment.account_at(sign_up.email()).await?;
        Ok(match letter {
            SignUpLetter::Code { .. } => holder.is_none() && sign_up.awaits(generation, now),
            SignUpLetter::AlreadyRegistered { .. } => holder.is_some() && sign_up.is_newest(generation, now),
        })
    }

    /// The same for a change of address.
    async fn own_letter_stands(&self, letter: &OwnLetter, now: Timestamp) -> Result<bool, PortError> {
        let (id, generation, to_holder) = match letter {
            OwnLetter::AddressCode { change, generation, expires_at: _ } => (*change, *generation, false),
            OwnLetter::AddressInUse { change, generation } => (*change, *generation, true),
            OwnLetter::AddressChanged { .. } | OwnLetter::AccountClosed { .. } => return Ok(true),
        };
        let change = self.ports.reads.moment().await?.email_change(id).await?;
        Ok(change.is_some_and(|it| it.is_decoy() == to_holder && it.awaits(generation, now)))
    }

    /// Where the button of a mail leads.
    fn link_of(&self, letter: &Letter) -> Secret {
        match letter {
            Letter::Invitation { invitation, generation, .. } => {
                self.link_to_invitation(*invitation, *generation)
            }
            Letter::EmailDomain(letter) => {
                let page = format!("/o/{}/email-domains", letter.organization);
                Secret::new(self.settings.public_url.to(&page))
            }
            Letter::Joined { .. }
            | Letter::Declined { .. }
            | Letter::NewInvitationWished { .. }
            | Letter::AccessChanged { .. }
            | Letter::AccessRemoved { .. }
            | Letter::OwnershipHandedOver { .. } => Secret::new(self.settings.public_url.to("/")),
            Letter::Security(SecurityLetter::PasswordReset { account, generation, .. }) => {
                self.link_to_reset(*account, *generation)
            }
            // "This was not me": what leads to a new password, where a click alone changes nothing.
            Letter::NewDevice { .. }
            | Letter::Security(SecurityLetter::PasswordChanged { .. } | SecurityLetter::TriesUsedUp { .. }) => {
                Secret::new(self.settings.public_url.to("/reset"))
            }
            Letter::Joining(letter) => Secret::new(self.settings.public_url.to(&letter.path())),
            Letter::SignUp(SignUpLetter::Code { .. }) => {
                Secret::new(self.settings.public_url.to("/sign-up/verify"))
            }
            Letter::Own(OwnLetter::AddressCode { .. }) => {
                Secret::new(self.settings.public_url.to("/me/email/verify"))
            }
            Letter::Own(
                OwnLetter::AddressInUse { .. }
                | OwnLetter::AddressChanged { .. }
                | OwnLetter::AccountClosed { .. },
            ) => Secret::new(self.settings.public_url.to("/help")),
            Letter::SignUp(SignUpLetter::AlreadyRegistered { .. }) => {
                Secret::new(self.settings.public_url.to("/sign-in"))
            }
        }
    }

    /// The code that a mail shows.
    fn code_of(&self, letter: &Letter) -> Option<VerificationCode> {
        match letter {
            Letter::Invitation { .. }
            | Letter::Joined { .. }
            | Letter::Declined { .. }
            | Letter::NewInvitationWished { .. }
            | Letter::AccessChanged { .. }
            | Letter::AccessRemoved { .. }
            | Letter::OwnershipHandedOver { .. }
            | Letter::NewDevice { .. }
            | Letter::EmailDomain(_)
            | Letter::Security(_)
            | Letter::Joining(_)
            | Letter::Own(
                OwnLetter::AddressInUse { .. }
                | OwnLetter::AddressChanged { .. }
                | OwnLetter::AccountClosed { .. },
            )
            | Letter::SignUp(SignUpLetter::AlreadyRegistered { .. }) => None,
            Letter::Own(OwnLetter::AddressCode { change, generation, expires_at: _ }) => {
                let (purpose, subject) = (CodePurpose::EmailChange, change.uuid());
                Some(self.ports.codes.code(CodeFor { purpose, subject, generation: *generation }))
            }
            Letter::SignUp(SignUpLetter::Code { sign_up, generation, expires_at: _ }) => {
                let (purpose, subject) = (CodePurpose::SignUp, sign_up.uuid());
                Some(self.ports.codes.code(CodeFor { purpose, subject, generation: *generation }))
            }
        }
    }

    /// The link of an invitation in one generation: it is derived, and stored nowhere.
    pub(crate) fn link_to_invitation(&self, invitation: InvitationId, generation: Generation) -> Secret {
        self.settings.public_url.to_token("/i", &self.invitation_token(invitation, generation))
    }
    pub(crate) fn invitation_token(&self, invitation: InvitationId, generation: Generation) -> Secret {
        let (purpose, subject) = (LinkPurpose::Invitation, invitation.uuid());
        self.ports.links.seal(Link { purpose, subject, generation }).0
    }
}

/// Half a minute, doubled with each try, and up to half as much again so that many do not come at once.
fn backoff(attempt: u32, chance: ActId) -> Duration {
    let doubled = (MINUTE / 2).saturating_mul(1 << attempt.saturating_sub(1).min(12));
    let wait = doubled.min(LONGEST_WAIT).min(4 * HOUR);
    let parts = u32::from(chance.uuid().as_bytes()[15]);
    wait + wait * parts / 512
}
