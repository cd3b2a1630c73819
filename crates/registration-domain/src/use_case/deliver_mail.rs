//! What was committed is mailed: once, unless a mail server's yes was lost, and never what no longer stands.
use std::time::Duration;

use crate::{
    change::ActId,
    link::{Link, LinkPurpose},
    message::{Letter, Message},
    platform::Platform,
    port::{Claimed, Lease, Mail, MailerError, PortError, Settlement},
    secret::Secret,
    time::{HOUR, MINUTE, Timestamp},
};

/// How many messages a worker holds at once.
const BATCH: u16 = 4;
/// How long it holds them: longer than a batch of hanging mail servers takes.
const LEASE: Duration = Duration::from_mins(5);
/// How often a message is tried before it is given up: for about two days.
const TRIES: u32 = 16;
/// Between two tries at the most.
const LONGEST_WAIT: Duration = Duration::from_hours(4);

impl Platform {
    /// One turn of a worker: claims some messages that are due, sends each, and writes what became of it.
    /// Answers how many it held, so that a worker with a full batch goes on at once.
    ///
    /// # Errors
    /// The first [`PortError`], once the others were sent: a message whose row cannot be read is claimed again
    /// when the lease is over, and holds up none behind it.
    pub async fn deliver_mail(&self) -> Result<usize, PortError> {
        let now = self.ports.clock.now();
        let lease = Lease { id: self.ports.ids.fresh(), at: now, until: now.plus(LEASE) };
        let claimed = self.ports.outbox.claim(lease, BATCH).await?;
        let mut delivered = Ok(claimed.len());
        for it in claimed {
            if let Err(error) = self.deliver_one(&it, lease).await {
                delivered = delivered.and(Err(error));
            }
        }
        delivered
    }

    async fn deliver_one(&self, claimed: &Claimed, lease: Lease) -> Result<(), PortError> {
        let settlement = self.deliver(claimed).await?;
        let (id, now) = (claimed.message.id, self.ports.clock.now());
        // Where the lease was lost, whoever has it now settles it.
        self.ports.outbox.settle(id, lease.id, settlement, now).await.map(|_| ())
    }

    async fn deliver(&self, claimed: &Claimed) -> Result<Settlement, PortError> {
        let Claimed { message, attempt } = claimed;
        if !self.stands(message).await? {
            return Ok(Settlement::Superseded);
        }
        let mail = Mail { message: message.clone(), link: self.link_of(&message.letter) };
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
        let Letter::Invitation { invitation, generation, .. } = message.letter else { return Ok(true) };
        let now: Timestamp = self.ports.clock.now();
        let found = self.ports.reads.moment().await?.invitation(invitation).await?;
        Ok(found.is_some_and(|it| it.acceptable(generation, now).is_ok()))
    }

    /// Where the button of a mail leads.
    fn link_of(&self, letter: &Letter) -> Secret {
        let url = &self.settings.public_url;
        let Letter::Invitation { invitation, generation, .. } = letter else {
            return Secret::new(url.to("/"));
        };
        let (purpose, subject) = (LinkPurpose::Invitation, invitation.uuid());
        let token = self.ports.links.seal(Link { purpose, subject, generation: *generation });
        url.to_token("/i", &token.0)
    }
}

/// Half a minute, doubled with each try, and up to half as much again so that many do not come at once.
fn backoff(attempt: u32, chance: ActId) -> Duration {
    let doubled = (MINUTE / 2).saturating_mul(1 << attempt.saturating_sub(1).min(12));
    let wait = doubled.min(LONGEST_WAIT).min(4 * HOUR);
    let parts = u32::from(chance.uuid().as_bytes()[15]);
    wait + wait * parts / 512
}
