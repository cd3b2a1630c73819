//! The crate from outside: what its promises are, and what breaks none of them.
mod contract;
mod keyring;
mod sealer;
