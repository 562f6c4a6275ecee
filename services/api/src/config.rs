//! The limits of the service.

use std::{num::NonZeroU32, time::Duration};

use store::sessions::Lifetime;

use crate::browser::PublicUrl;

/// Limits of the HTTP service. [`Config::default`] is what a deployment runs with unless it is told otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Largest body of a request.
    pub body_bytes_max: usize,
    /// Longest time that a body may take to arrive; 408 after it.
    pub body_timeout: Duration,
    /// Longest time that an answer may take; 503 after it. Longer than `body_timeout`.
    pub request_timeout: Duration,
    /// Requests in hand at once; 503 beyond it.
    pub requests_max: usize,
    /// Requests a second that one API key may make for any length of time.
    pub key_requests_per_second: NonZeroU32,
    /// Requests that one API key may make at once.
    pub key_requests_burst: NonZeroU32,
    /// How far ahead of our clock a conversation may have ended.
    pub clock_skew_max: Duration,
    /// Where browsers reach the service; what HubSpot sends them back to begins with it.
    pub public_url: PublicUrl,
    /// How long people stay signed in.
    pub session_lifetime: Lifetime,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            body_bytes_max: 2 * 1024 * 1024,
            body_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(25),
            requests_max: 512,
            key_requests_per_second: NonZeroU32::new(200).expect("not zero"),
            key_requests_burst: NonZeroU32::new(400).expect("not zero"),
            clock_skew_max: Duration::from_hours(1),
            public_url: PublicUrl::local(([127, 0, 0, 1], 8080).into()),
            session_lifetime: Lifetime { idle: Duration::from_hours(12), absolute: Duration::from_hours(168) },
        }
    }
}
