//! What must hold after any run: nothing doubled, nothing left hanging.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::crm::portal_state::PortalState;
use crate::crm::store::TypeStore;
use crate::crm::type_id::TypeId;
use crate::world::World;

/// Records that should be one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    /// Where.
    pub portal: i64,
    /// Plural name of the object.
    pub object: String,
    /// The value they share.
    pub value: String,
    /// Their ids.
    pub ids: Vec<String>,
}

/// Findings over one portal or all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Audit {
    /// Live calls, notes and communications.
    pub engagements: usize,
    /// Of them, those that hold the property asked about.
    pub engagements_with_key: usize,
    /// Engagements of one type with the same value of the property asked about.
    pub duplicate_engagements: Vec<Duplicate>,
    /// Live contacts.
    pub contacts: usize,
    /// Contacts with the same phone or mobile number, as E.164.
    pub duplicate_contacts: Vec<Duplicate>,
    /// Calls, notes and communications that are linked with nothing.
    pub unassociated_engagements: Vec<Duplicate>,
    /// Refusals sent because a budget was spent.
    pub rate_limited: u64,
}

impl Audit {
    /// Nothing doubled, nothing unlinked.
    pub fn is_clean(&self) -> bool {
        self.duplicate_engagements.is_empty() && self.duplicate_contacts.is_empty() && self.unassociated_engagements.is_empty()
    }
}

/// Looks at a portal, or at all.
pub(crate) fn audit(world: &World, portal: Option<i64>, property: &str) -> Audit {
    let mut audit = Audit { rate_limited: world.journal.lock().rate_limited(portal), ..Audit::default() };
    for cell in world.all_portals().iter().filter(|cell| portal.is_none_or(|id| id == cell.id)) {
        let state = cell.state.lock();
        for store in TypeId::TIMELINE.iter().filter_map(|id| state.stores.get(id)) {
            engagements(&state, store, property, &mut audit);
        }
        if let Some(store) = state.stores.get(&TypeId::CONTACT) {
            contacts(&state, store, &mut audit);
        }
    }
    audit
}

fn engagements(state: &PortalState, store: &TypeStore, property: &str, audit: &mut Audit) {
    let mut by_key: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    let mut unlinked = Vec::new();
    for record in store.records.values().filter(|record| record.archived_ms.is_none()) {
        audit.engagements += 1;
        if let Some(value) = record.value(property) {
            audit.engagements_with_key += 1;
            by_key.entry(value).or_default().push(record.id);
        }
        if state.associations.of((store.type_id(), record.id)).next().is_none() {
            unlinked.push(record.id);
        }
    }
    audit.duplicate_engagements.extend(duplicates(state.id, store, by_key));
    if !unlinked.is_empty() {
        audit.unassociated_engagements.push(duplicate(state.id, store, "", &unlinked));
    }
}

fn contacts(state: &PortalState, store: &TypeStore, audit: &mut Audit) {
    let mut by_phone: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for record in store.records.values().filter(|record| record.archived_ms.is_none()) {
        audit.contacts += 1;
        // The calculated ones are in E.164 already.
        let numbers = ["hs_calculated_phone_number", "hs_calculated_mobile_number"].iter().filter_map(|name| record.value(name));
        let mut numbers: Vec<String> = numbers.map(str::to_owned).collect();
        numbers.dedup();
        for number in numbers {
            by_phone.entry(number).or_default().push(record.id);
        }
    }
    let by_phone: BTreeMap<&str, Vec<u64>> = by_phone.iter().map(|(phone, ids)| (phone.as_str(), ids.clone())).collect();
    audit.duplicate_contacts.extend(duplicates(state.id, store, by_phone));
}

fn duplicates(portal: i64, store: &TypeStore, by_value: BTreeMap<&str, Vec<u64>>) -> Vec<Duplicate> {
    let doubled = by_value.into_iter().filter(|(_, ids)| ids.len() > 1);
    doubled.map(|(value, ids)| duplicate(portal, store, value, &ids)).collect()
}

fn duplicate(portal: i64, store: &TypeStore, value: &str, ids: &[u64]) -> Duplicate {
    Duplicate { portal, object: store.kind.name.clone(), value: value.to_owned(), ids: ids.iter().map(u64::to_string).collect() }
}
