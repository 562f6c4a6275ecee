//! Finding the contact: the id that the event carries, else the learned link, else HubSpot.

use std::collections::{HashMap, HashSet};

use domain::{
    ConnectionId, ContactId, Region,
    caller::CallerKey,
    event::MatchedContact,
    ledger::{MatchedBy, Reason},
    setback::Setback,
};
use hubspot::{Identified, Portal, TieBreak, identify::Rule};
use store::{
    Db,
    links::{self, Known, Learned, Link},
};
use time::OffsetDateTime;

use crate::case::{Case, Settled};

/// Settles the cases that a learned link answers, and notes which ones hold a claim. A link that is no longer trusted becomes
/// the id to confirm; which contacts those are is the answer.
pub(crate) async fn by_links(
    db: &Db,
    connection: ConnectionId,
    cases: &mut [Case<'_>],
    now: OffsetDateTime,
) -> Result<HashSet<ContactId>, store::Error> {
    let keys: Vec<CallerKey> = asking(cases).flat_map(|case| case.keys.clone()).collect::<HashSet<_>>().into_iter().collect();
    if keys.is_empty() {
        return Ok(HashSet::new());
    }
    let known: HashMap<CallerKey, Known> = keys.iter().copied().zip(links::resolve(db, connection, &keys).await?).collect();
    let mut to_confirm = HashSet::new();
    for case in cases.iter_mut().filter(|case| case.is_open() && case.caller.contact.is_none()) {
        let known: Vec<_> = case.keys.iter().filter_map(|key| known.get(key)).collect();
        let event = case.delivery.event.origin.event;
        case.holds_claim = known.iter().any(|known| matches!(known, Known::Claimed { claimant, .. } if *claimant == event));
        let Some(link) = Link::of(known) else { continue };
        if link.is_trusted(now) {
            case.settle(Settled::Contact(link.contact()));
        } else {
            case.caller.contact = Some(link.contact);
            to_confirm.insert(link.contact);
        }
    }
    Ok(to_confirm)
}

fn asking<'c, 'd: 'c>(cases: &'c [Case<'d>]) -> impl Iterator<Item = &'c Case<'d>> {
    cases.iter().filter(|case| case.is_open() && case.caller.contact.is_none())
}

/// Asks HubSpot about every open case. Those that it knows nobody for stay open. `to_confirm` are contacts of old links.
pub(crate) async fn by_hubspot(
    db: &Db,
    portal: &Portal,
    region: Region,
    connection: ConnectionId,
    cases: &mut [Case<'_>],
    to_confirm: &HashSet<ContactId>,
) -> Result<(), store::Error> {
    let open: Vec<usize> = (0..cases.len()).filter(|i| cases[*i].is_open()).collect();
    if open.is_empty() {
        return Ok(());
    }
    let callers: Vec<_> = open.iter().map(|i| cases[*i].caller.clone()).collect();
    let answers = portal.identify(&callers, Rule { region, tie_break: TieBreak::default() }).await;
    assert_eq!(answers.len(), callers.len(), "one answer for each caller");

    let (mut learned, mut confirmed, mut gone) = (Vec::new(), Vec::new(), HashSet::new());
    for (i, answer) in open.into_iter().zip(answers) {
        let case = &mut cases[i];
        let old_link = case.caller.contact.filter(|id| to_confirm.contains(id));
        match answer {
            Ok(Identified::One { contact, owner, by, others }) => {
                if old_link == Some(contact) {
                    confirmed.extend(&case.keys);
                } else {
                    gone.extend(old_link);
                    learned.extend(lesson(case, contact, owner, by, &others));
                }
                let found = MatchedContact::new(contact, owner, by, others);
                case.settle(Settled::Contact(if old_link.is_some() { found.by_link() } else { found }));
            }
            Ok(Identified::Several(mut candidates)) => {
                candidates.truncate(MatchedContact::MAX_OTHERS);
                case.settle(Settled::Skipped { reason: Reason::SeveralMatches, candidates });
            }
            Ok(Identified::None) => {
                gone.extend(old_link);
                case.caller.contact = None;
            }
            Err(error) => {
                tracing::debug!(connection.id = %connection, error = &error as &dyn std::error::Error, "A caller could not be identified");
                case.settle(Settled::Verdict(case.delivery.set_back(Setback::from(&error))));
            }
        }
    }
    let gone: Vec<_> = gone.into_iter().collect();
    if !gone.is_empty() {
        links::forget(db, connection, &gone).await?;
    }
    if !learned.is_empty() {
        links::learn(db, connection, &learned).await?;
    }
    if !confirmed.is_empty() {
        links::verified(db, connection, &confirmed).await?;
    }
    Ok(())
}

/// What an answer teaches. Nothing where several contacts matched, since the rule among them must keep its say; nothing from the
/// event's own contact id, since a skill may have looked up somebody else than who called.
fn lesson(
    case: &Case<'_>,
    contact: ContactId,
    owner: Option<domain::OwnerId>,
    by: MatchedBy,
    others: &[ContactId],
) -> Vec<Learned> {
    let key = match by {
        MatchedBy::Phone => case.caller.phone.as_ref().and(case.keys.first()),
        MatchedBy::Email => case.caller.email.as_ref().and(case.keys.last()),
        MatchedBy::EventContactId | MatchedBy::LearnedLink | MatchedBy::Created => None,
    };
    key.filter(|_| others.is_empty()).map(|key| Learned { key: *key, contact, owner, by }).into_iter().collect()
}
