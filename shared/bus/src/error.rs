//! What can go wrong between us and the broker.

use std::time::Duration;

/// Why the bus cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A setting cannot be meant.
    #[error("the bus's `{name}` {what}")]
    Config {
        /// Which.
        name: &'static str,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The URI is none. It is not repeated here, since it holds a password.
    #[error("the AMQP URI cannot be read: write amqp://user:password@host:port/vhost, with `/` in a name as %2f")]
    Uri,
    /// The URI asks for TLS, which would bring some forty crates along.
    #[error(
        "amqps:// is not built in: use amqp:// to a TLS proxy beside the process, or enable lapin's `rustls--ring` and a roots feature"
    )]
    Tls,
    /// The broker could not be reached within `connect_within`.
    #[error("RabbitMQ could not be reached within {} s", within.as_secs_f32())]
    Unreachable {
        /// How long it was tried.
        within: Duration,
        /// What the last attempt said, if it said anything.
        #[source]
        source: Option<lapin::Error>,
    },
    /// Something of ours exists on the broker, but with other arguments: an older deployment's, or somebody else's.
    #[error(
        "{name} exists on the broker with other arguments ({broker}): let the workers drain it, delete it \
         (`rabbitmqctl delete_queue NAME`, or the management page for an exchange), and start again; or set lanes and delivery \
         limit to what they were"
    )]
    Mismatch {
        /// The queue or exchange.
        name: String,
        /// What the broker said.
        broker: String,
    },
    /// The broker refused to declare or to consume something for another reason.
    #[error("the broker refused {name}")]
    Refused {
        /// The queue or exchange.
        name: String,
        /// What it said.
        #[source]
        source: lapin::Error,
    },
    /// The stage was told to stop and did not finish what it had in hand. Those deliveries went back to their queue.
    #[error("{batches} batches of the {stage} were still running {} s after the stop", within.as_secs_f32())]
    Overran {
        /// Which stage.
        stage: &'static str,
        /// How many.
        batches: usize,
        /// What they were given.
        within: Duration,
    },
}

/// Why a publish was not confirmed. After any of these but `Unroutable` and `Refused`, the message may nevertheless be in its
/// queue: whoever publishes again makes a repetition, which every stage tolerates.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The broker takes nothing now: it is short of memory or disk.
    #[error("the broker is blocked by a memory or disk alarm")]
    Blocked,
    /// There is no connection, or it was lost before the confirm.
    #[error("the connection to the broker is lost")]
    Disconnected(#[source] Option<lapin::Error>),
    /// Neither confirmed nor refused within `confirm_within`.
    #[error("no confirm within {} s", .0.as_secs_f32())]
    TimedOut(Duration),
    /// The broker could not store it.
    #[error("the broker refused the message")]
    Refused,
    /// No queue takes it: the topology is missing.
    #[error("no queue takes messages with key {key:?}: {reply}")]
    Unroutable {
        /// The routing key.
        key: String,
        /// What the broker said.
        reply: String,
    },
    /// The event cannot be written as JSON.
    #[error("the event cannot be serialised")]
    Unserialisable(#[source] serde_json::Error),
}

impl PublishError {
    /// A label.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::Disconnected(_) => "disconnected",
            Self::TimedOut(_) => "timed_out",
            Self::Refused => "refused",
            Self::Unroutable { .. } => "unroutable",
            Self::Unserialisable(_) => "unserialisable",
        }
    }

    /// Whether the message may be in its queue all the same.
    pub fn is_in_doubt(&self) -> bool {
        match self {
            Self::Blocked | Self::Disconnected(_) | Self::TimedOut(_) => true,
            Self::Refused | Self::Unroutable { .. } | Self::Unserialisable(_) => false,
        }
    }
}
