//! `writeback dead-letters`.

use anyhow::{Context as _, bail};
use api::dead_letters;
use bus::Publisher;
use domain::{AccountId, ConnectionId, DeadLetterId, dead_letter::DeadLetter, seal::KeyRing};
use redaction::Redactor;
use store::{
    Db,
    dead_letters::{Filter, Letter, list as list_letters},
};

use super::{account::known, say};
use crate::cli::{Selection, Which};

pub(crate) async fn list(db: &Db, account: AccountId, limit: u32) -> anyhow::Result<()> {
    let page = list_letters(db, connection(db, account).await?, &Filter::default(), None, limit).await?;
    page.letters.iter().try_for_each(|letter| say(&line(letter)))
}

fn line(letter: &Letter) -> String {
    let DeadLetter { stage, conversation, reason, detail, attempts, .. } = &letter.letter;
    let detail = detail.as_deref().unwrap_or("");
    format!(
        "{}\t{}\t{conversation}\t{}\t{}\t{attempts} attempts\t{detail}",
        letter.id,
        letter.buried_at,
        stage.as_str(),
        reason.as_str()
    )
}

pub(crate) async fn show(db: &Db, keys: &KeyRing, account: AccountId, id: DeadLetterId) -> anyhow::Result<()> {
    let connection = connection(db, account).await?;
    let found = dead_letters::find(db, connection, id).await?.with_context(|| nothing(id))?;
    say(&line(&found.letter))?;
    match found.shown(keys, &Redactor::new()) {
        Ok(conversation) => say(&serde_json::to_string_pretty(&conversation)?),
        Err(hidden) => say(&format!("the conversation cannot be shown: {hidden}")),
    }
}

pub(crate) async fn replay(db: &Db, publisher: &Publisher, Selection { account, which }: Selection) -> anyhow::Result<()> {
    let connection = connection(db, account).await?;
    for id in select(db, connection, which).await? {
        if !dead_letters::replay(db, publisher, connection, id).await? {
            bail!(nothing(id));
        }
        say(&id.to_string())?;
    }
    Ok(())
}

pub(crate) async fn forget(db: &Db, Selection { account, which }: Selection) -> anyhow::Result<()> {
    let connection = connection(db, account).await?;
    let ids = select(db, connection, which).await?;
    let dropped = dead_letters::forget(db, connection, &ids).await?;
    say(&format!("{dropped} dropped"))
}

async fn connection(db: &Db, account: AccountId) -> anyhow::Result<ConnectionId> {
    known(db, account).await?;
    let connection = store::connections::of_account(db, account).await?;
    Ok(connection.with_context(|| format!("account {account} is not connected"))?.id)
}

async fn select(db: &Db, connection: ConnectionId, which: Which) -> anyhow::Result<Vec<DeadLetterId>> {
    if !which.ids.is_empty() {
        return Ok(which.ids);
    }
    let filter = Filter { conversation: which.conversation, ..Filter::default() };
    let ids = dead_letters::select(db, connection, &filter).await?;
    if ids.is_empty() {
        bail!("there are no such dead letters");
    }
    Ok(ids)
}

fn nothing(id: DeadLetterId) -> String {
    format!("the account has no dead letter {id}; see: writeback dead-letters list")
}
