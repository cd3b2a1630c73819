//! Time, chance, secrets, mail and DNS that a test can foretell.
mod clock;
mod codes;
mod digest;
mod dns;
mod hasher;
mod ids;
mod mailer;
mod sealer;

pub use clock::{FakeClock, NOW};
pub use codes::PlainCodes;
pub use digest::PlainFingerprints;
pub use dns::FakeDns;
pub use hasher::PlainHasher;
pub use ids::CountingIds;
pub use mailer::MemoryMailer;
pub use sealer::PlainSealer;
