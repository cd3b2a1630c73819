//! A cursor opens for whom it was sealed, and nobody makes one up.
use std::sync::Arc;

use registration_domain::port::CursorSealer;

promises! {
    /// Makes the promises of a cursor sealer tests. `$fresh` answers an `Arc<dyn CursorSealer>` and a guard.
    cursor_sealer_contract, cursor_sealer, Arc<dyn CursorSealer>:
    a_sealed_cursor_opens_as_itself,
    a_cursor_opens_for_its_own_scope_alone,
    an_altered_cursor_does_not_open,
    a_cursor_that_was_never_sealed_does_not_open,
    a_cursor_is_fit_for_a_url,
}

fn positions() -> Vec<Vec<u8>> {
    let long = (0..=u8::MAX).cycle().take(1_000).collect();
    vec![Vec::new(), vec![0], vec![0; 16], b"name\0Muller, Zoe".to_vec(), vec![255; 33], long]
}

/// Whatever bytes it hides.
pub async fn a_sealed_cursor_opens_as_itself(sealer: Arc<dyn CursorSealer>) {
    for position in positions() {
        let cursor = sealer.seal_cursor(b"scope", &position);
        assert_eq!(sealer.open_cursor(b"scope", &cursor), Some(position));
    }
}

/// For no other list and no other caller, and not where scope and position only add up to the same.
pub async fn a_cursor_opens_for_its_own_scope_alone(sealer: Arc<dyn CursorSealer>) {
    for position in positions() {
        let cursor = sealer.seal_cursor(b"members of 1", &position);
        for scope in [&b"members of 2"[..], b"", b"members of 1 ", b"members of"] {
            assert_eq!(sealer.open_cursor(scope, &cursor), None, "{scope:?}");
        }
    }
    let joined = sealer.seal_cursor(b"ab", b"c");
    assert_eq!(sealer.open_cursor(b"a", &joined), None);
}

/// Wherever it was altered.
pub async fn an_altered_cursor_does_not_open(sealer: Arc<dyn CursorSealer>) {
    let cursor = sealer.seal_cursor(b"scope", b"name\0Muller, Zoe");
    for (at, was) in cursor.char_indices() {
        for other in ['A', 'a', '0', '-', '_', ' '].into_iter().filter(|it| *it != was) {
            let altered = format!("{}{other}{}", &cursor[..at], &cursor[at + was.len_utf8()..]);
            assert_eq!(sealer.open_cursor(b"scope", &altered), None, "{at} became {other:?}");
        }
        assert_eq!(sealer.open_cursor(b"scope", &cursor[..at]), None, "cut at {at}");
    }
    for end in [" ", "=", "A", "\0"] {
        assert_eq!(sealer.open_cursor(b"scope", &format!("{cursor}{end}")), None, "{end:?}");
    }
}

/// However it looks.
pub async fn a_cursor_that_was_never_sealed_does_not_open(sealer: Arc<dyn CursorSealer>) {
    let long = "A".repeat(100_000);
    for text in ["", " ", "A", "0", "25", "ü", "🙂", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &long] {
        assert_eq!(sealer.open_cursor(b"scope", text), None);
    }
}

/// Without being escaped.
pub async fn a_cursor_is_fit_for_a_url(sealer: Arc<dyn CursorSealer>) {
    for position in positions() {
        let cursor = sealer.seal_cursor(b"scope", &position);
        assert!(cursor.chars().all(|it| it.is_ascii_alphanumeric() || "-._~".contains(it)), "{cursor}");
    }
}
