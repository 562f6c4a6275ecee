//! Accounts and their portals, with callers that HubSpot knows and others that it does not.

use anyhow::Context as _;
use domain::{
    connection::{UniqueMode, UniqueModes},
    settings::{Mode, OnNoMatch},
};
use hubspot_sim::{Config, PortalOptions, Sim};
use testkit::{Database, Lab, Tenant, Vhost, database};
use tokio::runtime::Runtime;

use crate::conversations::phone;

/// A lab whose simulator has threads of its own, so that what it costs can be told from what the driver does.
pub(crate) struct World {
    pub(crate) lab: Lab,
    pub(crate) tenants: Vec<Tenant>,
    /// Ends with its threads.
    simulator: Option<Runtime>,
}

/// All three objects.
pub(crate) fn all(mode: UniqueMode) -> UniqueModes {
    UniqueModes { call: mode, note: mode, contact: mode }
}

/// How many requests the simulator remembers word for word.
const JOURNAL: usize = 1_000;

impl World {
    pub(crate) async fn make(config: Config) -> anyhow::Result<Self> {
        let simulator = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("simulator")
            .enable_all()
            .build()
            .context("the simulator's threads")?;
        let sim = simulator.spawn(Sim::start(Config { journal_cap: JOURNAL, ..config })).await??;
        let (database, vhost) = tokio::try_join!(Database::create(), Vhost::create())?;
        let db = database.connect(std::sync::Arc::new(database::keys())).await?;
        Ok(Self { lab: Lab { db, database, vhost, sim }, tenants: Vec::new(), simulator: Some(simulator) })
    }

    /// Accounts that log everything, each with a portal that knows the first so many callers.
    pub(crate) async fn add_tenants(&mut self, count: usize, mode: UniqueMode, known: usize) -> anyhow::Result<()> {
        for _ in 0..count {
            let tenant = self.lab.tenant(PortalOptions::default(), all(mode)).await?;
            self.lab.set(&tenant, Mode::SummaryTranscript, OnNoMatch::Create).await?;
            know(&tenant, known);
            self.tenants.push(tenant);
        }
        Ok(())
    }

    /// Engagements that HubSpot has.
    pub(crate) fn engagements(&self) -> usize {
        self.tenants.iter().map(|tenant| tenant.portal.count("calls") + tenant.portal.count("notes")).sum()
    }
}

/// Lets a portal know the first so many callers.
pub(crate) fn know(tenant: &Tenant, callers: usize) {
    for caller in 0..callers {
        tenant.portal.add_contact(&[("phone", &phone(caller)), ("firstname", "Known")]);
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(simulator) = self.simulator.take() {
            simulator.shutdown_background();
        }
    }
}
