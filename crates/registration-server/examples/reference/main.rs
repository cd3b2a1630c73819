//! Writes the reference pages of the book into a folder; `cargo xtask codegen` runs it.
mod api;
mod email_domain;
mod employee_code;
mod invitation;
mod join_request;
mod letters;
mod machine;
mod membership;
mod message;
mod page;
mod permissions;
mod problems;
mod session;
mod settings;
mod setup_link;
mod sign_up;
mod states;
mod words;

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let folder = env::args_os().nth(1).context("usage: reference FOLDER")?;
    let folder = PathBuf::from(folder);
    fs::create_dir_all(&folder)?;
    let document = api::document()?;
    for (name, text) in [
        ("openapi.json", document.text.to_owned()),
        ("api.md", api::page(&document)?),
        ("problems.md", problems::page()),
        ("permissions.md", permissions::page()),
        ("settings.md", settings::page()),
        ("command-line.md", settings::command_line_page()),
        ("states.md", states::page()),
        ("audit.md", words::audit_page()),
        ("mails.md", words::mails_page()),
    ] {
        fs::write(folder.join(name), text).with_context(|| name)?;
    }
    Ok(())
}
