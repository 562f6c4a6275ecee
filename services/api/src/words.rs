//! The closed lists of `domain` as schemas, so that the document can never fall behind the code.

use std::borrow::Cow;

use domain::{connection, conversation, event, ledger, scope, settings};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ObjectBuilder, RefOr, Schema,
        schema::{SchemaType, Type},
    },
};

macro_rules! words {
    ($($(#[doc = $doc:literal])* $name:ident = $words:expr;)+) => {$(
        $(#[doc = $doc])*
        pub(crate) enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let words = $words.iter().map(|word| word.as_str());
                let schema = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).enum_values(Some(words));
                schema.description(Some(concat!($($doc),*).trim_ascii())).build().into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )+};
}

words! {
    /// How much of a conversation is exported.
    Mode = [settings::Mode::Off, settings::Mode::Summary, settings::Mode::SummaryTranscript];
    /// What becomes of a conversation whose caller HubSpot does not know.
    OnNoMatch = [settings::OnNoMatch::Skip, settings::OnNoMatch::Create];
    /// Whether a connection can be used.
    ConnectionStatus = connection::ConnectionStatus::ALL;
    /// What a portal lets us promise about doubles: `unique` (HubSpot refuses a second record), `marker` (recognised by our
    /// property), `plain` (recognised by the text).
    UniqueMode = connection::UniqueMode::ALL;
    /// What kind of conversation it was.
    Channel = conversation::Channel::ALL;
    /// Who began.
    Direction = conversation::Direction::ALL;
    /// Who said a turn.
    Speaker = conversation::Speaker::ALL;
    /// How the conversation went technically.
    Status = conversation::Status::ALL;
    /// Where a conversation stands.
    State = ledger::State::ALL;
    /// How a conversation ended.
    Outcome = ledger::Outcome::ALL;
    /// Why a conversation was not exported.
    Reason = ledger::Reason::ALL;
    /// A stage of the fleet: `redactor` scrubs and summarises, `matcher` finds the contact, `poster` writes to HubSpot.
    Stage = event::StageName::ALL;
    /// How the contact was found.
    MatchedBy = ledger::MatchedBy::ALL;
    /// Who wrote a summary: it came with the event, a language model made it, or sentences were picked.
    SummarySource = event::SummarySource::ALL;
    /// A kind of number that is removed; `custom` is what an account's own pattern finds.
    Kind = redaction::Kind::ALL;
    /// What decided that a number goes: its check digits, the words around it, its usual form, the card it stands next to, that it
    /// repeats another, or the account's own pattern.
    Why = redaction::Why::ALL;
    /// Names one kind of problem. Stable: programs may branch on it.
    Code = crate::code::Code::ALL;
    /// What an API key may do.
    Scope = scope::Scope::ALL;
}
