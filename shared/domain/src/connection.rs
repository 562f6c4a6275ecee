//! An account's link to one HubSpot portal.

use secrecy::SecretString;
use time::OffsetDateTime;

use crate::{
    id::{AccountId, ConnectionId, PortalId},
    ledger::named,
};
use serde::{Deserialize, Serialize};

named! {
    /// Whether a connection can be used.
    ConnectionStatus {
        /// It works, as far as we know.
        Active = "active",
        /// HubSpot refused the tokens: a person has to connect again. Work waits.
        ReauthRequired = "reauth_required",
        /// It was ended; its tokens are wiped.
        Disconnected = "disconnected",
    }
}

named! {
    /// What a portal lets us promise about doubles, for one kind of object (DESIGN.md, "Exactly one engagement").
    UniqueMode {
        /// HubSpot itself refuses a second record with the same value of our property.
        Unique = "unique",
        /// Our property exists but is not unique.
        Marker = "marker",
        /// No property; the reference stands in the title or the body.
        Plain = "plain",
    }
}

/// The modes of the three kinds of object that we create.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UniqueModes {
    /// For calls (`writeback_conversation_id`).
    pub call: UniqueMode,
    /// For notes (`writeback_conversation_id`).
    pub note: UniqueMode,
    /// For contacts that we create (`writeback_caller_key`).
    pub contact: UniqueMode,
}

impl UniqueModes {
    /// What holds before the portal was probed.
    pub const PLAIN: Self = Self { call: UniqueMode::Plain, note: UniqueMode::Plain, contact: UniqueMode::Plain };
}

/// What opens the portal.
#[derive(Debug, Clone)]
pub enum Credential {
    /// Tokens of an OAuth app; the access token is renewed with the refresh token.
    OAuth {
        /// The bearer.
        access_token: SecretString,
        /// Renews the bearer; HubSpot may hand out a new one at each renewal.
        refresh_token: SecretString,
        /// When the bearer expires.
        expires_at: OffsetDateTime,
    },
    /// A bearer that does not expire: a private app's token or a service key.
    Static {
        /// The bearer.
        access_token: SecretString,
    },
}

/// A connection as the fleet sees it: everything but the credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Its id.
    pub id: ConnectionId,
    /// Whose it is.
    pub account: AccountId,
    /// The portal on the other side.
    pub portal: PortalId,
    /// Whether it can be used.
    pub status: ConnectionStatus,
    /// What the portal lets us promise.
    pub unique: UniqueModes,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// Host of the portal's pages, for links: `app.hubspot.com`, `app-eu1.hubspot.com`.
    pub ui_domain: String,
    /// When it was made.
    pub created_at: OffsetDateTime,
}
