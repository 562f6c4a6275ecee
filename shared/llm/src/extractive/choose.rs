//! Which few sentences make the summary.

use super::{score::Score, sentences::Sentence};
use crate::conversation::Speaker;
use std::cmp::Ordering;

/// Two sentences that share more of their terms than this say the same.
const OVERLAP_MAX: f64 = 0.5;
/// An outcome echoes the need ("the address is changed"), so for it only nearly the same words are the same.
const ECHO_MAX: f64 = 0.8;
/// A detail must be worth this share of the best one.
const DETAIL_WORTH: f64 = 0.45;
/// One talkative turn is not the conversation.
const PER_TURN: usize = 2;

/// The indices of the sentences to keep, the most important first: the need, the outcome, then details.
pub(super) fn choose(sentences: &[Sentence<'_>], scores: &[Score], max: usize) -> Vec<usize> {
    let all = 0..sentences.len();
    let by = |index: usize, speaker: Speaker| sentences[index].speaker == speaker;
    let mut chosen = Vec::new();

    let need = best(all.clone().filter(|&i| by(i, Speaker::Customer)), |i| scores[i].need);
    chosen.extend(need);
    // What came before the need cannot answer it.
    let since = need.map_or(0, |need| need + 1);
    let answers = || all.clone().skip(since).filter(|&i| !repeats(i, &chosen, sentences, ECHO_MAX));
    let outcome = best(answers().filter(|&i| by(i, Speaker::Agent)), |i| scores[i].outcome);
    // With nobody to answer it, the last that the customer says about it.
    let outcome = outcome.or_else(|| best(answers(), |i| scores[i].outcome));
    chosen.extend(outcome);

    let worth = DETAIL_WORTH * scores.iter().map(|score| score.detail).fold(0.0, f64::max);
    while chosen.len() < max {
        let fits = |&i: &usize| {
            let siblings = chosen.iter().filter(|&&other| sentences[other].turn == sentences[i].turn).count();
            scores[i].detail >= worth
                && siblings < PER_TURN
                && !chosen.contains(&i)
                && !repeats(i, &chosen, sentences, OVERLAP_MAX)
        };
        let Some(detail) = best(all.clone().filter(fits), |i| scores[i].detail) else { break };
        chosen.push(detail);
    }
    chosen.truncate(max);
    chosen
}

/// The highest; the first of equals.
fn best(candidates: impl Iterator<Item = usize>, mark: impl Fn(usize) -> f64) -> Option<usize> {
    candidates.fold(None, |best, index| match best {
        Some(other) if mark(other) >= mark(index) => best,
        _ => Some(index),
    })
}

fn repeats(index: usize, chosen: &[usize], sentences: &[Sentence<'_>], max: f64) -> bool {
    chosen.iter().any(|&other| overlap(&sentences[index].terms, &sentences[other].terms) > max)
}

/// Shared terms as a share of all (Jaccard). Both are in order.
fn overlap(a: &[u32], b: &[u32]) -> f64 {
    let count = |n: usize| u32::try_from(n).map_or(f64::from(u32::MAX), f64::from);
    let (mut left, mut right, mut shared) = (a, b, 0);
    while let ([first, others @ ..], [second, rest @ ..]) = (left, right) {
        match first.cmp(second) {
            Ordering::Less => left = others,
            Ordering::Greater => right = rest,
            Ordering::Equal => (left, right, shared) = (others, rest, shared + 1),
        }
    }
    count(shared) / count((a.len() + b.len() - shared).max(1))
}
