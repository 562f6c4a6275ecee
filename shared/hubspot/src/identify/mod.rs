//! Who is this caller? Only reads, so a preview may ask as the workers do.
//!
//! For each caller the first of these that finds somebody decides: the contact id it came with, its e-mail address as a
//! contact's first, as a contact's secondary address, its phone number. National numbers find candidates, since HubSpot's
//! searchable phone properties hold numbers without country code (search guide); only an equal E.164 makes a match.

mod caller;
mod phones;
mod secondary;
mod shared;

use std::collections::{HashMap, HashSet};

pub use caller::Caller;
pub(crate) use shared::Searches;

use domain::{ContactId, OwnerId, Region, ledger::MatchedBy};

use crate::{
    choice::{Choice, TieBreak, choose},
    contacts::Contact,
    error::Error,
    portal::Portal,
};

/// Most others that are told: who else it could have been is for a person to read.
const OTHERS_MAX: usize = 10;

/// How to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The country of numbers that contacts have without a country code.
    pub region: Region,
    /// Who it is when several contacts match.
    pub tie_break: TieBreak,
}

/// Who a caller is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identified {
    /// This contact.
    One {
        /// Its id.
        contact: ContactId,
        /// Its owner.
        owner: Option<OwnerId>,
        /// How it was found.
        by: MatchedBy,
        /// Who else it could have been, best first, ten at most.
        others: Vec<ContactId>,
    },
    /// HubSpot's answers hold no such contact. Its index lags behind writes, so one made moments ago may still exist.
    None,
    /// Several, and the rule is that a person decides.
    Several(Vec<ContactId>),
}

type Answer = Result<Identified, Error>;

/// One question, asked once however many callers have it.
struct Question<'a> {
    caller: &'a Caller,
    answer: Option<Answer>,
}

impl Portal {
    /// Says of every caller who it is, in the order given. What can be asked together is asked together; one caller's error is
    /// not another's.
    pub async fn identify(&self, callers: &[Caller], rule: Rule) -> Vec<Answer> {
        let mut seen = HashSet::new();
        let unique = callers.iter().filter(|caller| seen.insert(*caller));
        let mut questions: Vec<_> = unique.map(|caller| Question { caller, answer: None }).collect();
        self.by_contact(&mut questions).await;
        self.by_email(&mut questions).await;
        self.by_secondary_email(&mut questions, rule).await;
        self.by_phone(&mut questions, rule).await;
        let answers: HashMap<_, _> =
            questions.into_iter().map(|q| (q.caller, q.answer.unwrap_or(Ok(Identified::None)))).collect();
        callers.iter().map(|caller| answers[caller].clone()).collect()
    }

    /// A contact id is a hint: deleted or merged away, it falls through to what else is known.
    async fn by_contact(&self, questions: &mut [Question<'_>]) {
        let ids = open(questions, |caller| caller.contact);
        match self.contacts().by_id(&ids).await {
            Ok(contacts) => answer_each(questions, |caller| {
                contacts.get(&caller.contact?).map(|contact| Ok(only(contact, MatchedBy::EventContactId)))
            }),
            Err(error) => answer_each(questions, |caller| caller.contact.map(|_| Err(error.clone()))),
        }
    }

    async fn by_email(&self, questions: &mut [Question<'_>]) {
        let emails = open(questions, |caller| caller.email.clone());
        match self.contacts().by_email(&emails).await {
            Ok(contacts) => answer_each(questions, |caller| {
                contacts.get(caller.email.as_ref()?).map(|contact| Ok(only(contact, MatchedBy::Email)))
            }),
            Err(error) => answer_each(questions, |caller| caller.email.as_ref().map(|_| Err(error.clone()))),
        }
    }

    /// Only for addresses that are nobody's first: each search costs from the search budget.
    async fn by_secondary_email(&self, questions: &mut [Question<'_>], rule: Rule) {
        let emails = open(questions, |caller| caller.email.clone());
        let mut found = secondary::find(self, &emails).await;
        answer_each(questions, |caller| {
            let contacts = found.remove(caller.email.as_ref()?)?;
            decide(contacts, rule, MatchedBy::Email)
        });
    }

    async fn by_phone(&self, questions: &mut [Question<'_>], rule: Rule) {
        let numbers = open(questions, |caller| caller.phone.clone());
        let found = match self.shared_searches().await {
            // An account's numbers are all read as of one country.
            Some(searches) => searches.find(self, &numbers, rule.region).await,
            None => phones::find(self, &numbers, rule.region).await,
        };
        answer_each(questions, |caller| {
            let contacts = found.get(caller.phone.as_ref()?)?.clone();
            decide(contacts, rule, MatchedBy::Phone)
        });
    }
}

/// What the open questions have of one kind, each once.
fn open<T: Clone + Eq + std::hash::Hash>(questions: &[Question<'_>], of: impl Fn(&Caller) -> Option<T>) -> Vec<T> {
    let mut seen = HashSet::new();
    let all = questions.iter().filter(|q| q.answer.is_none()).filter_map(|q| of(q.caller));
    all.filter(|item| seen.insert(item.clone())).collect()
}

fn answer_each(questions: &mut [Question<'_>], mut answer: impl FnMut(&Caller) -> Option<Answer>) {
    for question in questions.iter_mut().filter(|q| q.answer.is_none()) {
        question.answer = answer(question.caller);
    }
}

/// `None` leaves the question open for the next way of asking.
fn decide(contacts: Result<Vec<Contact>, Error>, rule: Rule, by: MatchedBy) -> Option<Answer> {
    let contacts = match contacts {
        Ok(contacts) => contacts,
        Err(error) => return Some(Err(error)),
    };
    match choose(contacts.iter().map(Contact::candidate).collect(), rule.tie_break) {
        Choice::None => None,
        Choice::One { chosen, mut others } => {
            others.truncate(OTHERS_MAX);
            Some(Ok(Identified::One { contact: chosen.id, owner: chosen.owner, by, others }))
        }
        Choice::Review(mut ids) => {
            ids.truncate(OTHERS_MAX);
            Some(Ok(Identified::Several(ids)))
        }
    }
}

fn only(contact: &Contact, by: MatchedBy) -> Identified {
    Identified::One { contact: contact.id, owner: contact.owner, by, others: Vec::new() }
}
