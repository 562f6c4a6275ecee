//! What becomes of one finished conversation that was sent in.

use std::time::Duration;

use domain::{
    AccountId, ConnectionId, ConversationId, EventId, Fault, Region,
    conversation::Conversation,
    event::{ConversationAccepted, Origin},
    settings::{Settings, Withhold},
};
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::{app::App, code::Code, problem::Problem};

/// Why a conversation is not taken, though nothing is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ignored {
    /// The account has no HubSpot portal connected.
    NotConnected,
    /// Interaction logging is off.
    LoggingOff,
    /// It ended before logging was last turned on: turning it on never reaches back.
    EndedBeforeEnabled,
}

impl Ignored {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::NotConnected => "not_connected",
            Self::LoggingOff => "logging_off",
            Self::EndedBeforeEnabled => "ended_before_enabled",
        }
    }
}

/// What one body was.
#[derive(Debug)]
pub(crate) enum Reading {
    /// To be published.
    Take(Box<ConversationAccepted>),
    /// Sound, but not to be exported. Nothing of it may be kept.
    Ignore(ConversationId, Ignored),
    /// Not a conversation.
    Invalid(Vec<Fault>),
}

/// Reads an account's conversations by what holds for it now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader {
    account: AccountId,
    region: Region,
    /// The connection that is live, and how it wants its conversations logged. One that waits for a person to connect again is
    /// live: its conversations wait with it.
    connection: Option<(ConnectionId, Settings)>,
    now: OffsetDateTime,
    clock_skew_max: Duration,
}

impl Reader {
    /// What holds for the account, from the cache.
    pub(crate) async fn of(app: &App, account: AccountId) -> Result<Self, Problem> {
        let gate = app.gates().of_account(account).await?;
        // A key whose account is gone opens nothing any more.
        let gate = gate.ok_or_else(|| Problem::unauthorized(Code::InvalidApiKey))?;
        Ok(Self {
            account,
            region: gate.region,
            connection: gate.live.as_ref().map(|live| (live.connection.id, live.settings)),
            now: OffsetDateTime::now_utc(),
            clock_skew_max: app.config().clock_skew_max,
        })
    }

    /// When it was made.
    pub(crate) fn now(&self) -> OffsetDateTime {
        self.now
    }

    /// The conversation that a body is.
    pub(crate) fn conversation(&self, body: &Value) -> Result<Conversation, Vec<Fault>> {
        let conversation = Conversation::read(body, self.region)?;
        if conversation.ended_at > self.now + self.clock_skew_max {
            return Err(vec![Fault::new("endedAt", "in_future", "must not be in the future")]);
        }
        Ok(conversation)
    }

    /// Reads one body. Validity comes first, so that a sender learns of its mistakes while logging is still off.
    pub(crate) fn read(&self, body: &Value) -> Reading {
        let conversation = match self.conversation(body) {
            Ok(conversation) => conversation,
            Err(faults) => return Reading::Invalid(faults),
        };
        let Some((connection, settings)) = self.connection else {
            return Reading::Ignore(conversation.id, Ignored::NotConnected);
        };
        let mode = match settings.admit(conversation.ended_at) {
            Ok(mode) => mode,
            Err(Withhold::LoggingOff) => return Reading::Ignore(conversation.id, Ignored::LoggingOff),
            Err(Withhold::EndedBeforeEnabled) => return Reading::Ignore(conversation.id, Ignored::EndedBeforeEnabled),
        };
        let origin = Origin {
            event: EventId::new(),
            account: self.account,
            connection,
            region: self.region,
            accepted_at: self.now,
            mode,
            on_no_match: settings.on_no_match,
        };
        Reading::Take(Box::new(ConversationAccepted { origin, conversation }))
    }
}

#[cfg(test)]
mod tests {
    use domain::settings::{Mode, OnNoMatch, SettingsChange};
    use serde_json::json;
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-23 12:00 UTC);

    fn body(ended_at: &str) -> Value {
        json!({"conversationId": "conv_1", "agentId": "agent_1", "channel": "voice", "direction": "inbound",
               "startedAt": "2026-11-23T09:00:00Z", "endedAt": ended_at})
    }

    fn reader(connection: Option<Settings>) -> Reader {
        let connection = connection.map(|settings| (ConnectionId::new(), settings));
        Reader { account: AccountId::new(), region: Region::US, connection, now: NOW, clock_skew_max: Duration::from_hours(1) }
    }

    fn on_since(at: OffsetDateTime) -> Settings {
        Settings::default().changed(&SettingsChange { on_no_match: Some(OnNoMatch::Create), ..Mode::Summary.into() }, at)
    }

    #[track_caller]
    fn check(body: &Value, connection: Option<Settings>, expected: &str) {
        let found = match reader(connection).read(body) {
            Reading::Take(event) => event.origin.mode.as_str().to_owned(),
            Reading::Ignore(id, reason) => format!("{id} {}", reason.as_str()),
            Reading::Invalid(faults) => format!("{} {}", faults[0].path, faults[0].code),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn only_what_ended_after_logging_was_turned_on_is_taken() {
        let on = on_since(datetime!(2026-11-23 10:00 UTC));
        check(&body("2026-11-23T10:00:00Z"), Some(on), "summary");
        check(&body("2026-11-23T09:59:59Z"), Some(on), "conv_1 ended_before_enabled");
        check(&body("2026-11-23T10:00:00Z"), Some(Settings::default()), "conv_1 logging_off");
        check(&body("2026-11-23T10:00:00Z"), None, "conv_1 not_connected");
    }

    #[test]
    fn what_is_invalid_is_invalid_whatever_the_settings() {
        check(&json!({}), None, "conversationId required");
        check(&body("2026-11-23T13:00:01Z"), Some(Settings::default()), "endedAt in_future");
        check(&body("2026-11-23T13:00:00Z"), Some(on_since(NOW)), "summary");
    }

    #[test]
    fn what_is_taken_carries_how_it_was_to_be_logged() {
        let reader = reader(Some(on_since(datetime!(2026-11-23 10:00 UTC))));
        let Reading::Take(event) = reader.read(&body("2026-11-23T11:00:00Z")) else { panic!("not taken") };
        let Origin { event: _, account, connection, region, accepted_at, mode, on_no_match } = event.origin;
        assert_eq!((account, Some(connection), region), (reader.account, reader.connection.map(|c| c.0), Region::US));
        assert_eq!((accepted_at, mode, on_no_match), (NOW, Mode::Summary, OnNoMatch::Create));
    }
}
