//! Since which of its links an invitation has its address. Of those from before that is not known, so that none of
//! their older links is told it.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0010_addressed",
    statements: &[
        "ALTER TABLE invitation ADD COLUMN addressed {int} NOT NULL DEFAULT 1",
        "UPDATE invitation SET addressed = generation WHERE generation > 1",
    ],
};
