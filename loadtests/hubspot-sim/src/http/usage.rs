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
    Ok(Reply::ok(
        json!({"byObjectType": rows.collect::<Vec<_>>(), "overallUsage": overall, "overallLimit": null, "overallPercentage": null}),
    ))
}

pub(crate) fn records(call: &Call<'_>) -> Outcome {
    need(call)?;
    let state = call.cell.state.lock();
    let (custom, own): (Vec<&TypeStore>, Vec<&TypeStore>) = state.stores.values().partition(|store| store.type_id().is_custom());
    let rows = |stores: &[&TypeStore]| stores.iter().map(|store| row(store, store.records.len())).collect::<Vec<_>>();
    let overall: usize = custom.iter().map(|store| store.records.len()).sum();
    Ok(Reply::ok(json!({
        "hubspotDefinedObjectTypes": rows(&own),
        "customObjectTypes": {"byObjectType": rows(&custom), "overallUsage": overall, "overallLimit": 500_000, "overallPercentage": overall * 100 / 500_000},
    })))
}
