//! What decides whether a conversation may go on, read in one query.

use std::collections::HashMap;

use domain::{
    AccountId, ConnectionId, Phone, Region,
    connection::{Connection, ConnectionStatus},
    settings::Settings,
};

use crate::{Db, Error, connections, own_numbers, row::parse, settings};

/// A connection with its settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// The connection; it may have been disconnected.
    pub connection: Connection,
    /// Its settings.
    pub settings: Settings,
}

/// What holds for all conversations of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountGate {
    /// Numbers without country code are taken as of here.
    pub region: Region,
    /// The account's own numbers, which are never the customer's.
    pub own_numbers: Vec<Phone>,
    /// The live connection.
    pub live: Option<Gate>,
}

/// One connection with its settings, as they are now.
pub async fn gate(db: &Db, connection: ConnectionId) -> Result<Option<Gate>, Error> {
    let ask = |of: Vec<ConnectionId>| async move {
        let gates = gates(db, &of).await?;
        Ok(of.iter().map(|connection| gates.get(connection).cloned()).collect())
    };
    db.shared().gates.ask(connection, ask).await.map(Option::flatten)
}

/// The same of a connection that is not disconnected: what decides whether a stage may go on at all.
pub async fn live(db: &Db, connection: ConnectionId) -> Result<Option<Gate>, Error> {
    Ok(gate(db, connection).await?.filter(|gate| gate.connection.status != ConnectionStatus::Disconnected))
}

/// Many connections with their settings.
pub async fn gates(db: &Db, of: &[ConnectionId]) -> Result<HashMap<ConnectionId, Gate>, Error> {
    let of: Vec<_> = of.iter().map(|id| id.0).collect();
    let sql = sqlx::query!(
        r#"select c.id as "id!", c.account_id as "account_id!", c.portal_id as "portal_id!", c.status as "status!",
                  c.unique_call as "unique_call!", c.unique_note as "unique_note!", c.unique_contact as "unique_contact!",
                  c.scopes as "scopes!", c.ui_domain as "ui_domain!", c.created_at as "created_at!",
                  coalesce(s.mode, 'off') as "mode!", coalesce(s.on_no_match, 'skip') as "on_no_match!",
                  coalesce(s.redaction_version, 0) as "redaction_version!", s.enabled_at as "enabled_at?", s.updated_at as "updated_at?"
             from connections c left join writeback_settings s on s.connection_id = c.id
            where c.id = any($1)"#,
        &of
    );
    let rows = sql.fetch_all(db.keyed_pool()).await.map_err(Error::when("reading connections with their settings"))?;
    let gates = rows.into_iter().map(|row| {
        let settings = settings::Row {
            mode: row.mode,
            on_no_match: row.on_no_match,
            redaction_version: row.redaction_version,
            enabled_at: row.enabled_at,
            updated_at: row.updated_at,
        };
        let connection = connections::Row {
            id: row.id,
            account_id: row.account_id,
            portal_id: row.portal_id,
            status: row.status,
            unique_call: row.unique_call,
            unique_note: row.unique_note,
            unique_contact: row.unique_contact,
            scopes: row.scopes,
            ui_domain: row.ui_domain,
            created_at: row.created_at,
        };
        Ok((ConnectionId(row.id), Gate { connection: connection.try_into()?, settings: settings.try_into()? }))
    });
    gates.collect()
}

/// What holds for an account now. `None`: there is no such account.
pub async fn of_account(db: &Db, account: AccountId) -> Result<Option<AccountGate>, Error> {
    let sql = sqlx::query!(
        r#"select a.default_region as "default_region!", c.id as "connection?",
                  array(select phone from own_numbers n where n.account_id = a.id order by phone) as "own_numbers!"
             from accounts a left join connections c on c.account_id = a.id and c.status <> 'disconnected'
            where a.id = $1"#,
        account.0
    );
    let Some(row) = sql.fetch_optional(db.pool()).await.map_err(Error::when("reading what holds for an account"))? else {
        return Ok(None);
    };
    let live = match row.connection {
        Some(connection) => gate(db, ConnectionId(connection)).await?,
        None => None,
    };
    Ok(Some(AccountGate {
        region: parse("accounts.default_region", &row.default_region)?,
        own_numbers: row.own_numbers.into_iter().map(own_numbers::read).collect::<Result<_, _>>()?,
        live,
    }))
}
