//! The records of one type in one portal.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use super::defaults::{self, Properties};
use super::index::SearchIndex;
use super::pipelines::{self, Pipeline};
use super::property::Property;
use super::record::{Change, Record, Values};
use super::type_id::TypeId;
use super::types::ObjectType;
use crate::clock::iso;
use crate::random::mix;

/// Built once for all portals; a portal that changes its schema gets a copy.
static DEFAULTS: LazyLock<HashMap<String, Arc<Properties>>> = LazyLock::new(|| {
    let types = super::types::standard().iter();
    types.map(|kind| (kind.name.clone(), Arc::new(defaults::properties(&kind.name)))).collect()
});

/// Ids begin here, beyond 32 bits, in every type alike: a contact and a call may well have the same number.
const FIRST_ID: u64 = 50_000_000_000;

/// HubSpot-defined properties that search finds by hash.
const LOOKED_UP: [&str; 9] = [
    "email",
    "phone",
    "mobilephone",
    "hs_calculated_phone_number",
    "hs_calculated_mobile_number",
    "hs_searchable_calculated_phone_number",
    "hs_searchable_calculated_mobile_number",
    "hs_searchable_calculated_international_phone_number",
    "hs_searchable_calculated_international_mobile_number",
];

/// Records, schema and indexes of a type.
#[derive(Clone, Debug)]
pub(crate) struct TypeStore {
    pub(crate) kind: Arc<ObjectType>,
    pub(crate) properties: Arc<Properties>,
    /// Groups made over the API, by name: their labels.
    pub(crate) groups: BTreeMap<String, String>,
    pub(crate) pipelines: Vec<Pipeline>,
    /// Live and archived records by id. Merged-away ones are not here.
    pub(crate) records: BTreeMap<u64, Arc<Record>>,
    /// Old ids and the records they became.
    pub(crate) merged: HashMap<u64, u64>,
    /// Secondary e-mails of contacts: unique like primary ones.
    pub(crate) additional_emails: HashMap<String, u64>,
    pub(crate) index: SearchIndex,
    unique: HashMap<Arc<str>, HashMap<String, u64>>,
    last_id: u64,
    seed: u64,
}

impl TypeStore {
    pub(crate) fn new(kind: ObjectType, seed: u64, now_ms: i64) -> Self {
        let properties = DEFAULTS.get(&kind.name).cloned();
        let properties =
            properties.unwrap_or_else(|| Arc::new(defaults::custom_properties(&format!("{}_information", kind.singular))));
        let pipelines = pipelines::defaults(&kind.name, now_ms);
        let mut index = SearchIndex::default();
        for name in LOOKED_UP.iter().filter_map(|name| properties.get_key_value(*name)) {
            index.look_up_by(name.0);
        }
        Self {
            kind: Arc::new(kind),
            properties,
            groups: BTreeMap::new(),
            pipelines,
            records: BTreeMap::new(),
            merged: HashMap::new(),
            additional_emails: HashMap::new(),
            index,
            unique: HashMap::new(),
            last_id: FIRST_ID + mix(seed, 0) % 1_000_000,
            seed,
        }
    }

    pub(crate) fn type_id(&self) -> TypeId {
        self.kind.id
    }

    /// A definition that is not archived.
    pub(crate) fn property(&self, name: &str) -> Option<&Arc<Property>> {
        self.properties.get(name).filter(|property| !property.archived)
    }

    /// Adds or replaces a definition.
    pub(crate) fn define(&mut self, property: Property) {
        if property.unique || (!property.hubspot_defined && property.kind == "string") {
            self.index.look_up_by(&property.name);
        }
        Arc::make_mut(&mut self.properties).insert(Arc::clone(&property.name), Arc::new(property));
    }

    /// A record that is neither archived nor merged away.
    pub(crate) fn live(&self, id: u64) -> Option<&Arc<Record>> {
        self.records.get(&id).filter(|record| record.archived_ms.is_none())
    }

    /// Who holds a unique value. Case does not tell values apart.
    pub(crate) fn holder(&self, property: &str, value: &str) -> Option<u64> {
        self.unique.get(property)?.get(&value.to_lowercase()).copied()
    }

    pub(crate) fn next_id(&mut self) -> u64 {
        self.last_id += 1 + mix(self.seed, self.last_id) % 7;
        self.last_id
    }

    /// Stores a new record.
    pub(crate) fn insert(&mut self, changes: Vec<Change>, now_ms: i64, until_ms: i64) -> u64 {
        let id = self.next_id();
        self.insert_as(id, changes, now_ms, until_ms);
        id
    }

    pub(crate) fn insert_as(&mut self, id: u64, mut changes: Vec<Change>, now_ms: i64, until_ms: i64) {
        let now: Arc<str> = iso(now_ms).into();
        let mut system = vec![
            (Arc::from("hs_object_id"), Some(Arc::from(id.to_string()))),
            (Arc::from(self.kind.modified), Some(Arc::clone(&now))),
        ];
        if !changes.iter().any(|(name, _)| &**name == self.kind.created) {
            system.push((Arc::from(self.kind.created), Some(now)));
        }
        changes.extend(system);
        self.claim(id, None, &changes);
        let values: Values = changes.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        let record = Arc::new(Record::new(id, values, now_ms));
        self.records.insert(id, Arc::clone(&record));
        self.index.write(record, now_ms, until_ms);
    }

    /// Writes changes to a record.
    pub(crate) fn update(&mut self, id: u64, mut changes: Vec<Change>, now_ms: i64, until_ms: i64) {
        let Some(mut record) = self.records.get(&id).cloned() else { return };
        changes.push((Arc::from(self.kind.modified), Some(iso(now_ms).into())));
        self.claim(id, Some(&record.values), &changes);
        Arc::make_mut(&mut record).apply(&changes, now_ms);
        self.records.insert(id, Arc::clone(&record));
        self.index.write(record, now_ms, until_ms);
    }

    /// Moves unique values to their new holder.
    fn claim(&mut self, id: u64, before: Option<&Values>, changes: &[Change]) {
        for (name, value) in changes {
            if !self.properties.get(name).is_some_and(|property| property.unique) {
                continue;
            }
            let holders = self.unique.entry(Arc::clone(name)).or_default();
            if let Some(old) = before.and_then(|values| values.get(name)) {
                holders.remove(&old.to_lowercase());
            }
            if let Some(value) = value {
                holders.insert(value.to_lowercase(), id);
            }
        }
    }

    /// Puts a record in the recycle bin; its unique values are free again.
    pub(crate) fn archive(&mut self, id: u64, now_ms: i64) {
        let Some(record) = self.records.get_mut(&id) else { return };
        if record.archived_ms.is_some() {
            return;
        }
        Arc::make_mut(record).archived_ms = Some(now_ms);
        let record = Arc::clone(record);
        self.release(&record);
    }

    /// Frees every unique value a record holds.
    pub(crate) fn release(&mut self, record: &Record) {
        for (name, value) in &record.values {
            if let Some(holders) = self.unique.get_mut(name) {
                let value = value.to_lowercase();
                if holders.get(&value) == Some(&record.id) {
                    holders.remove(&value);
                }
            }
        }
        for email in record.value("hs_additional_emails").into_iter().flat_map(|emails| emails.split(';')) {
            self.additional_emails.remove(email);
        }
    }
}
