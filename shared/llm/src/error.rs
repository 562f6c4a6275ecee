//! What can go wrong between us and a model. None of it holds a word of the conversation or of the answer.

use std::time::Duration;

/// Why a client could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The address is not one.
    #[error("the model's base URL is not a URL")]
    BaseUrl,
    /// Another scheme, or a name and password in the address, where they would end up in logs.
    #[error("the model's base URL must be http or https, without a user name or password, a query or a fragment")]
    BaseUrlParts,
    /// No model is named.
    #[error("the model's name is empty")]
    Model,
    /// A limit of nothing.
    #[error("the model's {0} must be more than zero")]
    Zero(&'static str),
    /// The key cannot stand in a header.
    #[error("the model's API key holds characters that a header cannot")]
    ApiKey,
    /// The HTTP client.
    #[error("building the model's HTTP client")]
    Http(#[source] reqwest::Error),
}

/// Why a model gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There was nothing to ask about.
    #[error("nothing to ask the model about")]
    NothingToAsk,
    /// No connection, or it broke. The source names no address.
    #[error("reaching the model's endpoint")]
    Unreachable(#[source] reqwest::Error),
    /// It took longer than configured, over all attempts.
    #[error("the model did not answer within {} ms", .0.as_millis())]
    Timeout(Duration),
    /// Too many requests, or an overloaded endpoint.
    #[error("the model's endpoint is busy (status {status})")]
    Busy {
        /// The HTTP status.
        status: u16,
        /// How long it asked us to wait.
        retry_after: Option<Duration>,
    },
    /// Any other status than success: a wrong key, a wrong model, a redirect.
    #[error("the model's endpoint refused the request (status {0})")]
    Refused(u16),
    /// The answer was longer than we read.
    #[error("the model's answer is larger than {0} bytes")]
    TooLarge(usize),
    /// The answer was not what the interface promises.
    #[error("the model's answer is not a chat completion")]
    Unreadable(#[source] serde_json::Error),
    /// The model declined, or said nothing.
    #[error("the model said nothing")]
    Empty,
}

impl Error {
    /// A word for logs and metrics.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NothingToAsk => "nothing_to_ask",
            Self::Unreachable(_) => "unreachable",
            Self::Timeout(_) => "timeout",
            Self::Busy { .. } => "busy",
            Self::Refused(_) => "refused",
            Self::TooLarge(_) => "too_large",
            Self::Unreadable(_) => "unreadable",
            Self::Empty => "empty",
        }
    }

    /// Whether the same request may succeed a moment later.
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::Busy { .. } => true,
            Self::NothingToAsk | Self::Timeout(_) | Self::Refused(_) | Self::TooLarge(_) | Self::Unreadable(_) | Self::Empty => {
                false
            }
        }
    }

    /// Whether it says something about the endpoint, rather than about this one conversation.
    pub(crate) fn is_about_endpoint(&self) -> bool {
        match self {
            Self::Unreachable(_)
            | Self::Timeout(_)
            | Self::Busy { .. }
            | Self::Refused(_)
            | Self::TooLarge(_)
            | Self::Unreadable(_) => true,
            Self::NothingToAsk | Self::Empty => false,
        }
    }
}
