//! A bus of one's own, events for it, and a stage that does what the test says.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use bus::{Bus, Config, DeadLetterSink, DelaySteps, Delivery, Error, Stage, Verdict};
use domain::{
    AccountId, AgentId, ConnectionId, ConversationId, EventId, Region, Text,
    conversation::{Channel, Conversation, Customer, Direction, Status},
    dead_letter::DeadLetter,
    event::{ConversationAccepted, ConversationRedacted, Event, Nothing, Origin},
    lane::Lanes,
    seal::KeyRing,
    settings::{Mode, OnNoMatch},
    trace::TraceParent,
};
use futures_util::{FutureExt as _, future::BoxFuture};
use time::OffsetDateTime;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use testkit::{Vhost, eventually};

pub(crate) const KEY_1: &str = "k1:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
pub(crate) const KEY_2: &str = "k2:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";
pub(crate) const SECRET: &str = "4111 1111 1111 1111";

/// A vhost, a bus on it, and a grave that can be made to refuse.
pub(crate) struct World {
    pub(crate) vhost: Arc<Vhost>,
    pub(crate) bus: Bus,
    pub(crate) letters: Arc<Mutex<Vec<DeadLetter>>>,
    /// How many burials fail first.
    pub(crate) refusals: Arc<AtomicU32>,
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// With another configuration than the tests' usual one.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let vhost = Vhost::create().await.unwrap();
        let mut config = config(&vhost.url());
        change(&mut config);
        let bus = Bus::connect(config, keys(KEY_1)).await.unwrap();
        Self { vhost: Arc::new(vhost), bus, letters: Arc::default(), refusals: Arc::default() }
    }

    /// Publishes an event.
    pub(crate) async fn publish(&self, event: &impl Event) {
        self.bus.publisher().publish(event, &TraceParent::start()).await.unwrap();
    }

    pub(crate) fn sink(&self) -> DeadLetterSink {
        let (letters, refusals) = (Arc::clone(&self.letters), Arc::clone(&self.refusals));
        Arc::new(move |new: Vec<DeadLetter>| {
            let refuse = refusals.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
            let letters = Arc::clone(&letters);
            async move {
                if refuse {
                    return Err("the grave is full".into());
                }
                letters.lock().unwrap().extend(new);
                Ok(())
            }
            .boxed()
        })
    }

    /// Starts a stage.
    pub(crate) fn run<S: Stage>(&self, stage: S) -> Running {
        let (bus, sink, stop) = (self.bus.clone(), self.sink(), CancellationToken::new());
        let token = stop.clone();
        Running { stop, task: tokio::spawn(async move { bus.run_stage(stage, sink, token).await }) }
    }

    /// Waits for that many dead letters.
    pub(crate) async fn buried(&self, count: usize) -> Vec<DeadLetter> {
        eventually("dead letters", || async {
            let letters = self.letters.lock().unwrap();
            (letters.len() >= count).then(|| letters.clone())
        })
        .await
    }

    /// A channel beside the bus.
    pub(crate) async fn channel(&self) -> (lapin::Connection, lapin::Channel) {
        let connection = lapin::Connection::connect(&self.vhost.url(), lapin::ConnectionProperties::default()).await.unwrap();
        let channel = connection.create_channel().await.unwrap();
        (connection, channel)
    }

    /// The queue that an event of this connection goes to.
    #[expect(clippy::unused_self, reason = "it reads as the world's queue")]
    pub(crate) fn queue(&self, stage: &str, connection: ConnectionId) -> String {
        format!("writeback.{stage}.{}", LANES.of(connection))
    }
}

/// A stage under way.
pub(crate) struct Running {
    pub(crate) stop: CancellationToken,
    task: JoinHandle<Result<(), Error>>,
}

impl Running {
    pub(crate) async fn stop(self) -> Result<(), Error> {
        self.stop.cancel();
        self.task.await.unwrap()
    }
}

pub(crate) static LANES: std::sync::LazyLock<Lanes> = std::sync::LazyLock::new(|| Lanes::new(2).unwrap());

/// Short waits, few lanes.
pub(crate) fn config(uri: &str) -> Config {
    Config {
        lanes: *LANES,
        delays: DelaySteps::new([100, 400].map(Duration::from_millis).to_vec()).unwrap(),
        linger: Duration::from_millis(10),
        ..Config::new(uri.to_owned().into())
    }
}

pub(crate) fn keys(ring: &str) -> Arc<KeyRing> {
    Arc::new(ring.parse().unwrap())
}

pub(crate) fn accepted(connection: ConnectionId) -> ConversationAccepted {
    let at = OffsetDateTime::now_utc();
    let event = EventId::new();
    let conversation = Conversation {
        id: ConversationId::parse(&format!("conv_{event}")).unwrap(),
        agent: AgentId::parse("agent_1").unwrap(),
        channel: Channel::Voice,
        direction: Direction::Inbound,
        started_at: at,
        ended_at: at,
        customer: Customer::default(),
        agent_number: None,
        status: Status::Completed,
        outcome: None,
        summary: Some(Text::from(SECRET.to_owned())),
        recording_url: None,
        transcript: Vec::new(),
        metadata: BTreeMap::new(),
    };
    let origin = Origin {
        event,
        account: AccountId::new(),
        connection,
        region: Region::US,
        accepted_at: at,
        mode: Mode::SummaryTranscript,
        on_no_match: OnNoMatch::Skip,
    };
    ConversationAccepted { origin, conversation }
}

pub(crate) fn redacted(event: &ConversationAccepted) -> ConversationRedacted {
    ConversationRedacted {
        origin: event.origin.clone(),
        conversation: event.conversation.clone(),
        summary_source: None,
        rematches: 0,
    }
}

/// What a stage was given.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) connection: ConnectionId,
    pub(crate) events: Vec<EventId>,
    pub(crate) deliveries: Vec<Delivery<()>>,
}

type Act<E, N> = Arc<dyn Fn(Vec<Delivery<E>>) -> BoxFuture<'static, Vec<Verdict<N>>> + Send + Sync>;

/// A stage that notes what it is given and does what it is told. Clones share the notes.
pub(crate) struct Probe<E, N> {
    pub(crate) seen: Arc<Mutex<Vec<Seen>>>,
    act: Act<E, N>,
}

impl<E, N> Clone for Probe<E, N> {
    fn clone(&self) -> Self {
        Self { seen: Arc::clone(&self.seen), act: Arc::clone(&self.act) }
    }
}

impl<E: Event + Clone, N: Event> Probe<E, N> {
    /// One verdict for each delivery.
    pub(crate) fn each(verdict: impl Fn(&Delivery<E>) -> Verdict<N> + Send + Sync + 'static) -> Self {
        Self::acting(move |batch| {
            let verdicts = batch.iter().map(&verdict).collect();
            async { verdicts }.boxed()
        })
    }

    /// Something that takes time.
    pub(crate) fn acting(act: impl Fn(Vec<Delivery<E>>) -> BoxFuture<'static, Vec<Verdict<N>>> + Send + Sync + 'static) -> Self {
        Self { seen: Arc::default(), act: Arc::new(act) }
    }

    /// Everything that was seen, when at least so many deliveries were.
    pub(crate) async fn saw(&self, deliveries: usize) -> Vec<Seen> {
        eventually(&format!("{deliveries} deliveries"), || async {
            let seen = self.seen.lock().unwrap();
            (seen.iter().map(|batch| batch.events.len()).sum::<usize>() >= deliveries).then(|| seen.clone())
        })
        .await
    }
}

/// A stage that is done with everything.
pub(crate) fn done() -> Probe<ConversationAccepted, Nothing> {
    Probe::each(|_| Verdict::Done)
}

impl<E: Event + Clone, N: Event> Stage for Probe<E, N> {
    type Event = E;
    type Next = N;

    async fn run(&self, connection: ConnectionId, batch: &[Delivery<E>]) -> Vec<Verdict<N>> {
        let bare = |delivery: &Delivery<E>| Delivery {
            event: (),
            trace: delivery.trace.clone(),
            attempts: delivery.attempts,
            doubts: delivery.doubts,
            first_seen: delivery.first_seen,
            repeated: delivery.repeated,
        };
        let events = batch.iter().map(|delivery| delivery.event.origin().event).collect();
        let seen = Seen { connection, events, deliveries: batch.iter().map(bare).collect() };
        self.seen.lock().unwrap().push(seen);
        (self.act)(batch.to_vec()).await
    }
}
