//! Numbers that several batches of one portal look for at the same moment share their searches: each search holds some ninety, and
//! a portal has few in a second. So no search goes out half empty while others wait for theirs.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Mutex, PoisonError},
};

use domain::{Phone, Region};
use tokio::sync::{Mutex as Turnstile, oneshot};

use super::phones::{self, Found, Room};
use crate::{contacts::Contact, error::Error, portal::Portal};

type Answer = Result<Vec<Contact>, Error>;

/// The numbers of one portal that wait for a search.
#[derive(Default)]
pub(crate) struct Searches {
    waiting: Mutex<VecDeque<Question>>,
    /// Whoever has the turn searches for all that wait. Fair.
    turn: Turnstile<()>,
}

struct Question {
    phone: Phone,
    tell: oneshot::Sender<Answer>,
}

impl Searches {
    /// The contacts that have each of the numbers.
    pub(super) async fn find(&self, portal: &Portal, phones: &[Phone], region: Region) -> Found {
        let mut found = HashMap::new();
        // More than once only if somebody was stopped who searched for us.
        while found.len() < phones.len() {
            let open = phones.iter().filter(|phone| !found.contains_key(*phone));
            let asked: Vec<_> = open.map(|phone| (phone.clone(), self.ask(phone))).collect();
            for (phone, mut told) in asked {
                if let Some(answer) = self.answer(portal, region, &mut told).await {
                    found.insert(phone, answer);
                }
            }
        }
        found
    }

    fn ask(&self, phone: &Phone) -> oneshot::Receiver<Answer> {
        let (tell, told) = oneshot::channel();
        self.lock().push_back(Question { phone: phone.clone(), tell });
        told
    }

    /// Waits for an answer, and searches for all who wait whenever it is this one's turn. `None`: whoever searched was stopped.
    async fn answer(&self, portal: &Portal, region: Region, told: &mut oneshot::Receiver<Answer>) -> Option<Answer> {
        loop {
            tokio::select! {
                biased;
                answer = &mut *told => return answer.ok(),
                turn = self.turn.lock() => {
                    self.search(portal, region).await;
                    drop(turn);
                }
            }
        }
    }

    /// One search, as full as what waits makes it. What failed for these fails for all who wait: nobody tries again at once what
    /// was just refused.
    async fn search(&self, portal: &Portal, region: Region) {
        let asked = self.take();
        if asked.is_empty() {
            return;
        }
        let mut seen = HashSet::new();
        let phones: Vec<_> = asked.iter().map(|question| &question.phone).filter(|phone| seen.insert(*phone)).cloned().collect();
        let found = phones::find(portal, &phones, region).await;
        let failed = found.values().find_map(|answer| answer.as_ref().err());
        let others = if failed.is_some() { std::mem::take(&mut *self.lock()) } else { VecDeque::new() };
        for question in others {
            // One who waits no longer needs no answer.
            let _ = question.tell.send(Err(failed.expect("the others fail only with these").clone()));
        }
        for question in asked {
            if let Some(answer) = found.get(&question.phone) {
                let _ = question.tell.send(answer.clone());
            }
        }
    }

    /// The first that wait, as many as one search holds.
    fn take(&self) -> Vec<Question> {
        let mut waiting = self.lock();
        let (mut room, mut seen) = (Room::default(), HashSet::new());
        let fits = |question: &&Question| !seen.insert(question.phone.clone()) || room.take(&question.phone);
        let count = waiting.iter().take_while(fits).count();
        waiting.drain(..count).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Question>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
