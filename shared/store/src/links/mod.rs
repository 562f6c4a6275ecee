//! Which contact a phone or e-mail belongs to, and who may create one that HubSpot does not know.
//!
//! A link is learned from a conversation and is a hint: a contact that turns out to be gone is forgotten. A claim decides who
//! creates: at most one claimant at a time holds a key, decided by the table's primary key.

mod claim;
mod learn;

use std::collections::HashMap;

use domain::{ConnectionId, ContactId, EventId, OwnerId, caller::CallerKey, ledger::MatchedBy};
use time::OffsetDateTime;

pub use self::{
    claim::{Claim, Claimed, claim, release},
    learn::{Learned, forget, learn, verified},
};
use crate::{
    Db, Error,
    row::{HubspotId as _, parse_opt},
};

/// A contact that a key was learned to belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The contact.
    pub contact: ContactId,
    /// Its owner, when it was last looked at.
    pub owner: Option<OwnerId>,
    /// How it was found then.
    pub learned_by: Option<MatchedBy>,
    /// When HubSpot last confirmed it.
    pub verified_at: Option<OffsetDateTime>,
}

/// What is known of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It belongs to that contact.
    Linked(Link),
    /// Somebody is about to create a contact for it, or was and died: the claim may be past.
    Claimed {
        /// Whose claim.
        claimant: EventId,
        /// Until when it holds.
        until: OffsetDateTime,
    },
    /// Nothing.
    Unknown,
}

/// What is known of each key, in the order given. Reads only.
pub async fn resolve(db: &Db, connection: ConnectionId, keys: &[CallerKey]) -> Result<Vec<Known>, Error> {
    let bytes: Vec<Vec<u8>> = keys.iter().map(|key| key.as_bytes().to_vec()).collect();
    let sql = sqlx::query!(
        "select caller_key, contact_id, owner_id, learned_by, verified_at, claimant, claimed_until
           from contact_links where connection_id = $1 and caller_key = any($2)",
        connection.0,
        &bytes
    );
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when("resolving callers"))?;
    let mut known = HashMap::with_capacity(rows.len());
    for row in rows {
        let what = match (row.contact_id, row.claimant.zip(row.claimed_until)) {
            (Some(contact), _) => Known::Linked(link(contact, row.owner_id, row.learned_by.as_deref(), row.verified_at)?),
            (None, Some((claimant, until))) => Known::Claimed { claimant: EventId(claimant), until },
            (None, None) => return Err(Error::Corrupt { column: "contact_links.claimant" }),
        };
        known.insert(row.caller_key, what);
    }
    Ok(bytes.iter().map(|key| known.get(key).copied().unwrap_or(Known::Unknown)).collect())
}

fn link(contact: i64, owner: Option<i64>, learned_by: Option<&str>, verified_at: Option<OffsetDateTime>) -> Result<Link, Error> {
    Ok(Link {
        contact: ContactId::read("contact_links.contact_id", contact)?,
        owner: OwnerId::read_opt("contact_links.owner_id", owner)?,
        learned_by: parse_opt("contact_links.learned_by", learned_by)?,
        verified_at,
    })
}
