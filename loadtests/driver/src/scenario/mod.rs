//! What can be run.

mod chaos;
mod drain;
mod fairness;
mod live;
mod pressure;
mod scale;
mod soak;
mod stop;
mod throughput;

use std::path::Path;

use crate::{
    options::{Cli, Scenario},
    report::Report,
};

pub(crate) async fn run(cli: &Cli, binary: &Path) -> anyhow::Result<Report> {
    match cli.scenario {
        Scenario::Chaos { minutes, mode } => chaos::run(cli, binary, minutes, mode).await,
        Scenario::Drain => drain::run(cli, binary).await,
        Scenario::Fairness => fairness::run(cli, binary).await,
        Scenario::Live => live::run(cli, binary).await,
        Scenario::Pressure => pressure::run(cli, binary).await,
        Scenario::Soak { minutes } => soak::run(cli, binary, minutes).await,
        Scenario::Scale => scale::run(cli, binary).await,
        Scenario::Quick => throughput::quick(cli, binary).await,
        Scenario::Stop => stop::run(cli, binary).await,
        Scenario::Throughput => throughput::run(cli, binary).await,
    }
}
