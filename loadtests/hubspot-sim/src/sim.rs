//! The simulator as a library.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::audit::{Audit, audit};
use crate::clock::millis;
use crate::config::{Config, ConfigPatch};
use crate::fault::Fault;
use crate::journal::{Count, RecordedRequest};
use crate::options::PortalOptions;
use crate::portal::Portal;
use crate::server::router;
use crate::wire::{CuttableListener, Wire};
use crate::world::World;

/// A running simulator. It stops taking connections when dropped.
#[derive(Debug)]
pub struct Sim {
    world: Arc<World>,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    served: Option<tokio::task::JoinHandle<()>>,
}

impl Sim {
    /// Starts a simulator on a free port of this machine.
    pub async fn start(config: Config) -> io::Result<Self> {
        Self::bind(SocketAddr::from(([127, 0, 0, 1], 0)), config).await
    }

    /// Starts a simulator on an address.
    pub async fn bind(address: SocketAddr, config: Config) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let world = Arc::new(World::new(config));
        // Set once, here: the world is new.
        let _ = world.url.set(format!("http://{address}"));
        let (stop, stopped) = oneshot::channel();
        let service = router(Arc::clone(&world)).into_make_service_with_connect_info::<Wire>();
        let serving = axum::serve(CuttableListener(listener), service).with_graceful_shutdown(async {
            // An error means that the handle is gone, which is as good a reason to stop.
            let _ = stopped.await;
        });
        let served = tokio::spawn(async move {
            if let Err(error) = serving.await {
                tracing::error!(%error, "The simulator stopped serving");
            }
        });
        Ok(Self { world, address, stop: Some(stop), served: Some(served) })
    }

    /// `http://127.0.0.1:PORT`: base of the API, of `/oauth/authorize` and of the pages.
    pub fn url(&self) -> String {
        self.world.url().to_owned()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Makes a portal.
    ///
    /// # Panics
    /// When `options.id` is taken, or there are ten thousand portals.
    pub fn portal(&self, options: PortalOptions) -> Portal {
        let cell = self.world.add_portal(options).expect("a portal with this id exists, or there are too many");
        Portal::new(Arc::clone(&self.world), cell)
    }

    /// A portal made earlier, over the admin API for instance.
    pub fn existing_portal(&self, id: i64) -> Option<Portal> {
        self.world.portal(id).map(|cell| Portal::new(Arc::clone(&self.world), cell))
    }

    /// Client id of the app there is from the start.
    pub fn client_id(&self) -> String {
        self.world.oauth.lock().default_app.clone()
    }

    /// Client secret of that app.
    pub fn client_secret(&self) -> String {
        self.world.config.load().app.client_secret.clone()
    }

    /// Registers one more redirect address with that app.
    pub fn allow_redirect(&self, uri: &str) {
        let mut oauth = self.world.oauth.lock();
        let default_app = oauth.default_app.clone();
        if let Some(app) = oauth.apps.get_mut(&default_app) {
            app.redirect_uris.push(uri.to_owned());
        }
    }

    /// Moves the simulator's time forward: tokens expire, windows roll, the index catches up.
    pub fn advance(&self, by: Duration) {
        self.world.clock.advance(by);
    }

    /// Changes settings while it runs.
    pub fn configure(&self, patch: &ConfigPatch) {
        self.world.config.change(|config| patch.apply(config));
        if let Some(delay_ms) = patch.index_delay_ms {
            self.set_index_delay(Duration::from_millis(delay_ms));
        }
    }

    /// Sets the index delay of every portal, and of those to come.
    pub fn set_index_delay(&self, delay: Duration) {
        self.world.config.change(|config| config.index_delay = delay);
        for cell in self.world.all_portals() {
            cell.state.lock().index_delay_ms = millis(delay);
        }
    }

    /// Adds a fault for any portal.
    pub fn fault(&self, fault: Fault) {
        self.world.faults.lock().add(fault);
    }

    /// Takes all faults away, those of portals too.
    pub fn clear_faults(&self) {
        self.world.faults.lock().clear(None);
    }

    /// The last requests, of all portals and of nobody, oldest first.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.world.journal.lock().requests(None)
    }

    /// How often each route was answered with each status.
    pub fn counts(&self) -> Vec<Count> {
        self.world.journal.lock().counts(None)
    }

    /// Requests of a method whose route template contains a text, whatever their status.
    pub fn request_count(&self, method: &str, route: &str) -> u64 {
        count(&self.counts(), method, route)
    }

    /// Forgets recorded requests and counts.
    pub fn clear_requests(&self) {
        self.world.journal.lock().clear();
    }

    /// Looks for doubled and unlinked records in all portals; `property` is the one that should tell engagements apart.
    pub fn audit(&self, property: &str) -> Audit {
        audit(&self.world, None, property)
    }

    /// Stops, and waits until every open request is answered.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        if let Some(served) = self.served.take() {
            // It only fails when it panicked or was cancelled: stopped either way.
            let _ = served.await;
        }
    }
}

pub(crate) fn count(counts: &[Count], method: &str, route: &str) -> u64 {
    let wanted = counts.iter().filter(|row| row.method.eq_ignore_ascii_case(method) && row.route.contains(route));
    wanted.map(|row| row.count).sum()
}
