//! What does a portal let us promise? Asked when it is connected, and whenever somebody wants to know.
//!
//! Whether calls and notes take unique properties is documented nowhere, and a portal may have used up its ten unique
//! properties or withhold the scope (properties guide). So it is tried, and whatever comes of it is a mode to work in.

use domain::{
    connection::{UniqueMode, UniqueModes},
    conversation::EngagementKind,
};

use crate::{
    contacts::CONTACTS,
    engagements::object,
    error::{Error, ErrorClass, NeedsPerson},
    portal::Portal,
    properties::{NewProperty, Properties, Property},
};

/// The property of Calls and Notes that holds the platform's id of the conversation.
pub const CONVERSATION_ID: &str = "writeback_conversation_id";
/// The property of contacts that we create; it holds a keyed hash of the phone or e-mail they were created for.
pub const CALLER_KEY: &str = "writeback_caller_key";

const GROUP: &str = "writeback";
const GROUP_LABEL: &str = "Writeback";

impl Portal {
    /// Finds out, and creates the properties where the portal allows it. Repeating it, or two processes at once, come to the
    /// same result.
    pub async fn probe(&self) -> Result<UniqueModes, Error> {
        Ok(UniqueModes {
            call: self.probe_engagement(EngagementKind::Call).await?,
            note: self.probe_engagement(EngagementKind::Note).await?,
            contact: self.probe_contact().await?,
        })
    }

    async fn probe_engagement(&self, kind: EngagementKind) -> Result<UniqueMode, Error> {
        let property = NewProperty {
            name: CONVERSATION_ID,
            label: "Writeback conversation ID",
            description: "The conversation that this record was written for. Keeps it from being written twice.",
            group: GROUP,
            unique: true,
        };
        find_out(self.properties(object(kind)), property).await
    }

    async fn probe_contact(&self) -> Result<UniqueMode, Error> {
        let property = NewProperty {
            name: CALLER_KEY,
            label: "Writeback caller key",
            description: "A keyed hash of the caller that this contact was created for. Keeps it from being created twice.",
            group: GROUP,
            unique: true,
        };
        find_out(self.properties(CONTACTS), property).await
    }
}

async fn find_out(properties: Properties<'_>, property: NewProperty<'_>) -> Result<UniqueMode, Error> {
    match properties.get(property.name).await {
        Ok(Some(existing)) => return Ok(mode(&existing)),
        Ok(None) => {}
        Err(error) => return plain_if_refused(error),
    }
    if let Err(error) = properties.ensure_group(GROUP, GROUP_LABEL).await {
        return plain_if_refused(error);
    }
    for unique in [true, false] {
        match properties.create(&NewProperty { unique, ..property }).await {
            Ok(created) => return Ok(mode(&created)),
            Err(error) => match error.class() {
                // Somebody else created it between our two requests.
                ErrorClass::Conflict { .. } => {
                    let existing = properties.get(property.name).await?;
                    return Ok(existing.as_ref().map_or(UniqueMode::Plain, mode));
                }
                // Not unique, then.
                ErrorClass::Permanent { .. } if unique && error.status() != Some(403) => {}
                _ => return plain_if_refused(error),
            },
        }
    }
    Ok(UniqueMode::Plain)
}

fn mode(property: &Property) -> UniqueMode {
    if property.has_unique_value { UniqueMode::Unique } else { UniqueMode::Marker }
}

/// A portal that says no is a portal without the property; one that does not answer says nothing about itself.
fn plain_if_refused(error: Error) -> Result<UniqueMode, Error> {
    match error.class() {
        ErrorClass::Permanent { .. } | ErrorClass::NeedsPerson(NeedsPerson::MissingScopes { .. }) => Ok(UniqueMode::Plain),
        _ => Err(error),
    }
}
