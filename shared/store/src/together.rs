//! One statement for what many ask at the same moment.
//!
//! Batches of different connections run side by side and ask the same things, each for few rows. While a statement runs, those who
//! come wait for the next one and share it. So the busier it is the fewer statements a row takes, and a lone caller waits for
//! nobody.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use tokio::sync::{Semaphore, oneshot};

/// Statements of one kind that run at once.
const AT_ONCE: usize = 2;
/// Callers who share a statement, at most.
const CALLERS_MAX: usize = 64;

/// Those who wait to ask one kind of question.
pub(crate) struct Together<Q, A> {
    waiting: Mutex<VecDeque<(Q, oneshot::Sender<A>)>>,
    turns: Semaphore,
}

impl<Q: Clone, A> Together<Q, A> {
    pub(crate) fn new() -> Self {
        Self { waiting: Mutex::default(), turns: Semaphore::new(AT_ONCE) }
    }

    /// Asks, together with whoever waits. `ask` answers all questions, in order. If that fails each caller asks for itself: one
    /// question that cannot be answered is nobody else's trouble. So a statement must be one that may be said twice.
    pub(crate) async fn ask<E, F: Future<Output = Result<Vec<A>, E>>>(
        &self,
        question: Q,
        ask: impl Fn(Vec<Q>) -> F,
    ) -> Result<Option<A>, E> {
        let (tell, mut told) = oneshot::channel();
        self.lock().push_back((question.clone(), tell));
        let turn = tokio::select! {
            biased;
            answer = &mut told => match answer {
                Ok(answer) => return Ok(Some(answer)),
                // Whoever asked for all failed, or was stopped.
                Err(_gone) => return Ok(ask(vec![question]).await?.pop()),
            },
            turn = self.turns.acquire() => turn,
        };
        let (questions, tells): (Vec<_>, Vec<_>) = {
            let mut waiting = self.lock();
            let count = waiting.len().min(CALLERS_MAX);
            waiting.drain(..count).unzip()
        };
        if !questions.is_empty() {
            if let Ok(answers) = ask(questions).await {
                for (tell, answer) in tells.into_iter().zip(answers) {
                    // One who waits no longer needs no answer.
                    let _ = tell.send(answer);
                }
            } else {
                drop(tells);
            }
        }
        drop(turn);
        match told.await {
            Ok(answer) => Ok(Some(answer)),
            Err(_gone) => Ok(ask(vec![question]).await?.pop()),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<(Q, oneshot::Sender<A>)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    async fn asked(odd: Option<u32>) -> (Vec<Result<Option<u32>, &'static str>>, usize) {
        let together = Together::new();
        let statements = AtomicUsize::new(0);
        let ask = |questions: Vec<u32>| {
            statements.fetch_add(1, Ordering::Relaxed);
            async move {
                tokio::task::yield_now().await;
                if odd.is_some_and(|odd| questions.contains(&odd)) {
                    Err("odd")
                } else {
                    Ok(questions.iter().map(|q| q * 2).collect())
                }
            }
        };
        let answers = (0..50).map(|question| together.ask(question, ask));
        let mut all = Vec::new();
        let mut joined: Vec<_> = answers.map(Box::pin).collect();
        // Polled in turn, as tasks are.
        std::future::poll_fn(|context| {
            joined.retain_mut(|one| match one.as_mut().poll(context) {
                std::task::Poll::Ready(answer) => {
                    all.push(answer);
                    false
                }
                std::task::Poll::Pending => true,
            });
            if joined.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
        (all, statements.load(Ordering::Relaxed))
    }

    #[tokio::test]
    async fn those_who_come_meanwhile_share_the_next_statement() {
        let (answers, statements) = asked(None).await;
        let mut answers: Vec<_> = answers.into_iter().map(|answer| answer.unwrap().unwrap()).collect();
        answers.sort_unstable();
        assert_eq!(answers, (0..50).map(|question| question * 2).collect::<Vec<_>>());
        assert!(statements <= 4, "{statements}");
    }

    #[tokio::test]
    async fn one_that_cannot_be_answered_is_nobody_elses_trouble() {
        let (answers, _) = asked(Some(7)).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_err()).count(), 1);
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 49);
    }
}
