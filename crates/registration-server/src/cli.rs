//! The command line: without a command it serves, and every setting without a section has a flag.
use std::{collections::BTreeMap, path::PathBuf};

use clap::{
    Arg, ArgAction, ArgMatches, Args, Command as Clap, FromArgMatches, Parser, Subcommand, ValueHint,
    error::Error,
};
use clap_complete::Shell;

use crate::config::{Kind, SETTINGS};

/// How a command ended.
pub const EXIT_CODES: &str = "Exit codes:
  0  it worked
  1  it did not; standard error says why
  2  the command line or the configuration cannot be used";

/// Who is let into an organization, by whom, and with exactly which access.
#[derive(Debug, Parser)]
#[command(name = "registration", version, after_help = EXIT_CODES)]
pub struct Cli {
    /// What to do; without a command, serve.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The settings.
    #[command(flatten)]
    pub settings: SettingFlags,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve until SIGTERM or Ctrl-C
    Serve,
    /// Bring the database's schema to this version
    Migrate(Migrate),
    /// Fill an empty database with people to try things out on
    Seed {
        /// A small organization: an Owner, members with different access, invitations
        #[arg(long, required = true)]
        demo: bool,
    },
    /// What whoever runs the server may do
    #[command(subcommand)]
    Admin(Admin),
    /// What whoever runs the server may do for one account
    #[command(subcommand)]
    User(User),
    /// What whoever runs the server may do about who is signed in
    #[command(subcommand)]
    Session(Session),
    /// Ask a running server whether it is ready; for probes
    Health {
        /// Where it listens, such as <http://127.0.0.1:8080>; without it, the address of --listen
        #[arg(long)]
        url: Option<String>,
    },
    /// Print the OpenAPI document
    Openapi,
    /// Print completions for a shell
    Completions {
        /// Which
        shell: Shell,
    },
    /// Try how mail leaves
    #[command(subcommand)]
    Mail(Mail),
    /// The settings
    #[command(subcommand)]
    Config(Config),
    /// Check what a server needs, and say how to mend what is missing
    Doctor {
        /// For programs
        #[arg(long)]
        json: bool,
    },
}

/// Bringing the schema to this version.
#[derive(Debug, clap::Args)]
pub struct Migrate {
    /// What to do; without it, bring it up.
    #[command(subcommand)]
    pub step: Option<MigrateStep>,
    /// Say what would be done, and do nothing
    #[arg(long, global = true)]
    pub dry_run: bool,
}

/// What can be done to a schema.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum MigrateStep {
    /// Say at which version it is
    Status,
    /// Apply what is missing
    Up,
}

/// What whoever runs the server may do.
#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Print a new setup link, while nobody owns the platform
    SetupLink,
    /// Invite an Owner into an organization whose Owners are out of reach, and print the link
    CreateOwner {
        /// The organization's id
        #[arg(long, value_name = "ID")]
        organization: uuid::Uuid,
        /// Whom: not yet a member; the invitation is mailed, too
        #[arg(long, value_name = "ADDRESS")]
        email: String,
    },
    /// Make an account an administrator of the platform
    MakeAdministrator {
        /// The account's address
        #[arg(long, value_name = "ADDRESS")]
        email: String,
    },
}

/// What whoever runs the server may do for one account.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Let somebody try again at once who failed to sign in too often
    Unlock {
        /// The account's
        address: String,
    },
}

/// What whoever runs the server may do about who is signed in.
#[derive(Debug, Subcommand)]
pub enum Session {
    /// Sign everybody out, or one account everywhere
    RevokeAll {
        /// Only this account, by its address
        #[arg(long, value_name = "ADDRESS")]
        account: Option<String>,
    },
}

/// Trying how mail leaves.
#[derive(Debug, Subcommand)]
pub enum Mail {
    /// Send a sample mail
    Test {
        /// To whom
        #[arg(long)]
        to: String,
    },
}

/// The settings.
#[derive(Debug, Subcommand)]
pub enum Config {
    /// Print each setting, and where its value comes from; secrets are masked
    Show {
        /// For programs
        #[arg(long)]
        json: bool,
    },
    /// Print the table of all settings, in Markdown
    Reference,
}

/// One flag for each setting that is in no section, and the file for all of them.
#[derive(Debug, Default)]
pub struct SettingFlags {
    /// By the setting's name, what was said.
    pub said: BTreeMap<&'static str, String>,
    /// The file.
    pub config: Option<PathBuf>,
}

const FILE: &str = "config";

impl Args for SettingFlags {
    fn augment_args(command: Clap) -> Clap {
        let file = Arg::new(FILE)
            .long(FILE)
            .value_name("FILE")
            .value_hint(ValueHint::FilePath)
            .help("Settings in TOML [env: REGISTRATION_CONFIG]");
        let flags = SETTINGS.iter().filter_map(|setting| {
            let default = setting.default.filter(|_| setting.kind != Kind::Switch);
            let default = default.map_or(String::new(), |it| format!(" [default: {it}]"));
            let help = format!("{}{default} [env: {}]", setting.meaning, setting.variable());
            let flag = Arg::new(setting.name).long(setting.flag()?).help(help).global(true);
            Some(match setting.kind {
                Kind::Switch => {
                    flag.num_args(0..=1).require_equals(true).default_missing_value("true").value_name("BOOL")
                }
                Kind::Text | Kind::Secret | Kind::Number | Kind::Duration | Kind::List | Kind::Tables => {
                    flag.value_name("VALUE")
                }
            })
        });
        command.arg(file.action(ArgAction::Set).global(true)).args(flags.collect::<Vec<_>>())
    }
    fn augment_args_for_update(command: Clap) -> Clap {
        Self::augment_args(command)
    }
}

impl FromArgMatches for SettingFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let said = SETTINGS
            .iter()
            .filter(|it| it.flag().is_some())
            .filter_map(|setting| Some((setting.name, matches.get_one::<String>(setting.name)?.clone())));
        let config = matches.get_one::<String>(FILE).map(PathBuf::from);
        Ok(Self { said: said.collect(), config })
    }
    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_flag_stands_before_or_after_its_command() {
        for line in [
            ["registration", "--listen", "[::1]:1", "serve"],
            ["registration", "serve", "--listen", "[::1]:1"],
        ] {
            let cli = Cli::try_parse_from(line).unwrap();
            assert_eq!(cli.settings.said["listen"], "[::1]:1");
            assert!(matches!(cli.command, Some(Command::Serve)));
        }
    }

    #[test]
    fn without_a_command_it_serves_and_a_switch_needs_no_value() {
        let cli = Cli::try_parse_from(["registration", "--dev-clock"]).unwrap();
        assert!(cli.command.is_none());
        assert_eq!(cli.settings.said["dev_clock"], "true");
    }
}
