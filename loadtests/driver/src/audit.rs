//! The audit: is every accepted conversation exactly one engagement, or one recorded reason?

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};
use testkit::Tenant;

use crate::{conversations::CARDS, report::Report, world::World};

/// Entries of a page of the API's list.
const PAGE: usize = 100;

/// What was found. Ids say which.
#[derive(Default)]
pub(crate) struct Audit {
    /// Rows by outcome, and for what is not exported by reason.
    outcomes: BTreeMap<String, usize>,
    /// Accepted, and neither in the ledger nor among the dead letters.
    lost: Vec<String>,
    /// Not ended, though everything is quiet.
    open: Vec<String>,
    /// More than one engagement.
    doubled: Vec<String>,
    /// Said to be exported, and HubSpot has no engagement.
    missing: Vec<String>,
    /// Said not to be exported, and HubSpot has an engagement.
    unrecorded: Vec<String>,
    doubled_contacts: usize,
    unassociated: usize,
    /// Records of HubSpot with a card's number in them.
    unscrubbed: usize,
    pub(crate) accepted: usize,
    engagements: usize,
}

impl Audit {
    /// Looks at one tenant's conversations, those that the platform was told were accepted.
    pub(crate) async fn add(
        &mut self,
        http: &reqwest::Client,
        api: &str,
        tenant: &Tenant,
        accepted: &[String],
    ) -> anyhow::Result<()> {
        let rows = rows(http, api, &tenant.key).await?;
        let engagements = engagements(tenant);
        self.accepted += accepted.len();
        self.engagements += engagements.values().map(Vec::len).sum::<usize>();
        for id in accepted {
            let made = engagements.get(id).map_or(0, Vec::len);
            if made > 1 {
                self.doubled.push(id.clone());
            }
            let Some(row) = rows.get(id) else {
                self.lost.push(id.clone());
                continue;
            };
            let Some(outcome) = row["outcome"].as_str() else {
                self.open.push(format!("{id} ({})", row["state"]));
                continue;
            };
            let reason = row["reason"].as_str().map_or_else(String::new, |reason| format!(": {reason}"));
            *self.outcomes.entry(format!("{outcome}{reason}")).or_default() += 1;
            match (outcome, made) {
                ("exported", 0) => self.missing.push(id.clone()),
                ("exported", _) | (_, 0) => {}
                (_, _) => self.unrecorded.push(format!("{id} ({outcome}{reason})")),
            }
        }
        for object in ["calls", "notes", "contacts"] {
            let holds_card = |text: &String| {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                CARDS.iter().any(|card| digits.contains(card))
            };
            self.unscrubbed +=
                tenant.portal.objects(object).iter().filter(|record| record.properties.values().any(holds_card)).count();
        }
        Ok(())
    }

    /// What the simulator itself sees.
    pub(crate) fn add_world(&mut self, world: &World) {
        let audit = world.lab.sim.audit("writeback_conversation_id");
        self.doubled_contacts = audit.duplicate_contacts.len();
        self.unassociated = audit.unassociated_engagements.len();
    }

    /// How many have no end yet.
    pub(crate) fn open(&self) -> usize {
        self.open.len() + self.lost.len()
    }

    pub(crate) fn show(&self, report: &mut Report) {
        let rows = self.outcomes.iter().map(|(outcome, count)| [outcome.clone(), count.to_string()]);
        let all = [["accepted".to_owned(), self.accepted.to_string()], ["engagements".to_owned(), self.engagements.to_string()]];
        report.table("the ledger", ["outcome", "conversations"], all.into_iter().chain(rows));
        report.figure("outcomes", json!(self.outcomes));
        for (what, which) in [
            ("lost", &self.lost),
            ("not ended", &self.open),
            ("doubled engagements", &self.doubled),
            ("exported without an engagement", &self.missing),
            ("an engagement and another outcome", &self.unrecorded),
        ] {
            report.none(what, which.len());
            if !which.is_empty() {
                report.figure(what, json!(which));
            }
        }
        report.none("doubled contacts", self.doubled_contacts);
        report.none("engagements of no contact", self.unassociated);
        report.none("records with a card's number", self.unscrubbed);
    }
}

/// All rows of an account by conversation.
async fn rows(http: &reqwest::Client, api: &str, key: &str) -> anyhow::Result<HashMap<String, Value>> {
    let mut rows = HashMap::new();
    let mut cursor = None::<String>;
    loop {
        let mut request = http.get(format!("{api}/integrations/hubspot/writeback/conversations?limit={PAGE}")).bearer_auth(key);
        if let Some(cursor) = &cursor {
            request = request.query(&[("cursor", cursor)]);
        }
        let answer = request.send().await?;
        ensure!(answer.status().is_success(), "listing conversations: {}", answer.status());
        let mut page: Value = answer.json().await?;
        let items = page["items"].as_array_mut().context("a page has items")?;
        for item in items.drain(..) {
            rows.insert(item["conversationId"].as_str().unwrap_or_default().to_owned(), item);
        }
        match page["nextCursor"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => return Ok(rows),
        }
    }
}

/// What HubSpot has, by conversation: by our property, or by the reference in the body where there is none.
pub(crate) fn engagements(tenant: &Tenant) -> HashMap<String, Vec<i64>> {
    let mut found: HashMap<String, Vec<i64>> = HashMap::new();
    for call in tenant.portal.calls().into_iter().chain(tenant.portal.notes()) {
        let id = match call.get("writeback_conversation_id") {
            "" => referred(call.get("hs_call_body")).or_else(|| referred(call.get("hs_note_body"))).unwrap_or_default(),
            id => id.to_owned(),
        };
        found.entry(id).or_default().push(crate::latency::made_at(call.get("hs_createdate")).unwrap_or_default());
    }
    found
}

/// The conversation that a body refers to at its end.
fn referred(body: &str) -> Option<String> {
    let (_, after) = body.rsplit_once("[writeback:")?;
    Some(after.split_once(']')?.0.to_owned())
}
