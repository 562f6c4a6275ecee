//! The simulator as a program: `hubspot-sim --listen 127.0.0.1:4010`.

use std::io::Write as _;
use std::net::SocketAddr;
use std::time::Duration;

use clap::Parser;
use hubspot_sim::{AppOptions, Config, PortalOptions, Sim};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// A HubSpot to test against, over real HTTP.
#[derive(Debug, Parser)]
#[command(version)]
struct Args {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:4010")]
    listen: SocketAddr,
    /// How long writes stay invisible to search.
    #[arg(long, default_value_t = 3_000)]
    index_delay_ms: u64,
    /// Requests per app and portal in ten seconds.
    #[arg(long, default_value_t = 110)]
    burst_limit: u32,
    /// Searches per second of a portal.
    #[arg(long, default_value_t = 5)]
    search_per_second: u32,
    /// Added to every answer.
    #[arg(long, default_value_t = 0)]
    latency_ms: u64,
    /// Lifetime of access tokens.
    #[arg(long, default_value_t = 1_800)]
    token_lifetime_s: u64,
    /// Seed of orders, ids and faults by chance.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A redirect address of the app; may be repeated.
    #[arg(long = "redirect-uri")]
    redirect_uris: Vec<String>,
    /// Client id of the app.
    #[arg(long)]
    client_id: Option<String>,
    /// Client secret of the app.
    #[arg(long)]
    client_secret: Option<String>,
    /// `uiDomain` of account-info; the listen address unless given.
    #[arg(long)]
    ui_domain: Option<String>,
    /// Makes this many accounts at the start.
    #[arg(long, default_value_t = 0)]
    portals: u16,
    /// Recorded requests kept.
    #[arg(long, default_value_t = 10_000)]
    journal_cap: usize,
}

impl Args {
    fn config(&self) -> Config {
        let default = AppOptions::default();
        let redirect_uris = if self.redirect_uris.is_empty() { default.redirect_uris } else { self.redirect_uris.clone() };
        Config {
            index_delay: Duration::from_millis(self.index_delay_ms),
            burst_limit: self.burst_limit,
            search_per_second: self.search_per_second,
            latency: Duration::from_millis(self.latency_ms),
            token_lifetime: Duration::from_secs(self.token_lifetime_s),
            seed: self.seed,
            ui_domain: self.ui_domain.clone(),
            journal_cap: self.journal_cap,
            app: AppOptions {
                client_id: self.client_id.clone().unwrap_or(default.client_id),
                client_secret: self.client_secret.clone().unwrap_or(default.client_secret),
                redirect_uris,
                required_scopes: default.required_scopes,
                optional_scopes: default.optional_scopes,
            },
            ..Config::default()
        }
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let sim = Sim::bind(args.listen, args.config()).await?;
    for number in 1..=args.portals {
        sim.portal(PortalOptions { name: format!("Demo account {number}"), ..PortalOptions::default() });
    }
    writeln!(std::io::stdout(), "{}", sim.url())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    // Requests that hang on purpose are not waited for.
    let _ = tokio::time::timeout(Duration::from_secs(2), sim.stop()).await;
    Ok(())
}
