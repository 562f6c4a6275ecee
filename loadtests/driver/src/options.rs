//! What the driver is told.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use domain::connection::UniqueMode;

/// Beats the fleet up and measures it.
#[derive(Debug, Parser)]
#[command(name = "loadtest", disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) scenario: Scenario,
    /// Write everything that was measured to this file.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
    /// Draw what a picture says better to this file, where the scenario has such a thing.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
    /// Decides everything that is random.
    #[arg(long, global = true, default_value_t = 1)]
    pub(crate) seed: u64,
    /// How large, as a share of the usual size.
    #[arg(long, global = true, default_value_t = 1.0, value_parser = scale)]
    pub(crate) scale: f64,
    /// Worker processes of each role.
    #[arg(long, global = true, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=16))]
    pub(crate) processes: u8,
    /// A setting of the fleet, such as `LANES=4` for `WRITEBACK_LANES`; may be said several times.
    #[arg(long = "set", global = true, value_name = "NAME=VALUE", value_parser = setting)]
    pub(crate) settings: Vec<(String, String)>,
    /// The fleet's binary. Built as it is released unless given.
    #[arg(long, global = true, value_name = "FILE", value_parser = binary)]
    pub(crate) binary: Option<PathBuf>,
    /// Leave PostgreSQL and RabbitMQ running for the next run.
    #[arg(long, global = true)]
    pub(crate) keep: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Scenario {
    /// Many portals with ample limits: conversations a second, and against a bare chain through the same broker.
    Throughput,
    /// One portal within HubSpot's documented limits and a backlog of ten thousand conversations.
    Drain,
    /// One portal with a backlog of fifty thousand beside fifty quiet ones.
    Fairness,
    /// Requests of skills on a portal whose backlog takes what bulk work may take.
    Live,
    /// A full broker, a slow database, a slow HubSpot.
    Pressure,
    /// Steady load: memory, connections, queues, tables and indices must stay flat.
    Soak {
        /// How long.
        #[arg(long, default_value_t = 10.0)]
        minutes: f64,
    },
    /// One, two and four processes; ten, a thousand and twenty thousand portals.
    Scale,
    /// A quarter of throughput, for before and after a change.
    Quick,
    /// Workers are told to stop again and again while conversations come in.
    Stop,
    /// Kills, cuts, faults and refusals at random by the seed; then quiet, and the audit.
    Chaos {
        /// How long.
        #[arg(long, default_value_t = 3.0)]
        minutes: f64,
        /// What the portals allow.
        #[arg(long, default_value = "unique", value_parser = unique_mode)]
        mode: UniqueMode,
    },
}

fn unique_mode(text: &str) -> Result<UniqueMode, String> {
    UniqueMode::ALL.iter().copied().find(|mode| mode.as_str() == text).ok_or_else(|| "unique, marker or plain".to_owned())
}

fn setting(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| "not NAME=VALUE".to_owned())?;
    Ok((format!("WRITEBACK_{name}"), value.to_owned()))
}

fn binary(text: &str) -> Result<PathBuf, String> {
    std::fs::canonicalize(text).map_err(|_| format!("there is no {text}"))
}

fn scale(text: &str) -> Result<f64, String> {
    let scale: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.001..=100.0).contains(&scale) { Ok(scale) } else { Err("from 0.001 to 100".to_owned()) }
}

impl Cli {
    /// So many at this scale, at least one.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "far below 2^52, positive"
    )]
    pub(crate) fn scaled(&self, usual: usize) -> usize {
        ((usual as f64 * self.scale) as usize).max(1)
    }
}
