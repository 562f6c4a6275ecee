//! API keys: shown once, kept as SHA-256.

use domain::{AccountId, ApiKeyId, Region, scope::Scope};
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;
use time::OffsetDateTime;

use crate::{
    Db, Error, changes,
    row::parse,
    secret::{self, Mark},
};

/// A key that was shown, as a request is served by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// Whose it is.
    pub account: AccountId,
    /// The account's region.
    pub region: Region,
    /// What it may do. Scopes that only a newer release knows are left out.
    pub scopes: Vec<Scope>,
}

/// A key as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: ApiKeyId,
    /// What its maker called it.
    pub name: String,
    /// The beginning of the secret, to tell keys apart by.
    pub prefix: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it was last used, to the minute.
    pub last_used_at: Option<OffsetDateTime>,
    /// When it was revoked.
    pub revoked_at: Option<OffsetDateTime>,
}

/// Characters of the secret that a list shows: 30 bits of 160.
const SHOWN: usize = Mark::ApiKey.as_str().len() + 6;

/// Makes a key. The secret is in no other place from here on.
pub async fn make(db: &Db, account: AccountId, name: &str, scopes: &[Scope]) -> Result<(ApiKeyId, SecretString), Error> {
    let (id, secret) = (ApiKeyId::new(), secret::make(Mark::ApiKey));
    let hash = secret::hash(Mark::ApiKey, &secret).unwrap_or_default();
    let scopes: Vec<String> = scopes.iter().map(|scope| scope.as_str().to_owned()).collect();
    let sql = sqlx::query!(
        "insert into api_keys (id, account_id, name, prefix, hash, scopes) values ($1, $2, $3, $4, $5, $6)",
        id.0,
        account.0,
        name,
        &secret.expose_secret()[..SHOWN],
        &hash[..],
        &scopes
    );
    sql.execute(db.pool()).await.map_err(Error::when("making an API key"))?;
    Ok((id, secret))
}

/// The key with that secret, unless it was revoked.
pub async fn verify(db: &Db, secret: &SecretString) -> Result<Option<ApiKey>, Error> {
    let Some(hash) = secret::hash(Mark::ApiKey, secret) else { return Ok(None) };
    let sql = sqlx::query!(
        "select k.id, k.account_id, k.hash, k.scopes, a.default_region
           from api_keys k join accounts a on a.id = k.account_id
          where k.hash = $1 and k.revoked_at is null",
        &hash[..]
    );
    let row = sql.fetch_optional(db.pool()).await.map_err(Error::when("verifying an API key"))?;
    // The index compares hashes of secrets, whose timing tells nothing about a secret; this comparison says so in code.
    row.filter(|row| bool::from(row.hash.ct_eq(&hash[..])))
        .map(|row| {
            Ok(ApiKey {
                id: ApiKeyId(row.id),
                account: AccountId(row.account_id),
                region: parse("accounts.default_region", &row.default_region)?,
                scopes: known(&row.scopes),
            })
        })
        .transpose()
}

/// All keys of an account, oldest first, revoked ones too.
pub async fn list(db: &Db, account: AccountId) -> Result<Vec<Listed>, Error> {
    let sql = sqlx::query!(
        "select id, name, prefix, scopes, created_at, last_used_at, revoked_at from api_keys where account_id = $1 order by id",
        account.0
    );
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when("listing API keys"))?;
    let listed = rows.into_iter().map(|row| Listed {
        id: ApiKeyId(row.id),
        name: row.name,
        prefix: row.prefix,
        scopes: known(&row.scopes),
        created_at: row.created_at,
        last_used_at: row.last_used_at,
        revoked_at: row.revoked_at,
    });
    Ok(listed.collect())
}

/// Revokes a key. `false`: the account has no such key, or it was revoked before.
pub async fn revoke(db: &Db, account: AccountId, key: ApiKeyId) -> Result<bool, Error> {
    let doing = "revoking an API key";
    let mut tx = db.pool().begin().await.map_err(Error::when(doing))?;
    let sql = sqlx::query!(
        "update api_keys set revoked_at = now() where account_id = $1 and id = $2 and revoked_at is null",
        account.0,
        key.0
    );
    let revoked = sql.execute(&mut *tx).await.map_err(Error::when(doing))?.rows_affected() == 1;
    changes::notify_key(&mut tx, key).await?;
    tx.commit().await.map_err(Error::when(doing))?;
    Ok(revoked)
}

/// Notes that a key was used, at most once a minute: more would write a row for every request.
pub async fn touch(db: &Db, key: ApiKeyId) -> Result<(), Error> {
    let sql = sqlx::query!(
        "update api_keys set last_used_at = now()
          where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')",
        key.0
    );
    sql.execute(db.pool()).await.map(drop).map_err(Error::when("noting an API key's use"))
}

fn known(scopes: &[String]) -> Vec<Scope> {
    scopes.iter().filter_map(|scope| scope.parse().ok()).collect()
}
