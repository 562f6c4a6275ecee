//! Sending again what was given up, to the stage that gave it up.

use bus::{PublishError, Publisher};
use domain::{ConnectionId, ConversationId, DeadLetterId};
use store::{
    Db,
    dead_letters::{self, Filter},
    ledger,
};

use super::select;

/// Why a letter could not be sent again. It stays, and may be sent again later.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// It could not be taken, or not be removed after it was published: then it is sent once more the next time, which every
    /// stage tolerates.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The broker did not confirm it.
    #[error("publishing dead letter {letter} again; it stays a dead letter")]
    Publish {
        /// Which.
        letter: DeadLetterId,
        /// Why not.
        #[source]
        source: PublishError,
    },
}

/// What became of the wish to replay a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replayed {
    /// These letters of it were sent again.
    Letters(Vec<DeadLetterId>),
    /// It is known, and has no letter: it is on its way, ended otherwise, or its letters were dropped.
    Nothing,
    /// The connection has no such conversation.
    Unknown,
}

/// Sends one letter again. `false`: the connection has no such letter.
pub async fn replay(db: &Db, publisher: &Publisher, connection: ConnectionId, letter: DeadLetterId) -> Result<bool, ReplayError> {
    let Some(taken) = dead_letters::take_for_replay(db, connection, letter).await? else { return Ok(false) };
    publisher.republish(&taken.letter).await.map_err(|source| ReplayError::Publish { letter, source })?;
    dead_letters::replayed(db, connection, letter).await?;
    Ok(true)
}

/// Sends again up to `max` letters that the filter lets through, newest first: how many went before it ended or failed. What did not
/// go stays.
pub(crate) async fn replay_some(
    db: &Db,
    publisher: &Publisher,
    connection: ConnectionId,
    filter: &Filter,
    max: u32,
) -> (usize, Result<(), ReplayError>) {
    let letters = match dead_letters::list(db, connection, filter, None, max).await {
        Ok(page) => page.letters,
        Err(error) => return (0, Err(error.into())),
    };
    let mut sent = 0;
    for letter in letters {
        match replay(db, publisher, connection, letter.id).await {
            Ok(replayed) => sent += usize::from(replayed),
            Err(error) => return (sent, Err(error)),
        }
    }
    (sent, Ok(()))
}

/// Sends again all letters of one conversation.
pub async fn replay_conversation(
    db: &Db,
    publisher: &Publisher,
    connection: ConnectionId,
    conversation: &ConversationId,
) -> Result<Replayed, ReplayError> {
    let filter = Filter { conversation: Some(conversation.clone()), ..Filter::default() };
    let mut sent = Vec::new();
    for letter in select(db, connection, &filter).await? {
        // Somebody else may have sent or dropped it meanwhile.
        if replay(db, publisher, connection, letter).await? {
            sent.push(letter);
        }
    }
    Ok(match sent.is_empty() {
        false => Replayed::Letters(sent),
        true if ledger::get(db, connection, conversation).await?.is_some() => Replayed::Nothing,
        true => Replayed::Unknown,
    })
}
