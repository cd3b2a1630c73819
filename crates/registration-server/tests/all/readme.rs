//! The README's commands, run as they stand there, lead to an accepted invitation.
use std::{fs, path::Path, process::Command};

use super::{deployment::folder, server::Server};

const LINK: &str = "http://127.0.0.1:8080/setup/TOKEN";

#[test]
fn the_commands_of_the_readme_lead_to_an_accepted_invitation() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = fs::read_to_string(readme).expect("there is a README");
    let blocks: Vec<_> = readme.split("```sh\n").skip(1).filter_map(|it| it.split_once("\n```")).collect();
    let (clone, commands) = blocks.split_first().expect("blocks of commands");
    assert!(clone.0.contains("git clone") && clone.0.ends_with("cargo run"), "{}", clone.0);
    let folder = folder("");
    let mut server = Server::start(folder.path(), "server", &[]);
    let link = server.line("setup");
    let script: Vec<_> = commands.iter().take(1).map(|(block, _)| block.replace(LINK, &link)).collect();
    assert!(script[0].contains(&link), "the place of the link is not {LINK}");
    let ran =
        Command::new("bash").args(["-euo", "pipefail", "-c", &script[0]]).current_dir(folder.path()).output();
    let ran = ran.expect("bash runs");
    let printed = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{printed}{}", String::from_utf8_lossy(&ran.stderr));
    for part in ["ana@example.org", "ben@example.org", "members.view"] {
        assert!(printed.contains(part), "{part}: {printed}");
    }
}
