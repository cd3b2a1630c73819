//! What the tests need from Debian: found, or installed, or refused with the command to run.
use std::{
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};

use crate::{interrupt::Running, postgres, say::say};

pub(crate) struct Tool {
    package: &'static str,
    found: fn() -> bool,
}

/// All that the tests stand on; a further one is a further row.
pub(crate) const FOR_TESTS: &[Tool] =
    &[POSTGRES, PYTHON, OPENSSL, SETPRIV, CURL, JQ, CHROMIUM, CHROMEDRIVER, FONTS, NPM];

pub(crate) const POSTGRES: Tool = Tool { package: "postgresql", found: || postgres::binaries().is_ok() };
pub(crate) const PYTHON: Tool =
    Tool { package: "python3-venv", found: || succeeds("python3", &["-c", "import ensurepip, venv"]) };
pub(crate) const OPENSSL: Tool = Tool { package: "openssl", found: || succeeds("openssl", &["version"]) };
pub(crate) const SETPRIV: Tool =
    Tool { package: "util-linux", found: || succeeds("setpriv", &["--version"]) };
/// What readers of the README and of the tutorial type.
pub(crate) const CURL: Tool = Tool { package: "curl", found: || succeeds("curl", &["--version"]) };
pub(crate) const JQ: Tool = Tool { package: "jq", found: || succeeds("jq", &["--version"]) };

const CHROMIUM: Tool = Tool { package: "chromium", found: || succeeds("chromium", &["--version"]) };
const CHROMEDRIVER: Tool =
    Tool { package: "chromium-driver", found: || succeeds("chromedriver", &["--version"]) };
/// Without any, a browser shows no letters.
const FONTS: Tool = Tool {
    package: "fonts-dejavu-core",
    found: || Path::new("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf").is_file(),
};
const NPM: Tool = Tool { package: "npm", found: || succeeds("npm", &["--version"]) };

pub(crate) fn require(tools: &[Tool]) -> Result<()> {
    let missing: Vec<_> = tools.iter().filter(|tool| !(tool.found)()).map(|tool| tool.package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let install = format!(
        "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends {}",
        missing.join(" ")
    );
    if !is_root() {
        bail!("{} missing; as root, run\n  {install}", missing.join(", "));
    }
    say(format_args!("installing {}", missing.join(", ")));
    let status = Running::start(Command::new("sh").args(["-c", &install]))?.wait()?;
    ensure!(status.success(), "could not install what is missing; tried\n  {install}");
    match tools.iter().find(|tool| !(tool.found)()) {
        None => Ok(()),
        Some(tool) => bail!("{} is installed, and still not found", tool.package),
    }
}

pub(crate) fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

/// A server that stops when this program does, even when nobody could tell it to.
pub(crate) fn bound_to_us(signal: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", signal]).stdin(Stdio::null());
    command
}

/// Runs to its end in silence; what it printed is in the error.
pub(crate) fn quietly(command: &mut Command) -> Result<String> {
    let name = command.get_program().display().to_string();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {name}"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "{name} failed: {said}{}", String::from_utf8_lossy(&output.stderr));
    Ok(said.into_owned())
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    quietly(Command::new(program).args(arguments)).is_ok()
}
