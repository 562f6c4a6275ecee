//! How much a sentence tells, as a need, as an outcome, and in general.

use super::{
    language::{Phrases, Vocabulary},
    sentences::Sentence,
};
use crate::conversation::Speaker;
use foldhash::fast::FixedState;
use std::collections::HashSet;

/// The marks of one sentence. Each is a sum of parts of about 0 to 1.
#[derive(Clone, Copy)]
pub(super) struct Score {
    /// As what the customer came for.
    pub(super) need: f64,
    /// As what became of it.
    pub(super) outcome: f64,
    /// As any other thing worth knowing.
    pub(super) detail: f64,
}

/// Both sides speaking of a thing says more than one side repeating it.
const SHARED_TERM: f64 = 1.5;
/// Agents ask their way through a form; the answers matter more.
const AGENT_QUESTION: f64 = 0.25;

/// Marks every sentence of a conversation of `turns` turns.
pub(super) fn scores(sentences: &[Sentence<'_>], turns: usize, vocabulary: &Vocabulary) -> Vec<Score> {
    let weights = weights(sentences);
    let raw: Vec<f64> = sentences.iter().map(|sentence| centrality(sentence, &weights)).collect();
    let highest = raw.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    sentences
        .iter()
        .zip(raw)
        .map(|(sentence, raw)| {
            let position = real(sentence.turn) / real(turns.saturating_sub(1).max(1));
            let central = raw / highest;
            let says = |phrases: &Phrases| f64::from(u8::from(phrases.occur_in(&sentence.spoken)));
            let (need, outcome) = (says(&vocabulary.needs), says(&vocabulary.outcomes));
            let fitness = fitness(sentence);
            Score {
                need: fitness * (central + need + 0.8 * (1.0 - position).powi(2)),
                outcome: fitness * (central + outcome + 0.8 * position.powi(2)),
                detail: fitness * (central + 0.2 * need + 0.3 * outcome),
            }
        })
        .collect()
}

/// Of each term the logarithm of how often it is said, so that one word said fifty times does not decide alone.
fn weights(sentences: &[Sentence<'_>]) -> Vec<f64> {
    let terms = sentences.iter().flat_map(|sentence| &sentence.terms).max().map_or(0, |last| *last as usize + 1);
    let mut said = vec![(0_usize, 0_usize); terms];
    // "Sorry, I did not get that" ten times over is one sentence.
    let mut heard = HashSet::with_hasher(FixedState::default());
    for sentence in sentences.iter().filter(|sentence| heard.insert(sentence.spoken.as_str())) {
        for term in &sentence.terms {
            let (agent, customer) = &mut said[*term as usize];
            match sentence.speaker {
                Speaker::Agent => *agent += 1,
                Speaker::Customer => *customer += 1,
            }
        }
    }
    said.into_iter()
        .map(|(agent, customer)| {
            let shared = if agent > 0 && customer > 0 { SHARED_TERM } else { 1.0 };
            real(1 + agent + customer).ln() * shared
        })
        .collect()
}

/// The mean weight of its terms, damped so that two good words do not beat a full sentence.
fn centrality(sentence: &Sentence<'_>, weights: &[f64]) -> f64 {
    let sum: f64 = sentence.terms.iter().map(|term| weights[*term as usize]).sum();
    sum / (real(sentence.terms.len()) + 3.0)
}

/// Whether it reads well outside of its place.
fn fitness(sentence: &Sentence<'_>) -> f64 {
    let length = match sentence.words {
        0..=5 => 0.6,
        6..=30 => 1.0,
        _ => 0.8,
    };
    let asks = sentence.speaker == Speaker::Agent && sentence.text.trim_end().ends_with(['?', '？', '؟']);
    if asks { length * AGENT_QUESTION } else { length }
}

/// Exact for every count that a bounded conversation can have.
fn real(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}
