//! Why a portal is not connected, for the person in front of it.

use axum::http::StatusCode;
use domain::PortalId;
use hubspot::{ErrorClass, NeedsPerson};
use store::consents::Refused;

use crate::{browser::page::PageError, problem::Problem};

/// Why it did not come to a connection. Nothing was stored.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The link was used, has expired, or is another account's.
    LinkOver,
    /// Nobody is signed in who could have begun it.
    NotSignedIn,
    /// The state that came back is not good.
    State(Refused),
    /// Something else than HubSpot's answer came.
    NoAnswer,
    /// The person said no.
    Denied,
    /// HubSpot said no, with a code of RFC 6749.
    NotInstalled,
    /// The code was refused: used, or too old.
    CodeOver,
    /// Scopes without which nothing works were not granted.
    MissingScopes(Vec<&'static str>),
    /// The account is connected to another portal.
    OtherPortal {
        /// To this one.
        connected: PortalId,
        /// Consented for this one.
        chosen: PortalId,
    },
    /// The portal is connected to another account.
    OtherAccount(PortalId),
    /// HubSpot did not answer as it should.
    HubSpot(hubspot::Error),
    /// The database did not.
    Store(store::Error),
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

impl From<Refusal> for PageError {
    fn from(refusal: Refusal) -> Self {
        let page = |status, title: &str, detail: &str| {
            Self::new(status, title, detail).go_on("/console/connection", "Back to the connection, to try again")
        };
        let bad = StatusCode::BAD_REQUEST;
        match refusal {
            Refusal::LinkOver => {
                let detail = "It works once, for half an hour, and for the account that it was made for. Ask for a new one.";
                page(StatusCode::GONE, "This link cannot be used any more", detail)
            }
            Refusal::NotSignedIn | Refusal::State(Refused::OtherSession) => {
                let detail = "The consent was begun in another browser, or you have signed in again since. For your safety it counts \
                    only where it was begun. Nothing was connected; begin again here.";
                page(StatusCode::FORBIDDEN, "This consent was begun elsewhere", detail)
            }
            Refusal::State(Refused::Used) => {
                let detail = "It has been taken already. If you came here by going back or reloading, everything is as it was.";
                page(bad, "This consent was used before", detail)
            }
            Refusal::State(Refused::Expired) => page(
                bad,
                "This took too long",
                "A consent has to be given within a quarter of an hour. Nothing was connected; begin again.",
            ),
            Refusal::State(Refused::Unknown) | Refusal::NoAnswer => {
                let detail = "What arrived here is no answer to a consent that was begun in the console. Nothing was connected.";
                page(bad, "This is not an answer from HubSpot", detail)
            }
            Refusal::Denied => {
                page(bad, "HubSpot was not connected", "You did not give your consent. Nothing was connected or changed.")
            }
            Refusal::NotInstalled => {
                let detail = "HubSpot did not install the app. That takes a super admin, or the permission for HubSpot's marketplace, \
                    in an account that has all features the app needs. Nothing was connected.";
                page(bad, "HubSpot refused", detail)
            }
            Refusal::CodeOver => page(
                bad,
                "HubSpot's answer came too late",
                "HubSpot gives little time for the last step. Nothing was connected; begin again.",
            ),
            Refusal::MissingScopes(scopes) => {
                let detail = format!(
                    "Without these permissions conversations cannot be written: {}. Nothing was connected. Begin again and leave them \
                     granted.",
                    scopes.join(", ")
                );
                page(bad, "Permissions are missing", &detail)
            }
            Refusal::OtherPortal { connected, chosen } => {
                let detail = format!(
                    "You consented for HubSpot account {chosen}, but account {connected} is connected. Settings and history belong to \
                     {connected}, so disconnect it first if you mean to change. Nothing was changed here; the app is installed in \
                     {chosen} now and can be removed there."
                );
                page(StatusCode::CONFLICT, "Another HubSpot account is connected", &detail)
            }
            Refusal::OtherAccount(portal) => {
                let detail = format!(
                    "HubSpot account {portal} is connected to another account of this installation already. Two would write over each \
                     other's records, so it has to be disconnected there first. Nothing was changed."
                );
                page(StatusCode::CONFLICT, "This HubSpot account is in use", &detail)
            }
            Refusal::HubSpot(error) => of_hubspot(&error, page),
            Refusal::Store(error) => Problem::from(error).into(),
        }
    }
}

fn of_hubspot(error: &hubspot::Error, page: impl Fn(StatusCode, &str, &str) -> PageError) -> PageError {
    tracing::warn!(error = error as &dyn std::error::Error, "A portal could not be connected");
    if *error.class() == ErrorClass::NeedsPerson(NeedsPerson::AppMisconfigured) {
        let detail = "HubSpot does not know this installation's app, or its secret. Nothing was connected. Whoever runs it has to correct \
            the client id and secret.";
        return page(StatusCode::CONFLICT, "This installation is not set up for HubSpot", detail);
    }
    let detail = "HubSpot did not answer as it should. Nothing was connected. Wait a moment and begin again.";
    page(StatusCode::BAD_GATEWAY, "HubSpot did not answer", detail)
}
