//! What is sealed opens for what it was sealed for, by whoever has the ring, and for nothing else.
use std::{fs, path::PathBuf, sync::LazyLock};

use proptest::{
    collection::vec,
    prelude::{Strategy, any, prop, prop_assert, prop_assert_eq, prop_assert_ne, proptest},
    sample::select,
};
use registration_crypto_rustcrypto::{Keyring, RustCryptoSealer};
use registration_domain::{
    link::{Link, LinkPurpose},
    port::{Codes, CursorSealer, Fingerprints, LinkSealer},
    revision::Generation,
    verification_code::{CodeFor, CodePurpose},
};
use tempfile::TempDir;
use uuid::Uuid;

struct Ring {
    path: PathBuf,
    sealer: RustCryptoSealer,
    _directory: TempDir,
}

static RING: LazyLock<Ring> = LazyLock::new(ring);
static OTHER: LazyLock<Ring> = LazyLock::new(ring);

fn ring() -> Ring {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("keyring");
    let sealer = RustCryptoSealer::new(&Keyring::open_or_create(&path).unwrap());
    Ring { path, sealer, _directory: directory }
}

fn links() -> impl Strategy<Value = Link> {
    (select(LinkPurpose::ALL.to_vec()), any::<u128>(), any::<u32>()).prop_map(
        |(purpose, subject, generation)| Link {
            purpose,
            subject: Uuid::from_u128(subject),
            generation: Generation(generation),
        },
    )
}

fn link() -> Link {
    Link { purpose: LinkPurpose::Invitation, subject: Uuid::from_u128(7), generation: Generation::FIRST }
}

fn token(sealer: &RustCryptoSealer, link: Link) -> String {
    sealer.seal(link).0.expose().to_owned()
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The token with one bit of one of its characters turned.
fn flipped(token: &str, at: usize, bit: usize) -> String {
    let mut bytes = token.as_bytes().to_vec();
    let value = ALPHABET.iter().position(|it| *it == bytes[at]).unwrap();
    bytes[at] = ALPHABET[value ^ (1 << bit)];
    String::from_utf8(bytes).unwrap()
}

proptest! {
    #[test]
    fn a_link_opens_as_what_was_sealed(link in links()) {
        let sealer = &RING.sealer;
        prop_assert_eq!(sealer.open(&token(sealer, link)), Some(link));
    }

    #[test]
    fn a_link_is_sealed_always_the_same(link in links()) {
        let sealer = &RING.sealer;
        prop_assert_eq!(sealer.seal(link), sealer.seal(link));
    }

    #[test]
    fn another_ring_opens_nothing(link in links()) {
        prop_assert_eq!(OTHER.sealer.open(&token(&RING.sealer, link)), None);
    }

    #[test]
    fn any_other_text_opens_nothing(text in ".{0,200}") {
        let sealer = &RING.sealer;
        prop_assert_eq!(sealer.open(&text), None);
        prop_assert_eq!(sealer.open_cursor(b"", &text), None);
    }

    #[test]
    fn a_cursor_opens_in_its_scope_only(
        scope in vec(any::<u8>(), 0..50),
        other in vec(any::<u8>(), 0..50),
        position in vec(any::<u8>(), 0..300),
    ) {
        let sealer = &RING.sealer;
        let cursor = sealer.seal_cursor(&scope, &position);
        prop_assert!(cursor.bytes().all(|b| ALPHABET.contains(&b)), "{}", cursor);
        prop_assert_eq!(sealer.open_cursor(&scope, &cursor), Some(position));
        prop_assert_eq!(sealer.open_cursor(&other, &cursor).is_some(), scope == other);
        prop_assert_eq!(OTHER.sealer.open_cursor(&scope, &cursor), None);
    }

    #[test]
    fn a_cursor_with_one_bit_turned_opens_nothing(at in any::<prop::sample::Index>(), bit in 0_usize..6) {
        let sealer = &RING.sealer;
        let cursor = sealer.seal_cursor(b"scope", b"position");
        let flipped = flipped(&cursor, at.index(cursor.len()), bit);
        prop_assert_eq!(sealer.open_cursor(b"scope", &flipped), None);
    }

    #[test]
    fn a_fingerprint_is_of_its_bytes_and_its_use(one in vec(any::<u8>(), 0..50), other in vec(any::<u8>(), 0..50)) {
        let sealer = &RING.sealer;
        let fingerprint = sealer.fingerprint("scope", &one);
        prop_assert_eq!(sealer.fingerprint("scope", &one), fingerprint);
        prop_assert_eq!(sealer.fingerprint("scope", &other) == fingerprint, one == other);
        prop_assert_ne!(sealer.fingerprint("device", &one), fingerprint);
        prop_assert_ne!(OTHER.sealer.fingerprint("scope", &one), fingerprint);
    }
}

#[test]
fn a_token_with_any_bit_turned_opens_nothing() {
    let sealer = ring().sealer;
    let token = token(&sealer, link());
    for at in 0..token.len() {
        for bit in 0..6 {
            assert_eq!(sealer.open(&flipped(&token, at, bit)), None, "bit {bit} of character {at}");
        }
    }
}

#[test]
fn a_token_has_one_spelling() {
    let sealer = ring().sealer;
    let token = token(&sealer, link());
    assert_eq!(token.len(), 76);
    let spellings = [
        format!("{token}="),
        format!(" {token}"),
        format!("{token}\n"),
        format!("{token}A"),
        format!("{token}{token}"),
        token[..75].to_owned(),
        token[1..].to_owned(),
        token.to_ascii_lowercase(),
        token.to_ascii_uppercase(),
        token.replace('_', "/").replace('-', "+") + " ",
    ];
    for spelling in spellings {
        assert_eq!(sealer.open(&spelling), None, "{spelling:?}");
    }
}

#[test]
fn a_token_is_of_one_purpose() {
    let sealer = ring().sealer;
    let tokens = LinkPurpose::ALL.map(|purpose| token(&sealer, Link { purpose, ..link() }));
    for (purpose, token) in LinkPurpose::ALL.into_iter().zip(&tokens) {
        assert_eq!(sealer.open(token).map(|it| it.purpose), Some(purpose));
    }
    // The head of one on the MAC of another: the purpose is under the MAC.
    for (head, tail) in [(0, 1), (1, 2), (2, 0)] {
        let mixed = format!("{}{}", &tokens[head][..34], &tokens[tail][34..]);
        assert_eq!(sealer.open(&mixed), None);
    }
}

#[test]
fn the_newest_key_signs_and_older_ones_verify() {
    let ring = ring();
    let (old, cursor) = (token(&ring.sealer, link()), ring.sealer.seal_cursor(b"scope", b"position"));
    let rotated = RustCryptoSealer::new(&Keyring::rotate(&ring.path).unwrap());
    let new = token(&rotated, link());
    assert_ne!(new, old);
    assert_eq!((rotated.open(&old), rotated.open(&new)), (Some(link()), Some(link())));
    assert_eq!(rotated.open_cursor(b"scope", &cursor), Some(b"position".into()));
    assert_eq!(ring.sealer.open(&new), None, "who read the ring before does not know the new key");
    assert_eq!(rotated.fingerprint("scope", b"x"), ring.sealer.fingerprint("scope", b"x"));
}

#[test]
fn a_code_that_was_mailed_under_an_older_key_is_right() {
    let ring = ring();
    let old = ring.sealer.code(code_for(7));
    let rotated = RustCryptoSealer::new(&Keyring::rotate(&ring.path).unwrap());
    let new = rotated.code(code_for(7));
    assert!(rotated.matches(code_for(7), &old) && rotated.matches(code_for(7), &new));
}

#[test]
fn who_lacks_the_ring_cannot_tell_a_code() {
    let (ours, theirs) = (ring().sealer, ring().sealer);
    let alike = (0..200).filter(|it| ours.code(code_for(*it)) == theirs.code(code_for(*it))).count();
    assert!(alike <= 3, "{alike} codes of 200 are alike");
}

fn code_for(subject: u128) -> CodeFor {
    let subject = Uuid::from_u128(subject);
    CodeFor { purpose: CodePurpose::SignUp, subject, generation: Generation::FIRST }
}

#[test]
fn a_key_that_is_taken_out_opens_nothing_any_more() {
    let ring = ring();
    let old = token(&ring.sealer, link());
    Keyring::rotate(&ring.path).unwrap();
    let text = fs::read_to_string(&ring.path).unwrap();
    let newest = text.lines().last().unwrap();
    fs::write(&ring.path, newest).unwrap();
    assert_eq!(RustCryptoSealer::new(&Keyring::open(&ring.path).unwrap()).open(&old), None);
}

#[test]
fn two_cursors_of_one_position_are_not_the_same() {
    let sealer = ring().sealer;
    assert_ne!(sealer.seal_cursor(b"s", b"p"), sealer.seal_cursor(b"s", b"p"));
}

#[test]
fn a_purpose_and_its_bytes_do_not_run_together() {
    let sealer = ring().sealer;
    assert_ne!(sealer.fingerprint("ab", b"c"), sealer.fingerprint("a", b"bc"));
}

#[test]
fn a_sealer_shows_no_key() {
    assert_eq!(format!("{:?}", ring().sealer), "RustCryptoSealer { keys: 1, .. }");
}
