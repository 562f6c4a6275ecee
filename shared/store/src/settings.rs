//! How a connection's conversations are logged. No row is off.

use domain::{
    AccountId, ConnectionId,
    settings::{RedactionExtras, Settings, SettingsChange},
};
use sqlx::types::Json;
use time::OffsetDateTime;

use crate::{Db, Error, changes, row::parse};

/// The columns of [`Settings`].
pub(crate) struct Row {
    pub(crate) mode: String,
    pub(crate) on_no_match: String,
    pub(crate) redaction_version: i64,
    pub(crate) enabled_at: Option<OffsetDateTime>,
    pub(crate) updated_at: Option<OffsetDateTime>,
}

impl TryFrom<Row> for Settings {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        Ok(Self {
            mode: parse("writeback_settings.mode", &row.mode)?,
            on_no_match: parse("writeback_settings.on_no_match", &row.on_no_match)?,
            redaction_version: row.redaction_version,
            enabled_at: row.enabled_at,
            updated_at: row.updated_at,
        })
    }
}

/// The settings as they are now.
pub async fn get(db: &Db, connection: ConnectionId) -> Result<Settings, Error> {
    let sql = sqlx::query_as!(
        Row,
        "select mode, on_no_match, redaction_version, enabled_at, updated_at from writeback_settings where connection_id = $1",
        connection.0
    );
    let row = sql.fetch_optional(db.pool()).await.map_err(Error::when("reading settings"))?;
    row.map_or(Ok(Settings::default()), TryInto::try_into)
}

/// What the connection has removed and kept besides, with the version that it is. Read it when [`Settings::redaction_version`] says
/// that it is another.
pub async fn redaction(db: &Db, connection: ConnectionId) -> Result<(i64, RedactionExtras), Error> {
    let sql = sqlx::query!(
        r#"select redaction_version, redaction as "redaction: Json<serde_json::Value>" from writeback_settings where connection_id = $1"#,
        connection.0
    );
    let row = sql.fetch_optional(db.pool()).await.map_err(Error::when("reading redaction extras"))?;
    let Some(row) = row else { return Ok((0, RedactionExtras::default())) };
    let extras = match row.redaction {
        Some(Json(value)) => {
            serde_json::from_value(value).map_err(|_| Error::Corrupt { column: "writeback_settings.redaction" })?
        }
        None => RedactionExtras::default(),
    };
    Ok((row.redaction_version, extras))
}

/// Changes the settings of an account's live connection. `None`: the account has no such live connection.
pub async fn set(
    db: &Db,
    account: AccountId,
    connection: ConnectionId,
    change: &SettingsChange,
    now: OffsetDateTime,
) -> Result<Option<Settings>, Error> {
    let doing = "changing settings";
    let mut tx = db.pool().begin().await.map_err(Error::when(doing))?;
    let sql = sqlx::query!(
        "insert into writeback_settings (connection_id)
         select id from connections where id = $2 and account_id = $1 and status <> 'disconnected'
         on conflict do nothing",
        account.0,
        connection.0
    );
    sql.execute(&mut *tx).await.map_err(Error::when(doing))?;
    // The row's lock makes changes take turns: whether logging goes from off to on is decided on what holds now.
    let sql = sqlx::query_as!(
        Row,
        "select s.mode, s.on_no_match, s.redaction_version, s.enabled_at, s.updated_at
           from writeback_settings s join connections c on c.id = s.connection_id
          where c.id = $2 and c.account_id = $1 and c.status <> 'disconnected' for update of s",
        account.0,
        connection.0
    );
    let Some(row) = sql.fetch_optional(&mut *tx).await.map_err(Error::when(doing))? else { return Ok(None) };
    let changed = Settings::try_from(row)?.changed(change, now);
    let sql = sqlx::query_as!(
        Row,
        "update writeback_settings set mode = $2, on_no_match = $3, enabled_at = $4, updated_at = $5, redaction_version = $6,
                redaction = case when $7 then $8 else redaction end
          where connection_id = $1
         returning mode, on_no_match, redaction_version, enabled_at, updated_at",
        connection.0,
        changed.mode.as_str(),
        changed.on_no_match.as_str(),
        changed.enabled_at,
        changed.updated_at,
        changed.redaction_version,
        change.redaction.is_some(),
        change.redaction.as_ref().filter(|extras| !extras.is_empty()).map(Json) as _
    );
    // Read back, since the database keeps microseconds.
    let stored = sql.fetch_one(&mut *tx).await.map_err(Error::when(doing))?.try_into()?;
    changes::notify_connection(&mut tx, account, connection).await?;
    tx.commit().await.map_err(Error::when(doing))?;
    Ok(Some(stored))
}
