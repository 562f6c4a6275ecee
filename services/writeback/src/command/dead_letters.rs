//! `writeback dead-letters`.

use anyhow::{Context as _, bail};
use bus::Publisher;
use domain::{
    AccountId, ConnectionId, DeadLetterId,
    conversation::Conversation,
    dead_letter::DeadLetter,
    event::{
        ConversationAccepted, ConversationMatched, ConversationRedacted, StageName,
        payload::{self, Unreadable},
    },
    seal::KeyRing,
};
use redaction::{Extras, Redactor};
use serde_json::{Value, json};
use store::{
    Db,
    dead_letters::{self, Filter, Letter},
};

use super::{account::known, say};
use crate::cli::{Selection, Which};

/// Letters that one page of a listing asks for.
const PAGE: u32 = 500;

pub(crate) async fn list(db: &Db, account: AccountId, limit: u32) -> anyhow::Result<()> {
    let page = dead_letters::list(db, connection(db, account).await?, &Filter::default(), None, limit).await?;
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
    let letter = dead_letters::get(db, connection, id).await?.with_context(|| nothing(id))?;
    say(&line(&letter))?;
    let (_, extras) = store::settings::redaction(db, connection).await?;
    let unusable = |faults: Vec<_>| anyhow::anyhow!("what the account adds to the redactor cannot be used; {}", faults[0]);
    let extras = redactor::compile(&extras).map_err(unusable)?;
    match open(keys, &letter.letter) {
        Ok(conversation) => say(&serde_json::to_string_pretty(&shown(conversation, &extras))?),
        Err(error) => say(&format!("the payload cannot be shown: {error}")),
    }
}

fn open(keys: &KeyRing, letter: &DeadLetter) -> Result<Conversation, Unreadable> {
    let DeadLetter { connection, conversation, sealed, .. } = letter;
    Ok(match letter.stage {
        StageName::Redactor => payload::open::<ConversationAccepted>(keys, *connection, conversation, sealed)?.conversation,
        StageName::Matcher => payload::open::<ConversationRedacted>(keys, *connection, conversation, sealed)?.conversation,
        StageName::Poster => payload::open::<ConversationMatched>(keys, *connection, conversation, sealed)?.conversation,
    })
}

/// What an operator may see: scrubbed, since the first stage's payload is not, and without contact data.
fn shown(conversation: Conversation, extras: &Extras) -> Value {
    let (mut conversation, _) = redactor::scrub(&Redactor::new(), extras, conversation);
    let customer = std::mem::take(&mut conversation.customer);
    let mut json = serde_json::to_value(&conversation).unwrap_or_default();
    let hidden = |there: bool| if there { json!("(hidden)") } else { Value::Null };
    json["customer"] = json!({
        "phone": hidden(customer.phone.is_some()), "email": hidden(customer.email.is_some()),
        "name": hidden(customer.name.is_some()), "contactId": customer.contact_id,
    });
    json
}

pub(crate) async fn replay(db: &Db, publisher: &Publisher, Selection { account, which }: Selection) -> anyhow::Result<()> {
    let connection = connection(db, account).await?;
    for id in select(db, connection, which).await? {
        let letter = dead_letters::take_for_replay(db, connection, id).await?.with_context(|| nothing(id))?;
        publisher.republish(&letter.letter).await.with_context(|| format!("publishing {id} again; it stays a dead letter"))?;
        dead_letters::replayed(db, connection, id).await?;
        say(&id.to_string())?;
    }
    Ok(())
}

pub(crate) async fn forget(db: &Db, Selection { account, which }: Selection) -> anyhow::Result<()> {
    let connection = connection(db, account).await?;
    let ids = select(db, connection, which).await?;
    let dropped = dead_letters::drop_letters(db, connection, &ids).await?;
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
    let (mut ids, mut cursor) = (Vec::new(), None);
    loop {
        let page = dead_letters::list(db, connection, &filter, cursor, PAGE).await?;
        ids.extend(page.letters.iter().map(|letter| letter.id));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    if ids.is_empty() {
        bail!("there are no such dead letters");
    }
    Ok(ids)
}

fn nothing(id: DeadLetterId) -> String {
    format!("the account has no dead letter {id}; see: writeback dead-letters list")
}
