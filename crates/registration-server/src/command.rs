//! One file a command; how it ended is the program's exit code.
mod admin;
mod doctor;
mod health;
mod mail_test;
mod migrate;
mod seed;
mod user;

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{CommandFactory, Parser};

use crate::{
    cli::{Admin, Cli, Command, Config as ConfigCommand, Mail, Session, SettingFlags, User},
    config::{Config, Shown, Sources, settings_table},
    log,
    say::{say, tell},
    serve,
};

/// It did not work.
const FAILED: u8 = 1;
/// The command line or the configuration cannot be used; clap ends with the same.
const UNUSABLE: u8 = 2;

/// Runs what the command line of this process says.
pub fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            tell(format_args!("error: {error:#}"));
            ExitCode::from(FAILED)
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode> {
    let Cli { command, settings } = cli;
    // What needs no configuration works with a broken one.
    match &command {
        Some(Command::Openapi) => say(registration_http_poem::openapi_json()),
        Some(Command::Completions { shell }) => {
            clap_complete::generate(*shell, &mut Cli::command(), "registration", &mut std::io::stdout());
        }
        Some(Command::Config(ConfigCommand::Reference)) => say(settings_table().trim_end()),
        _ => return configured(command.unwrap_or(Command::Serve), settings),
    }
    Ok(ExitCode::SUCCESS)
}

fn configured(command: Command, settings: SettingFlags) -> Result<ExitCode> {
    let (config, shown) = match load(settings) {
        Ok(loaded) => loaded,
        Err(unusable) => {
            tell(format_args!("error: {unusable}"));
            return Ok(ExitCode::from(UNUSABLE));
        }
    };
    log::start(&config.log);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no runtime")?;
    runtime.block_on(perform(command, &config, &shown))
}

async fn perform(command: Command, config: &Config, shown: &Shown) -> Result<ExitCode> {
    match command {
        Command::Serve => serve::command(config).await?,
        Command::Migrate(migrate) => migrate::command(config, &migrate).await?,
        Command::Seed { demo: _ } => seed::command(config).await?,
        Command::Admin(Admin::SetupLink) => admin::setup_link(config).await?,
        Command::Admin(Admin::CreateOwner { organization, email }) => {
            admin::create_owner(config, organization, &email).await?;
        }
        Command::Admin(Admin::MakeAdministrator { email }) => {
            user::make_administrator(config, &email).await?;
        }
        Command::User(User::Unlock { address }) => user::unlock(config, &address).await?,
        Command::Session(Session::RevokeAll { account }) => {
            user::revoke_sessions(config, account.as_deref()).await?;
        }
        Command::Health { url } => health::command(config, url).await?,
        Command::Mail(Mail::Test { to }) => mail_test::command(config, &to).await?,
        Command::Config(ConfigCommand::Show { json: true }) => say(shown.json()),
        Command::Config(ConfigCommand::Show { json: false }) => say(shown),
        Command::Doctor { json } => return doctor::command(config, json).await,
        Command::Openapi | Command::Completions { .. } | Command::Config(ConfigCommand::Reference) => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn load(settings: SettingFlags) -> Result<(Config, Shown), crate::config::Faults> {
    let environment = |name: &str| std::env::var_os(name);
    let file = settings
        .config
        .or_else(|| environment("REGISTRATION_CONFIG").filter(|it| !it.is_empty()).map(Into::into));
    Config::load(&Sources { flags: settings.said, environment: &environment, file: file.as_deref() })
}
