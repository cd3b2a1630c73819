//! Chance comes from the operating system, and from here only.

/// So many bytes that nobody can foretell.
#[expect(clippy::disallowed_methods, reason = "the one place that asks for chance")]
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}
