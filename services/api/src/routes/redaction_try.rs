//! What the redactor would do with a sample, before anything is saved.

use std::{borrow::Cow, collections::BTreeMap};

use axum::{Json, extract::State};
use domain::{Fault, conversation::Speaker};
use redaction::{Conversation, Extras, Finding, Kind, Piece, Place, Redactor, Turn, Why};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answers::{Guarded, TakesBody},
    app::App,
    extract::{Body, Key, key::IntegrationsRead, object},
    problem::Problem,
    scrubbing::RedactionExtras,
    words,
};

/// Turns and texts of a sample.
const ENTRIES_MAX: usize = 200;
/// Characters of all turns and texts of a sample.
const CHARS_MAX: usize = 20_000;

/// One turn of a sample.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SampleTurn {
    #[schema(value_type = words::Speaker)]
    speaker: Speaker,
    #[schema(example = "My card is 4242 4242 4242 4242, the order ACME-123456.")]
    text: String,
}

/// A sample, and what to try on it.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RedactionTrial {
    /// The patterns and words to keep to try. What is saved, unless given.
    #[serde(default, deserialize_with = "object::optional")]
    redaction: Option<RedactionExtras>,
    /// Turns of one conversation, oldest first: numbers said over several turns are found. Up to 200 turns and texts with up to
    /// 20,000 characters in all.
    #[serde(default, deserialize_with = "object::list")]
    #[schema(max_items = 200)]
    transcript: Vec<SampleTurn>,
    /// Other texts of the same conversation, such as its summary.
    #[serde(default)]
    #[schema(max_items = 200)]
    texts: Vec<String>,
}

/// One stretch of a removed number.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PieceView {
    /// Which list it stands in: `transcript` or `texts`.
    #[schema(value_type = String, example = "transcript")]
    r#in: &'static str,
    /// Which entry of that list, from 0.
    index: usize,
    /// Its first character in the text as it was sent, from 0.
    start: usize,
    /// The character after its last.
    end: usize,
}

/// One number that was removed. The number itself is not told.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FindingView {
    #[schema(value_type = words::Kind)]
    kind: &'static str,
    /// What stands in its place, without `removed`.
    #[schema(example = "order code")]
    pub(crate) label: String,
    #[schema(value_type = words::Why)]
    pub(crate) why: &'static str,
    /// Which of the patterns found it, from 0; `null` for a built-in kind.
    #[schema(required)]
    pattern: Option<usize>,
    /// Where it stood; several where it was said over several turns.
    pieces: Vec<PieceView>,
}

/// The sample as it would leave.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RedactionTried {
    /// The turns, scrubbed.
    transcript: Vec<SampleTurn>,
    /// The other texts, scrubbed.
    pub(crate) texts: Vec<String>,
    /// How many numbers of each kind were removed.
    counts: BTreeMap<&'static str, u32>,
    /// Each of them.
    pub(crate) findings: Vec<FindingView>,
}

/// Try patterns and words to keep on a sample
///
/// Scrubs the sample as a conversation would be scrubbed and says what was removed, where and why. Nothing is saved, and nothing of
/// the sample is kept or logged. Patterns and words that cannot be used are refused just as they are when they are saved.
#[utoipa::path(
    post, path = "/integrations/hubspot/writeback/redaction/try", tag = "writeback", operation_id = "tryRedaction",
    request_body = RedactionTrial,
    security(("apiKey" = ["integrations:read"])),
    responses((status = 200, description = "The sample as it would leave.", body = RedactionTried), Guarded, TakesBody)
)]
pub(crate) async fn try_redaction(
    key: Key<IntegrationsRead>,
    State(app): State<App>,
    Body(trial): Body<RedactionTrial>,
) -> Result<Json<RedactionTried>, Problem> {
    let redaction = match trial.redaction {
        Some(redaction) => redaction,
        None => saved(&app, key.account()).await?,
    };
    tried(&app, redaction, trial.transcript, trial.texts).await.map(Json)
}

/// Scrubs a sample with what is to be tried. Says what is wrong with either, and keeps neither.
pub(crate) async fn tried(
    app: &App,
    redaction: RedactionExtras,
    transcript: Vec<SampleTurn>,
    texts: Vec<String>,
) -> Result<RedactionTried, Problem> {
    check_size(&transcript, &texts)?;
    let extras = app.scrubbing().compile(redaction, "redaction.").await?;
    let redactor = app.scrubbing().redactor();
    app.scrubbing().run(move || scrub(&redactor, &extras, &transcript, &texts)).await
}

/// What holds for the account's conversations now; nothing while no portal is connected.
async fn saved(app: &App, account: domain::AccountId) -> Result<RedactionExtras, Problem> {
    match store::connections::of_account(app.db(), account).await? {
        Some(connection) => Ok(store::settings::redaction(app.db(), connection.id).await?.1.into()),
        None => Ok(RedactionExtras::default()),
    }
}

fn check_size(transcript: &[SampleTurn], texts: &[String]) -> Result<(), Problem> {
    let entries = transcript.len() + texts.len();
    let all = transcript.iter().map(|turn| &turn.text).chain(texts);
    let fault = if entries == 0 {
        Fault::new("", "required", "must have a turn in transcript or a text in texts")
    } else if entries > ENTRIES_MAX {
        Fault::new("", "too_long", format!("must have at most {ENTRIES_MAX} turns and texts"))
    } else if all.map(|text| text.chars().count()).sum::<usize>() > CHARS_MAX {
        Fault::new("", "too_long", format!("turns and texts must have at most {CHARS_MAX} characters in all"))
    } else {
        return Ok(());
    };
    Err(Problem::invalid(vec![fault]))
}

fn scrub(redactor: &Redactor, extras: &Extras, transcript: &[SampleTurn], texts: &[String]) -> RedactionTried {
    let turns: Vec<_> = transcript.iter().map(|turn| Turn { speaker: turn.speaker.as_str(), text: &turn.text }).collect();
    let others: Vec<_> = texts.iter().map(String::as_str).collect();
    let redacted = redactor.redact_conversation_with(extras, Conversation { turns: &turns, texts: &others });
    let findings = redacted.findings.iter().map(|finding| FindingView::of(finding, extras, &turns, &others)).collect();
    RedactionTried {
        transcript: transcript
            .iter()
            .zip(redacted.turns)
            .map(|(SampleTurn { speaker, .. }, text)| SampleTurn { speaker: *speaker, text: text.into_owned() })
            .collect(),
        texts: redacted.texts.into_iter().map(Cow::into_owned).collect(),
        counts: redacted.counts.iter().map(|(kind, count)| (kind.as_str(), count)).collect(),
        findings,
    }
}

impl FindingView {
    fn of(Finding { kind, pieces, why }: &Finding, extras: &Extras, turns: &[Turn<'_>], texts: &[&str]) -> Self {
        let pattern = match why {
            Why::Pattern(index) => Some(*index),
            _ => None,
        };
        let label = pattern.and_then(|index| extras.label(index)).unwrap_or(Kind::label(*kind));
        let piece = |Piece { place, range }: &Piece| {
            let (list, index, text) = match *place {
                Place::Turn(index) => ("transcript", index, turns[index].text),
                Place::Text(index) => ("texts", index, texts[index]),
            };
            let chars = |range: std::ops::Range<usize>| text[range].chars().count();
            let start = chars(0..range.start);
            PieceView { r#in: list, index, start, end: start + chars(range.clone()) }
        };
        Self {
            kind: kind.as_str(),
            label: label.to_owned(),
            why: why.as_str(),
            pattern,
            pieces: pieces.iter().map(piece).collect(),
        }
    }
}
