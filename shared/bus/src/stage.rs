//! What a stage is: events in, verdicts out. The runner does everything else.

use std::time::Duration;

use domain::{ConnectionId, event::Event, ledger::Reason, trace::TraceParent};
use time::OffsetDateTime;

/// One stage of the fleet: a value with one `run`. It never acks, publishes or waits for somebody's rate limit.
pub trait Stage: Send + Sync + 'static {
    /// What it consumes; this names its queues.
    type Event: Event;
    /// What it publishes: [`domain::event::Nothing`] for the last stage.
    type Next: Event;

    /// What it does with the texts of conversations.
    const TEXTS: Texts = Texts::Rewrites;

    /// One verdict a delivery, in order. Runs for many connections at once, and for one connection a few times at once. May
    /// run again for the same delivery, here or elsewhere: effects are idempotent. A panic, and taking longer than
    /// `batch_within`, count as a failure of every delivery of the batch.
    fn run(
        &self,
        connection: ConnectionId,
        batch: &[Delivery<Self::Event>],
    ) -> impl Future<Output = Vec<Verdict<Self::Next>>> + Send;
}

/// What a stage does with the texts of conversations, which are sealed apart from the rest. Opening, reading, writing and sealing
/// them is most of what an event costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    /// Reads them; what follows has texts of its own.
    Rewrites,
    /// Reads them; what follows goes on with the same, as they were sealed.
    Reads,
    /// Does not read them: they are empty in the events that it sees. What follows goes on with the same, as they were sealed.
    HandsOn,
}

/// One event for a stage, with what travelled beside it.
#[derive(Debug, Clone)]
pub struct Delivery<E> {
    /// The event.
    pub event: E,
    /// The conversation's trace.
    pub trace: TraceParent,
    /// Failures so far that counted.
    pub attempts: u32,
    /// Whatever the stage itself last put into [`Defer::doubts`]: how often it has looked for an effect that is in doubt.
    pub doubts: u32,
    /// When the event first came to this stage's queue.
    pub first_seen: OffsetDateTime,
    /// It was delivered, deferred, attempted or replayed before, or published twice: effects may have happened. `false` does not
    /// exclude a repetition by the platform, which is another event.
    pub repeated: bool,
}

/// The least wait after a failure, when there were so many before: 1, 4, 16 s and so on up to 10 minutes.
pub(crate) fn failure_wait(attempts: u32) -> Duration {
    Duration::from_secs(4_u64.saturating_pow(attempts)).min(Duration::from_mins(10))
}

/// What becomes of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict<N> {
    /// All done here, and nothing follows.
    Done,
    /// All done here; this follows.
    Next(N),
    /// Not now.
    Defer(Defer),
    /// Never.
    DeadLetter {
        /// Why.
        reason: Reason,
        /// What a person should know beyond the reason, without any personal data.
        detail: Option<String>,
    },
}

impl<N> Verdict<N> {
    /// A label.
    pub(crate) fn as_str(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Next(_) => "next",
            Self::Defer(_) => "defer",
            Self::DeadLetter { .. } => "dead_letter",
        }
    }
}

/// When and why to come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Defer {
    /// Why; decides whether it counts as an attempt.
    pub reason: DeferReason,
    /// At least this long, as far as the delay steps allow. Failures wait longer each time, whatever stands here.
    pub wait: Duration,
    /// Comes back in [`Delivery::doubts`].
    pub doubts: u32,
}

impl Defer {
    /// For a delivery that leaves nothing in doubt.
    pub fn new(reason: DeferReason, wait: Duration) -> Self {
        Self { reason, wait, doubts: 0 }
    }
}

/// Why a delivery waits. One closed list, so that it can be a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeferReason {
    /// It went wrong. The only one that counts as an attempt.
    Failure,
    /// The portal's budget is spent, or HubSpot said 429.
    Throttled,
    /// A person has to renew the connection.
    ReauthRequired,
    /// HubSpot does not answer, or with 5xx.
    HubSpotDown,
    /// Another worker is creating the contact.
    Claimed,
    /// An effect is in doubt and will be read back.
    ReadBack,
    /// PostgreSQL does not answer.
    DatabaseDown,
    /// It is a dead letter, and whoever keeps those does not answer.
    BurialFailed,
}

impl DeferReason {
    /// Every reason.
    pub const ALL: &'static [Self] = &[
        Self::Failure,
        Self::Throttled,
        Self::ReauthRequired,
        Self::HubSpotDown,
        Self::Claimed,
        Self::ReadBack,
        Self::DatabaseDown,
        Self::BurialFailed,
    ];

    /// The stable name in headers and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Failure => "failure",
            Self::Throttled => "throttled",
            Self::ReauthRequired => "reauth_required",
            Self::HubSpotDown => "hubspot_down",
            Self::Claimed => "claimed",
            Self::ReadBack => "read_back",
            Self::DatabaseDown => "database_down",
            Self::BurialFailed => "burial_failed",
        }
    }

    /// Whether it uses up an attempt. Waiting for quota, for a person or for somebody to come back does not.
    pub fn counts(self) -> bool {
        match self {
            Self::Failure => true,
            Self::Throttled
            | Self::ReauthRequired
            | Self::HubSpotDown
            | Self::Claimed
            | Self::ReadBack
            | Self::DatabaseDown
            | Self::BurialFailed => false,
        }
    }
}
