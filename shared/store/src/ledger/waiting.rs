//! What has been on the way for long.

use domain::{ConnectionId, ConversationId, ledger::State};
use time::OffsetDateTime;

use crate::{
    Db, Error,
    row::{parse, state},
};

/// A conversation that is on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub conversation: ConversationId,
    /// How far it has come.
    pub state: State,
    /// When the first stage took it up.
    pub since: OffsetDateTime,
    /// The class of its latest failure.
    pub last_error_class: Option<String>,
}

/// Up to `limit` conversations that were taken up before `before` and are still on the way, those that ended first first. Looks into
/// the index once for each unfinished state, so that a long queue costs no more than a short one.
pub async fn waiting(db: &Db, connection: ConnectionId, before: OffsetDateTime, limit: u32) -> Result<Vec<Waiting>, Error> {
    let unfinished: Vec<i16> = State::ALL.iter().filter(|state| state.outcome().is_none()).map(|state| state.code()).collect();
    let sql = sqlx::query!(
        r#"select w.conversation_id as "conversation_id!", w.state as "state!", w.opened_at as "opened_at!", w.last_error_class
             from unnest($2::smallint[]) as unfinished (state)
            cross join lateral (
                  select conversation_id, state, ended_at, opened_at, last_error_class from writebacks
                   where connection_id = $1 and state = unfinished.state and state < 100 and opened_at < $3
                   order by ended_at limit $4) w
            order by w.ended_at limit $4"#,
        connection.0,
        &unfinished,
        before,
        i64::from(limit)
    );
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when("looking for what waits"))?;
    let waiting = rows.into_iter().map(|row| {
        Ok(Waiting {
            conversation: parse("writebacks.conversation_id", &row.conversation_id)?,
            state: state("writebacks.state", row.state)?,
            since: row.opened_at,
            last_error_class: row.last_error_class,
        })
    });
    waiting.collect()
}
