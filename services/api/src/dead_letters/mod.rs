//! What was given up: looked at, sent again, forgotten. The operator's commands and the API do it alike.

mod replay;
mod show;

use domain::{ConnectionId, DeadLetterId};
use store::{
    Db,
    dead_letters::{self, Filter},
};

pub(crate) use replay::replay_some;
pub use replay::{ReplayError, Replayed, replay, replay_conversation};
pub use show::{Found, Hidden, ShownConversation, find};

/// Letters that are asked for at once.
const PAGE: u32 = 500;

/// The ids of all letters of a connection that the filter lets through, newest first.
pub async fn select(db: &Db, connection: ConnectionId, filter: &Filter) -> Result<Vec<DeadLetterId>, store::Error> {
    let (mut ids, mut cursor) = (Vec::new(), None);
    loop {
        let page = dead_letters::list(db, connection, filter, cursor, PAGE).await?;
        ids.extend(page.letters.iter().map(|letter| letter.id));
        cursor = page.next;
        if cursor.is_none() {
            return Ok(ids);
        }
    }
}

/// Forgets letters for good. How many there were.
pub async fn forget(db: &Db, connection: ConnectionId, ids: &[DeadLetterId]) -> Result<u64, store::Error> {
    dead_letters::drop_letters(db, connection, ids).await
}
