//! The fleet: processes of the real binary, one or more for each role.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use testkit::{Lab, Process, process};

use crate::{
    machine::Watched,
    options::Cli,
    services::{self, Service},
};

/// The roles that work.
pub(crate) const WORKERS: [&str; 3] = ["redactor", "matcher", "poster"];

/// How a fleet is configured, beside what leads it to its services.
pub(crate) type Variables = Vec<(String, String)>;

/// The fleet's own limits of HubSpot, and a platform that may report as fast as it likes.
pub(crate) fn usual() -> Variables {
    vec![("WRITEBACK_REQUESTS_PER_SECOND".to_owned(), "1000000".to_owned())]
}

/// Limits that nobody reaches.
pub(crate) fn ample() -> Variables {
    let hubspot = [("WRITEBACK_HUBSPOT_BURST_LIMIT", "100000"), ("WRITEBACK_HUBSPOT_SEARCHES_PER_SECOND", "10000")];
    let mut variables = usual();
    variables.extend(hubspot.map(|(name, value)| (name.to_owned(), value.to_owned())));
    variables
}

/// One process with its role.
pub(crate) struct Member {
    pub(crate) role: &'static str,
    pub(crate) process: Process,
}

/// All that run.
pub(crate) struct Fleet {
    binary: PathBuf,
    variables: Variables,
    pub(crate) members: Vec<Member>,
}

impl Fleet {
    /// The API, and so many processes of each worker. What was set on the command line comes last.
    pub(crate) async fn start(
        lab: &Lab,
        cli: &Cli,
        binary: &Path,
        processes: u8,
        mut variables: Variables,
    ) -> anyhow::Result<Self> {
        variables.extend(cli.settings.iter().cloned());
        let mut fleet = Self { binary: binary.to_owned(), variables, members: Vec::new() };
        fleet.add(lab, "api").await?;
        for role in WORKERS {
            for _ in 0..processes {
                fleet.add(lab, role).await?;
            }
        }
        Ok(fleet)
    }

    /// One more.
    pub(crate) async fn add(&mut self, lab: &Lab, role: &'static str) -> anyhow::Result<()> {
        let mut command = process::command(&self.binary, lab, &[role]);
        command.env("RUST_LOG", "warn,writeback=info,lapin=error").envs(self.variables.iter().map(|(name, value)| (name, value)));
        let process = Process::start(command, role).await?;
        self.members.push(Member { role, process });
        Ok(())
    }

    /// Where the API is.
    pub(crate) fn api(&self) -> anyhow::Result<String> {
        let api = self.members.iter().find(|member| member.role == "api").context("there is no API")?;
        api.process.address("api").context("the API says where it listens")
    }

    /// Ends all in order, each with what it has in hand done.
    pub(crate) async fn stop(self, within: Duration) -> anyhow::Result<Vec<Option<i32>>> {
        let mut codes = Vec::new();
        for member in self.members {
            codes.push(member.process.stop(within).await?);
        }
        Ok(codes)
    }

    /// Itself and its services, to be looked at.
    pub(crate) fn watched(&self) -> anyhow::Result<Vec<Watched>> {
        let ours = self.members.iter().map(|member| Watched {
            name: member.role.to_owned(),
            pid: member.process.id(),
            with_children: false,
        });
        let theirs = [Service::PostgreSql, Service::RabbitMq].map(services::watched);
        let theirs: Vec<_> = theirs.into_iter().collect::<anyhow::Result<_>>()?;
        Ok(ours.chain(theirs).collect())
    }
}
