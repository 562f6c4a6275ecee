//! A summary for a conversation that came without one.

use domain::{
    Text,
    conversation::{Conversation, Speaker},
    event::SummarySource,
};
use futures_util::{StreamExt as _, stream};
use llm::{Source, Summariser, Turn};

/// Conversations of one batch whose summaries are made at the same time: a model's answer takes seconds.
const AT_ONCE: usize = 16;

/// Fills in the summaries that are missing, from scrubbed text only; who wrote each, in order.
pub(crate) async fn summarise_all(summariser: &Summariser, conversations: &mut [Conversation]) -> Vec<Option<SummarySource>> {
    let making: Vec<_> = conversations.iter_mut().map(|conversation| fill_in(summariser, conversation)).collect();
    stream::iter(making).buffered(AT_ONCE).collect().await
}

async fn fill_in(summariser: &Summariser, conversation: &mut Conversation) -> Option<SummarySource> {
    if conversation.summary.is_some() {
        return Some(SummarySource::Event);
    }
    let (text, source) = summarise(summariser, conversation).await?;
    conversation.summary = Some(Text::from(text));
    Some(source)
}

async fn summarise(summariser: &Summariser, conversation: &Conversation) -> Option<(String, SummarySource)> {
    let turns: Vec<_> = conversation
        .transcript
        .iter()
        .map(|turn| {
            let speaker = match turn.speaker {
                Speaker::Agent => llm::Speaker::Agent,
                Speaker::Customer => llm::Speaker::Customer,
            };
            Turn { speaker, text: turn.text.as_str() }
        })
        .collect();
    let summary = summariser.summarise(&turns).await?;
    let source = match summary.source {
        Source::Model => SummarySource::Model,
        Source::Extractive => SummarySource::Extractive,
    };
    Some((summary.text, source))
}
