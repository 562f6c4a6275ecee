//! The account's own telephone numbers, which are never the customer's.

use domain::{AccountId, Phone};

use crate::{Db, Error, changes};

/// Adds numbers; those that are there stay. How many were new.
pub async fn add(db: &Db, account: AccountId, numbers: &[Phone]) -> Result<u64, Error> {
    let doing = "adding own numbers";
    let numbers = texts(numbers);
    let mut tx = db.pool().begin().await.map_err(Error::when(doing))?;
    let sql = sqlx::query!(
        "insert into own_numbers (account_id, phone) select $1, phone from unnest($2::text[]) as new (phone)
         on conflict do nothing",
        account.0,
        &numbers
    );
    let added = sql.execute(&mut *tx).await.map_err(Error::when(doing))?.rows_affected();
    changes::notify_account(&mut tx, account).await?;
    tx.commit().await.map_err(Error::when(doing))?;
    Ok(added)
}

/// Removes numbers. How many were there.
pub async fn remove(db: &Db, account: AccountId, numbers: &[Phone]) -> Result<u64, Error> {
    let doing = "removing own numbers";
    let numbers = texts(numbers);
    let mut tx = db.pool().begin().await.map_err(Error::when(doing))?;
    let sql = sqlx::query!("delete from own_numbers where account_id = $1 and phone = any($2)", account.0, &numbers);
    let removed = sql.execute(&mut *tx).await.map_err(Error::when(doing))?.rows_affected();
    changes::notify_account(&mut tx, account).await?;
    tx.commit().await.map_err(Error::when(doing))?;
    Ok(removed)
}

/// All numbers of an account, in order.
pub async fn all_of(db: &Db, account: AccountId) -> Result<Vec<Phone>, Error> {
    let phones = sqlx::query_scalar!("select phone from own_numbers where account_id = $1 order by phone", account.0)
        .fetch_all(db.pool())
        .await
        .map_err(Error::when("reading own numbers"))?;
    phones.into_iter().map(read).collect()
}

pub(crate) fn read(phone: String) -> Result<Phone, Error> {
    phone.try_into().map_err(|_| Error::Corrupt { column: "own_numbers.phone" })
}

/// In order, so that two calls lock rows in the same order.
fn texts(numbers: &[Phone]) -> Vec<String> {
    let mut texts: Vec<String> = numbers.iter().map(|phone| phone.as_e164().to_owned()).collect();
    texts.sort();
    texts
}
