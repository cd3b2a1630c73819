//! All that is stored about somebody, as named facts, for them to take along. It holds no secret.
use crate::{page::Position, time::Timestamp};

/// What is stored is told in these parts, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The account itself.
    Account,
    /// Where its owner belongs, and where they belonged.
    Memberships,
    /// What they sent.
    InvitationsSent,
    /// What was sent to their address.
    InvitationsReceived,
    /// Where they asked to join.
    JoinRequests,
    /// The address that they want to move to.
    AddressChanges,
    /// What they were told on their own pages.
    Notifications,
    /// Where they are signed in.
    Sessions,
    /// Who tried to sign in as them.
    SignIns,
    /// What they did, as the audit log has it.
    OwnActs,
    /// What others did about them, as the audit log has it.
    ActsAboutThem,
}

/// One thing that is stored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry(Vec<(&'static str, Item)>);

/// What is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// Nothing.
    Nothing,
    /// A text.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A point in time.
    Time(Timestamp),
}

/// Where a part begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// In which section.
    pub section: Section,
    /// Behind which of its entries; at its beginning without one.
    pub after: Option<Position>,
}

/// A part of one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which section.
    pub section: Section,
    /// Whether the section begins here.
    pub is_first: bool,
    /// What is in it.
    pub entries: Vec<Entry>,
    /// Where the next part begins: in this section, or in the next one; nothing where this is the end.
    pub next: Option<Bookmark>,
}

impl Section {
    /// Every section, in order.
    pub const ALL: [Self; 11] = [
        Self::Account,
        Self::Memberships,
        Self::InvitationsSent,
        Self::InvitationsReceived,
        Self::JoinRequests,
        Self::AddressChanges,
        Self::Notifications,
        Self::Sessions,
        Self::SignIns,
        Self::OwnActs,
        Self::ActsAboutThem,
    ];

    /// The stable word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Memberships => "memberships",
            Self::InvitationsSent => "invitations_sent",
            Self::InvitationsReceived => "invitations_received",
            Self::JoinRequests => "join_requests",
            Self::AddressChanges => "address_changes",
            Self::Notifications => "notifications",
            Self::Sessions => "sessions",
            Self::SignIns => "sign_ins",
            Self::OwnActs => "own_acts",
            Self::ActsAboutThem => "acts_about_you",
        }
    }
    /// The one behind it.
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().skip_while(|it| *it != self).nth(1)
    }
}

impl Bookmark {
    /// At the very beginning.
    pub const START: Self = Self { section: Section::Account, after: None };
}

impl Part {
    /// Whether the section ends here.
    pub fn is_last(&self) -> bool {
        self.next.as_ref().is_none_or(|it| it.section != self.section)
    }
}

impl Entry {
    /// With this in it too.
    #[must_use]
    pub fn with(mut self, name: &'static str, item: impl Into<Item>) -> Self {
        self.0.push((name, item.into()));
        self
    }
    /// All of it, in order.
    pub fn items(&self) -> &[(&'static str, Item)] {
        &self.0
    }
}

impl From<String> for Item {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<&str> for Item {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<bool> for Item {
    fn from(it: bool) -> Self {
        Self::Flag(it)
    }
}
impl From<Timestamp> for Item {
    fn from(at: Timestamp) -> Self {
        Self::Time(at)
    }
}
impl<T: Into<Self>> From<Option<T>> for Item {
    fn from(it: Option<T>) -> Self {
        it.map_or(Self::Nothing, Into::into)
    }
}
