//! The end of a connection.

use domain::{
    AccountId,
    budget::Class,
    connection::{Connection, Credential},
};
use store::{changes::Change, connections};

use crate::{app::App, code::Code, problem::Problem};

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ended {
    /// HubSpot confirmed that the refresh token is worthless now. `false` for a static token, which its owner has to revoke there, or
    /// where HubSpot did not answer.
    pub(crate) revoked: bool,
    /// HubSpot confirmed that the app is gone from the portal.
    pub(crate) uninstalled: bool,
}

/// Ends an account's connection: the tokens are wiped here whatever HubSpot says. Runs to its end even if the client goes away.
pub(crate) async fn end(app: &App, account: AccountId, uninstall: bool) -> Result<Ended, Problem> {
    let not_connected = || Problem::new(Code::NotConnected);
    let connection = connections::of_account(app.db(), account).await?.ok_or_else(not_connected)?;
    let app = app.clone();
    let ending = tokio::spawn(async move { end_this(&app, &connection, uninstall).await });
    ending.await.unwrap_or_else(|_| Err(Problem::new(Code::Internal)))
}

async fn end_this(app: &App, connection: &Connection, uninstall: bool) -> Result<Ended, Problem> {
    let (account, id) = (connection.account, connection.id);
    // While there is still a token to ask with.
    let uninstalled = uninstall && confirmed(app.hubspot().portal(id, Class::Live).uninstall().await, connection, "uninstalled");
    let credential = connections::disconnect(app.db(), account, id).await?;
    app.changed(Change::Connection { account, connection: id }).await;
    let revoked = match &credential {
        Some(Credential::OAuth { refresh_token, .. }) => {
            confirmed(app.hubspot().oauth().revoke(refresh_token).await, connection, "revoked")
        }
        Some(Credential::Static { .. }) | None => false,
    };
    tracing::info!(account.id = %account, connection.id = %id, revoked, uninstalled, "HubSpot was disconnected");
    Ok(Ended { revoked, uninstalled })
}

fn confirmed(answer: Result<(), hubspot::Error>, connection: &Connection, what: &str) -> bool {
    answer
        .inspect_err(|error| {
            let error = error as &dyn std::error::Error;
            tracing::warn!(connection.id = %connection.id, error, "HubSpot did not confirm that the app is {what}");
        })
        .is_ok()
}
