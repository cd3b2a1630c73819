//! No tracked file knows the machine it was written on, nor another registry than everybody's.
use super::{Finding, TextFile};

/// First parts of paths that exist on somebody's machine only.
const PLACES: [&str; 5] = ["work", "root", "home", "farm", "tmp"];

/// What sends a package manager elsewhere.
const REGISTRIES: [&str; 5] =
    ["replace-with", "[source.", "registry-index", "index-url", "\"resolved\": \"http"];

const LOCKED_FROM: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

pub(super) fn findings(file: &TextFile) -> Vec<Finding> {
    let lines = file.text.lines().enumerate();
    lines.filter_map(|(index, line)| Some(file.finding(index + 1, judge(file, line)?))).collect()
}

fn judge(file: &TextFile, line: &str) -> Option<String> {
    if file.path == "Cargo.lock" {
        let foreign = line.starts_with("source = ") && line != LOCKED_FROM;
        return foreign.then(|| "a crate from elsewhere than crates.io".into());
    }
    if is_configuration(file)
        && let Some(word) = REGISTRIES.iter().find(|word| line.contains(*word))
    {
        return Some(format!("`{word}` names a registry"));
    }
    // Pages for people show examples of paths.
    if file.path.starts_with("docs/") || file.extension() == Some("md") {
        return None;
    }
    let place = PLACES.iter().find(|place| is_absolute(line, place))?;
    Some(format!("a path below `/{place}` exists on one machine only"))
}

fn is_configuration(file: &TextFile) -> bool {
    let extension = file.extension().unwrap_or_default();
    ["toml", "json", "yaml", "yml", "cfg", "conf"].contains(&extension) || file.path.ends_with("/.npmrc")
}

/// `/place/…`, and neither `a/place/…` nor `https://place/…`.
fn is_absolute(line: &str, place: &str) -> bool {
    let whole = format!("/{place}/");
    line.match_indices(&whole).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        before.is_none_or(|before| !before.is_alphanumeric() && !"./_-{}<>)".contains(before))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample;

    #[test]
    fn a_path_of_one_machine_is_found() {
        for place in PLACES {
            check("src/lib.rs", &format!("let path = \"/{place}/me\";"), false);
            check("src/lib.rs", &format!("let url = \"https://{place}/me\";"), true);
            check("src/lib.rs", &format!("let path = \"a/{place}/me\";"), true);
            check("docs/how-to.md", &format!("cat /{place}/me"), true);
        }
    }

    #[test]
    fn another_registry_is_found() {
        check(".cargo/config.toml", "replace-with = \"mirror\"", false);
        check("web/package-lock.json", "\"resolved\": \"https://registry.example/a.tgz\"", false);
        check("Cargo.lock", "source = \"registry+https://mirror.example/index\"", false);
        check("Cargo.lock", LOCKED_FROM, true);
    }

    fn check(path: &str, text: &str, tidy: bool) {
        assert_eq!(findings(&sample(path, text)).is_empty(), tidy, "{path}: {text}");
    }
}
