//! Every setting and every command, as the command line itself knows them.
use clap::CommandFactory;
use registration_server::{
    cli::Cli,
    config::{SETTINGS, settings_table},
};

use crate::page::Page;

pub(crate) fn page() -> String {
    let mut page = Page::new(
        "Settings",
        "A flag wins over the environment, the environment over the file of `--config`, and the file over the default. \
         A dot in a name stands between a section of the file and its key: `limits.mails_a_day` is `mails_a_day` under \
         `[limits]`. A secret may lie in a file of its own, named by the variable with `_FILE` at its end. \
         `registration config show` prints each value and where it comes from.",
    );
    page.add(settings_table().trim_end().replace('<', "&lt;"));
    page.end()
}

pub(crate) fn command_line_page() -> String {
    let mut page = Page::new("Command line", "What `registration` can do, as `--help` says it.");
    let command = Cli::command();
    let name = command.get_name().to_owned();
    add(&mut page, command.bin_name(&name), &name, 2);
    page.end()
}

fn add(page: &mut Page, command: clap::Command, name: &str, depth: usize) {
    page.heading(depth, format_args!("`{name}`"));
    let mut shown = command.clone().bin_name(name).disable_help_subcommand(true);
    if depth > 2 {
        // The flags of settings are said once.
        shown = shown.mut_args(|it| if is_setting(&it) { it.hide(true) } else { it });
    }
    let help = shown.term_width(100).render_long_help().to_string();
    let lines: Vec<_> = help.lines().map(str::trim_end).collect();
    page.add(format_args!("```text\n{}\n```", lines.join("\n").trim_end()));
    for inner in command.get_subcommands().filter(|it| it.get_name() != "help") {
        add(page, inner.clone(), &format!("{name} {}", inner.get_name()), depth + 1);
    }
}

fn is_setting(argument: &clap::Arg) -> bool {
    let name = argument.get_id().as_str();
    name == "config" || SETTINGS.iter().any(|it| it.name == name)
}
