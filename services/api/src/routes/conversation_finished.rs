//! The body of `POST /events/conversation-finished`, as the document shows it. `domain` reads it, so that every fault is named;
//! a test sends what is documented here and one more field.

use std::collections::BTreeMap;

use serde::Deserialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::words;

/// One finished conversation.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "a schema only")]
pub(crate) struct ConversationFinished {
    /// Your own id. Sending the same id again changes nothing.
    #[schema(example = "conv_81f2", min_length = 1, max_length = 128, pattern = "^[!-~]+$")]
    conversation_id: String,
    /// The agent that led it, by your own id.
    #[schema(example = "agent_7", min_length = 1, max_length = 128, pattern = "^[!-~]+$")]
    agent_id: String,
    #[schema(inline = false, value_type = words::Channel)]
    channel: String,
    #[schema(inline = false, value_type = words::Direction)]
    direction: String,
    /// When it began.
    #[schema(example = "2026-11-23T10:00:00Z")]
    started_at: OffsetDateTime,
    /// When it ended; not before it began, not in the future.
    #[schema(example = "2026-11-23T10:04:10Z")]
    ended_at: OffsetDateTime,
    /// The other party, as far as you know.
    customer: Option<Customer>,
    /// The account's own number on this call.
    #[schema(example = "+14155559876")]
    agent_number: Option<String>,
    /// `completed` unless given.
    #[schema(value_type = Option<words::Status>)]
    status: Option<String>,
    /// How it went for the business, in your own words.
    #[schema(example = "resolved", max_length = 1000)]
    outcome: Option<String>,
    /// A summary, if you made one; otherwise one is made.
    #[schema(max_length = 10_000)]
    summary: Option<String>,
    /// Where the recording can be heard: an https URL.
    #[schema(max_length = 2000, pattern = "^https://[^\\s/?#]+")]
    recording_url: Option<String>,
    /// What was said, in order.
    #[schema(max_items = 5000)]
    transcript: Option<Vec<Turn>>,
    /// Whatever else is worth keeping: at most 100 values of at most 1,000 characters, at most 5 levels deep.
    #[schema(value_type = Option<BTreeMap<String, Object>>, example = json!({"queue": "billing"}))]
    metadata: Option<BTreeMap<String, serde_json::Value>>,
}

/// The other party.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "a schema only")]
pub(crate) struct Customer {
    /// Best in E.164; a national number is taken as of the account's country. `anonymous` and its like mean that the number
    /// was withheld.
    #[schema(example = "+14155550123", max_length = 200)]
    phone: Option<String>,
    /// An e-mail address.
    #[schema(example = "dana@example.com", max_length = 254)]
    email: Option<String>,
    /// The name, as you heard it.
    #[schema(example = "Dana Reyes", max_length = 1000)]
    name: Option<String>,
    /// The HubSpot contact that a skill found in this conversation.
    #[schema(example = "512", pattern = "^[0-9]+$")]
    contact_id: Option<String>,
}

/// One turn of the transcript.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "a schema only")]
pub(crate) struct Turn {
    /// `agent` (also `assistant`, `bot`) or `customer` (also `caller`, `visitor`, `user`).
    #[schema(example = "customer")]
    speaker: String,
    /// What was said.
    #[schema(max_length = 20_000)]
    text: String,
    /// When, in milliseconds from the beginning.
    #[schema(minimum = 0)]
    at_ms: Option<u64>,
}
