//! Members are listed by their access, Owners first and not by the letter.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0018_by_access",
    statements: &[
        "ALTER TABLE membership ADD COLUMN access_rank {text} NOT NULL DEFAULT ''",
        // How many were chosen is told by the commas between them.
        "UPDATE membership SET access_rank = CASE
            WHEN access = 'owner' THEN '0'
            WHEN access = 'all' THEN '1'
            WHEN access LIKE 'role:%' THEN '2 ' || substr(access, 6)
            WHEN access = 'chosen:' THEN '3 00000'
            ELSE '3 ' || substr('00000', 1 + length(CAST(length(access) - length(replace(access, ',', '')) + 1 AS TEXT)))
                || CAST(length(access) - length(replace(access, ',', '')) + 1 AS TEXT)
        END",
        "CREATE INDEX membership_by_access_rank ON membership (organization, state, access_rank, id{, searched})",
    ],
};
