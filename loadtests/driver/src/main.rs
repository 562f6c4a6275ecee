#![doc = include_str!("../README.md")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "tables go to stdout, progress to stderr")]

mod audit;
mod conversations;
mod fleet;
mod floor;
mod latency;
mod machine;
mod options;
mod platform;
mod progress;
mod proxy;
mod report;
mod scenario;
mod services;
mod wires;
mod world;

use std::process::ExitCode;

use clap::Parser as _;

use options::Cli;
use services::Services;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("loadtest: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Runs a scenario; `false`: what it promises did not hold.
fn run(cli: &Cli) -> anyhow::Result<bool> {
    // Only comes back in the process that has the services' environment.
    let services = Services::enter(cli.keep)?;
    testkit::install_crypto();
    let binary = match &cli.binary {
        Some(binary) => binary.clone(),
        None => services::build()?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().thread_name("driver").enable_all().build()?;
    let report = runtime.block_on(async {
        tokio::select! {
            report = scenario::run(cli, &binary) => report,
            _ = tokio::signal::ctrl_c() => Err(anyhow::anyhow!("interrupted")),
        }
    });
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    services.leave();
    let report = report?;
    report.show(cli)?;
    Ok(report.holds())
}
