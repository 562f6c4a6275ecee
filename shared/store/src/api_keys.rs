//! API keys: shown once, kept as SHA-256.

use domain::{AccountId, ApiKeyId, Region, scope::Scope};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{Db, Error, changes, row::parse};

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

/// Tells our keys from other people's, for secret scanners.
const MARK: &str = "wbk_";
/// Characters of the secret that a list shows: 30 bits of 160.
const SHOWN: usize = MARK.len() + 6;

/// Makes a key. The secret is in no other place from here on.
pub async fn make(db: &Db, account: AccountId, name: &str, scopes: &[Scope]) -> Result<(ApiKeyId, SecretString), Error> {
    let (id, secret) = (ApiKeyId::new(), random_secret());
    let scopes: Vec<String> = scopes.iter().map(|scope| scope.as_str().to_owned()).collect();
    let sql = sqlx::query!(
        "insert into api_keys (id, account_id, name, prefix, hash, scopes) values ($1, $2, $3, $4, $5, $6)",
        id.0,
        account.0,
        name,
        &secret[..SHOWN],
        &hash(&secret)[..],
        &scopes
    );
    sql.execute(db.pool()).await.map_err(Error::when("making an API key"))?;
    Ok((id, secret.into()))
}

/// The key with that secret, unless it was revoked.
pub async fn verify(db: &Db, secret: &SecretString) -> Result<Option<ApiKey>, Error> {
    let secret = secret.expose_secret();
    if !secret.starts_with(MARK) {
        return Ok(None);
    }
    let hash = hash(secret);
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

fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// 160 random bits in Crockford's base 32, which nobody misreads. Two random UUIDs hold 244 bits of the system's randomness;
/// the hash spreads them evenly.
fn random_secret() -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let seed = Sha256::new().chain_update(Uuid::new_v4()).chain_update(Uuid::new_v4()).finalize();
    let digits = seed.iter().map(|byte| char::from(DIGITS[usize::from(byte & 31)]));
    MARK.chars().chain(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_and_differ() {
        let (a, b) = (random_secret(), random_secret());
        assert_ne!(a, b);
        assert_eq!(a.len(), 36);
        assert!(a.starts_with("wbk_") && a.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_'));
    }
}
