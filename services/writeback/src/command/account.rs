//! `writeback account`.

use anyhow::{Context as _, bail};
use domain::{AccountId, Phone, Region};
use store::{Db, accounts, agents, own_numbers};

use super::say;
use crate::cli::Account;

/// Accounts that one page of a listing asks for.
const PAGE: u32 = 500;

pub(crate) async fn run(db: &Db, command: Account) -> anyhow::Result<()> {
    match command {
        Account::Create { name, region } => {
            let name = name.trim();
            if name.is_empty() {
                bail!("--name must not be empty");
            }
            say(&accounts::create(db, name, region).await?.id.to_string())
        }
        Account::List => list(db).await,
        Account::OwnNumbers { account, add, remove } => numbers(db, account, &add, &remove).await,
        Account::Agent { account, id, name } => {
            known(db, account).await?;
            Ok(agents::upsert(db, account, &[agents::Agent { id, name: Some(name) }]).await?)
        }
    }
}

/// The account, or an error that names it.
pub(crate) async fn known(db: &Db, account: AccountId) -> anyhow::Result<accounts::Account> {
    accounts::get(db, account).await?.with_context(|| format!("there is no account {account}; see: writeback account list"))
}

async fn list(db: &Db) -> anyhow::Result<()> {
    let mut after = None;
    loop {
        let page = accounts::list(db, after, PAGE).await?;
        for account in &page {
            say(&format!("{}\t{}\t{}", account.id, account.region.as_str(), account.name))?;
        }
        match page.last() {
            Some(last) if page.len() == PAGE as usize => after = Some(last.id),
            _ => return Ok(()),
        }
    }
}

async fn numbers(db: &Db, account: AccountId, add: &[String], remove: &[String]) -> anyhow::Result<()> {
    let region = known(db, account).await?.region;
    own_numbers::add(db, account, &phones(add, region)?).await?;
    own_numbers::remove(db, account, &phones(remove, region)?).await?;
    own_numbers::all_of(db, account).await?.iter().try_for_each(|phone| say(phone.as_e164()))
}

fn phones(texts: &[String], region: Region) -> anyhow::Result<Vec<Phone>> {
    texts.iter().map(|text| Phone::parse(text, region).with_context(|| format!("{text:?}"))).collect()
}
