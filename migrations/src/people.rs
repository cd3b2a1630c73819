//! What the tabs of an organization's people are counted and listed by, in milliseconds whatever there is: an
//! invitation carries a copy of whether its newest mail was given up, and each question has an index of its own.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0007_people",
    statements: &[
        "ALTER TABLE invitation ADD COLUMN undelivered {bool} NOT NULL DEFAULT FALSE",
        "UPDATE invitation SET undelivered = TRUE WHERE EXISTS (
            SELECT 1 FROM message WHERE message.kind = 'invitation' AND message.subject = invitation.id
                AND message.generation = invitation.generation AND message.state = 'dead')",
        "CREATE INDEX invitation_open ON invitation (organization, undelivered, expires_at)
            WHERE state = 'pending'",
        "CREATE INDEX invitation_undelivered ON invitation (organization, state, created_at, id, expires_at)
            WHERE undelivered = TRUE",
        // Chosen permissions are as long as one likes, and an entry of an index is not.
        "CREATE INDEX membership_by_access ON membership (organization, access, id)
            WHERE state = 'active' AND access NOT LIKE 'chosen:%'",
        "CREATE INDEX membership_choosing ON membership (organization, id)
            WHERE state = 'active' AND ',' || substr(access, 8) || ',' LIKE '%,members.manage_access,%'",
    ],
};
