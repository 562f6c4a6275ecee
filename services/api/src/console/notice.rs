//! What just happened, said on the page that one comes to afterwards. A closed list: an address can say nothing else.

use axum::{
    extract::{Query, rejection::QueryRejection},
    response::Redirect,
};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

/// The part of an address that says what just happened.
#[derive(Deserialize)]
pub(super) struct Shown {
    notice: Option<Notice>,
}

/// What just happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Notice {
    Connected,
    ConnectedAgain,
    ConnectedUnprobed,
    Probed,
    Disconnected,
    NotUninstalled,
    Replayed,
    Dropped,
    KeyRevoked,
    LoggingSet,
}

impl Notice {
    fn as_str(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::ConnectedAgain => "connected_again",
            Self::ConnectedUnprobed => "connected_unprobed",
            Self::Probed => "probed",
            Self::Disconnected => "disconnected",
            Self::NotUninstalled => "not_uninstalled",
            Self::Replayed => "replayed",
            Self::Dropped => "dropped",
            Self::KeyRevoked => "key_revoked",
            Self::LoggingSet => "logging_set",
        }
    }

    fn said(self) -> &'static str {
        match self {
            Self::Connected => "HubSpot is connected. Nothing is logged until you turn interaction logging on.",
            Self::ConnectedAgain => "HubSpot is connected again, with all settings as they were. What was waiting goes on now.",
            Self::ConnectedUnprobed => {
                "HubSpot is connected, but did not say what it allows against doubles. Look again in a while, below."
            }
            Self::Probed => "HubSpot was asked, and this is what it allows now.",
            Self::Disconnected => "HubSpot is disconnected, and our access to it is wiped.",
            Self::NotUninstalled => {
                "HubSpot is disconnected, and our access to it is wiped. It did not confirm that the app is gone there: look in HubSpot \
                 under Connected Apps."
            }
            Self::Replayed => "It is on its way again.",
            Self::Dropped => "It is forgotten. Its conversation stays in the list, as failed.",
            Self::KeyRevoked => "The key is revoked, and works no more.",
            Self::LoggingSet => "Saved. It holds from now on.",
        }
    }

    fn is_warning(self) -> bool {
        matches!(self, Self::ConnectedUnprobed | Self::NotUninstalled)
    }

    /// That page, with this on it.
    pub(crate) fn on(self, path: &str) -> Redirect {
        Redirect::to(&format!("{path}?notice={}", self.as_str()))
    }

    /// What an address says that just happened; nothing where it says anything else.
    pub(super) fn of(shown: Result<Query<Shown>, QueryRejection>) -> Option<Self> {
        shown.ok().and_then(|Query(shown)| shown.notice)
    }

    pub(super) fn render(self) -> Markup {
        html! { p.note.warn[self.is_warning()] role="status" { (self.said()) } }
    }
}
