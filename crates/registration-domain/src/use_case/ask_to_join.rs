//! Somebody asks to join, with a few words, by their address or with an employee code: a code is a guess, spent before
//! it is compared.
mod decide;
mod guess;
mod refusal;

use crate::{
    account::Account,
    audit::AuditEventId,
    email_domain::{EmailDomain, PolicyKind},
    employee_code::CountedCode,
    invitation::Invitation,
    join_request::{JoinRequest, JoinRequestId},
    membership::{Membership, MembershipId},
    message::MessageId,
    note::Note,
    organization::{Organization, OrganizationId},
    permit::Standing,
    platform::{Answer, Platform, VerbError, shown},
    port::{Moment, PortError},
    receipt::{Once, Outcome},
    secret::Secret,
    session::Caller,
    settings::Settings,
    time::Timestamp,
    use_case::{
        join_by_email_domain::policy_for,
        reviewers::{fresh_news, looks_again, reviewers},
        settling::invited,
    },
    view::{JoinRequestView, MembershipView},
};

pub use decide::{consider, decide};
pub use refusal::{AskRefusal, CodeFault};

pub use crate::use_case::reviewers::{FreshNews, Reviewer, TOLD};

use guess::Guessed;

/// Asks to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskToJoin {
    /// Who.
    pub by: Caller,
    /// Which organization.
    pub organization: OrganizationId,
    /// What they bring.
    pub with: Brings,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// What somebody brings who asks to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brings {
    /// A few words, or none.
    Note(Option<Note>),
    /// An employee code, as it was typed.
    Code(Secret),
    /// An address at a domain that the organization has verified, and a few words, or none.
    EmailDomain(Option<Note>),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Somebody there decides.
    Waits(Box<JoinRequestView>),
    /// The code let them in.
    Joined(Box<MembershipView>),
}

/// All that the decision rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Who asks.
    pub account: Option<Account>,
    /// Where.
    pub organization: Option<Organization>,
    /// What they may do there already.
    pub standing: Option<Standing>,
    /// A pending request of theirs there, expired or not.
    pub pending: Option<JoinRequest>,
    /// The one that was rejected last.
    pub rejected: Option<JoinRequest>,
    /// Their membership there that ended last.
    pub before: Option<Membership>,
    /// A pending invitation of their address there, expired or not, and what its inviter may do now.
    pub invited: Option<(Invitation, Option<Standing>)>,
    /// The domain of their address, if the organization has verified it, and what holds for it now.
    pub domain: Option<(EmailDomain, PolicyKind)>,
    /// The code that they typed, if there is such a one anywhere, and what its maker may do now.
    pub code: Option<(CountedCode, Option<Standing>)>,
    /// Who is told of it.
    pub reviewers: Vec<Reviewer>,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub request: JoinRequestId,
    pub membership: MembershipId,
    pub message: MessageId,
    /// Of what the reviewers are told.
    pub news: [FreshNews; TOLD],
    pub event: AuditEventId,
    /// Of the event that an older request was closed or settled.
    pub settling: AuditEventId,
    /// Of the event that an invitation was closed.
    pub closing: AuditEventId,
}

impl Platform {
    /// Asks to join. A right code lets in at once, where its maker said so and could still give that access.
    ///
    /// # Errors
    /// [`AskRefusal`], or what every verb may meet.
    pub async fn ask_to_join(&self, command: AskToJoin) -> Result<Answer<Asked>, VerbError<AskRefusal>> {
        let guess = match &command.with {
            Brings::Note(_) | Brings::EmailDomain(_) => None,
            Brings::Code(typed) => {
                if let Some(first) = self.asked_before(&command).await? {
                    return Ok(Answer { what: first, repeated: true });
                }
                Some(self.spend_code(&command, typed).await?)
            }
        };
        let settled = self.settle_asking(&command, guess.as_ref()).await;
        if let (Some(guess), Err(error)) = (&guess, &settled) {
            self.settle_guess(&command, guess, error).await?;
        }
        let answer = settled?;
        let asked = self.asked(answer.what).await?;
        Ok(answer.map(|_| asked))
    }

    async fn settle_asking(
        &self,
        command: &AskToJoin,
        guess: Option<&Guessed>,
    ) -> Result<Answer<Outcome>, VerbError<AskRefusal>> {
        let ids = &self.ports.ids;
        let fresh = Fresh {
            request: ids.fresh(),
            membership: ids.fresh(),
            message: ids.fresh(),
            news: fresh_news(&**ids),
            event: ids.fresh(),
            settling: ids.fresh(),
            closing: ids.fresh(),
        };
        for look in 0.. {
            let decided = self.settle_as(command.once.as_ref(), move |moment, now| async move {
                let snapshot = gather(&*moment, command, guess, &self.settings, now).await?;
                drop(moment);
                let (outcome, changes) =
                    decide(&snapshot, command, &self.settings, now, fresh).map_err(VerbError::Refused)?;
                let given_back = guess.iter().flat_map(|it| it.given_back(&self.settings.limits));
                Ok((outcome, changes.with_all(given_back)))
            });
            match decided.await {
                Err(error) if looks_again(look, &error) => {}
                settled => return settled,
            }
        }
        Err(VerbError::Busy)
    }

    async fn asked_before(&self, command: &AskToJoin) -> Result<Option<Asked>, VerbError<AskRefusal>> {
        match self.answered_before(command.once.as_ref()).await? {
            None => Ok(None),
            Some(first) => self.asked(first.what).await.map(Some),
        }
    }

    async fn asked(&self, outcome: Outcome) -> Result<Asked, VerbError<AskRefusal>> {
        if let Outcome::JoinRequest { request } = outcome {
            let view = self.ports.reads.moment().await?.join_request_view(request).await?;
            Ok(Asked::Waits(Box::new(shown(view, "join_request", &request)?)))
        } else if let Outcome::Joined { membership } = outcome {
            Ok(Asked::Joined(Box::new(self.membership_view(membership).await?)))
        } else {
            Err(VerbError::KeyReused)
        }
    }
}

/// The code is looked for only where it was guessed, and so paid for.
async fn gather(
    moment: &dyn Moment,
    command: &AskToJoin,
    guess: Option<&Guessed>,
    settings: &Settings,
    now: Timestamp,
) -> Result<Snapshot, PortError> {
    let (by, within) = (command.by.account, command.organization);
    let account = moment.account(by).await?;
    let domain = match &account {
        Some(account) => policy_for(moment, account, within, settings).await?,
        None => None,
    };
    let invited = match invited(moment, account.as_ref(), within).await? {
        Some(it) => Some((it.clone(), moment.standing(it.parts().inviter, within).await?)),
        None => None,
    };
    let found = match guess.and_then(|it| it.digest) {
        Some(digest) => moment.employee_code_of(digest).await?,
        None => None,
    };
    let code = match found {
        Some(it) => {
            let (maker, of) = (it.code.parts().maker, it.code.parts().organization);
            Some((it, moment.standing(maker, of).await?))
        }
        None => None,
    };
    let history = match &account {
        Some(_) => moment.requester_histories(within, &[by]).await?,
        None => Vec::new(),
    };
    Ok(Snapshot {
        account,
        organization: moment.organization(within).await?,
        standing: moment.standing(by, within).await?,
        pending: moment.pending_request(by, within).await?,
        rejected: moment.last_rejection(by, within).await?,
        before: history.into_iter().flat_map(|it| it.memberships).next().map(|it| it.membership),
        invited,
        domain,
        code,
        reviewers: reviewers(moment, within, settings, now).await?,
    })
}
