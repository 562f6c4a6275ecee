//! Looking for an engagement that an earlier attempt may have written, before anything is written again.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use bus::{Defer, DeferReason, Verdict};
use domain::{ContactId, ConversationId, connection::UniqueMode, conversation::EngagementKind, ledger::Reason, setback::Setback};
use hubspot::{ErrorClass, Portal};

use crate::{
    InDoubt,
    job::{Job, Settled},
};

/// Where our property is not unique, the contact's timeline is looked at after each of these waits: a write whose answer was lost
/// may still be under way at HubSpot (its own time-out is 100 s, error 524).
pub(crate) const WAITS: [Duration; 3] = [Duration::from_secs(5), Duration::from_secs(30), Duration::from_mins(2)];

/// Engagements of one contact that are looked through, newest first.
const LOOK_AT: usize = 100;

/// Settles the jobs whose engagement is there already. What stays open is to be written. The contacts that turned out to be gone
/// are the answer.
pub(crate) async fn read_back(portal: &Portal, jobs: &mut [Job<'_>], when_undecided: InDoubt) -> HashSet<ContactId> {
    let mut gone = HashSet::new();
    for kind in EngagementKind::ALL.iter().copied() {
        by_property(portal, kind, jobs).await;
        gone.extend(on_timelines(portal, kind, jobs, when_undecided).await);
    }
    gone
}

fn in_doubt<'j, 'd>(jobs: &'j mut [Job<'d>], kind: EngagementKind, unique: bool) -> impl Iterator<Item = &'j mut Job<'d>> {
    jobs.iter_mut()
        .filter(move |job| job.is_open() && job.in_doubt && job.kind == kind && (job.unique == UniqueMode::Unique) == unique)
}

/// In unique mode HubSpot knows by our property, at once.
async fn by_property(portal: &Portal, kind: EngagementKind, jobs: &mut [Job<'_>]) {
    let conversations: Vec<_> = in_doubt(jobs, kind, true).map(|job| job.conversation().clone()).collect();
    if conversations.is_empty() {
        return;
    }
    let found = portal.engagements(kind).by_conversation(&conversations).await;
    for job in in_doubt(jobs, kind, true) {
        match &found {
            Ok(found) => found.get(job.conversation()).into_iter().for_each(|id| job.settle(Settled::Exported(*id))),
            Err(error) => job.settle(keep_looking(job, error)),
        }
    }
}

/// Elsewhere the contact's newest engagements are looked through, contact by contact.
///
/// A contact that is gone sends its conversations back to the matcher and leaves them in doubt: what was written before a merge
/// stands on the survivor's timeline.
async fn on_timelines(
    portal: &Portal,
    kind: EngagementKind,
    jobs: &mut [Job<'_>],
    when_undecided: InDoubt,
) -> HashSet<ContactId> {
    let mut gone = HashSet::new();
    let mut by_contact: HashMap<ContactId, Vec<ConversationId>> = HashMap::new();
    for job in in_doubt(jobs, kind, false) {
        // Too early: the write may be under way.
        if job.delivery.doubts == 0 {
            job.settle(wait(0));
        } else {
            by_contact.entry(job.event().contact.id).or_default().push(job.conversation().clone());
        }
    }
    let engagements = portal.engagements(kind);
    for (contact, conversations) in by_contact {
        let found = match engagements.newest(contact, LOOK_AT).await {
            Ok(newest) => engagements.among(&newest, &conversations).await,
            Err(error) => Err(error),
        };
        let conversations: HashSet<_> = conversations.into_iter().collect();
        gone.extend(found.as_ref().is_err_and(|error| *error.class() == ErrorClass::NotFound).then_some(contact));
        for job in in_doubt(jobs, kind, false).filter(|job| conversations.contains(job.conversation())) {
            let settled = match &found {
                Ok(found) => found
                    .get(job.conversation())
                    .map(|id| Settled::Exported(*id))
                    .or_else(|| not_there(job.delivery.doubts, when_undecided)),
                Err(_) if gone.contains(&contact) => Some(Settled::Rematch),
                Err(error) => Some(keep_looking(job, error)),
            };
            if let Some(settled) = settled {
                job.settle(settled);
            }
        }
    }
    gone
}

/// `None`: write it (again).
fn not_there(doubts: u32, when_undecided: InDoubt) -> Option<Settled> {
    if (doubts as usize) < WAITS.len() {
        return Some(wait(doubts));
    }
    match when_undecided {
        InDoubt::NotLost => None,
        InDoubt::NotTwice => Some(Settled::Verdict(Verdict::DeadLetter {
            reason: Reason::InDoubt,
            detail: Some("a create was sent, its answer lost, and the engagement is not on the contact's timeline".to_owned()),
        })),
    }
}

fn wait(doubts: u32) -> Settled {
    let wait = WAITS[doubts as usize];
    Settled::Verdict(Verdict::Defer(Defer { reason: DeferReason::ReadBack, wait, doubts: doubts + 1 }))
}

/// Looking itself did not work. What is in doubt stays so.
pub(crate) fn keep_looking(job: &Job<'_>, error: &hubspot::Error) -> Settled {
    Settled::Verdict(job.delivery.set_back(Setback::from(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_after_the_last_wait_follows_the_setting() {
        for doubts in 0..3 {
            let Some(Settled::Verdict(Verdict::Defer(defer))) = not_there(doubts, InDoubt::NotLost) else { panic!("{doubts}") };
            assert_eq!((defer.wait, defer.doubts), (WAITS[doubts as usize], doubts + 1));
        }
        assert!(not_there(3, InDoubt::NotLost).is_none());
        let given_up = not_there(3, InDoubt::NotTwice);
        assert!(matches!(given_up, Some(Settled::Verdict(Verdict::DeadLetter { reason: Reason::InDoubt, .. }))), "{given_up:?}");
    }
}
