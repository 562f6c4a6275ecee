//! The private PostgreSQL and RabbitMQ of a run, which `deploy/services` starts and ends.

use std::{
    ffi::OsStr,
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use anyhow::{Context as _, bail, ensure};
use testkit::env;

use crate::machine::Watched;

/// Set in the process that has the services' environment.
const ENTERED: &str = "WRITEBACK_LOADTEST_SERVICES";

/// Both of them.
pub(crate) struct Services {
    keep: bool,
}

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    PostgreSql,
    RabbitMq,
}

impl Service {
    /// How `deploy/services status` calls it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::PostgreSql => "PostgreSQL",
            Self::RabbitMq => "RabbitMQ",
        }
    }
}

impl Services {
    /// Starts them and this program anew with what they tell of themselves; comes back in that one.
    pub(crate) fn enter(keep: bool) -> anyhow::Result<Self> {
        if std::env::var_os(ENTERED).is_some() {
            return Ok(Self { keep });
        }
        say("starting PostgreSQL and RabbitMQ");
        let was_up = run(["status"]).is_ok_and(|output| output.status.success());
        up()?;
        let told = succeed(["env"])?;
        let variables = told.lines().filter_map(|line| line.strip_prefix("export ")?.split_once('='));
        let unquoted = variables.map(|(name, value)| (name, value.replace('\'', "")));
        let mut anew = Command::new(std::env::current_exe()?);
        anew.args(std::env::args_os().skip(1)).envs(unquoted).env(ENTERED, if was_up { "kept" } else { "ours" });
        Err(anew.exec()).context("starting this program anew")
    }

    /// Ends them, unless they are to be kept or were there before.
    pub(crate) fn leave(&self) {
        if self.keep || std::env::var_os(ENTERED).as_deref() == Some(OsStr::new("kept")) {
            return;
        }
        if let Err(error) = succeed(["down", "--wipe"]) {
            say(&format!("{error:#}"));
        }
    }
}

/// Builds the fleet's binary as it is released, and says where it is.
pub(crate) fn build() -> anyhow::Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    say("building the fleet");
    let built = Command::new(cargo)
        .current_dir(root())
        .args(["build", "--release", "--locked", "--quiet", "-p", "writeback"])
        .status()
        .context("cargo builds the fleet")?;
    ensure!(built.success(), "the fleet was not built");
    // Cargo puts both beside each other.
    let here = std::env::current_exe()?;
    let target = here.parent().and_then(Path::parent).context("this program is in no folder of cargo's")?;
    let binary = target.join("release/writeback");
    ensure!(binary.is_file(), "there is no {}", binary.display());
    Ok(binary)
}

/// To be looked at. PostgreSQL's connections are processes of their own.
pub(crate) fn watched(service: Service) -> anyhow::Result<Watched> {
    let name = service.as_str().to_lowercase();
    Ok(Watched { name, pid: pid(service)?, with_children: service == Service::PostgreSql })
}

/// The number of a service's main process.
pub(crate) fn pid(service: Service) -> anyhow::Result<u32> {
    let told = succeed(["status"])?;
    let line = told.lines().find(|line| line.starts_with(service.as_str())).context("deploy/services status names it")?;
    let mut words = line.split_whitespace().skip_while(|word| *word != "pid");
    words.nth(1).and_then(|pid| pid.parse().ok()).context("deploy/services status says its pid")
}

/// Where both keep their files.
pub(crate) fn folders() -> Vec<PathBuf> {
    env::require("WRITEBACK_TEST_SERVICES_DIRS").split(':').map(PathBuf::from).collect()
}

/// In `.local`, apart from those of tests and demo.
fn folder() -> PathBuf {
    root().join(".local/loadtest")
}

/// The repository's.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Starts what does not run.
pub(crate) fn up() -> anyhow::Result<()> {
    succeed(["up"]).map(drop)
}

/// Something that the broker's own tool does.
pub(crate) fn rabbitmqctl<const N: usize>(args: [&str; N]) -> anyhow::Result<()> {
    let mut command = Command::new(root().join("deploy/services"));
    let output = command.arg("--dir").arg(folder()).arg("rabbitmqctl").args(args).output().context("running rabbitmqctl")?;
    ensure!(output.status.success(), "rabbitmqctl {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr));
    Ok(())
}

fn run<const N: usize>(args: [&str; N]) -> anyhow::Result<Output> {
    let mut command = Command::new(root().join("deploy/services"));
    command.arg("--dir").arg(folder()).args(args).output().context("running deploy/services")
}

fn succeed<const N: usize>(args: [&str; N]) -> anyhow::Result<String> {
    let output = run(args)?;
    if !output.status.success() {
        bail!("deploy/services {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// One line of what the driver does, for whoever waits for it.
pub(crate) fn say(what: &str) {
    eprintln!("loadtest: {what}");
}
