//! Values that HubSpot works out from others: calculated phones, body previews, clean bodies, full names.

use std::sync::Arc;

use super::record::Change;
use super::type_id::TypeId;
use super::{html, phones};

/// The body of each engagement type.
pub(crate) fn body_property(object: TypeId) -> Option<&'static str> {
    Some(match object {
        TypeId::CALL => "hs_call_body",
        TypeId::NOTE => "hs_note_body",
        TypeId::COMMUNICATION => "hs_communication_body",
        TypeId::TASK => "hs_task_body",
        TypeId::MEETING => "hs_meeting_body",
        _ => return None,
    })
}

/// Characters of a body that its preview shows.
const PREVIEW_CHARS: usize = 150;

/// Adds to `changes` what follows from them.
pub(crate) fn derive(object: TypeId, changes: &mut Vec<Change>, region: &str) {
    if object == TypeId::CONTACT {
        changes.extend(phones::derived(changes, region));
    }
    let Some(body) = body_property(object) else { return };
    let Some((_, value)) = changes.iter().find(|(name, _)| &**name == body) else { return };
    let words = value.as_deref().map(|body| html::text(body, PREVIEW_CHARS + 1));
    let truncated = words.as_ref().is_some_and(|words| words.chars().nth(PREVIEW_CHARS).is_some());
    let preview: Option<String> = words.map(|words| words.chars().take(PREVIEW_CHARS).collect());
    changes.push((Arc::from("hs_body_preview"), preview.filter(|text| !text.is_empty()).map(Arc::from)));
    changes.push((Arc::from("hs_body_preview_is_truncated"), Some(Arc::from(if truncated { "true" } else { "false" }))));
}
