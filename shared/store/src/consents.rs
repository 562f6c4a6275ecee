//! Portals that are to be connected: asked for by a key or a person, opened in a browser, consented to at HubSpot. Each link opens
//! for one account, each state works once, before it expires, in the session that it was made for.

use std::{fmt, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    AccountId, AgentId,
    seal::{Context, OpenError},
};
use secrecy::{ExposeSecret as _, SecretString};
use time::OffsetDateTime;

use crate::{
    Db, Error,
    row::parse,
    secret::{self, Mark},
    sessions::Session,
};

/// How long a link can be opened.
pub const LINK_LIFETIME: Duration = Duration::from_mins(30);
/// How long consenting may take once it was opened.
pub const STATE_LIFETIME: Duration = Duration::from_mins(15);
/// Consents that one account may have under way; the oldest are forgotten where there are more.
const KEPT_MAX: i64 = 50;

/// What is to be connected, and what for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Where the pack is to be installed; empty is everywhere.
    pub agents: Vec<AgentId>,
    /// Custom objects that access is asked for besides.
    pub custom_objects: Vec<String>,
}

/// A consent that came back.
pub struct Given {
    /// What it is for.
    pub wanted: Wanted,
    /// PKCE verifier (RFC 7636).
    pub verifier: SecretString,
}

impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Given").field("wanted", &self.wanted).finish_non_exhaustive()
    }
}

/// Why a state is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There never was such a state, or it was forgotten long ago.
    #[error("there is no such state")]
    Unknown,
    /// It was used.
    #[error("the state was used")]
    Used,
    /// It took too long.
    #[error("the state has expired")]
    Expired,
    /// It was made for another session.
    #[error("the state belongs to another session")]
    OtherSession,
}

/// Asks for a consent: the secret of the link, and until when it can be opened.
pub async fn ask(db: &Db, account: AccountId, wanted: &Wanted) -> Result<(SecretString, OffsetDateTime), Error> {
    let doing = "asking for a consent";
    let ticket = secret::make(Mark::Ticket);
    let hash = secret::hash(Mark::Ticket, &ticket).unwrap_or_default();
    let expires_at = OffsetDateTime::now_utc() + LINK_LIFETIME;
    let agents: Vec<String> = wanted.agents.iter().map(ToString::to_string).collect();
    let sql = sqlx::query!(
        "insert into consents (ticket_hash, account_id, agent_ids, custom_objects, expires_at) values ($1, $2, $3, $4, $5)",
        &hash[..],
        account.0,
        &agents,
        &wanted.custom_objects,
        expires_at
    );
    sql.execute(db.pool()).await.map_err(Error::when(doing))?;
    let sql = sqlx::query!(
        "delete from consents where ticket_hash in (
           select ticket_hash from consents where account_id = $1 order by created_at desc, ticket_hash offset $2)",
        account.0,
        KEPT_MAX
    );
    sql.execute(db.pool()).await.map_err(Error::when(doing))?;
    Ok((ticket, expires_at))
}

/// Opens a link in a signed-in browser: the state for HubSpot, bound to that session, and what is wanted. Opening it again makes
/// a new state and the old one worthless. `None`: there is no such link for this account, or it was used, or has expired.
pub async fn open(
    db: &Db,
    ticket: &SecretString,
    session: &Session,
    verifier: &SecretString,
) -> Result<Option<(SecretString, Wanted)>, Error> {
    let Some(ticket_hash) = secret::hash(Mark::Ticket, ticket) else { return Ok(None) };
    let state = secret::make(Mark::State);
    let state_hash = secret::hash(Mark::State, &state).unwrap_or_default();
    let sealed = db.keys().seal(&context(&state_hash), verifier.expose_secret().as_bytes());
    let sql = sqlx::query!(
        "update consents set state_hash = $3, session_hash = $4, verifier = $5, expires_at = $6
          where ticket_hash = $1 and account_id = $2 and used_at is null and expires_at > now()
         returning agent_ids, custom_objects",
        &ticket_hash[..],
        session.account.0,
        &state_hash[..],
        &session.hash.0[..],
        sealed,
        OffsetDateTime::now_utc() + STATE_LIFETIME
    );
    let row = sql.fetch_optional(db.pool()).await.map_err(Error::when("opening a consent"))?;
    row.map(|row| Ok((state, wanted(&row.agent_ids, row.custom_objects)?))).transpose()
}

/// Takes what came back from HubSpot, once. A refusal changes nothing, so that whoever is refused spoils nothing.
pub async fn take(db: &Db, state: &SecretString, session: &Session) -> Result<Result<Given, Refused>, Error> {
    let Some(state_hash) = secret::hash(Mark::State, state) else { return Ok(Err(Refused::Unknown)) };
    let sql = sqlx::query!(
        r#"update consents set used_at = now()
            where state_hash = $1 and session_hash = $2 and account_id = $3 and used_at is null and expires_at > now()
           returning agent_ids, custom_objects, verifier as "verifier!""#,
        &state_hash[..],
        &session.hash.0[..],
        session.account.0
    );
    let Some(row) = sql.fetch_optional(db.pool()).await.map_err(Error::when("taking a consent"))? else {
        return Ok(Err(why_refused(db, &state_hash, session).await?));
    };
    let sealed = |source| Error::Sealed { what: "a consent's verifier", source };
    let verifier = db.keys().open(&context(&state_hash), &row.verifier).map_err(sealed)?;
    let verifier = std::str::from_utf8(&verifier).map_err(|_| sealed(OpenError::Malformed))?.to_owned();
    Ok(Ok(Given { wanted: wanted(&row.agent_ids, row.custom_objects)?, verifier: verifier.into() }))
}

async fn why_refused(db: &Db, state_hash: &[u8; 32], session: &Session) -> Result<Refused, Error> {
    let sql = sqlx::query!(
        r#"select session_hash = $2 and account_id = $3 as "own!", used_at is not null as "used!" from consents where state_hash = $1"#,
        &state_hash[..],
        &session.hash.0[..],
        session.account.0
    );
    let row = sql.fetch_optional(db.pool()).await.map_err(Error::when("looking why a consent is refused"))?;
    Ok(match row {
        None => Refused::Unknown,
        Some(row) if !row.own => Refused::OtherSession,
        Some(row) if row.used => Refused::Used,
        Some(_) => Refused::Expired,
    })
}

/// Forgets up to `batch` consents that expired more than a day ago. How many there were.
pub async fn sweep(db: &Db, batch: u32) -> Result<u64, Error> {
    let sql = sqlx::query!(
        "delete from consents where ticket_hash in (
           select ticket_hash from consents where expires_at < now() - interval '1 day' limit $1)",
        i64::from(batch)
    );
    Ok(sql.execute(db.pool()).await.map_err(Error::when("forgetting consents"))?.rows_affected())
}

fn wanted(agents: &[String], custom_objects: Vec<String>) -> Result<Wanted, Error> {
    let agents = agents.iter().map(|agent| parse("consents.agent_ids", agent)).collect::<Result<_, _>>()?;
    Ok(Wanted { agents, custom_objects })
}

/// A verifier opens beside its own state only.
fn context(state_hash: &[u8; 32]) -> Context {
    Context::new("consent", &[&STANDARD.encode(state_hash)])
}
