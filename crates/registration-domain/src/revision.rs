//! No update forgets which state it read.

/// How often an aggregate was written. An update holds only for the revision that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub u32);

impl Revision {
    /// Of an aggregate that was just made.
    pub const FIRST: Self = Self(0);

    /// After one more write.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// Which of the links, sessions or messages of one subject this is: only the newest holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation(pub u32);

impl Generation {
    /// Of a subject that was just made.
    pub const FIRST: Self = Self(0);

    /// After one more resend, or one more change of what the older ones rested on.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}
