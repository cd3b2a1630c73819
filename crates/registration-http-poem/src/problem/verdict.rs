//! What became of a join request, as whoever came too late is told.
use registration_domain::{account::AccountId, refusal::Decided, time::Timestamp};

use crate::shape::reply;

reply! {
    /// What became of a join request.
    pub(crate) struct Verdict {
        /// What it is now.
        state: String,
        /// Since when.
        decided_at: Timestamp,
        /// Who decided it, where a reviewer did and a reviewer asks.
        decided_by: Option<Decider>,
    }
}

reply! {
    /// Who decided.
    pub(crate) struct Decider {
        /// Their account.
        id: AccountId,
        /// Their name.
        name: String,
    }
}

impl From<Decided> for Verdict {
    fn from(Decided { state, at, by }: Decided) -> Self {
        let decided_by = by.map(|(id, name)| Decider { id, name: name.full() });
        Self { state: state.to_owned(), decided_at: at, decided_by }
    }
}
