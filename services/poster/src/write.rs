//! Writing engagements, up to a hundred with one request, and understanding each answer.

use std::{collections::HashSet, time::Duration};

use bus::{Defer, DeferReason, Verdict};
use domain::{ContactId, ConversationId, EngagementId, connection::UniqueMode, conversation::EngagementKind, setback::Setback};
use hubspot::{Error, ErrorClass, NewEngagement, Portal};
use store::{
    Db,
    ledger::{self, Intent},
    links,
};

use crate::{
    job::{Job, Settled},
    read_back::{WAITS, keep_looking},
};

/// Properties that an engagement is better without than not there at all: an owner who is gone, a link that HubSpot dislikes.
const OPTIONAL: [&str; 4] = ["hubspot_owner_id", "hs_call_recording_url", "hs_call_from_number", "hs_call_to_number"];

/// How long a conversation waits that another process is writing just now.
const TAKEN: Duration = Duration::from_secs(1);

/// Writes every job that is still open.
pub(crate) async fn write(
    db: &Db,
    portal: &Portal,
    connection: domain::ConnectionId,
    jobs: &mut [Job<'_>],
) -> Result<(), store::Error> {
    for kind in EngagementKind::ALL.iter().copied() {
        let mut places: Vec<usize> = (0..jobs.len()).filter(|i| jobs[*i].is_open() && jobs[*i].kind == kind).collect();
        if places.is_empty() {
            continue;
        }
        let unique = jobs[places[0]].unique;
        if unique != UniqueMode::Unique {
            commit(db, connection, jobs, &mut places).await?;
            if places.is_empty() {
                continue;
            }
        }
        let new: Vec<_> = places.iter().map(|i| jobs[*i].engagement()).collect();
        let results = create(portal, kind, unique, new).await;
        let mut refused = Vec::new();
        for (i, result) in places.into_iter().zip(results) {
            match result {
                Ok(id) => jobs[i].settle(Settled::Exported(id)),
                Err(error) => refused.push((i, error)),
            }
        }
        if !refused.is_empty() {
            understand(db, portal, connection, jobs, refused).await?;
        }
    }
    Ok(())
}

/// Commits the intent to write: from here on a crash leaves a trace, and whoever finds it looks before writing again. What another
/// process has taken up since the rows were read is left to that one, and comes back to be looked at.
async fn commit(
    db: &Db,
    connection: domain::ConnectionId,
    jobs: &mut [Job<'_>],
    places: &mut Vec<usize>,
) -> Result<(), store::Error> {
    let intents: Vec<_> =
        places.iter().map(|i| Intent { conversation: jobs[*i].conversation().clone(), after: jobs[*i].intent }).collect();
    let ours = ledger::posting(db, connection, &intents).await?;
    places.retain(|i| {
        let job = &mut jobs[*i];
        let mine = ours.contains(job.conversation());
        if !mine {
            let later = Defer { reason: DeferReason::ReadBack, wait: TAKEN, doubts: job.delivery.doubts };
            job.settle(Settled::Verdict(Verdict::Defer(later)));
        }
        mine
    });
    Ok(())
}

/// Creates, and creates what was refused for optional properties once more without those, and then without any.
async fn create(
    portal: &Portal,
    kind: EngagementKind,
    unique: UniqueMode,
    mut new: Vec<NewEngagement>,
) -> Vec<Result<EngagementId, Error>> {
    let engagements = portal.engagements(kind);
    let mut results = engagements.batch_create(unique, &new).await;
    assert_eq!(results.len(), new.len(), "one result for each engagement");
    for last in [false, true] {
        let mut again = Vec::new();
        for (i, result) in results.iter().enumerate() {
            let Some(blamed) = result.as_ref().err().and_then(blames_optional) else { continue };
            let dropped = OPTIONAL.into_iter().filter(|property| last || blamed.iter().any(|name| name == property));
            dropped.for_each(|property| take_away(&mut new[i], property));
            again.push(i);
        }
        if again.is_empty() {
            break;
        }
        let plainer: Vec<_> = again.iter().map(|i| new[*i].clone()).collect();
        for (i, result) in again.into_iter().zip(engagements.batch_create(unique, &plainer).await) {
            results[i] = result;
        }
    }
    results
}

/// The properties that HubSpot complains about, where it could do without them all.
fn blames_optional(error: &Error) -> Option<&[String]> {
    let ErrorClass::Permanent { properties, .. } = error.class() else { return None };
    let optional = |property: &String| OPTIONAL.contains(&property.as_str());
    (!properties.is_empty() && properties.iter().all(optional)).then_some(properties)
}

fn take_away(engagement: &mut NewEngagement, property: &str) {
    match (property, &mut engagement.call) {
        ("hubspot_owner_id", _) => engagement.owner = None,
        ("hs_call_recording_url", Some(call)) => call.recording = None,
        ("hs_call_from_number", Some(call)) => call.from = None,
        ("hs_call_to_number", Some(call)) => call.to = None,
        _ => {}
    }
}

/// What the refusals mean. HubSpot's answer to an association with a contact that is gone is not documented, so whatever it blames
/// on the input is followed by a look at the contacts.
async fn understand(
    db: &Db,
    portal: &Portal,
    connection: domain::ConnectionId,
    jobs: &mut [Job<'_>],
    refused: Vec<(usize, Error)>,
) -> Result<(), store::Error> {
    let suspects: HashSet<ContactId> =
        refused.iter().filter(|(_, error)| may_be_the_contact(error)).map(|(i, _)| jobs[*i].event().contact.id).collect();
    let (gone, unknown) = match gone(portal, &suspects).await {
        Ok(gone) => (gone, None),
        Err(error) => (HashSet::new(), Some(error)),
    };
    let (mut nothing_sent, mut doubled) = (Vec::new(), Vec::new());
    for (i, error) in refused {
        tracing::debug!(connection.id = %connection, error = &error as &dyn std::error::Error, "An engagement was not written");
        let job = &mut jobs[i];
        match error.class() {
            ErrorClass::Ambiguous => {
                let defer = Defer { reason: DeferReason::ReadBack, wait: WAITS[0], doubts: 1 };
                job.settle(Settled::Verdict(Verdict::Defer(defer)));
                continue;
            }
            ErrorClass::Conflict { .. } if job.unique == UniqueMode::Unique => doubled.push(i),
            _ if gone.contains(&job.event().contact.id) => job.settle(Settled::Rematch),
            _ => {
                // Whether it is the contact's fault is not known yet: a refusal is no reason to give up before it is.
                let error = unknown.as_ref().filter(|_| may_be_the_contact(&error)).unwrap_or(&error);
                job.settle(Settled::Verdict(job.delivery.set_back(Setback::from(error))));
            }
        }
        if job.unique != UniqueMode::Unique {
            nothing_sent.push(job.conversation().clone());
        }
    }
    if !nothing_sent.is_empty() {
        ledger::not_posted(db, connection, &nothing_sent).await?;
    }
    if !gone.is_empty() {
        links::forget(db, connection, &gone.into_iter().collect::<Vec<_>>()).await?;
    }
    adopt(portal, jobs, doubled).await;
    Ok(())
}

fn may_be_the_contact(error: &Error) -> bool {
    match error.class() {
        ErrorClass::NotFound | ErrorClass::Permanent { .. } => true,
        ErrorClass::Retryable { .. }
        | ErrorClass::Throttled { .. }
        | ErrorClass::NeedsPerson(_)
        | ErrorClass::Conflict { .. }
        | ErrorClass::Ambiguous
        | ErrorClass::PortalMoving { .. }
        | ErrorClass::Unavailable => false,
    }
}

/// Those of the contacts that are deleted or merged away.
async fn gone(portal: &Portal, suspects: &HashSet<ContactId>) -> Result<HashSet<ContactId>, Error> {
    if suspects.is_empty() {
        return Ok(HashSet::new());
    }
    let ids: Vec<_> = suspects.iter().copied().collect();
    let found = portal.contacts().by_id(&ids).await?;
    Ok(ids.into_iter().filter(|id| found.get(id).is_none_or(|contact| contact.id != *id)).collect())
}

/// HubSpot says that the conversations have their engagements already: takes those for ours.
async fn adopt(portal: &Portal, jobs: &mut [Job<'_>], doubled: Vec<usize>) {
    for kind in EngagementKind::ALL.iter().copied() {
        let places: Vec<usize> = doubled.iter().copied().filter(|i| jobs[*i].kind == kind).collect();
        if places.is_empty() {
            continue;
        }
        let conversations: Vec<ConversationId> = places.iter().map(|i| jobs[*i].conversation().clone()).collect();
        let found = portal.engagements(kind).by_conversation(&conversations).await;
        for i in places {
            let settled = match &found {
                Ok(found) => match found.get(jobs[i].conversation()) {
                    Some(id) => Settled::Exported(*id),
                    None => Settled::Verdict(jobs[i].delivery.set_back(Setback::Failure)),
                },
                Err(error) => keep_looking(&jobs[i], error),
            };
            jobs[i].settle(settled);
        }
    }
}
