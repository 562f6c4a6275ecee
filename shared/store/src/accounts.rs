//! Customers of the platform.

use domain::{AccountId, Region};
use time::OffsetDateTime;

use crate::{Db, Error, changes, row::parse};

/// A customer of the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What operators call it.
    pub name: String,
    /// Numbers without country code are taken as of here.
    pub region: Region,
    /// When it was made.
    pub created_at: OffsetDateTime,
}

struct Row {
    id: uuid::Uuid,
    name: String,
    default_region: String,
    created_at: OffsetDateTime,
}

impl TryFrom<Row> for Account {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        Ok(Self {
            id: AccountId(row.id),
            name: row.name,
            region: parse("accounts.default_region", &row.default_region)?,
            created_at: row.created_at,
        })
    }
}

/// Makes an account.
pub async fn create(db: &Db, name: &str, region: Region) -> Result<Account, Error> {
    let row = sqlx::query_as!(
        Row,
        "insert into accounts (id, name, default_region) values ($1, $2, $3) returning id, name, default_region, created_at",
        AccountId::new().0,
        name,
        region.as_str()
    );
    row.fetch_one(db.pool()).await.map_err(Error::when("making an account"))?.try_into()
}

/// One account.
pub async fn get(db: &Db, account: AccountId) -> Result<Option<Account>, Error> {
    let row = sqlx::query_as!(Row, "select id, name, default_region, created_at from accounts where id = $1", account.0);
    row.fetch_optional(db.pool()).await.map_err(Error::when("reading an account"))?.map(TryInto::try_into).transpose()
}

/// Accounts by id after `after`, oldest first.
pub async fn list(db: &Db, after: Option<AccountId>, limit: u32) -> Result<Vec<Account>, Error> {
    let rows = sqlx::query_as!(
        Row,
        "select id, name, default_region, created_at from accounts where $1::uuid is null or id > $1 order by id limit $2",
        after.map(|id| id.0),
        i64::from(limit)
    );
    let rows = rows.fetch_all(db.pool()).await.map_err(Error::when("listing accounts"))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Changes where national numbers are taken from. `false`: there is no such account.
pub async fn set_region(db: &Db, account: AccountId, region: Region) -> Result<bool, Error> {
    let mut tx = db.pool().begin().await.map_err(Error::when("setting a region"))?;
    let done = sqlx::query!("update accounts set default_region = $2 where id = $1", account.0, region.as_str())
        .execute(&mut *tx)
        .await
        .map_err(Error::when("setting a region"))?;
    changes::notify_account(&mut tx, account).await?;
    tx.commit().await.map_err(Error::when("setting a region"))?;
    Ok(done.rows_affected() == 1)
}
