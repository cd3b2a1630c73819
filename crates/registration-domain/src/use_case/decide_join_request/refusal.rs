//! Why nothing was decided: whoever comes too late learns who was faster, and when.
use crate::{
    account::Account,
    join_request::NotOpen,
    permit::NotPermitted,
    refusal::{Decided, Fact, FieldFault, Refusal, RefusalKind},
};

/// Why nothing was decided.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviewRefusal {
    /// The caller may not.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// There is no such request here.
    #[error("there is no such join request here")]
    NotFound,
    /// It was decided, or ended otherwise.
    #[error("{why}")]
    AlreadyDecided {
        /// How.
        why: NotOpen,
        /// Who, by name, where a reviewer did.
        decided: Decided,
    },
    /// The requester belongs there already.
    #[error("this person is a member already")]
    AlreadyMember,
    /// The requester's account is suspended or closed.
    #[error("the account of this person cannot be used any more")]
    RequesterGone,
    /// The platform lacks the role or a permission.
    #[error("some fields cannot be taken")]
    Fields(Vec<FieldFault>),
}

impl ReviewRefusal {
    pub(super) fn decided(why: NotOpen, decider: Option<&Account>) -> Self {
        let by = why.by().and_then(|by| decider.filter(|it| it.id() == by));
        let by = by.map(|it| (it.id(), it.parts().name.clone()));
        Self::AlreadyDecided { why, decided: Decided { state: why.state(), at: why.at(), by } }
    }
}

impl Refusal for ReviewRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotPermitted(why) => why.told(),
            Self::NotFound => (RefusalKind::NotFound, "not_found"),
            Self::AlreadyDecided { .. } => (RefusalKind::Conflict, "already_decided"),
            Self::AlreadyMember => (RefusalKind::Conflict, "already_member"),
            Self::RequesterGone => (RefusalKind::Conflict, "requester_gone"),
            Self::Fields(_) => (RefusalKind::Invalid, "validation_failed"),
        }
    }
    fn faults(&self) -> Vec<FieldFault> {
        if let Self::Fields(faults) = self { faults.clone() } else { Vec::new() }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::NotPermitted(why) => why.facts(),
            Self::AlreadyDecided { decided, .. } => vec![Fact::Decided(decided.clone())],
            Self::NotFound | Self::AlreadyMember | Self::RequesterGone | Self::Fields(_) => Vec::new(),
        }
    }
}
