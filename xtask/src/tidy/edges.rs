//! Which crate may stand on which: server → {http, web → edge; store, mail, crypto, dns, migrations} → domain ← testkit.
use super::{Finding, TextFile};
use crate::workspace::{Dependency, Package};

struct Rule {
    package: &'static str,
    may_use: &'static [&'static str],
}

const DOMAIN: &str = "registration-domain";
const TESTKIT: &str = "registration-testkit";
const EDGE: &str = "registration-edge-poem";
const MIGRATIONS: &str = "registration-migrations";

/// A crate without a row may use nothing of the workspace, and nothing may use it.
const RULES: [Rule; 13] = [
    Rule { package: DOMAIN, may_use: &[] },
    Rule { package: TESTKIT, may_use: &[DOMAIN] },
    Rule { package: MIGRATIONS, may_use: &[DOMAIN] },
    Rule { package: "registration-store-seaorm", may_use: &[DOMAIN, MIGRATIONS] },
    Rule { package: "registration-mail-lettre", may_use: &[DOMAIN] },
    Rule { package: "registration-crypto-rustcrypto", may_use: &[DOMAIN] },
    Rule { package: "registration-dns-hickory", may_use: &[DOMAIN] },
    Rule { package: EDGE, may_use: &[DOMAIN] },
    Rule { package: "registration-http-poem", may_use: &[DOMAIN, EDGE] },
    Rule { package: "registration-web-poem", may_use: &[DOMAIN, EDGE] },
    Rule {
        package: "registration-server",
        may_use: &[
            DOMAIN,
            EDGE,
            MIGRATIONS,
            "registration-crypto-rustcrypto",
            "registration-dns-hickory",
            "registration-http-poem",
            "registration-mail-lettre",
            "registration-store-seaorm",
            "registration-web-poem",
        ],
    },
    Rule {
        package: "registration-benchmark",
        may_use: &[DOMAIN, "registration-crypto-rustcrypto", "registration-store-seaorm"],
    },
    Rule { package: "xtask", may_use: &[] },
];

/// Crates without I/O, clock, chance or runtime: all that the domain may know of the world.
const PURE: [&str; 10] = [
    "async-trait",
    "email_address",
    "idna",
    "precis-profiles",
    "thiserror",
    "unicode-normalization",
    "unicode-security",
    "uuid",
    "zeroize",
    "zxcvbn",
];

pub(super) fn findings(package: &Package, manifest: &TextFile) -> Vec<Finding> {
    let Some(rule) = RULES.iter().find(|rule| rule.package == package.name) else {
        return vec![manifest.finding(1, format!("{} has no row among tidy's edges", package.name))];
    };
    let forbidden = package.dependencies.iter().filter(|dependency| !rule.allows(dependency));
    forbidden
        .map(|dependency| {
            let what = format!("{} may not depend on {}", package.name, dependency.name);
            manifest.finding(line_of(&dependency.name, manifest), what)
        })
        .collect()
}

impl Rule {
    fn allows(&self, dependency: &Dependency) -> bool {
        let name = dependency.name.as_str();
        let for_tests = dependency.kind.as_deref() == Some("dev");
        if dependency.path.is_some() {
            return self.may_use.contains(&name) || (for_tests && name == TESTKIT);
        }
        self.package != DOMAIN || for_tests || PURE.contains(&name)
    }
}

fn line_of(dependency: &str, manifest: &TextFile) -> usize {
    let named =
        |line: &str| line.strip_prefix(dependency).is_some_and(|rest| rest.starts_with(['.', ' ', '=']));
    manifest.text.lines().position(named).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample;

    #[test]
    fn adapters_do_not_import_each_other() {
        check("registration-http-poem", "registration-store-seaorm", Workspace, None, false);
        check("registration-edge-poem", "registration-http-poem", Workspace, None, false);
        check("registration-http-poem", "registration-edge-poem", Workspace, None, true);
        check("registration-store-seaorm", "registration-migrations", Workspace, None, true);
    }

    #[test]
    fn the_testkit_is_for_tests_only() {
        check("registration-server", "registration-testkit", Workspace, None, false);
        check("registration-server", "registration-testkit", Workspace, Some("dev"), true);
        check("registration-http-poem", "registration-server", Workspace, Some("dev"), false);
    }

    #[test]
    fn the_domain_knows_pure_crates_only() {
        check(DOMAIN, "tokio", Registry, None, false);
        check(DOMAIN, "tokio", Registry, Some("build"), false);
        check(DOMAIN, "tokio", Registry, Some("dev"), true);
        check(DOMAIN, "uuid", Registry, None, true);
        check(DOMAIN, TESTKIT, Workspace, None, false);
        check("registration-server", "tokio", Registry, None, true);
    }

    #[test]
    fn an_unknown_crate_is_found() {
        check("registration-new", "registration-domain", Workspace, None, false);
    }

    enum Home {
        Workspace,
        Registry,
    }
    use Home::{Registry, Workspace};

    fn check(package: &str, dependency: &str, home: Home, kind: Option<&str>, allowed: bool) {
        let path = match home {
            Workspace => Some(dependency.into()),
            Registry => None,
        };
        let dependency = Dependency { name: dependency.into(), kind: kind.map(Into::into), path };
        let name = package.into();
        let package = Package { name, manifest_path: "Cargo.toml".into(), dependencies: vec![dependency] };
        let found = findings(&package, &sample("Cargo.toml", ""));
        assert_eq!(found.is_empty(), allowed, "{found:?}");
    }

    #[test]
    fn a_finding_points_at_the_line() {
        let manifest = sample("Cargo.toml", "[dependencies]\ntokio-util = \"0\"\ntokio.workspace = true\n");
        assert_eq!(line_of("tokio", &manifest), 3);
    }
}
