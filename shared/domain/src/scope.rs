//! What an API key may do.

use serde::{Deserialize, Serialize};

crate::ledger::named! {
    /// A scope of an API key, as the HTTP contract names them.
    Scope {
        /// Start or end a connection.
        IntegrationsConnect = "integrations:connect",
        /// Read settings, conversations, schema, pack.
        IntegrationsRead = "integrations:read",
        /// Change settings, discover, replay.
        IntegrationsWrite = "integrations:write",
        /// Read skills and bindings.
        SkillsRead = "skills:read",
        /// Install and author skills.
        SkillsWrite = "skills:write",
        /// Call skills.
        SkillsInvoke = "skills:invoke",
        /// Emit finished conversations.
        EventsWrite = "events:write",
        /// List, make and revoke API keys.
        KeysWrite = "keys:write",
    }
}
