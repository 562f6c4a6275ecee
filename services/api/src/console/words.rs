//! Plain words for people, in one place. Every match is exhaustive: what is new has to be said before it compiles.

use domain::{
    caller::CallerKey,
    conversation::{Channel, Direction, EngagementKind, Speaker},
    event::{StageName, SummarySource},
    ledger::{MatchedBy, Outcome, Reason, State},
    scope::Scope,
    settings::{Mode, OnNoMatch},
};
use maud::{Markup, html};

/// Where a conversation stands, in two words, with the colour that stands for it.
pub(super) fn standing(state: State) -> Markup {
    html! { span class={"state " (class(state))} { (state.outcome().map_or("on the way", outcome)) } }
}

fn class(state: State) -> &'static str {
    state.outcome().map_or("in_flight", Outcome::as_str)
}

pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Exported => "exported",
        Outcome::SkippedNoMatch => "skipped",
        Outcome::Withheld => "withheld",
        Outcome::Failed => "failed",
    }
}

/// What a state means for one conversation.
pub(super) fn state(state: State) -> &'static str {
    match state {
        State::Accepted => "It was taken up, and is being scrubbed.",
        State::Redacted => "It is scrubbed and summarised. Its contact is being looked for.",
        State::Matched => "Its contact is known. It is about to be written to HubSpot.",
        State::Posting => "It is being written to HubSpot.",
        State::Exported => "It is on the contact's timeline in HubSpot.",
        State::SkippedNoMatch => "There is no one contact in HubSpot that it belongs to, so nothing was written.",
        State::Withheld => "It was not to be written, so nothing left.",
        State::Failed => "It was given up. What is in it is kept, and can be sent again.",
    }
}

/// What an outcome means for a conversation that was only tried.
pub(super) fn would(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Exported => "It would be written to HubSpot.",
        Outcome::SkippedNoMatch => {
            "Nothing would be written: there is no one contact that it belongs to. With one, this would be."
        }
        Outcome::Withheld => "Nothing would be written, and nothing of it would be taken in.",
        Outcome::Failed => "It would be given up, and kept until the cause is mended.",
    }
}

/// Why a conversation ended otherwise, as a title.
pub(super) fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::LoggingOff => "Logging is off",
        Reason::EndedBeforeEnabled => "It ended before logging was turned on",
        Reason::NotConnected => "HubSpot was disconnected",
        Reason::NoIdentity => "Nobody to look for",
        Reason::NoMatch => "HubSpot has no such contact",
        Reason::SeveralMatches => "Several contacts fit",
        Reason::RequiredProperties => "HubSpot asks for properties we do not have",
        Reason::Refused => "HubSpot refused it",
        Reason::MissingScopes => "A permission is missing",
        Reason::InDoubt => "Unclear whether it was written",
        Reason::TooOld => "It waited for too long",
        Reason::AttemptsExhausted => "It failed too often",
        Reason::BrokerGaveUp => "The queue gave it up",
        Reason::RedactionUnusable => "Your own patterns cannot be used",
        Reason::Unreadable => "It cannot be read",
    }
}

/// What happened, and what a person can do.
pub(super) fn remedy(reason: Reason) -> &'static str {
    match reason {
        Reason::LoggingOff => "Interaction logging was off, or was turned off while it was on the way.",
        Reason::EndedBeforeEnabled => "Turning logging on never reaches back to what ended before.",
        Reason::NotConnected => "The connection was ended while it was on the way.",
        Reason::NoIdentity => "The conversation came with neither a phone number, nor an e-mail address, nor a contact's id.",
        Reason::NoMatch => {
            "Nobody in HubSpot has this number or address. If such callers are to become contacts, change that under Logging."
        }
        Reason::SeveralMatches => {
            "More than one contact has this number or address, and we do not guess. Merge them in HubSpot, or give one another number."
        }
        Reason::RequiredProperties => {
            "HubSpot's administrator has made properties required that a conversation does not tell. Make them optional for our app, then replay."
        }
        Reason::Refused => "HubSpot said no to what we sent. The detail tells why; after it is mended, replay.",
        Reason::MissingScopes => "Connect HubSpot again and agree to all permissions, then replay.",
        Reason::InDoubt => {
            "It was sent, and HubSpot never said whether it took it. Look at the contact's timeline; replay only if it is not there."
        }
        Reason::TooOld => "HubSpot could not be reached, or nobody connected it again, for days. Replay when it works again.",
        Reason::AttemptsExhausted => {
            "Something failed each time. Replay when the cause is mended; if it stays, tell whoever runs this installation."
        }
        Reason::BrokerGaveUp => {
            "It broke what was to handle it again and again. Tell whoever runs this installation before you replay."
        }
        Reason::RedactionUnusable => "Nothing goes on unscrubbed. Mend the patterns under Logging, then replay.",
        Reason::Unreadable => {
            "It was sealed with a key that is gone, or by another release. Whoever runs this installation may bring the key back; then replay."
        }
    }
}

pub(super) fn matched_by(by: MatchedBy) -> &'static str {
    match by {
        MatchedBy::EventContactId => "by the contact's id, which came with the conversation",
        MatchedBy::LearnedLink => "by what an earlier conversation of the same caller led to",
        MatchedBy::Email => "by the e-mail address",
        MatchedBy::Phone => "by the phone number",
        MatchedBy::Created => "nobody had this number or address, so the contact was created",
    }
}

pub(super) fn stage(stage: StageName) -> &'static str {
    match stage {
        StageName::Redactor => "scrubbing",
        StageName::Matcher => "finding the contact",
        StageName::Poster => "writing to HubSpot",
    }
}

pub(super) fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Voice => "call",
        Channel::Chat => "chat",
    }
}

pub(super) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "inbound",
        Direction::Outbound => "outbound",
    }
}

pub(super) fn speaker(speaker: Speaker) -> &'static str {
    match speaker {
        Speaker::Agent => "Agent",
        Speaker::Customer => "Customer",
    }
}

pub(super) fn engagement(kind: EngagementKind) -> &'static str {
    match kind {
        EngagementKind::Call => "Call",
        EngagementKind::Note => "Note",
    }
}

pub(super) fn summary_source(source: SummarySource) -> &'static str {
    match source {
        SummarySource::Event => "came with the conversation",
        SummarySource::Model => "written by a language model",
        SummarySource::Extractive => "picked from what was said",
    }
}

/// A mode's name and what it exports.
pub(super) fn mode(mode: Mode) -> (&'static str, &'static str) {
    match mode {
        Mode::Off => ("Off", "Nothing is written to HubSpot, and nothing of a conversation is kept here."),
        Mode::Summary => (
            "Summary",
            "A Call or a Note on the contact's timeline: when, who began, how it went, and a summary. Never what was said word by word.",
        ),
        Mode::SummaryTranscript => (
            "Summary and transcript",
            "The same, followed by what was said. Card and ID numbers are taken out of every text first.",
        ),
    }
}

/// What becomes of unknown callers.
pub(super) fn on_no_match(on_no_match: OnNoMatch) -> (&'static str, &'static str) {
    match on_no_match {
        OnNoMatch::Skip => ("Write nothing", "The conversation is listed here as skipped, without its content."),
        OnNoMatch::Create => (
            "Create the contact",
            "A contact with the caller's number or address, and name if known, is created, and the conversation written to it.",
        ),
    }
}

/// What a key with a scope may do.
pub(super) fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::IntegrationsConnect => "ask for a link to connect HubSpot, and disconnect it",
        Scope::IntegrationsRead => "read the connection, settings, conversations and dead letters",
        Scope::IntegrationsWrite => "change how conversations are logged, replay and drop dead letters",
        Scope::SkillsRead => "read agents' skills and bindings",
        Scope::SkillsWrite => "install, author and remove skills",
        Scope::SkillsInvoke => "call skills while a conversation runs",
        Scope::EventsWrite => "send finished conversations: what the conversation platform needs",
        Scope::KeysWrite => "list, make and revoke API keys, with no more than its own scopes",
    }
}

/// A kind of number that was taken out. The ledger may hold kinds of another release; those are told as they are.
pub(super) fn kind(name: &str) -> &str {
    redaction::Kind::ALL.iter().find(|kind| kind.as_str() == name).map_or(name, |kind| kind.label())
}

/// The channels as a filter has them.
pub(super) fn channels(channel: Channel) -> &'static str {
    match channel {
        Channel::Voice => "calls",
        Channel::Chat => "chats",
    }
}

/// A caller, without a number: the beginning of the keyed hash that stands for it, enough to tell two apart.
pub(super) fn caller(key: &CallerKey) -> String {
    key.to_hex().chars().take(8).collect()
}

/// Why a number was taken out, by the name of the rule.
pub(super) fn why(name: &str) -> &'static str {
    match redaction::Why::ALL.iter().find(|why| why.as_str() == name) {
        Some(redaction::Why::Checksum) => "its check digits are right",
        Some(redaction::Why::Named) => "the words around it name it",
        Some(redaction::Why::Form) => "it is written as such numbers are",
        Some(redaction::Why::NextToCard) => "it stands next to a card",
        Some(redaction::Why::Echo) => "it repeats another one",
        Some(redaction::Why::Pattern(_)) => "a pattern of your own finds it",
        // That list belongs to another crate, and may grow.
        _ => "another rule finds it",
    }
}
