//! A token opens for what it was sealed for, in its one spelling, and nothing else opens at all.
use std::{collections::BTreeSet, sync::Arc};

use registration_domain::{
    link::{Link, LinkPurpose},
    port::LinkSealer,
    revision::Generation,
};
use uuid::Uuid;

promises! {
    /// Makes the promises of a link sealer tests. `$fresh` answers an `Arc<dyn LinkSealer>` and a guard.
    link_sealer_contract, link_sealer, Arc<dyn LinkSealer>:
    a_sealed_link_opens_as_itself,
    a_link_is_always_sealed_alike,
    different_links_have_different_tokens,
    an_altered_token_does_not_open,
    a_token_has_one_spelling,
    text_that_was_never_sealed_does_not_open,
    a_token_is_fit_for_a_url,
}

fn links() -> Vec<Link> {
    let mut links = Vec::new();
    for purpose in LinkPurpose::ALL {
        for subject in [Uuid::nil(), Uuid::from_u128(0x0190_5c55_0000_7000_8000_0000_0000_0007), Uuid::max()]
        {
            let generations = [0, 1, 255, 256, u32::MAX].map(Generation);
            links.extend(generations.map(|generation| Link { purpose, subject, generation }));
        }
    }
    links
}

/// Of each purpose, subject and generation.
pub async fn a_sealed_link_opens_as_itself(sealer: Arc<dyn LinkSealer>) {
    for link in links() {
        assert_eq!(sealer.open(sealer.seal(link).0.expose()), Some(link));
    }
}

/// So that a second try of a mail is the same to the byte.
pub async fn a_link_is_always_sealed_alike(sealer: Arc<dyn LinkSealer>) {
    for link in links() {
        assert_eq!(sealer.seal(link), sealer.seal(link), "{link:?}");
    }
}

/// Another purpose, subject or generation is another token.
pub async fn different_links_have_different_tokens(sealer: Arc<dyn LinkSealer>) {
    let tokens = links().into_iter().map(|it| sealer.seal(it).0.expose().to_owned());
    assert_eq!(tokens.collect::<BTreeSet<_>>().len(), links().len());
}

/// Wherever it was altered, shortened or made longer.
pub async fn an_altered_token_does_not_open(sealer: Arc<dyn LinkSealer>) {
    for link in links() {
        let token = sealer.seal(link).0.expose().to_owned();
        for (at, was) in token.char_indices() {
            for other in ['A', 'a', '0', '-', '_', '.', ' '].into_iter().filter(|it| *it != was) {
                let altered = format!("{}{other}{}", &token[..at], &token[at + was.len_utf8()..]);
                assert_eq!(sealer.open(&altered), None, "{at} of {link:?} became {other:?}");
            }
            assert_eq!(sealer.open(&token[..at]), None, "{link:?} was cut at {at}");
            assert_eq!(
                sealer.open(&format!("{}{}", &token[..at], &token[at + was.len_utf8()..])),
                None,
                "{at}"
            );
        }
    }
}

/// No white space, no padding, no other case.
pub async fn a_token_has_one_spelling(sealer: Arc<dyn LinkSealer>) {
    for link in links() {
        let token = sealer.seal(link).0.expose().to_owned();
        let cased = [token.to_ascii_uppercase(), token.to_ascii_lowercase()];
        let padded = [" ", "=", "==", "\n", "\0", "A", "."].map(|end| format!("{token}{end}"));
        let led = [" ", "\n", "A"].map(|start| format!("{start}{token}"));
        for other in cased.into_iter().chain(padded).chain(led).filter(|it| *it != token) {
            assert_eq!(sealer.open(&other), None, "{other:?}");
        }
    }
}

/// However it looks, and however long it is.
pub async fn text_that_was_never_sealed_does_not_open(sealer: Arc<dyn LinkSealer>) {
    let long = "A".repeat(100_000);
    for text in ["", " ", "A", "token", "../../etc/passwd", "%00", "ü", "🙂", "AAAAAAAAAAAAAAAAAAAAAA", &long]
    {
        assert_eq!(sealer.open(text), None, "{:?}", &text.chars().take(20).collect::<String>());
    }
}

/// Without being escaped, and as the last segment of a path.
pub async fn a_token_is_fit_for_a_url(sealer: Arc<dyn LinkSealer>) {
    for link in links() {
        let token = sealer.seal(link).0;
        let fit = |it: char| it.is_ascii_alphanumeric() || "-._~".contains(it);
        assert!(token.expose().chars().all(fit), "{link:?}");
        assert!((1..=256).contains(&token.expose().len()), "{link:?}");
    }
}
