//! People are counted as far as a page says it: beyond that, "10,000+" is all that anybody reads.
use std::fmt;

/// How many there are.
///
/// ```
/// use registration_domain::count::Count;
///
/// assert_eq!(Count::of(10_000), Count::Exactly(10_000));
/// assert_eq!(Count::of(10_001), Count::AtLeast(10_000));
/// assert_eq!(Count::of(10_001).to_string(), "10000+");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Count {
    /// Just so many.
    Exactly(u32),
    /// So many, and more.
    AtLeast(u32),
}

impl Count {
    /// Up to here the count is exact.
    pub const MOST: u32 = 10_000;
    /// How many rows a store looks at: the last one only tells that there are more.
    pub const LOOKS: u64 = 10_001;

    /// From how many were found, of those that were looked at.
    pub fn of(found: u64) -> Self {
        match u32::try_from(found) {
            Ok(exact @ ..=Self::MOST) => Self::Exactly(exact),
            Ok(_) | Err(_) => Self::AtLeast(Self::MOST),
        }
    }
    /// So many, or more.
    pub fn number(self) -> u32 {
        match self {
            Self::Exactly(number) | Self::AtLeast(number) => number,
        }
    }
    /// Whether there are no more.
    pub fn is_exact(self) -> bool {
        matches!(self, Self::Exactly(_))
    }
}

/// The number, with a plus where there are more.
impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(number) => write!(f, "{number}"),
            Self::AtLeast(number) => write!(f, "{number}+"),
        }
    }
}
