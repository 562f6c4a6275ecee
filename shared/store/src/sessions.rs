//! Browsers that are signed in.

use std::time::Duration;

use domain::{AccountId, Email, Region, UserId};
use secrecy::SecretString;
use time::OffsetDateTime;

use crate::{
    Db, Error,
    row::parse,
    secret::{self, Mark},
};

/// Stands for a session where it may rest: nobody signs in with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionHash(pub(crate) [u8; 32]);

/// A session that is alive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// What other rows know it by.
    pub hash: SessionHash,
    /// Who.
    pub user: UserId,
    /// What they signed in with.
    pub email: Email,
    /// Whose console they see.
    pub account: AccountId,
    /// What that account is called.
    pub account_name: String,
    /// Where its national numbers are taken from.
    pub region: Region,
}

/// How long sessions live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// Without any request.
    pub idle: Duration,
    /// At most.
    pub absolute: Duration,
}

/// Sessions that one person keeps; the oldest end where there are more.
const KEPT_MAX: i64 = 20;

/// Begins a session. What the browser had before, if anything, ends with it, so that a session which somebody planted there is
/// worth nothing.
pub async fn begin(db: &Db, user: UserId, before: Option<&SecretString>, lifetime: Lifetime) -> Result<SecretString, Error> {
    let doing = "beginning a session";
    let secret = secret::make(Mark::Session);
    let hash = secret::hash(Mark::Session, &secret).unwrap_or_default();
    let expires_at = OffsetDateTime::now_utc() + lifetime.absolute;
    let mut tx = db.pool().begin().await.map_err(Error::when(doing))?;
    if let Some(before) = before.and_then(|before| secret::hash(Mark::Session, before)) {
        let sql = sqlx::query!("delete from sessions where hash = $1", &before[..]);
        sql.execute(&mut *tx).await.map_err(Error::when(doing))?;
    }
    let sql = sqlx::query!("insert into sessions (hash, user_id, expires_at) values ($1, $2, $3)", &hash[..], user.0, expires_at);
    sql.execute(&mut *tx).await.map_err(Error::when(doing))?;
    let sql = sqlx::query!(
        "delete from sessions where hash in (
           select hash from sessions where user_id = $1 order by created_at desc, hash offset $2)",
        user.0,
        KEPT_MAX
    );
    sql.execute(&mut *tx).await.map_err(Error::when(doing))?;
    tx.commit().await.map_err(Error::when(doing))?;
    Ok(secret)
}

/// The session with that secret, if it lives.
pub async fn find(db: &Db, secret: &SecretString, lifetime: Lifetime) -> Result<Option<Session>, Error> {
    let Some(hash) = secret::hash(Mark::Session, secret) else { return Ok(None) };
    let idle_since = OffsetDateTime::now_utc() - lifetime.idle;
    let sql = sqlx::query!(
        r#"select s.user_id, s.seen_at < now() - interval '1 minute' as "stale!", u.email, u.account_id, a.name, a.default_region
             from sessions s join users u on u.id = s.user_id join accounts a on a.id = u.account_id
            where s.hash = $1 and s.expires_at > now() and s.seen_at > $2"#,
        &hash[..],
        idle_since
    );
    let Some(row) = sql.fetch_optional(db.pool()).await.map_err(Error::when("reading a session"))? else { return Ok(None) };
    if row.stale {
        // At most once a minute: more would write a row for every page.
        let sql = sqlx::query!("update sessions set seen_at = now() where hash = $1", &hash[..]);
        sql.execute(db.pool()).await.map_err(Error::when("noting a session's use"))?;
    }
    Ok(Some(Session {
        hash: SessionHash(hash),
        user: UserId(row.user_id),
        email: Email::parse(&row.email).map_err(|_| Error::Corrupt { column: "users.email" })?,
        account: AccountId(row.account_id),
        account_name: row.name,
        region: parse("accounts.default_region", &row.default_region)?,
    }))
}

/// Ends a session.
pub async fn end(db: &Db, session: SessionHash) -> Result<(), Error> {
    let sql = sqlx::query!("delete from sessions where hash = $1", &session.0[..]);
    sql.execute(db.pool()).await.map(drop).map_err(Error::when("ending a session"))
}

/// Forgets up to `batch` sessions that are over. How many there were.
pub async fn sweep(db: &Db, lifetime: Lifetime, batch: u32) -> Result<u64, Error> {
    let idle_since = OffsetDateTime::now_utc() - lifetime.idle;
    let sql = sqlx::query!(
        "delete from sessions where hash in (select hash from sessions where expires_at < now() or seen_at < $1 limit $2)",
        idle_since,
        i64::from(batch)
    );
    Ok(sql.execute(db.pool()).await.map_err(Error::when("forgetting sessions"))?.rows_affected())
}
