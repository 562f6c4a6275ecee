//! The wires between the fleet and the three that it leans on.

use anyhow::Context as _;
use testkit::Lab;

use crate::{fleet::Variables, proxy::Proxy};

/// The wires between the fleet and all that it leans on.
pub(crate) struct Wires {
    database: Proxy,
    broker: Proxy,
    hubspot: Proxy,
    variables: Variables,
}

impl Wires {
    pub(crate) async fn lay(lab: &Lab) -> anyhow::Result<Self> {
        let (database_url, broker_url, hubspot_url) = (lab.database.url(), lab.vhost.url(), lab.sim.url());
        let database = Proxy::before(host(database_url)?).await?;
        let broker = Proxy::before(host(&broker_url)?).await?;
        let hubspot = Proxy::before(host(&hubspot_url)?).await?;
        let through = |url: &str, proxy: &Proxy| anyhow::Ok(url.replace(host(url)?, &proxy.address()));
        let variables = vec![
            ("WRITEBACK_DATABASE_URL".to_owned(), through(database_url, &database)?),
            ("WRITEBACK_AMQP_URL".to_owned(), through(&broker_url, &broker)?),
            ("WRITEBACK_HUBSPOT_API_URL".to_owned(), through(&hubspot_url, &hubspot)?),
        ];
        Ok(Self { database, broker, hubspot, variables })
    }

    /// What leads a fleet through them.
    pub(crate) fn variables(&self) -> &[(String, String)] {
        &self.variables
    }

    pub(crate) fn database(&self) -> &Proxy {
        &self.database
    }

    pub(crate) fn all(&self) -> [(&'static str, &Proxy); 3] {
        [("PostgreSQL", &self.database), ("RabbitMQ", &self.broker), ("HubSpot", &self.hubspot)]
    }
}

/// `host:port` of a URL.
fn host(url: &str) -> anyhow::Result<&str> {
    let rest = url.split_once("://").context("a URL has a scheme")?.1;
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    rest.split('/').next().context("a URL has a host")
}
