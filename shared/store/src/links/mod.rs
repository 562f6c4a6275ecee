//! Which contact a phone or e-mail belongs to, and who may create one that HubSpot does not know.
//!
//! A link is learned from a conversation and is a hint: a contact that turns out to be gone is forgotten. A claim decides who
//! creates: at most one claimant at a time holds a key, decided by the table's primary key.

mod claim;
mod learn;

use std::collections::HashMap;

use domain::{ConnectionId, ContactId, EventId, OwnerId, caller::CallerKey, event::MatchedContact, ledger::MatchedBy};
use time::{Duration, OffsetDateTime};

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

/// How long a link is trusted before HubSpot is asked whether its contact is still there. A contact that is gone sooner is
/// noticed when the engagement is written.
const TRUST: Duration = Duration::HOUR;

impl Link {
    /// Whether its contact can be taken without asking.
    pub fn is_trusted(&self, now: OffsetDateTime) -> bool {
        self.verified_at.is_some_and(|at| now - at < TRUST)
    }

    /// Its contact, for a conversation.
    pub fn contact(&self) -> MatchedContact {
        MatchedContact::new(self.contact, self.owner, MatchedBy::LearnedLink, Vec::new())
    }

    /// The link that decides among what is known of a caller's keys: the first, in the keys' order.
    pub fn of<'k>(known: impl IntoIterator<Item = &'k Known>) -> Option<Self> {
        known.into_iter().find_map(|known| if let Known::Linked(link) = known { Some(*link) } else { None })
    }
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
    let ask = |questions: Vec<(ConnectionId, Vec<CallerKey>)>| async move { resolve_all(db, &questions).await };
    Ok(db.shared().links.ask((connection, keys.to_vec()), ask).await?.unwrap_or_default())
}

/// The same for several connections.
async fn resolve_all(db: &Db, questions: &[(ConnectionId, Vec<CallerKey>)]) -> Result<Vec<Vec<Known>>, Error> {
    let pairs =
        || questions.iter().flat_map(|(connection, keys)| keys.iter().map(move |key| (connection.0, key.as_bytes().to_vec())));
    let (connections, keys): (Vec<_>, Vec<_>) = pairs().unzip();
    let sql = sqlx::query!(
        "select l.connection_id, l.caller_key, l.contact_id, l.owner_id, l.learned_by, l.verified_at, l.claimant, l.claimed_until
           from (select * from unnest($1::uuid[], $2::bytea[]) as rows (connection, key) offset 0) wanted
           join contact_links l on l.connection_id = wanted.connection and l.caller_key = wanted.key",
        &connections,
        &keys
    );
    let rows = sql.fetch_all(db.keyed_pool()).await.map_err(Error::when("resolving callers"))?;
    let mut known = HashMap::with_capacity(rows.len());
    for row in rows {
        let what = match (row.contact_id, row.claimant.zip(row.claimed_until)) {
            (Some(contact), _) => Known::Linked(link(contact, row.owner_id, row.learned_by.as_deref(), row.verified_at)?),
            (None, Some((claimant, until))) => Known::Claimed { claimant: EventId(claimant), until },
            (None, None) => return Err(Error::Corrupt { column: "contact_links.claimant" }),
        };
        known.insert((row.connection_id, row.caller_key), what);
    }
    let answers = questions.iter().map(|(connection, keys)| {
        keys.iter().map(|key| known.get(&(connection.0, key.as_bytes().to_vec())).copied().unwrap_or(Known::Unknown)).collect()
    });
    Ok(answers.collect())
}

fn link(contact: i64, owner: Option<i64>, learned_by: Option<&str>, verified_at: Option<OffsetDateTime>) -> Result<Link, Error> {
    Ok(Link {
        contact: ContactId::read("contact_links.contact_id", contact)?,
        owner: OwnerId::read_opt("contact_links.owner_id", owner)?,
        learned_by: parse_opt("contact_links.learned_by", learned_by)?,
        verified_at,
    })
}
