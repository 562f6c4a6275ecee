//! Limits tracking: `/crm/limits/{v}/...`, the two that a connector looks at.

use serde_json::{Value, json};

use super::call::{Call, Outcome, Reply};
use super::properties::MAX_CUSTOM;
use crate::crm::store::TypeStore;
use crate::error::ApiError;

/// Any `crm.objects.*` scope opens these.
fn need(call: &Call<'_>) -> Result<(), ApiError> {
    let any = call.grant.scopes.iter().any(|scope| scope == "*" || scope.starts_with("crm.objects."));
    if any { Ok(()) } else { Err(ApiError::missing_scopes(&["crm.objects.contacts.read".to_owned()])) }
}

fn row(store: &TypeStore, usage: usize) -> Value {
    json!({
        "objectTypeId": store.type_id().to_string(),
        "singularLabel": store.kind.singular,
        "pluralLabel": store.kind.name,
        "usage": usage,
    })
}

pub(crate) fn custom_properties(call: &Call<'_>) -> Outcome {
    need(call)?;
    let state = call.cell.state.lock();
    let count =
        |store: &TypeStore| store.properties.values().filter(|property| !property.hubspot_defined && !property.archived).count();
    let rows = state.stores.values().map(|store| {
        let mut row = row(store, count(store));
        row["limit"] = json!(MAX_CUSTOM);
        row["percentage"] = json!(count(store) * 100 / MAX_CUSTOM);
        row
    });
    let overall: usize = state.stores.values().map(count).sum();
    let most = state.stores.len() * MAX_CUSTOM;
    Ok(Reply::ok(json!({
        "byObjectType": rows.collect::<Vec<_>>(),
        "overallUsage": overall,
        "overallLimit": most,
        "overallPercentage": overall * 100 / most.max(1),
    })))
}

/// Records of an object, and of all custom ones: figures of an Enterprise account.
const MAX_RECORDS: usize = 15_000_000;
const MAX_CUSTOM_RECORDS: usize = 500_000;

pub(crate) fn records(call: &Call<'_>) -> Outcome {
    need(call)?;
    let state = call.cell.state.lock();
    let limited = |store: &TypeStore| {
        let mut row = row(store, store.records.len());
        row["limit"] = json!(MAX_RECORDS);
        row["percentage"] = json!(store.records.len() * 100 / MAX_RECORDS);
        row
    };
    let (custom, own): (Vec<&TypeStore>, Vec<&TypeStore>) = state.stores.values().partition(|store| store.type_id().is_custom());
    let overall: usize = custom.iter().map(|store| store.records.len()).sum();
    Ok(Reply::ok(json!({
        "hubspotDefinedObjectTypes": own.iter().map(|store| limited(store)).collect::<Vec<_>>(),
        "customObjectTypes": {
            "byObjectType": custom.iter().map(|store| row(store, store.records.len())).collect::<Vec<_>>(),
            "overallUsage": overall,
            "overallLimit": MAX_CUSTOM_RECORDS,
            "overallPercentage": overall * 100 / MAX_CUSTOM_RECORDS,
        },
    })))
}
