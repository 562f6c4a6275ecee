//! Who may create a contact. The race is decided by the primary key of `contact_links`, in one statement.

use std::{collections::HashMap, time::Duration};

use domain::{ConnectionId, EventId, caller::CallerKey};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Link, link};
use crate::{Db, Error, row::micros};

/// An event that wants to create the contact of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Of which phone or e-mail.
    pub key: CallerKey,
    /// Which event.
    pub claimant: EventId,
}

/// What a claim got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimed {
    /// It is this event's turn to create the contact, until the claim runs out.
    Yours {
        /// Somebody held this claim before and never said how it went, an earlier attempt of this very event included: a
        /// contact may have been created. Read back before creating one.
        taken_over: bool,
        /// Until when.
        until: OffsetDateTime,
    },
    /// Another event is creating it: wait.
    Held {
        /// Until when, at the latest.
        until: OffsetDateTime,
    },
    /// It was created or found meanwhile.
    Linked(Link),
}

/// Claims keys for `ttl`. One answer a claim, in the order given. Where several events of one call claim the same key, the
/// first gets it and the others find it held.
pub async fn claim(db: &Db, connection: ConnectionId, claims: &[Claim], ttl: Duration) -> Result<Vec<Claimed>, Error> {
    let first = first_of_each(claims);
    let answers = upsert(db, connection, &first, ttl).await?;
    let answer = |claim: &Claim| {
        let (claimant, answer) = answers[&claim.key];
        match answer {
            Claimed::Yours { until, .. } if claimant != claim.claimant => Claimed::Held { until },
            answer => answer,
        }
    };
    Ok(claims.iter().map(answer).collect())
}

/// The first claim of each key, in the order in which all statements lock them.
fn first_of_each(claims: &[Claim]) -> Vec<Claim> {
    let mut first = claims.to_vec();
    first.sort_by_key(|claim| claim.key);
    first.dedup_by_key(|claim| claim.key);
    first
}

/// Who holds each key now, and the answer to the claimant that asked.
async fn upsert(
    db: &Db,
    connection: ConnectionId,
    claims: &[Claim],
    ttl: Duration,
) -> Result<HashMap<CallerKey, (EventId, Claimed)>, Error> {
    let keys: Vec<Vec<u8>> = claims.iter().map(|claim| claim.key.as_bytes().to_vec()).collect();
    let claimants: Vec<Uuid> = claims.iter().map(|claim| claim.claimant.0).collect();
    // The update always happens, if only to what was there, since only a written row is returned as it is now. Times are the
    // database's, so that no two processes disagree about when a claim is over.
    let sql = sqlx::query!(
        "insert into contact_links as l (connection_id, caller_key, claimant, claimed_until, claims)
         select $1, key, claimant, now() + $4::bigint * interval '1 microsecond', 1
           from unnest($2::bytea[], $3::uuid[]) as new (key, claimant)
         on conflict (connection_id, caller_key) do update
            set (claimant, claimed_until, claims) =
                (select excluded.claimant, excluded.claimed_until, l.claims + 1
                  where l.contact_id is null and (l.claimant = excluded.claimant or l.claimed_until <= now())
                 union all
                 select l.claimant, l.claimed_until, l.claims
                  where l.contact_id is not null or (l.claimant <> excluded.claimant and l.claimed_until > now()))
         returning caller_key, contact_id, owner_id, learned_by, verified_at, claimant, claimed_until, claims",
        connection.0,
        &keys,
        &claimants,
        micros(ttl)
    );
    let rows = sql.fetch_all(db.keyed_pool()).await.map_err(Error::when("claiming callers"))?;
    let asked: HashMap<CallerKey, EventId> = claims.iter().map(|claim| (claim.key, claim.claimant)).collect();
    let mut answers = HashMap::with_capacity(rows.len());
    for row in rows {
        let key = row.caller_key.try_into().map(CallerKey::from_bytes);
        let key = key.map_err(|_| Error::Corrupt { column: "contact_links.caller_key" })?;
        let answer = match (row.contact_id, row.claimant.zip(row.claimed_until)) {
            (Some(contact), _) => {
                let link = link(contact, row.owner_id, row.learned_by.as_deref(), row.verified_at)?;
                (asked[&key], Claimed::Linked(link))
            }
            (None, Some((holder, until))) if holder == asked[&key].0 => {
                (asked[&key], Claimed::Yours { taken_over: row.claims > 1, until })
            }
            (None, Some((holder, until))) => (EventId(holder), Claimed::Held { until }),
            (None, None) => return Err(Error::Corrupt { column: "contact_links.claimant" }),
        };
        answers.insert(key, answer);
    }
    Ok(answers)
}

/// Gives claims back, for an event that goes away without having sent a request to create. A claim that was taken over stays
/// as a run-out one, since what its first holder did is still not known.
pub async fn release(db: &Db, connection: ConnectionId, claims: &[Claim]) -> Result<(), Error> {
    let claims = first_of_each(claims);
    let keys: Vec<Vec<u8>> = claims.iter().map(|claim| claim.key.as_bytes().to_vec()).collect();
    let claimants: Vec<Uuid> = claims.iter().map(|claim| claim.claimant.0).collect();
    let sql = sqlx::query!(
        "with mine as (
            select l.connection_id, l.caller_key, l.claims
              from (select $1::uuid as connection, * from unnest($2::bytea[], $3::uuid[]) as rows (key, claimant) offset 0) old
              join contact_links l on l.connection_id = old.connection and l.caller_key = old.key and l.claimant = old.claimant
             where l.contact_id is null
             order by l.caller_key for update of l
         ), ended as (
            update contact_links l set claimed_until = now(), updated_at = now() from mine
             where l.connection_id = mine.connection_id and l.caller_key = mine.caller_key and mine.claims > 1
         )
         delete from contact_links l using mine
          where l.connection_id = mine.connection_id and l.caller_key = mine.caller_key and mine.claims = 1",
        connection.0,
        &keys,
        &claimants
    );
    sql.execute(db.keyed_pool()).await.map(drop).map_err(Error::when("giving claims back"))
}
