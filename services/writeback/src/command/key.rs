//! `writeback key`.

use anyhow::bail;
use secrecy::ExposeSecret as _;
use store::{Db, api_keys};

use super::{account::known, say};
use crate::cli::{Key, Scopes};

pub(crate) async fn run(db: &Db, command: Key) -> anyhow::Result<()> {
    match command {
        Key::Create { account, name, scopes: Scopes(scopes) } => {
            known(db, account).await?;
            let (_, secret) = api_keys::make(db, account, &name, &scopes).await?;
            say(secret.expose_secret())
        }
        Key::List { account } => {
            known(db, account).await?;
            for key in api_keys::list(db, account).await? {
                let state = if key.revoked_at.is_some() { "revoked" } else { "active" };
                say(&format!(
                    "{}\t{}...\t{state}\t{}\t{}",
                    key.id,
                    key.prefix,
                    key.scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(","),
                    key.name
                ))?;
            }
            Ok(())
        }
        Key::Revoke { account, key } => {
            if !api_keys::revoke(db, account, key).await? {
                bail!("account {account} has no active key {key}");
            }
            Ok(())
        }
    }
}
