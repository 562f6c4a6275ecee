//! `writeback connection`.

use std::{io::Read as _, path::Path};

use anyhow::{Context as _, bail, ensure};
use domain::{
    AccountId, PortalId,
    budget::Class,
    connection::{Connection, Credential},
};
use hubspot::{HubSpot, Portal, TokenKind};
use secrecy::SecretString;
use serde::Deserialize;
use store::{
    Db,
    connections::{self, Connected, NewConnection},
};
use time::{Duration, OffsetDateTime};

use super::{account::known, say};
use crate::cli;

/// Longest file of tokens.
const FILE_MAX: u64 = 64 * 1024;
/// Where a portal's pages are until HubSpot says otherwise.
const UI_DOMAIN: &str = "app.hubspot.com";
/// What HubSpot's access tokens live, where the file does not say (OAuth guide).
const EXPIRES_IN: i64 = 1800;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Tokens {
    portal_id: PortalId,
    access_token: SecretString,
    refresh_token: Option<SecretString>,
    /// Seconds.
    expires_in: Option<i64>,
    scopes: Option<Vec<String>>,
    ui_domain: Option<String>,
}

pub(crate) async fn run(db: &Db, hubspot: &HubSpot, command: cli::Connection) -> anyhow::Result<()> {
    match command {
        cli::Connection::Import { account, file } => import(db, hubspot, account, &file).await,
        cli::Connection::Probe { account } => probe(db, hubspot, &of(db, account).await?).await,
        cli::Connection::Show { account } => show(&of(db, account).await?),
    }
}

async fn of(db: &Db, account: AccountId) -> anyhow::Result<Connection> {
    known(db, account).await?;
    connections::of_account(db, account)
        .await?
        .with_context(|| format!("account {account} is not connected; see: writeback connection import --help"))
}

async fn import(db: &Db, hubspot: &HubSpot, account: AccountId, file: &Path) -> anyhow::Result<()> {
    known(db, account).await?;
    let tokens = read(file)?;
    let mut new = NewConnection {
        portal: tokens.portal_id,
        credential: credential(&tokens),
        scopes: tokens.scopes.clone().unwrap_or_default(),
        ui_domain: tokens.ui_domain.clone().unwrap_or_else(|| UI_DOMAIN.to_owned()),
    };
    let (connection, fresh) = connect(db, account, &new).await?;
    let portal = hubspot.portal(connection.id, Class::Live);
    if let Err(error) = complete(hubspot, &portal, &tokens, &mut new).await {
        // A connection that never worked must not stay; one that worked before keeps the new tokens.
        if fresh {
            connections::disconnect(db, account, connection.id).await?;
        }
        return Err(error.context("the tokens could not be used"));
    }
    // The credential may have been renewed meanwhile, so only what describes it is written again.
    connections::describe(db, connection.id, &new.scopes, &new.ui_domain).await?;
    probe(db, hubspot, &connection).await?;
    say(&connection.id.to_string())
}

fn read(file: &Path) -> anyhow::Result<Tokens> {
    let mut json = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin().take(FILE_MAX).read_to_string(&mut json)
    } else {
        std::fs::File::open(file).and_then(|opened| opened.take(FILE_MAX).read_to_string(&mut json))
    };
    read.with_context(|| format!("cannot read {}", file.display()))?;
    // serde's message may quote a token, so only the place is told.
    serde_json::from_str(&json).map_err(|error| {
        anyhow::anyhow!(
            "{} is not of the form {{\"portalId\": 123, \"accessToken\": \"...\"}} ({:?} error at line {}, column {}); see: writeback connection import --help",
            file.display(),
            error.classify(),
            error.line(),
            error.column()
        )
    })
}

fn credential(tokens: &Tokens) -> Credential {
    let access_token = tokens.access_token.clone();
    match &tokens.refresh_token {
        Some(refresh_token) => Credential::OAuth {
            access_token,
            refresh_token: refresh_token.clone(),
            expires_at: OffsetDateTime::now_utc() + Duration::seconds(tokens.expires_in.unwrap_or(EXPIRES_IN)),
        },
        None => Credential::Static { access_token },
    }
}

async fn connect(db: &Db, account: AccountId, new: &NewConnection) -> anyhow::Result<(Connection, bool)> {
    match connections::connect(db, account, new).await? {
        Connected::New(connection) => Ok((connection, true)),
        Connected::Again(connection) => Ok((connection, false)),
        Connected::OtherPortal(portal) => {
            bail!("account {account} is connected to portal {portal}; it has to be disconnected from there first")
        }
        Connected::OtherAccount => bail!("another account is connected to this portal; it has to be disconnected there first"),
    }
}

/// Asks HubSpot whether the tokens are this portal's, and for what the file left out.
async fn complete(hubspot: &HubSpot, portal: &Portal, tokens: &Tokens, new: &mut NewConnection) -> anyhow::Result<()> {
    let account = portal.account().await?;
    ensure!(account.portal_id == tokens.portal_id, "they are portal {}'s, not {}'s", account.portal_id, tokens.portal_id);
    if tokens.ui_domain.is_none() && !account.ui_domain.is_empty() {
        new.ui_domain = account.ui_domain;
    }
    if tokens.scopes.is_none() && tokens.refresh_token.is_some() {
        new.scopes = hubspot.oauth().introspect(&tokens.access_token, TokenKind::Access).await?.scopes;
    }
    Ok(())
}

async fn probe(db: &Db, hubspot: &HubSpot, connection: &Connection) -> anyhow::Result<()> {
    let modes = hubspot.portal(connection.id, Class::Live).probe().await.context("finding out what the portal allows")?;
    connections::set_unique_modes(db, connection.id, modes).await?;
    eprint(&format!("calls {}, notes {}, contacts {}", modes.call.as_str(), modes.note.as_str(), modes.contact.as_str()))
}

fn show(connection: &Connection) -> anyhow::Result<()> {
    say(&format!("connection  {}", connection.id))?;
    say(&format!("portal      {} ({})", connection.portal, connection.ui_domain))?;
    say(&format!("status      {}", connection.status.as_str()))?;
    let unique = connection.unique;
    say(&format!(
        "doubles     calls {}, notes {}, contacts {}",
        unique.call.as_str(),
        unique.note.as_str(),
        unique.contact.as_str()
    ))?;
    say(&format!("scopes      {}", connection.scopes.join(" ")))
}

fn eprint(line: &str) -> anyhow::Result<()> {
    use std::io::Write as _;
    writeln!(std::io::stderr(), "{line}").context("cannot write to standard error")
}
