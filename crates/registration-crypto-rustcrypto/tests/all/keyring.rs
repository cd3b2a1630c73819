//! A ring is made once, read by its owner only, and grows without losing a key.
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Barrier,
    thread,
};

use registration_crypto_rustcrypto::{Keyring, KeyringError};
use tempfile::TempDir;

const KEY: &str = "0000002a q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s= 1795000000";

fn place() -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("keyring");
    (directory, path)
}

fn write(path: &Path, text: &str, mode: u32) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[test]
fn a_ring_is_made_once_and_read_again() {
    let (_directory, path) = place();
    let made = Keyring::open_or_create(&path).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(Keyring::open_or_create(&path).unwrap().fingerprint(), made.fingerprint());
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn a_ring_is_made_in_a_directory_that_is_not_there_yet() {
    let (directory, _) = place();
    assert!(Keyring::open_or_create(&directory.path().join("data/keys/ring")).is_ok());
}

#[test]
fn no_other_file_stays_beside_the_ring() {
    let (directory, path) = place();
    Keyring::open_or_create(&path).unwrap();
    Keyring::rotate(&path).unwrap();
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
}

#[test]
fn eight_that_make_it_at_once_get_the_same() {
    for _ in 0..20 {
        let (directory, path) = place();
        let start = Barrier::new(8);
        let fingerprints: Vec<String> = thread::scope(|scope| {
            let open = || {
                start.wait();
                Keyring::open_or_create(&path).unwrap().fingerprint()
            };
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
            threads.into_iter().map(|it| it.join().unwrap()).collect()
        });
        assert!(fingerprints.windows(2).all(|two| two[0] == two[1]), "{fingerprints:?}");
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    }
}

#[test]
fn eight_that_add_a_key_at_once_add_eight() {
    let (_directory, path) = place();
    let first = Keyring::open_or_create(&path).unwrap().fingerprint();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| Keyring::rotate(&path).unwrap());
        }
    });
    let keys = fs::read_to_string(&path).unwrap().lines().filter(|line| !line.starts_with('#')).count();
    assert_eq!(keys, 9);
    assert_eq!(Keyring::open(&path).unwrap().fingerprint(), first, "a key more is no other ring");
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn a_ring_that_others_can_read_is_refused() {
    let (_directory, path) = place();
    for exposed in [0o644, 0o640, 0o604, 0o620, 0o777] {
        write(&path, KEY, exposed);
        let error = Keyring::open_or_create(&path).unwrap_err();
        assert!(matches!(error, KeyringError::Exposed { mode, .. } if mode == exposed), "{error:?}");
        assert!(error.to_string().contains(&format!("{exposed:04o}")), "{error}");
        assert!(error.to_string().contains("chmod 600"), "{error}");
    }
    for private in [0o600, 0o400] {
        write_private(&path, private);
        assert!(Keyring::open_or_create(&path).is_ok(), "{private:o}");
    }
}

fn write_private(path: &Path, mode: u32) {
    fs::remove_file(path).unwrap();
    write(path, KEY, mode);
}

#[test]
fn a_file_that_is_no_ring_is_refused_and_left_alone() {
    let (_directory, path) = place();
    for (text, line) in [
        ("hunter2", 1),
        ("# fine\n\n0000002A q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s= 1", 3),
        ("0000002a q6urq6urq6s= 1", 1),
        ("0000002a AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= 1", 1),
        ("0000002a q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s= today", 1),
        ("0000002a q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s= 9223372036854775807", 1),
        ("0000002a q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s= 1 more", 1),
        ("+000002a q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s= 1", 1),
    ] {
        write(&path, text, 0o600);
        let error = Keyring::open_or_create(&path).unwrap_err();
        assert!(matches!(error, KeyringError::Malformed { line: at, .. } if at == line), "{text}: {error:?}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    write(&path, &format!("{KEY}\n{KEY}\n"), 0o600);
    assert!(matches!(Keyring::open(&path), Err(KeyringError::Malformed { line: 2, .. })));
    write(&path, "# nothing\n", 0o600);
    assert!(matches!(Keyring::open_or_create(&path), Err(KeyringError::Empty { .. })));
}

#[test]
fn a_ring_that_must_be_there_is_not_made() {
    let (_directory, path) = place();
    assert!(matches!(Keyring::open(&path), Err(KeyringError::File { .. })));
    assert!(matches!(Keyring::rotate(&path), Err(KeyringError::File { .. })));
    assert!(!path.exists());
}

#[test]
fn neither_debug_nor_fingerprint_nor_error_shows_a_key() {
    let (_directory, path) = place();
    write(&path, KEY, 0o600);
    let ring = Keyring::open(&path).unwrap();
    assert_eq!(format!("{ring:?}"), r#"["0000002a"]"#);
    let fingerprint = ring.fingerprint();
    assert_eq!(fingerprint.len(), 32);
    assert!(!fingerprint.contains("abab"), "{fingerprint}");
    write(&path, &KEY.replace('=', "!"), 0o600);
    assert!(!format!("{:?}", Keyring::open(&path).unwrap_err()).contains("q6ur"));
}
