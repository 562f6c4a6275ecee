//! How links come, are confirmed and go.

use domain::{ConnectionId, ContactId, OwnerId, caller::CallerKey, ledger::MatchedBy};

use crate::{Db, Error};

/// A key's contact, as just found or created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Learned {
    /// Stands for the phone or e-mail.
    pub key: CallerKey,
    /// The contact.
    pub contact: ContactId,
    /// Its owner.
    pub owner: Option<OwnerId>,
    /// How it was found.
    pub by: MatchedBy,
}

/// Stores links and ends the claims on their keys, whoever holds them. The newest knowledge of a key wins; of several in one
/// call the first.
pub async fn learn(db: &Db, connection: ConnectionId, learned: &[Learned]) -> Result<(), Error> {
    let mut learned = learned.to_vec();
    learned.sort_by_key(|link| link.key);
    learned.dedup_by_key(|link| link.key);
    let keys: Vec<Vec<u8>> = learned.iter().map(|link| link.key.as_bytes().to_vec()).collect();
    let contacts: Vec<i64> = learned.iter().map(|link| link.contact.get()).collect();
    let owners: Vec<Option<i64>> = learned.iter().map(|link| link.owner.map(OwnerId::get)).collect();
    let by: Vec<String> = learned.iter().map(|link| link.by.as_str().to_owned()).collect();
    let sql = sqlx::query!(
        "insert into contact_links (connection_id, caller_key, contact_id, owner_id, learned_by, verified_at)
         select $1, key, contact, owner, learned_by, now()
           from unnest($2::bytea[], $3::bigint[], $4::bigint[], $5::text[]) as new (key, contact, owner, learned_by)
         on conflict (connection_id, caller_key) do update
            set contact_id = excluded.contact_id, owner_id = excluded.owner_id, learned_by = excluded.learned_by,
                verified_at = excluded.verified_at, claimant = null, claimed_until = null, claims = 0, updated_at = now()",
        connection.0,
        &keys,
        &contacts,
        &owners as _,
        &by
    );
    sql.execute(db.keyed_pool()).await.map(drop).map_err(Error::when("learning links"))
}

/// Notes that HubSpot confirmed links. At most once an hour each, since nobody needs it closer.
pub async fn verified(db: &Db, connection: ConnectionId, keys: &[CallerKey]) -> Result<u64, Error> {
    let keys = in_order(keys);
    let sql = sqlx::query!(
        "update contact_links l set verified_at = now(), updated_at = now()
           from (select connection_id, caller_key from contact_links where connection_id = $1 and caller_key = any($2)
                  order by caller_key for update) mine
          where l.connection_id = mine.connection_id and l.caller_key = mine.caller_key and l.contact_id is not null
            and (l.verified_at is null or l.verified_at < now() - interval '1 hour')",
        connection.0,
        &keys
    );
    let done = sql.execute(db.keyed_pool()).await.map_err(Error::when("confirming links"))?;
    Ok(done.rows_affected())
}

/// Forgets every link to contacts that are gone or merged away. How many there were.
pub async fn forget(db: &Db, connection: ConnectionId, contacts: &[ContactId]) -> Result<u64, Error> {
    let contacts: Vec<i64> = contacts.iter().map(|contact| contact.get()).collect();
    let sql =
        sqlx::query!("delete from contact_links where connection_id = $1 and contact_id = any($2)", connection.0, &contacts);
    let done = sql.execute(db.keyed_pool()).await.map_err(Error::when("forgetting links"))?;
    Ok(done.rows_affected())
}

fn in_order(keys: &[CallerKey]) -> Vec<Vec<u8>> {
    let mut keys = keys.to_vec();
    keys.sort();
    keys.dedup();
    keys.iter().map(|key| key.as_bytes().to_vec()).collect()
}
