//! How often signing in was tried, over the whole fleet: whoever guesses passwords is slowed down at every process.

use std::time::Duration;

use domain::Email;
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;

use crate::{Db, Error, row::small};

/// Attempts that an address has within [`WINDOW`].
pub const ATTEMPTS_MAX: u32 = 10;
/// How long attempts count, from the first one.
pub const WINDOW: Duration = Duration::from_mins(15);

/// Counts an attempt before it is made, so that any number at once get no more than [`ATTEMPTS_MAX`]. `Err` with the time to wait
/// when there were as many. The answer is the same whether anybody has the address or not.
pub async fn attempt(db: &Db, email: &Email) -> Result<Result<(), Duration>, Error> {
    let forgotten = OffsetDateTime::now_utc() - WINDOW;
    let sql = sqlx::query!(
        "insert into sign_in_attempts as a (address_hash, attempts) values ($1, 1)
         on conflict (address_hash) do update
            set attempts = case when a.first_at < $2 then 1 else least(a.attempts + 1, 1000000) end,
                first_at = case when a.first_at < $2 then now() else a.first_at end
         returning attempts, first_at",
        &hash(email)[..],
        forgotten
    );
    let row = sql.fetch_one(db.pool()).await.map_err(Error::when("counting an attempt to sign in"))?;
    if small(row.attempts) <= ATTEMPTS_MAX {
        return Ok(Ok(()));
    }
    let wait = row.first_at + WINDOW - OffsetDateTime::now_utc();
    Ok(Err(wait.try_into().unwrap_or(Duration::from_secs(1))))
}

/// Forgets the attempts of an address, whose owner has come in.
pub async fn succeeded(db: &Db, email: &Email) -> Result<(), Error> {
    let sql = sqlx::query!("delete from sign_in_attempts where address_hash = $1", &hash(email)[..]);
    sql.execute(db.pool()).await.map(drop).map_err(Error::when("forgetting attempts to sign in"))
}

/// Forgets up to `batch` addresses whose attempts count no longer. How many there were.
pub async fn sweep(db: &Db, batch: u32) -> Result<u64, Error> {
    let forgotten = OffsetDateTime::now_utc() - WINDOW;
    let sql = sqlx::query!(
        "delete from sign_in_attempts where address_hash in (
           select address_hash from sign_in_attempts where first_at < $1 limit $2)",
        forgotten,
        i64::from(batch)
    );
    Ok(sql.execute(db.pool()).await.map_err(Error::when("forgetting old attempts to sign in"))?.rows_affected())
}

fn hash(email: &Email) -> [u8; 32] {
    Sha256::digest(email.as_str().to_lowercase()).into()
}
