#![doc = include_str!("../README.md")]

mod case;
mod create;
mod find;
mod telemetry;

use bus::{Defer, DeferReason, Delivery, Stage, Texts, Verdict};
use domain::{
    ConnectionId,
    budget::Class,
    caller::LookupSecret,
    connection::ConnectionStatus,
    event::{ConversationMatched, ConversationRedacted, Event as _},
    ledger::Reason,
    setback::Setback,
    settings::OnNoMatch,
};
use hubspot::HubSpot;
use store::{Db, gate, ledger, ledger::Ended, own_numbers};
use time::OffsetDateTime;

use case::{Case, Frame, Settled};
use create::Creation;

/// How long a delivery waits before it is looked at again whether a person has connected anew.
const PERSON_WAIT: std::time::Duration = std::time::Duration::from_mins(2);

/// The stage.
pub struct Matcher {
    db: Db,
    hubspot: HubSpot,
    lookup: LookupSecret,
}

type Batch<'a> = &'a [Delivery<ConversationRedacted>];

impl Matcher {
    /// A stage that knows callers by keys made with `lookup`.
    pub fn new(db: Db, hubspot: HubSpot, lookup: LookupSecret) -> Self {
        Self { db, hubspot, lookup }
    }

    async fn work(&self, connection: ConnectionId, batch: Batch<'_>) -> Result<Vec<Verdict<ConversationMatched>>, store::Error> {
        let Some(gate) = gate::live(&self.db, connection).await? else {
            return self.end_disconnected(connection, batch).await;
        };
        let over = finished(&self.db, connection, batch).await?;
        let own_numbers = own_numbers::all_of(&self.db, gate.connection.account).await?;
        let frame = Frame { connection, settings: &gate.settings, own_numbers: &own_numbers, lookup: &self.lookup };
        let mut cases: Vec<_> = batch.iter().map(|delivery| Case::new(delivery, &frame)).collect();
        for (case, over) in cases.iter_mut().zip(over) {
            if over {
                case.settled = Some(Settled::Verdict(Verdict::Done));
            }
        }
        if gate.connection.status == ConnectionStatus::ReauthRequired {
            let wait = Defer::new(DeferReason::ReauthRequired, PERSON_WAIT);
            for case in &mut cases {
                case.settle(Settled::Verdict(Verdict::Defer(Defer { doubts: case.delivery.doubts, ..wait })));
            }
        }
        self.find_or_create(&gate, &mut cases).await?;
        self.note(connection, &cases).await?;
        Ok(cases
            .into_iter()
            .map(|case| {
                case.settled.iter().for_each(Settled::emit);
                case.into_verdict()
            })
            .collect())
    }

    async fn find_or_create(&self, gate: &gate::Gate, cases: &mut [Case<'_>]) -> Result<(), store::Error> {
        let (connection, now) = (gate.connection.id, OffsetDateTime::now_utc());
        let to_confirm = find::by_links(&self.db, connection, cases, now).await?;
        if !cases.iter().any(Case::is_open) {
            return Ok(());
        }
        let portal = self.hubspot.portal(connection, Class::Bulk);
        // One account has one region, so the first case's is everybody's.
        let region = cases[0].delivery.event.origin.region;
        find::by_hubspot(&self.db, &portal, region, connection, cases, &to_confirm).await?;
        let mut unknown = Vec::new();
        for (place, case) in cases.iter_mut().enumerate().filter(|(_, case)| case.is_open()) {
            match case.on_no_match {
                OnNoMatch::Create if case.caller.can_be_created() => unknown.push(place),
                OnNoMatch::Create | OnNoMatch::Skip => {
                    case.settle(Settled::Skipped { reason: Reason::NoMatch, candidates: Vec::new() });
                }
            }
        }
        if unknown.is_empty() {
            return Ok(());
        }
        let creation = Creation { db: &self.db, portal: &portal, connection, mode: gate.connection.unique.contact };
        creation.run(cases, &unknown, now).await
    }

    /// Writes to the ledger what ended here. What goes on has its contact written with its outcome: one write less a conversation.
    async fn note(&self, connection: ConnectionId, cases: &[Case<'_>]) -> Result<(), store::Error> {
        let skipped: Vec<_> = cases.iter().filter_map(Case::skipped_row).collect();
        let withheld: Vec<_> = cases.iter().filter_map(Case::withheld_row).collect();
        if !skipped.is_empty() {
            ledger::skipped(&self.db, connection, &skipped).await?;
        }
        if !withheld.is_empty() {
            ledger::withheld(&self.db, connection, &withheld).await?;
        }
        Ok(())
    }

    async fn end_disconnected(
        &self,
        connection: ConnectionId,
        batch: Batch<'_>,
    ) -> Result<Vec<Verdict<ConversationMatched>>, store::Error> {
        let rows: Vec<_> =
            batch.iter().map(|delivery| Ended::because(delivery.event.conversation_id().clone(), Reason::NotConnected)).collect();
        ledger::withheld(&self.db, connection, &rows).await?;
        Ok(batch.iter().map(|_| Verdict::Done).collect())
    }
}

/// Which deliveries are of conversations that are finished already. Only one that was here before can be.
async fn finished(db: &Db, connection: ConnectionId, batch: Batch<'_>) -> Result<Vec<bool>, store::Error> {
    let repeated: Vec<_> = batch.iter().filter(|d| d.repeated).map(|d| d.event.conversation_id().clone()).collect();
    if repeated.is_empty() {
        return Ok(vec![false; batch.len()]);
    }
    let states = ledger::states(db, connection, &repeated).await?;
    let is_over = |delivery: &Delivery<ConversationRedacted>| {
        states.iter().any(|(id, brief)| id == delivery.event.conversation_id() && brief.state.outcome().is_some())
    };
    Ok(batch.iter().map(is_over).collect())
}

impl Stage for Matcher {
    type Event = ConversationRedacted;
    type Next = ConversationMatched;
    const TEXTS: Texts = Texts::HandsOn;

    async fn run(&self, connection: ConnectionId, batch: Batch<'_>) -> Vec<Verdict<ConversationMatched>> {
        match self.work(connection, batch).await {
            Ok(verdicts) => verdicts,
            Err(error) => {
                tracing::warn!(connection.id = %connection, error = &error as &dyn std::error::Error, "A batch could not be matched");
                let setback = Setback::from(&error);
                batch.iter().map(|delivery| delivery.set_back(setback.clone())).collect()
            }
        }
    }
}
