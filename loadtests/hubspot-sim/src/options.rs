//! What a portal can be made like.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Whether a portal lets an app create properties with `hasUniqueValue`.
///
/// For calls and notes this is not established anywhere, so a client has to live with all three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UniquePolicy {
    /// 201.
    #[default]
    Allowed,
    /// 400 when `hasUniqueValue` is asked for; plain properties can be created.
    Refused,
    /// 403 for any new property.
    Forbidden,
}

/// A portal to be made. `Default` is an ordinary account with everything switched on.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PortalOptions {
    /// The portal's number; the next free one unless given.
    pub id: Option<i64>,
    /// Shown on pages.
    pub name: String,
    /// For every object that `unique_by_object` does not name.
    pub unique: UniquePolicy,
    /// By plural name: `{"notes": "refused"}`.
    pub unique_by_object: BTreeMap<String, UniquePolicy>,
    /// Overrides [`Config::burst_limit`](crate::Config::burst_limit).
    pub burst_limit: Option<u32>,
    /// Overrides [`Config::search_per_second`](crate::Config::search_per_second).
    pub search_per_second: Option<u32>,
    /// Overrides [`Config::daily_limit`](crate::Config::daily_limit).
    pub daily_limit: Option<u64>,
    /// Fields the account's admin requires on a new contact; enforced from version 2026-09 on.
    pub required_contact_fields: Vec<String>,
    /// The same for other objects, by plural name.
    pub required_fields: BTreeMap<String, Vec<String>>,
    /// Whether the admin demands an explicit country code in `phone` and `mobilephone` (2026-09).
    pub phone_country_code_required: bool,
    /// Scopes of features the account has not bought: dropped when optional, refused when required.
    pub lacking_scopes: Vec<String>,
    /// Objects an account has to switch on first (appointments, courses, listings, services), switched off here.
    pub switched_off: Vec<String>,
    /// Country that numbers without a country code belong to.
    pub region: String,
    /// `accountType` of account-info.
    pub account_type: String,
    /// `timeZone` of account-info.
    pub time_zone: String,
}

impl Default for PortalOptions {
    fn default() -> Self {
        Self {
            id: None,
            name: "Demo account".to_owned(),
            unique: UniquePolicy::Allowed,
            unique_by_object: BTreeMap::new(),
            burst_limit: None,
            search_per_second: None,
            daily_limit: None,
            required_contact_fields: Vec::new(),
            required_fields: BTreeMap::new(),
            phone_country_code_required: false,
            lacking_scopes: Vec::new(),
            switched_off: Vec::new(),
            region: "US".to_owned(),
            account_type: "STANDARD".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
        }
    }
}

impl PortalOptions {
    pub(crate) fn unique_policy(&self, object: &str) -> UniquePolicy {
        self.unique_by_object.get(object).copied().unwrap_or(self.unique)
    }

    /// Fields an admin requires on a new record of `object`.
    pub(crate) fn admin_required(&self, object: &str) -> impl Iterator<Item = &str> {
        let contacts: &[String] = if object == "contacts" { &self.required_contact_fields } else { &[] };
        contacts.iter().chain(self.required_fields.get(object).into_iter().flatten()).map(String::as_str)
    }
}
