//! From HubSpot's answer to a connection.

use domain::{
    budget::Class,
    connection::{Connection, Credential},
};
use hubspot::{ErrorClass, TokenKind, scopes};
use secrecy::{ExposeSecret as _, SecretString};
use store::{
    changes::Change,
    connections::{self, Connected, NewConnection},
    consents,
};

use super::{CALLBACK, NotProbed, Refusal, probed};
use crate::{app::App, browser::SignedIn};

/// Host of a portal's pages until HubSpot says better.
const UI_DOMAIN: &str = "app.hubspot.com";

/// What HubSpot sent the browser back with (RFC 6749, sections 4.1.2 and 4.1.2.1).
pub(crate) enum Answer {
    /// Consent was given.
    Code(String),
    /// It was not, for a reason of RFC 6749.
    Error(String),
}

/// What it came to.
pub(crate) struct Done {
    /// Whether it was there before.
    pub(crate) again: bool,
    /// Whether it is known what the portal lets us promise about doubles.
    pub(crate) probed: bool,
}

/// Takes the answer. Runs to its end even if the browser goes away meanwhile: a code works once, and what it yields must be
/// stored.
pub(crate) async fn finish(app: &App, by: SignedIn, state: &SecretString, answer: Answer) -> Result<Done, Refusal> {
    let given = consents::take(app.db(), state, &by.session).await?.map_err(Refusal::State)?;
    let code = match answer {
        Answer::Code(code) => code,
        Answer::Error(error) if error == "access_denied" => return Err(Refusal::Denied),
        Answer::Error(_) => return Err(Refusal::NotInstalled),
    };
    let app = app.clone();
    let finishing = tokio::spawn(async move { connect(&app, &by, &code, &given.verifier).await });
    // A panic is reported where panics are.
    finishing.await.unwrap_or(Err(Refusal::NoAnswer))
}

async fn connect(app: &App, by: &SignedIn, code: &str, verifier: &SecretString) -> Result<Done, Refusal> {
    let new = granted(app, code, verifier).await?;
    let account = by.account();
    let (connection, again) = match connections::connect(app.db(), account, &new).await? {
        Connected::New(connection) => (connection, false),
        Connected::Again(connection) => (connection, true),
        Connected::OtherPortal(connected) => return Err(Refusal::OtherPortal { connected, chosen: new.portal }),
        Connected::OtherAccount => return Err(Refusal::OtherAccount(new.portal)),
    };
    app.changed(Change::Connection { account, connection: connection.id }).await;
    tracing::info!(account.id = %account, user.id = %by.session.user, connection.id = %connection.id, again, "HubSpot was connected");
    describe(app, &connection).await;
    let probed = match probed(app, account, connection.id).await {
        Ok(_) => true,
        // It works as it is, and can be probed later.
        Err(NotProbed::HubSpot(error)) => {
            tracing::warn!(connection.id = %connection.id, error = &error as &dyn std::error::Error, "A portal could not be probed");
            false
        }
        Err(NotProbed::Store(error)) => return Err(error.into()),
    };
    Ok(Done { again, probed })
}

/// What was granted, and that it is enough.
async fn granted(app: &App, code: &str, verifier: &SecretString) -> Result<NewConnection, Refusal> {
    let oauth = app.hubspot().oauth();
    let redirect_uri = app.config().public_url.at(CALLBACK);
    let exchanged = oauth.exchange_code(code, &redirect_uri, Some(verifier.expose_secret())).await;
    let grant = exchanged.map_err(|error| match error.class() {
        ErrorClass::Permanent { .. } => Refusal::CodeOver,
        _ => Refusal::HubSpot(error),
    })?;
    let (portal, granted) = match (grant.portal, grant.scopes) {
        (Some(portal), Some(granted)) => (portal, granted),
        // Both are optional in the answer.
        (portal, granted) => {
            let Credential::OAuth { access_token, .. } = &grant.credential else { return Err(Refusal::NoAnswer) };
            let token = oauth.introspect(access_token, TokenKind::Access).await.map_err(Refusal::HubSpot)?;
            (portal.or(token.portal).ok_or(Refusal::NoAnswer)?, granted.unwrap_or(token.scopes))
        }
    };
    let missing = scopes::missing(&scopes::REQUIRED, &granted);
    if !missing.is_empty() {
        return Err(Refusal::MissingScopes(missing));
    }
    Ok(NewConnection { portal, credential: grant.credential, scopes: granted, ui_domain: UI_DOMAIN.to_owned() })
}

/// Where the portal's pages are. Links are better with it, and everything works without.
async fn describe(app: &App, connection: &Connection) {
    let portal = app.hubspot().portal(connection.id, Class::Live);
    let described = match portal.account().await {
        Ok(info) if info.ui_domain.is_empty() => return,
        Ok(info) => connections::describe(app.db(), connection.id, &connection.scopes, &info.ui_domain).await.map(drop),
        Err(error) => {
            tracing::warn!(connection.id = %connection.id, error = &error as &dyn std::error::Error, "A portal does not say where its pages are");
            return;
        }
    };
    if let Err(error) = described {
        tracing::warn!(connection.id = %connection.id, error = &error as &dyn std::error::Error, "Where a portal's pages are could not be stored");
    }
}
