//! Real processes of the real binary.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use uuid::Uuid;

use crate::{Lab, database};

/// How long a process may take until it runs.
const START_WITHIN: Duration = Duration::from_mins(1);
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// One process. Killed when dropped.
pub struct Process {
    child: Child,
    log: PathBuf,
    /// What it said when it began to run.
    running: String,
}

impl Process {
    /// Starts a role and waits until it says that it runs.
    pub async fn start(mut command: Command, role: &str) -> anyhow::Result<Self> {
        let log = std::env::temp_dir().join(format!("writeback-{role}-{}.log", Uuid::now_v7().simple()));
        let file = File::create(&log)?;
        let command = command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        let child = command.spawn().with_context(|| format!("starting {role}"))?;
        let mut process = Self { child, log, running: String::new() };
        let started = Instant::now();
        loop {
            if let Some(line) = process.log().lines().find(|line| line.contains("Running ")) {
                line.clone_into(&mut process.running);
                return Ok(process);
            }
            if process.has_ended()? {
                bail!("{role} ended at once:\n{}", process.log());
            }
            if started.elapsed() > START_WITHIN {
                bail!("{role} does not run after {START_WITHIN:?}:\n{}", process.log());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// What it has logged so far.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Where its log is.
    pub fn log_path(&self) -> &Path {
        &self.log
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Where it says that `what` listens (`api` or `ops`).
    pub fn address(&self, what: &str) -> Option<String> {
        let (_, rest) = self.running.split_once(&format!("{what} 127.0.0.1:"))?;
        let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
        Some(format!("http://127.0.0.1:{port}"))
    }

    /// Has it ended by itself?
    pub fn has_ended(&mut self) -> anyhow::Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// SIGKILL: no chance to tidy up.
    pub fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// SIGTERM, and its exit code, if it ends within that time and by itself.
    pub async fn stop(mut self, within: Duration) -> anyhow::Result<Option<i32>> {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status.code());
            }
            if started.elapsed() > within {
                bail!("the process does not stop within {within:?}:\n{}", self.log());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

impl Drop for Process {
    #[expect(clippy::print_stderr, reason = "a test that fails shows what its processes said")]
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("log of a process:\n{}", self.log());
        }
        let _ = fs::remove_file(&self.log);
    }
}

/// The binary with arguments, configured for a lab and for nothing else that this process's environment says.
pub fn command(binary: &Path, lab: &Lab, args: &[&str]) -> Command {
    let mut command = Command::new(binary);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("WRITEBACK_")) {
        command.env_remove(name);
    }
    command.args(args).envs([
        ("WRITEBACK_DATABASE_URL", lab.database.url()),
        ("WRITEBACK_AMQP_URL", &lab.vhost.url()),
        ("WRITEBACK_SEALING_KEYS", database::KEYS),
        ("WRITEBACK_LOOKUP_SECRET", database::LOOKUP_SECRET),
        ("WRITEBACK_HUBSPOT_API_URL", &lab.sim.url()),
        ("WRITEBACK_LISTEN", "127.0.0.1:0"),
        ("WRITEBACK_OPS_LISTEN", "127.0.0.1:0"),
    ]);
    command
}
