//! The one binary: any role, and the operator's commands.

mod cli;
mod command;
mod config;
mod role;

use std::{io::Write as _, process::ExitCode, sync::Arc};

use clap::Parser as _;

use cli::{Cli, Command, DeadLetters, Keys};
use config::{Config, Vars};
use role::Role;

fn main() -> ExitCode {
    // An error only says that it was installed before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell when standard error is closed.
            let _ = writeln!(std::io::stderr(), "writeback: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    // The one command that needs neither a configuration nor a runtime.
    if let Command::Redact(redact) = &command {
        return command::redact::run(redact);
    }
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(dispatch(command))
}

async fn dispatch(command: Command) -> anyhow::Result<()> {
    let vars = Vars::from_env();
    match command {
        Command::Api => role::run(&[Role::Api], Config::read(vars)?).await,
        Command::Redactor => role::run(&[Role::Redactor], Config::read(vars)?).await,
        Command::Matcher => role::run(&[Role::Matcher], Config::read(vars)?).await,
        Command::Poster => role::run(&[Role::Poster], Config::read(vars)?).await,
        Command::All => role::run(&Role::ALL, Config::read(vars)?).await,
        Command::Migrate { check } => command::migrate::run(&plain_database(vars).await?, check).await,
        Command::Account(account) => command::account::run(&plain_database(vars).await?, account).await,
        Command::Key(key) => command::key::run(&plain_database(vars).await?, key).await,
        Command::User(user) => command::user::run(&plain_database(vars).await?, user).await,
        Command::Connection(connection) => {
            let config = Config::read(vars)?;
            let db = role::database(&config.database, &config.keys).await?;
            let hubspot = role::hubspot(&config.hubspot, db.clone())?;
            command::connection::run(&db, &hubspot, connection).await
        }
        Command::Keys(Keys::Rotate { check }) => {
            let config = Config::read(vars)?;
            let db = role::database(&config.database, &config.keys).await?;
            if check { command::keys::check(&db, &config.keys).await } else { command::keys::rotate(&db, &config.keys).await }
        }
        Command::DeadLetters(dead_letters) => on_dead_letters(Config::read(vars)?, dead_letters).await,
        Command::Redact(_) => unreachable!("it was answered before the runtime started"),
    }
}

async fn on_dead_letters(config: Config, command: DeadLetters) -> anyhow::Result<()> {
    let db = role::database(&config.database, &config.keys).await?;
    match command {
        DeadLetters::List { account, limit } => command::dead_letters::list(&db, account, limit).await,
        DeadLetters::Show { account, id } => command::dead_letters::show(&db, &config.keys, account, id).await,
        DeadLetters::Replay(selection) => {
            let bus = role::bus(&config.broker, Arc::clone(&config.keys), "dead-letters").await?;
            let replayed = command::dead_letters::replay(&db, &bus.publisher(), selection).await;
            bus.close().await;
            replayed
        }
        DeadLetters::Drop(selection) => command::dead_letters::forget(&db, selection).await,
    }
}

/// The database without any key: for commands that neither seal nor open.
async fn plain_database(vars: Vars) -> anyhow::Result<store::Db> {
    let database = config::database_only(vars)?;
    // A ring that nothing was ever sealed with, since these commands touch nothing sealed.
    let keys = "none:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".parse().expect("32 bytes in base64");
    role::database(&database, &Arc::new(keys)).await
}
