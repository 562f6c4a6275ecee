//! Everything one portal holds.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::associations::Associations;
use super::property::{Choice, Choices, Property};
use super::store::TypeStore;
use super::type_id::TypeId;
use super::types::{self, ObjectType};
use crate::clock::iso;
use crate::error::ApiError;
use crate::options::PortalOptions;
use crate::random::mix;

/// The CRM of one portal. Behind one lock, which is never held across an await.
#[derive(Debug)]
pub(crate) struct PortalState {
    pub(crate) id: i64,
    pub(crate) options: PortalOptions,
    pub(crate) stores: BTreeMap<TypeId, TypeStore>,
    pub(crate) schemas: BTreeMap<TypeId, CustomSchema>,
    pub(crate) associations: Associations,
    pub(crate) owners: Vec<Owner>,
    /// Shown to search up to `now - index_delay_ms`.
    pub(crate) index_delay_ms: i64,
    /// Everything written up to here is shown at once: a flush.
    pub(crate) flushed_ms: i64,
    seed: u64,
}

/// What only custom objects have.
#[derive(Clone, Debug)]
pub(crate) struct CustomSchema {
    pub(crate) name: String,
    pub(crate) labels: Value,
    pub(crate) description: String,
    pub(crate) primary_display: Option<String>,
    pub(crate) secondary_display: Vec<String>,
    pub(crate) associated: Vec<TypeId>,
    pub(crate) created_ms: i64,
}

/// Somebody records can be assigned to.
#[derive(Clone, Debug)]
pub(crate) struct Owner {
    pub(crate) id: u64,
    /// Differs from `id`, and is refused where an owner is meant.
    pub(crate) user_id: u64,
    pub(crate) email: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) archived: bool,
    pub(crate) created_ms: i64,
}

impl Owner {
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "id": self.id.to_string(),
            "email": self.email,
            "type": "PERSON",
            "firstName": self.first_name,
            "lastName": self.last_name,
            "userId": (!self.archived).then_some(self.user_id),
            "userIdIncludingInactive": self.user_id,
            "createdAt": iso(self.created_ms),
            "updatedAt": iso(self.created_ms),
            "archived": self.archived,
            "teams": [],
        })
    }

    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

impl PortalState {
    pub(crate) fn new(id: i64, options: PortalOptions, index_delay_ms: i64, seed: u64, now_ms: i64) -> Self {
        let seed = mix(seed, id.unsigned_abs());
        let kinds = types::standard().iter().filter(|kind| !options.switched_off.contains(&kind.name));
        let stores = kinds.map(|kind| (kind.id, TypeStore::new(kind.clone(), seed, now_ms))).collect();
        let mut state = Self {
            id,
            options,
            stores,
            schemas: BTreeMap::new(),
            associations: Associations::default(),
            owners: Vec::new(),
            index_delay_ms,
            flushed_ms: i64::MIN,
            seed,
        };
        state.add_owner("olivia.owner@example.com", "Olivia", "Owner", now_ms);
        state.add_owner("sam.seller@example.com", "Sam", "Seller", now_ms);
        state
    }

    pub(crate) fn add_owner(&mut self, email: &str, first_name: &str, last_name: &str, now_ms: i64) -> u64 {
        let count = u64::try_from(self.owners.len()).unwrap_or_default();
        let id = 70_000_000 + mix(self.seed, 1) % 1_000_000 + count * 11;
        self.owners.push(Owner {
            id,
            user_id: 9_000_000 + mix(self.seed, 2) % 100_000 + count,
            email: email.to_owned(),
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            archived: false,
            created_ms: now_ms,
        });
        id
    }

    /// Writes up to this time are visible to search.
    pub(crate) fn visible_until(&self, now_ms: i64) -> i64 {
        now_ms.saturating_sub(self.index_delay_ms).max(self.flushed_ms)
    }

    /// The type a path names; 400 for a name nobody knows [community: "Unable to infer object type from"].
    pub(crate) fn type_named(&self, name: &str) -> Result<TypeId, ApiError> {
        let custom = || self.schemas.iter().find(|(_, schema)| schema.name == name).map(|(id, _)| *id);
        let known = self.stores.values().find(|store| store.kind.is_called(name)).map(TypeStore::type_id);
        known.or_else(custom).ok_or_else(|| ApiError::validation(format!("Unable to infer object type from: {name}")))
    }

    pub(crate) fn store(&self, id: TypeId) -> Result<&TypeStore, ApiError> {
        self.stores.get(&id).ok_or_else(|| ApiError::validation(format!("Unable to infer object type from: {id}")))
    }

    pub(crate) fn store_mut(&mut self, id: TypeId) -> Result<&mut TypeStore, ApiError> {
        self.stores.get_mut(&id).ok_or_else(|| ApiError::validation(format!("Unable to infer object type from: {id}")))
    }

    pub(crate) fn kind(&self, id: TypeId) -> Result<Arc<ObjectType>, ApiError> {
        self.store(id).map(|store| Arc::clone(&store.kind))
    }

    /// A number for the next custom object: `2-...`.
    pub(crate) fn next_custom_type(&self) -> TypeId {
        let count = u32::try_from(self.schemas.len()).unwrap_or_default();
        let base = u32::try_from(mix(self.seed, 3) % 900_000).unwrap_or_default();
        TypeId::custom(1_000_000 + base + count)
    }

    /// The options of an enumeration, wherever they live.
    pub(crate) fn choices<'s>(&'s self, object: TypeId, property: &'s Property) -> Cow<'s, [Choice]> {
        let pipelines = self.stores.get(&object).map_or(&[][..], |store| store.pipelines.as_slice());
        match property.source {
            Choices::Listed | Choices::Free => Cow::Borrowed(&property.options),
            // Listed in the owners API, not in the definition.
            Choices::Owners => Cow::Owned(Vec::new()),
            Choices::Pipelines => Cow::Owned(choices(pipelines.iter().map(|pipeline| (&pipeline.id, &pipeline.label)))),
            Choices::Stages => {
                let stages = pipelines.iter().flat_map(|pipeline| &pipeline.stages);
                Cow::Owned(choices(stages.map(|stage| (&stage.id, &stage.label))))
            }
        }
    }
}

fn choices<'c>(pairs: impl Iterator<Item = (&'c String, &'c String)>) -> Vec<Choice> {
    (0..)
        .zip(pairs)
        .map(|(display_order, (value, label))| Choice {
            label: label.clone(),
            value: value.clone(),
            description: None,
            display_order,
            hidden: false,
        })
        .collect()
}
