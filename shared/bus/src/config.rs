//! What a bus must be told, and the limits that have names.

use std::time::Duration;

use domain::lane::Lanes;
use secrecy::SecretString;

use crate::{delay::DelaySteps, error::Error};

/// How to reach the broker, and how much of what is allowed at a time.
#[derive(Debug, Clone)]
pub struct Config {
    /// `amqp://user:password@host:port/vhost`.
    pub uri: SecretString,
    /// What the broker's management page calls our connections. Default `writeback`.
    pub connection_name: String,
    /// Parallel queues of a stage; fixed once deployed. Default 8.
    pub lanes: Lanes,
    /// Unacknowledged deliveries that one lane's consumer may hold. Default 200: one batch that is worked on and one that waits.
    pub prefetch: u16,
    /// Most deliveries of one batch. Default 100: what HubSpot takes in one batch request.
    pub batch_max: usize,
    /// How long the first delivery of a batch waits for company while at most eight batches run: the more run the longer, up to
    /// eight times. Default 50 ms.
    pub linger: Duration,
    /// Batches that a stage runs at once. Default 64.
    pub batches_at_once: usize,
    /// How many of these may be of one connection; all but the first are full ones. Default 2: while one waits for its answer,
    /// the other uses what the portal's limits leave.
    pub batches_of_one: usize,
    /// How long a stage may work on one batch before that counts as a failure. Default 5 minutes; well under the broker's
    /// `consumer_timeout` of 30 minutes.
    pub batch_within: Duration,
    /// Failures after which a delivery is a dead letter. Default 8.
    pub max_attempts: u32,
    /// Age, since the stage's queue first had it, at which a delivery that must wait again is a dead letter. Default 7 days.
    pub max_age: Duration,
    /// How often the broker delivers a message before it gives up. Part of the topology: fixed once deployed. Default 30, since
    /// every restart of a worker counts as a delivery.
    pub delivery_limit: u16,
    /// The waits that a deferred delivery may have. Default 1 s, 5 s, 30 s, 2 min, 10 min.
    pub delays: DelaySteps,
    /// How long [`Bus::connect`](crate::Bus::connect) tries. Default 30 s.
    pub connect_within: Duration,
    /// How long a publish waits for its confirm. Default 10 s.
    pub confirm_within: Duration,
    /// How long a batch tries to publish what follows from it, before its deliveries go back to the queue. Default 10 minutes:
    /// going back costs one of the broker's deliveries, waiting costs nothing.
    pub publish_within: Duration,
    /// How long a stage that is told to stop may finish what it has in hand. Default 25 s: Kubernetes kills after 30.
    pub stop_within: Duration,
}

impl Config {
    /// The defaults, for the broker at `uri`.
    pub fn new(uri: SecretString) -> Self {
        Self {
            uri,
            connection_name: "writeback".into(),
            lanes: Lanes::DEFAULT,
            prefetch: 200,
            batch_max: 100,
            linger: Duration::from_millis(50),
            batches_at_once: 64,
            batches_of_one: 2,
            batch_within: Duration::from_mins(5),
            max_attempts: 8,
            max_age: Duration::from_hours(7 * 24),
            delivery_limit: 30,
            delays: DelaySteps::default(),
            connect_within: Duration::from_secs(30),
            confirm_within: Duration::from_secs(10),
            publish_within: Duration::from_mins(10),
            stop_within: Duration::from_secs(25),
        }
    }

    /// Zero means "without limit" to the broker and "never" to us: neither is ever meant.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let zero = |name, is_zero: bool| if is_zero { Err(Error::Config { name, what: "must not be zero" }) } else { Ok(()) };
        zero("prefetch", self.prefetch == 0)?;
        zero("batch_max", self.batch_max == 0)?;
        zero("batches_at_once", self.batches_at_once == 0)?;
        zero("batches_of_one", self.batches_of_one == 0)?;
        zero("max_attempts", self.max_attempts == 0)?;
        zero("delivery_limit", self.delivery_limit == 0)
    }
}
