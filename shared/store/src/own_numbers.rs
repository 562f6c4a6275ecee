//! The account's own telephone numbers, which are never the customer's.

use std::collections::HashMap;

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
    let ask = |accounts: Vec<AccountId>| async move { of_all(db, &accounts).await };
    Ok(db.shared().own_numbers.ask(account, ask).await?.unwrap_or_default())
}

/// The same of several, in the order given.
async fn of_all(db: &Db, accounts: &[AccountId]) -> Result<Vec<Vec<Phone>>, Error> {
    let ids: Vec<_> = accounts.iter().map(|account| account.0).collect();
    let sql = sqlx::query!("select account_id, phone from own_numbers where account_id = any($1) order by phone", &ids);
    let rows = sql.fetch_all(db.keyed_pool()).await.map_err(Error::when("reading own numbers"))?;
    let mut numbers = HashMap::<_, Vec<Phone>>::new();
    for row in rows {
        numbers.entry(row.account_id).or_default().push(read(row.phone)?);
    }
    Ok(ids.iter().map(|account| numbers.get(account).cloned().unwrap_or_default()).collect())
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
