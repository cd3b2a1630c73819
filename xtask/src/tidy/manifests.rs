//! Every crate takes the workspace's lints, whether it is a member yet or not.
use super::{Finding, TextFile};

pub(super) fn findings(files: &[TextFile]) -> Vec<Finding> {
    let manifests = files.iter().filter(|file| file.path.ends_with("Cargo.toml"));
    manifests.filter_map(finding).collect()
}

fn finding(manifest: &TextFile) -> Option<Finding> {
    let table: toml::Table = match toml::from_str(&manifest.text) {
        Ok(table) => table,
        Err(error) => return Some(manifest.finding(1, format!("is no TOML: {error}"))),
    };
    let takes_lints = || table.get("lints")?.get("workspace")?.as_bool();
    if !table.contains_key("package") || takes_lints() == Some(true) {
        return None;
    }
    Some(manifest.finding(1, "lacks `[lints] workspace = true`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample;

    #[test]
    fn a_crate_without_the_workspaces_lints_is_found() {
        check("[package]\nname = \"a\"\n", false);
        check("[package]\nname = \"a\"\n[lints]\nworkspace = false\n", false);
        check("[package\n", false);
        check("[package]\nname = \"a\"\n[lints]\nworkspace = true\n", true);
        check("[workspace]\nmembers = []\n", true);
    }

    fn check(manifest: &str, tidy: bool) {
        assert_eq!(findings(&[sample("a/Cargo.toml", manifest)]).is_empty(), tidy, "{manifest}");
    }
}
