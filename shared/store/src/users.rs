//! People who sign in to an account's console.

use std::fmt;

use domain::{AccountId, Email, UserId};
use secrecy::{ExposeSecret, SecretString};
use time::OffsetDateTime;

use crate::{Db, Error};

/// A person, as somebody who wants to sign in is known.
#[derive(Clone)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// Whose console they see.
    pub account: AccountId,
    /// A hash in PHC format, opaque here. `None`: they sign in through a provider only.
    pub password_hash: Option<SecretString>,
}

/// Who somebody is at an OpenID Connect provider. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// Its own id of the person, which it gives to nobody else.
    pub subject: String,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(..)")
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "User({})", self.id)
    }
}

/// A person as a list shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Their id.
    pub id: UserId,
    /// What they sign in with.
    pub email: Email,
    /// Since when.
    pub created_at: OffsetDateTime,
}

/// Makes a user. `None`: the address has one already, of this account or of another.
pub async fn create(
    db: &Db,
    account: AccountId,
    email: &Email,
    password_hash: Option<&SecretString>,
) -> Result<Option<UserId>, Error> {
    let id = UserId::new();
    let sql = sqlx::query!(
        "insert into users (id, account_id, email, password_hash) values ($1, $2, $3, $4)",
        id.0,
        account.0,
        email.as_str(),
        password_hash.map(ExposeSecret::expose_secret)
    );
    match sql.execute(db.pool()).await.map_err(Error::when("making a user")) {
        Ok(_) => Ok(Some(id)),
        Err(error) if error.broke("users_email") => Ok(None),
        Err(error) => Err(error),
    }
}

/// Who signs in with that address, whatever its case.
pub async fn by_email(db: &Db, email: &Email) -> Result<Option<User>, Error> {
    let sql = sqlx::query!("select id, account_id, password_hash from users where lower(email) = lower($1)", email.as_str());
    let row = sql.fetch_optional(db.pool()).await.map_err(Error::when("looking for a user"))?;
    Ok(row.map(|row| User {
        id: UserId(row.id),
        account: AccountId(row.account_id),
        password_hash: row.password_hash.map(Into::into),
    }))
}

/// Who that is at a provider. Somebody who comes for the first time is known by the address, which the provider must have verified, and
/// from then on by the identity alone. `None`: nobody here, or the address is somebody's who is another there.
pub async fn by_identity(db: &Db, identity: &Identity, verified: Option<&Email>) -> Result<Option<(UserId, AccountId)>, Error> {
    let sql = sqlx::query!(
        "select id, account_id from users where oidc_issuer = $1 and oidc_subject = $2",
        identity.issuer,
        identity.subject
    );
    let known = sql.fetch_optional(db.pool()).await.map_err(Error::when("looking for a user"))?;
    if let Some(row) = known {
        return Ok(Some((UserId(row.id), AccountId(row.account_id))));
    }
    let Some(email) = verified else { return Ok(None) };
    let sql = sqlx::query!(
        "update users set oidc_issuer = $1, oidc_subject = $2 where lower(email) = lower($3) and oidc_subject is null
         returning id, account_id",
        identity.issuer,
        identity.subject,
        email.as_str()
    );
    let row = match sql.fetch_optional(db.pool()).await.map_err(Error::when("noting who a user is at a provider")) {
        // They came twice at once, and the other one was first.
        Err(error) if error.broke("users_oidc") => return Box::pin(by_identity(db, identity, None)).await,
        row => row?,
    };
    Ok(row.map(|row| (UserId(row.id), AccountId(row.account_id))))
}

/// Everybody of an account, oldest first.
pub async fn list(db: &Db, account: AccountId) -> Result<Vec<Listed>, Error> {
    let sql = sqlx::query!("select id, email, created_at from users where account_id = $1 order by id", account.0);
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when("listing users"))?;
    let listed = rows.into_iter().map(|row| {
        let email = Email::parse(&row.email).map_err(|_| Error::Corrupt { column: "users.email" })?;
        Ok(Listed { id: UserId(row.id), email, created_at: row.created_at })
    });
    listed.collect()
}

/// Gives a user another password and ends all their sessions. `false`: the account has no such user.
pub async fn set_password(db: &Db, account: AccountId, email: &Email, password_hash: &SecretString) -> Result<bool, Error> {
    let doing = "setting a password";
    let sql = sqlx::query!(
        r#"with changed as (
             update users set password_hash = $3 where account_id = $1 and lower(email) = lower($2) returning id),
           ended as (delete from sessions s using changed where s.user_id = changed.id)
           select count(*) as "n!" from changed"#,
        account.0,
        email.as_str(),
        password_hash.expose_secret()
    );
    Ok(sql.fetch_one(db.pool()).await.map_err(Error::when(doing))?.n == 1)
}

/// Removes a user, with all their sessions. `false`: the account has no such user.
pub async fn remove(db: &Db, account: AccountId, email: &Email) -> Result<bool, Error> {
    let sql = sqlx::query!("delete from users where account_id = $1 and lower(email) = lower($2)", account.0, email.as_str());
    Ok(sql.execute(db.pool()).await.map_err(Error::when("removing a user"))?.rows_affected() == 1)
}
