//! The configuration as people write it, and what they are told where it cannot be used.
use std::{collections::BTreeMap, ffi::OsString, fs, path::Path};

use registration_domain::{
    permission::Permission,
    time::{DAY, MINUTE},
};

use super::*;

#[test]
fn the_table_and_the_rules_have_the_same_defaults() {
    let config = load(&[], &[], "").unwrap().0;
    assert_eq!(config.lifetimes, Lifetimes::default());
    assert_eq!(config.limits, Limits::default());
    assert_eq!(config.password, PasswordPolicy::default());
    assert_eq!(config.hashing, HashingCost::default());
    assert_eq!(config.catalogue, Catalogue::built_in());
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.database.to_string(), "sqlite:data/registration.db");
    assert_eq!(config.key_file, Path::new("data/registration.keyring"));
    assert_eq!(config.mail.route, MailRoute::Mailbox);
}

#[test]
fn a_flag_beats_the_environment_which_beats_the_file() {
    let file = "listen = \"127.0.0.1:1\"";
    let of = |flags: &[_], env: &[_]| load(flags, env, file).unwrap().0.listen.port();
    assert_eq!(of(&[], &[]), 1);
    assert_eq!(of(&[], &[("REGISTRATION_LISTEN", "127.0.0.1:2")]), 2);
    assert_eq!(of(&[("listen", "127.0.0.1:3")], &[("REGISTRATION_LISTEN", "127.0.0.1:2")]), 3);
    assert_eq!(of(&[], &[("REGISTRATION_LISTEN", "")]), 1, "an empty variable says nothing");
}

#[test]
fn sections_of_the_file_have_variables_too() {
    let config = load(&[], &[("REGISTRATION_LIFETIMES_INVITATION", "3d")], "[lifetimes]\nsession = \"1d\"");
    let config = config.unwrap().0;
    assert_eq!((config.lifetimes.session, config.lifetimes.invitation.in_days()), (DAY, 3));
}

#[test]
fn a_platform_adds_permissions_and_roles() {
    let file = r#"
        [[permissions]]
        key = "products.manage"
        group = "Products"
        label = "Manage products"
        description = "Create and change products."
        [[roles]]
        key = "buyer"
        label = "Buyer"
        permissions = ["products.manage", "members.view"]
    "#;
    let catalogue = load(&[], &[], file).unwrap().0.catalogue;
    assert!(catalogue.knows(&Permission::parse("products.manage").unwrap()));
    assert_eq!(catalogue.roles().map(|it| it.permissions.len()).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_platform_says_whom_to_ask() {
    let of = |file| {
        load(&[], &[], file).unwrap().0.settings(PublicUrl::parse("https://a.example").unwrap()).support
    };
    assert_eq!(of(""), None);
    assert_eq!(of("support = \" \""), None);
    let contact = of("support = \"Help desk, help@a.example\"").map(|it| it.to_string());
    assert_eq!(contact.as_deref(), Some("Help desk, help@a.example"));
    assert!(refused(&[], &[], "support = \"see help.com\"").contains("support (file"));
}

#[test]
fn all_faults_are_named_at_once() {
    let file = "lisen = 1\n[lifetimes]\nsession = \"12 parsecs\"\n[limits]\nmails_a_day = \"many\"\n[edge]\nproxies = []";
    let said =
        refused(&[("listen", "nowhere")], &[("REGISTRATION_DATABASE_URL", "mysql://a:hunter2@b/c")], file);
    for part in [
        "lisen (file",
        "there is no such setting",
        "edge.proxies",
        "lifetimes.session (file",
        "is no length of time",
        "limits.mails_a_day",
        "listen (flag --listen): is no address and port",
        "database_url (environment REGISTRATION_DATABASE_URL): is no database",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn a_row_that_cannot_be_read_is_named() {
    let unknown = "[[roles]]\nkey = \"buyer\"\nlabel = \"Buyer\"\npermissions = [\"no.such\"]";
    assert!(refused(&[], &[], unknown).contains("no.such"), "{}", refused(&[], &[], unknown));
    let misspelled = "[[permissions]]\nkeyy = \"a.b\"";
    assert!(refused(&[], &[], misspelled).contains("number 1: unknown field `keyy`"));
}

#[test]
fn broken_toml_is_told_by_its_line_and_never_quoted() {
    let said = refused(&[], &[], "listen = \"127.0.0.1:1\"\nmail_url = \"smtp://a:hunter2@b\" x");
    assert!(said.contains("near line 2") && !said.contains("hunter2"), "{said}");
}

#[test]
fn what_is_for_one_machine_is_refused_elsewhere() {
    let open = [("listen", "0.0.0.0:80")];
    let said = refused(&open, &[], "dev_clock = true\n[password_hash]\nm = 8");
    for setting in ["public_url:", "mail_url:", "password_hash:", "dev_clock (file"] {
        assert!(said.contains(setting), "{setting}: {said}");
    }
    let behind = [("public_url", "https://join.example.org"), ("dev_clock", "true")];
    assert!(refused(&behind, &[], "").contains("dev_clock"));
    assert!(load(&[("dev_clock", "true")], &[], "[password_hash]\nm = 8\nt = 1").is_ok());
    let cheaper = "[password_hash]\nm = 12288\nt = 3";
    let smtp =
        [("listen", "0.0.0.0:80"), ("public_url", "https://a.example"), ("mail_url", "smtps://m.example")];
    assert!(refused(&smtp, &[], cheaper).contains("password_hash"));
    assert!(load(&smtp, &[], "[password_hash]\nm = 12288\nt = 4").is_ok());
}

#[test]
fn a_code_is_short_lived_and_ends_with_its_sign_up() {
    let lifetimes = |it: &str| format!("[lifetimes]\n{it}");
    for (file, said) in [
        ("code = \"11m\"", "must be at most 10m"),
        ("sign_up = \"5m\"", "lifetimes.code: must not be longer than lifetimes.sign_up"),
        ("code_pause = \"11m\"", "lifetimes.code_pause"),
    ] {
        let refused = refused(&[], &[], &lifetimes(file));
        assert!(refused.contains(said.trim_start_matches("lifetimes.code: ")), "{file}: {refused}");
    }
    let (config, _) = load(&[], &[], &lifetimes("code = \"5m\"\nsign_up = \"30m\"")).unwrap();
    assert_eq!(config.lifetimes.code, 5 * MINUTE);
    assert!(config.sign_up_is_open);
    assert!(!load(&[("sign_up_is_open", "false")], &[], "").unwrap().0.sign_up_is_open);
}

#[test]
fn postgresql_needs_its_keyring_named() {
    let url = [("database_url", "postgres://a:hunter2@b/c")];
    let said = refused(&url, &[], "");
    assert!(said.contains("key_file: must be named with PostgreSQL"), "{said}");
    assert!(load(&[url[0], ("key_file", "k")], &[], "").is_ok());
}

#[test]
fn a_secret_comes_from_a_file_and_is_shown_masked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("url");
    fs::write(&path, "postgres://ana:hunter2@db/n\n").unwrap();
    let path = path.to_str().unwrap();
    let env = [("REGISTRATION_DATABASE_URL_FILE", path), ("REGISTRATION_KEY_FILE", "k")];
    let (config, shown) = load(&[], &env, "").unwrap();
    assert_eq!(config.database.url().expose(), "postgres://ana:hunter2@db/n");
    let shown = format!("{shown}\n{}", shown.json());
    assert!(shown.contains("postgres://ana:***@db/n") && !shown.contains("hunter2"), "{shown}");
    assert!(shown.contains("REGISTRATION_DATABASE_URL_FILE"));
    let both = [env[0], env[1], ("REGISTRATION_DATABASE_URL", "sqlite:a")];
    assert!(refused(&[], &both, "").contains("choose one"));
    assert!(!format!("{config:?}").contains("hunter2"));
}

#[test]
fn the_reference_has_a_row_for_each_setting() {
    let table = settings_table();
    assert_eq!(table.lines().count(), SETTINGS.len() + 2);
    assert!(
        table.contains("| `lifetimes.session_idle` | `REGISTRATION_LIFETIMES_SESSION_IDLE` |  | `12h` |")
    );
}

fn refused(flags: &[(&'static str, &str)], env: &[(&str, &str)], file: &str) -> String {
    load(flags, env, file).expect_err("must be refused").to_string()
}

fn load(flags: &[(&'static str, &str)], env: &[(&str, &str)], file: &str) -> Result<(Config, Shown), Faults> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("registration.toml");
    fs::write(&path, file).unwrap();
    let environment =
        |name: &str| env.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(*value));
    let flags: BTreeMap<_, _> = flags.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Config::load(&Sources { flags, environment: &environment, file: Some(&path) })
}
