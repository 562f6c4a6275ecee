//! A summary for a conversation that came without one, made from scrubbed text only.

use domain::{
    Text,
    conversation::{Conversation, Speaker},
    event::SummarySource,
};
use futures_util::{StreamExt as _, stream};
use llm::{Source, Summariser, Summary, Turn};

/// Conversations of one batch whose summaries are made at the same time: a model's answer takes seconds.
const AT_ONCE: usize = 16;

/// Fills in a summary that is missing, without a model; who wrote it.
pub(crate) fn extract(summariser: &Summariser, conversation: &mut Conversation) -> Option<SummarySource> {
    if conversation.summary.is_some() {
        return Some(SummarySource::Event);
    }
    let summary = summariser.extract(&turns(conversation));
    fill_in(conversation, summary)
}

/// Fills in the summaries that are missing, by the model; who wrote each, in order.
pub(crate) async fn ask_model(
    summariser: &Summariser,
    conversations: impl Iterator<Item = &mut Conversation>,
) -> Vec<Option<SummarySource>> {
    let making: Vec<_> = conversations
        .map(|conversation| async {
            if conversation.summary.is_some() {
                return Some(SummarySource::Event);
            }
            let summary = summariser.summarise(&turns(conversation)).await;
            fill_in(conversation, summary)
        })
        .collect();
    stream::iter(making).buffered(AT_ONCE).collect().await
}

fn fill_in(conversation: &mut Conversation, summary: Option<Summary>) -> Option<SummarySource> {
    let Summary { text, source } = summary?;
    conversation.summary = Some(Text::from(text));
    Some(match source {
        Source::Model => SummarySource::Model,
        Source::Extractive => SummarySource::Extractive,
    })
}

fn turns(conversation: &Conversation) -> Vec<Turn<'_>> {
    let mut turns = Vec::with_capacity(conversation.transcript.len());
    for turn in &conversation.transcript {
        let speaker = match turn.speaker {
            Speaker::Agent => llm::Speaker::Agent,
            Speaker::Customer => llm::Speaker::Customer,
        };
        turns.push(Turn { speaker, text: turn.text.as_str() });
    }
    turns
}
