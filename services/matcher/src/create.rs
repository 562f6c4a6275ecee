//! Creating contacts for callers whom HubSpot does not know: once each, whoever else tries.

use std::time::Duration;

use bus::{Defer, DeferReason, Verdict};
use domain::{
    ConnectionId, ContactId, caller::CallerKey, connection::UniqueMode, event::MatchedContact, ledger::MatchedBy,
    setback::Setback,
};
use hubspot::{ErrorClass, NewContact, Portal};
use store::{
    Db,
    links::{self, Claim, Claimed, Learned},
};
use time::OffsetDateTime;

use crate::case::{Case, Settled};

/// How long a claim holds: longer than all the waits of its claimant together, so that nobody else creates meanwhile.
const CLAIM: Duration = Duration::from_mins(5);

/// Where our key is not unique, a create in doubt is looked for by search after each of these waits, since HubSpot's index lags
/// behind writes by "a few moments" (search guide). Only then is the contact created again.
const WAITS: [Duration; 3] = [Duration::from_secs(5), Duration::from_secs(30), Duration::from_mins(2)];

/// Conversations of one caller: any two that share a phone or an e-mail.
struct Group {
    /// By their place among the cases.
    members: Vec<usize>,
    /// The keys of all of them.
    keys: Vec<CallerKey>,
    /// The member that claims for all: one that has a claim already, or nobody could take it up again.
    lead: usize,
}

impl Group {
    fn claims(&self, cases: &[Case<'_>]) -> Vec<Claim> {
        let claimant = cases[self.lead].delivery.event.origin.event;
        self.keys.iter().map(|key| Claim { key: *key, claimant }).collect()
    }

    fn new_contact(&self, cases: &[Case<'_>], mode: UniqueMode) -> NewContact {
        let said = |i: &usize| (&cases[*i].caller, cases[*i].delivery.event.conversation.customer.name.as_ref());
        let caller: Vec<_> = self.members.iter().map(said).collect();
        NewContact::of(&caller, cases[self.lead].keys.first().copied(), mode)
    }
}

/// Creates contacts for the cases at these places, and settles them.
pub(crate) struct Creation<'a> {
    pub(crate) db: &'a Db,
    pub(crate) portal: &'a Portal,
    pub(crate) connection: ConnectionId,
    pub(crate) mode: UniqueMode,
}

impl Creation<'_> {
    pub(crate) async fn run(&self, cases: &mut [Case<'_>], places: &[usize], now: OffsetDateTime) -> Result<(), store::Error> {
        let groups = self.claim(cases, group(cases, places), now).await?;
        let groups = self.read_back(cases, groups).await?;
        self.create(cases, groups).await
    }

    /// The groups that are ours to create, and whether somebody may have created before.
    async fn claim(
        &self,
        cases: &mut [Case<'_>],
        groups: Vec<Group>,
        now: OffsetDateTime,
    ) -> Result<Vec<(Group, bool)>, store::Error> {
        let claims: Vec<Vec<Claim>> = groups.iter().map(|group| group.claims(cases)).collect();
        let mut answers = links::claim(self.db, self.connection, &claims.concat(), CLAIM).await?.into_iter();
        let (mut ours, mut release, mut learned) = (Vec::new(), Vec::new(), Vec::new());
        for (group, claims) in groups.into_iter().zip(claims) {
            let answers: Vec<Claimed> = answers.by_ref().take(claims.len()).collect();
            let link = answers.iter().find_map(|answer| if let Claimed::Linked(link) = answer { Some(*link) } else { None });
            let held = answers.iter().find_map(|answer| if let Claimed::Held { until } = answer { Some(*until) } else { None });
            let mine = claims
                .iter()
                .zip(&answers)
                .filter(|(_, answer)| matches!(answer, Claimed::Yours { .. }))
                .map(|(claim, _)| *claim);
            if let Some(link) = link {
                // The claims on the caller's other keys go over into links of the same contact.
                settle_contact(cases, &group, &link.contact(), &mut learned);
            } else if let Some(until) = held {
                release.extend(mine);
                let left = Duration::try_from(until - now).unwrap_or_default();
                let wait = left.clamp(Duration::from_secs(1), WAITS[0]);
                let defer = |case: &Case<'_>| Defer { reason: DeferReason::Claimed, wait, doubts: case.delivery.doubts };
                settle_with(cases, &group, |case| Settled::Verdict(Verdict::Defer(defer(case))));
            } else {
                let before = answers.iter().any(|answer| matches!(answer, Claimed::Yours { taken_over: true, .. }));
                ours.push((group, before));
            }
        }
        self.learn(&learned).await?;
        if !release.is_empty() {
            links::release(self.db, self.connection, &release).await?;
        }
        Ok(ours)
    }

    /// Looks for what an earlier attempt may have created. What is left is to be created.
    async fn read_back(&self, cases: &mut [Case<'_>], groups: Vec<(Group, bool)>) -> Result<Vec<Group>, store::Error> {
        let (before, mut fresh): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(_, before)| *before);
        if before.is_empty() {
            return Ok(fresh.into_iter().map(|(group, _)| group).collect());
        }
        if self.mode != UniqueMode::Unique {
            for (group, before) in before {
                let doubts = cases[group.lead].delivery.doubts;
                match WAITS.get(doubts as usize) {
                    Some(wait) => defer(cases, &group, *wait, doubts + 1),
                    // Looked for after each wait, and just now once more, and not there.
                    None => fresh.push((group, before)),
                }
            }
            return Ok(fresh.into_iter().map(|(group, _)| group).collect());
        }
        // By every key: whose conversation it was that created is not known any more.
        let keys: Vec<CallerKey> = before.iter().flat_map(|(group, _)| group.keys.iter().copied()).collect();
        match self.portal.contacts().by_caller_key(&keys).await {
            Ok(found) => {
                let mut learned = Vec::new();
                for (group, before) in before {
                    let contact = group.keys.iter().find_map(|key| found.get(key));
                    match contact.map(|contact| (contact.id, contact.owner)) {
                        Some((id, owner)) => settle_contact(cases, &group, &created(id, owner), &mut learned),
                        None => fresh.push((group, before)),
                    }
                }
                self.learn(&learned).await?;
            }
            Err(error) => before.iter().for_each(|(group, _)| refused(cases, group, &error)),
        }
        Ok(fresh.into_iter().map(|(group, _)| group).collect())
    }

    async fn create(&self, cases: &mut [Case<'_>], groups: Vec<Group>) -> Result<(), store::Error> {
        if groups.is_empty() {
            return Ok(());
        }
        let contacts: Vec<_> = groups.iter().map(|group| group.new_contact(cases, self.mode)).collect();
        let results = self.portal.contacts().batch_create(&contacts).await;
        assert_eq!(results.len(), groups.len(), "one result for each contact");
        let (mut release, mut learned) = (Vec::new(), Vec::new());
        for (group, result) in groups.into_iter().zip(results) {
            let error = match result {
                Ok(id) => {
                    settle_contact(cases, &group, &created(id, None), &mut learned);
                    continue;
                }
                Err(error) => error,
            };
            match error.class() {
                // The claim is kept: whether the contact exists is found out when the delivery comes back.
                ErrorClass::Ambiguous => defer(cases, &group, WAITS[0], 1),
                ErrorClass::Conflict { existing_id, .. } => {
                    let existing = existing_id.and_then(ContactId::from_i64);
                    if let Some(contact) = self.existing(&group, existing).await {
                        settle_contact(cases, &group, &contact, &mut learned);
                    } else {
                        release.extend(group.claims(cases));
                        set_back(cases, &group, &Setback::Failure);
                    }
                }
                _ => {
                    release.extend(group.claims(cases));
                    refused(cases, &group, &error);
                }
            }
        }
        self.learn(&learned).await?;
        if !release.is_empty() {
            links::release(self.db, self.connection, &release).await?;
        }
        Ok(())
    }

    /// All that was settled is learned at once: each time it is a commit.
    async fn learn(&self, learned: &[Learned]) -> Result<(), store::Error> {
        if learned.is_empty() { Ok(()) } else { links::learn(self.db, self.connection, learned).await }
    }

    /// The contact that HubSpot already has: under that address (its id stands in the refusal), or under our own key.
    async fn existing(&self, group: &Group, id: Option<ContactId>) -> Option<MatchedContact> {
        let contacts = self.portal.contacts();
        if let Some(id) = id {
            // Its owner is good to have and not worth failing for.
            let owner = contacts.by_id(&[id]).await.ok().and_then(|found| found.get(&id)?.owner);
            return Some(MatchedContact { id, owner, by: MatchedBy::Email, others: Vec::new() });
        }
        if self.mode != UniqueMode::Unique {
            return None;
        }
        let found = contacts.by_caller_key(&group.keys).await.ok()?;
        group.keys.iter().find_map(|key| found.get(key)).map(|contact| created(contact.id, contact.owner))
    }
}

/// Settles a group with its contact; all its keys are to be learned.
fn settle_contact(cases: &mut [Case<'_>], group: &Group, contact: &MatchedContact, learned: &mut Vec<Learned>) {
    let learn = |key: &CallerKey| Learned { key: *key, contact: contact.id, owner: contact.owner, by: contact.by };
    learned.extend(group.keys.iter().map(learn));
    settle_with(cases, group, |_| Settled::Contact(contact.clone()));
}

fn created(id: ContactId, owner: Option<domain::OwnerId>) -> MatchedContact {
    MatchedContact { id, owner, by: MatchedBy::Created, others: Vec::new() }
}

/// Conversations of callers that share a key, together, whatever their order. A batch is small enough to compare them all.
fn group(cases: &[Case<'_>], places: &[usize]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for place in places {
        let mut joined = Group { members: vec![*place], keys: cases[*place].keys.clone(), lead: *place };
        for group in groups.extract_if(.., |group| group.keys.iter().any(|key| cases[*place].keys.contains(key))) {
            joined.members.extend(group.members);
            joined.keys.extend(group.keys);
        }
        joined.members.sort_unstable();
        joined.keys.sort_unstable();
        joined.keys.dedup();
        groups.push(joined);
    }
    for group in &mut groups {
        group.lead = *group.members.iter().find(|i| cases[**i].holds_claim).unwrap_or(&group.members[0]);
    }
    groups
}

fn settle_with(cases: &mut [Case<'_>], group: &Group, settled: impl Fn(&Case<'_>) -> Settled) {
    for i in &group.members {
        let settled = settled(&cases[*i]);
        cases[*i].settle(settled);
    }
}

fn defer(cases: &mut [Case<'_>], group: &Group, wait: Duration, doubts: u32) {
    settle_with(cases, group, |_| Settled::Verdict(Verdict::Defer(Defer { reason: DeferReason::ReadBack, wait, doubts })));
}

fn refused(cases: &mut [Case<'_>], group: &Group, error: &hubspot::Error) {
    tracing::debug!(error = error as &dyn std::error::Error, "A contact could not be created");
    set_back(cases, group, &Setback::from(error));
}

fn set_back(cases: &mut [Case<'_>], group: &Group, setback: &Setback) {
    settle_with(cases, group, |case| Settled::Verdict(case.delivery.set_back(setback.clone())));
}
