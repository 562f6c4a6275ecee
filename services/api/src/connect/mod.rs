//! Connecting a portal. Asked for by a key or a person, it is a link; opened by somebody who is signed in, it leads to HubSpot's
//! consent page with a state that is bound to this very session; what comes back is taken once, in that session.
//!
//! The state is made when the link is opened, and not before: whoever can ask for a link (or steals a key that can) never knows it,
//! and so cannot have somebody else's browser finish a consent to a portal of his own.

mod end;
mod finish;
mod refusal;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    AccountId, ConnectionId,
    budget::Class,
    connection::{Connection, UniqueModes},
};
use hubspot::{Consent, scopes};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use store::{
    changes::Change,
    connections,
    consents::{self, Wanted},
    secret::{self, Mark},
};
use time::OffsetDateTime;

pub(crate) use self::{
    end::end,
    finish::{Answer, finish},
    refusal::Refusal,
};
use crate::{app::App, browser::SignedIn, code::Code, problem::Problem};

/// Where HubSpot sends people back to.
pub(crate) const CALLBACK: &str = "/integrations/hubspot/callback";

/// Where a consent begins.
pub(crate) struct Link {
    /// Its secret.
    ticket: SecretString,
    /// Until when it can be opened.
    pub(crate) expires_at: OffsetDateTime,
}

impl Link {
    /// As a path of ours.
    pub(crate) fn path(&self) -> String {
        format!("/integrations/hubspot/connect/{}", self.ticket.expose_secret())
    }
}

/// Begins.
pub(crate) async fn ask(app: &App, account: AccountId, wanted: &Wanted) -> Result<Link, Problem> {
    if !app.hubspot().oauth().has_app() {
        return Err(Problem::new(Code::ConnectNotConfigured));
    }
    let (ticket, expires_at) = consents::ask(app.db(), account, wanted).await?;
    tracing::info!(account.id = %account, "A link for connecting HubSpot was made");
    Ok(Link { ticket, expires_at })
}

/// Opens a link: where on HubSpot's side the person consents.
pub(crate) async fn open(app: &App, by: &SignedIn, ticket: &SecretString) -> Result<String, Refusal> {
    let verifier = Verifier::new();
    let opened = consents::open(app.db(), ticket, &by.session, &verifier.0).await?;
    let (state, wanted) = opened.ok_or(Refusal::LinkOver)?;
    let live = connections::of_account(app.db(), by.account()).await?;
    let challenge = verifier.challenge();
    let custom = needs_custom_objects(&wanted, live.as_ref());
    let optional: Vec<&str> =
        scopes::OPTIONAL.iter().copied().chain(scopes::CUSTOM_OBJECTS.iter().copied().filter(|_| custom)).collect();
    let consent = Consent {
        portal: live.map(|connection| connection.portal),
        redirect_uri: &app.config().public_url.at(CALLBACK),
        scopes: &scopes::REQUIRED,
        optional_scopes: &optional,
        state: state.expose_secret(),
        code_challenge: Some(&challenge),
    };
    let url = app.hubspot().oauth().authorize_url(&consent).map_err(Refusal::HubSpot)?;
    Ok(url.into())
}

/// Custom objects are asked for when something needs them, and again when they were granted before: a consent replaces the one
/// before it.
fn needs_custom_objects(wanted: &Wanted, live: Option<&Connection>) -> bool {
    let granted = live.is_some_and(|live| live.scopes.iter().any(|scope| scopes::CUSTOM_OBJECTS.contains(&scope.as_str())));
    granted || !wanted.custom_objects.is_empty()
}

/// A PKCE verifier (RFC 7636): 43 characters.
struct Verifier(SecretString);

impl Verifier {
    fn new() -> Self {
        let seed = Sha256::digest(secret::make(Mark::State).expose_secret());
        Self(URL_SAFE_NO_PAD.encode(seed).into())
    }

    /// Its `S256` challenge.
    fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.0.expose_secret()))
    }
}

/// Finds out again what the portal lets us promise, and stores it.
pub(crate) async fn probe(app: &App, account: AccountId) -> Result<Connection, Problem> {
    let not_connected = || Problem::new(Code::NotConnected);
    let connection = connections::of_account(app.db(), account).await?.ok_or_else(not_connected)?;
    let unique = probed(app, account, connection.id).await.map_err(|failure| match failure {
        NotProbed::HubSpot(error) => Problem::from(&error),
        NotProbed::Store(error) => Problem::from(error),
    })?;
    Ok(Connection { unique, ..connection })
}

enum NotProbed {
    HubSpot(hubspot::Error),
    Store(store::Error),
}

async fn probed(app: &App, account: AccountId, connection: ConnectionId) -> Result<UniqueModes, NotProbed> {
    let modes = app.hubspot().portal(connection, Class::Live).probe().await.map_err(NotProbed::HubSpot)?;
    connections::set_unique_modes(app.db(), connection, modes).await.map_err(NotProbed::Store)?;
    app.changed(Change::Connection { account, connection }).await;
    Ok(modes)
}
