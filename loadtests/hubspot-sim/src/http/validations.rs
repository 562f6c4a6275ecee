//! Rules of the account's admin: `/crm/property-validations/{v}/{type}`, to be read only.

use serde_json::{Value, json};

use super::call::{Call, Outcome, Reply};
use super::properties::readable;
use crate::crm::portal_state::PortalState;
use crate::crm::type_id::TypeId;

fn rules(state: &PortalState, object: TypeId) -> Vec<(&'static str, Value)> {
    let phone = state.options.phone_country_code_required && object == TypeId::CONTACT;
    let rule = || json!([{"ruleType": "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE", "ruleArguments": []}]);
    let names: &[&str] = if phone { &["phone", "mobilephone"] } else { &[] };
    names.iter().map(|name| (*name, rule())).collect()
}

pub(crate) fn list(call: &Call<'_>) -> Outcome {
    let state = call.cell.state.lock();
    let object = readable(call, &state)?;
    let all = rules(&state, object).into_iter();
    let results: Vec<Value> = all.map(|(name, rules)| json!({"propertyName": name, "propertyValidationRules": rules})).collect();
    Ok(Reply::ok(json!({ "results": results })))
}

pub(crate) fn read(call: &Call<'_>) -> Outcome {
    let state = call.cell.state.lock();
    let object = readable(call, &state)?;
    let found = rules(&state, object).into_iter().find(|(name, _)| *name == call.param(1));
    Ok(Reply::ok(json!({"results": found.map_or_else(|| json!([]), |(_, rules)| rules)})))
}
