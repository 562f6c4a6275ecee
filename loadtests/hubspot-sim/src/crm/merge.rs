//! Merging two records of a type into one.

use std::sync::Arc;

use super::portal_state::PortalState;
use super::record::Change;
use super::type_id::TypeId;
use crate::error::ApiError;

/// Records that may end in one [merge guide: 250 identities].
const MAX_MERGES: usize = 250;

impl PortalState {
    /// Makes one record of two and returns its id: the primary's, or a third one when HubSpot makes a new record of them.
    pub(crate) fn merge(&mut self, object: TypeId, primary: u64, gone: u64, new_id: bool, now_ms: i64) -> Result<u64, ApiError> {
        let until_ms = self.visible_until(now_ms);
        let store = self.store_mut(object)?;
        let missing = || ApiError::not_found("Unable to merge: one of the records may be deleted or not exist.");
        let Some(kept) = store.live(primary).filter(|_| primary != gone).cloned() else { return Err(missing()) };
        let Some(lost) = store.live(gone).cloned() else { return Err(missing()) };
        let mut merged: Vec<String> =
            ids(kept.value("hs_merged_object_ids")).chain(ids(lost.value("hs_merged_object_ids"))).collect();
        merged.push(gone.to_string());
        if new_id {
            merged.push(primary.to_string());
        }
        if merged.len() > MAX_MERGES {
            return Err(ApiError::new(414, "VALIDATION_ERROR", "Cannot have more than 250 identities on a profile"));
        }

        // The survivor keeps its own values and takes what it lacked.
        let unknown = lost.values.iter().filter(|(name, _)| kept.value(name).is_none());
        let mut changes: Vec<Change> = unknown.map(|(name, value)| (Arc::clone(name), Some(Arc::clone(value)))).collect();
        let mut set = |name: &str, value: Vec<String>| {
            changes.retain(|(held, _)| &**held != name);
            if !value.is_empty() {
                changes.push((Arc::from(name), Some(Arc::from(value.join(";")))));
            }
        };
        set("hs_merged_object_ids", merged);
        let mut emails: Vec<String> =
            ids(kept.value("hs_additional_emails")).chain(ids(lost.value("hs_additional_emails"))).collect();
        if kept.value("email").is_some() {
            emails.extend(ids(lost.value("email")));
        }
        if object == TypeId::CONTACT {
            set("hs_additional_emails", emails.clone());
        }

        store.release(&lost);
        store.records.remove(&gone);
        let heir = if new_id {
            store.release(&kept);
            store.records.remove(&primary);
            let own = kept.values.iter().filter(|(name, _)| !changes.iter().any(|(set, _)| set == *name));
            let own: Vec<Change> = own.map(|(name, value)| (Arc::clone(name), Some(Arc::clone(value)))).collect();
            changes.extend(own);
            changes.retain(|(name, _)| &**name != "hs_object_id" && **name != *store.kind.modified);
            store.insert(changes, now_ms, until_ms)
        } else {
            store.update(primary, changes, now_ms, until_ms);
            primary
        };
        for email in emails {
            store.additional_emails.insert(email, heir);
        }
        let earlier: Vec<u64> =
            store.merged.iter().filter(|(_, to)| **to == gone || **to == primary).map(|(id, _)| *id).collect();
        for id in earlier.into_iter().chain([gone]).chain(new_id.then_some(primary)) {
            store.merged.insert(id, heir);
        }
        self.associations.inherit((object, gone), (object, heir), now_ms);
        if new_id {
            self.associations.inherit((object, primary), (object, heir), now_ms);
        }
        Ok(heir)
    }
}

fn ids(joined: Option<&str>) -> impl Iterator<Item = String> {
    joined.unwrap_or_default().split(';').filter(|one| !one.is_empty()).map(str::to_owned)
}
