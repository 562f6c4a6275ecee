//! Connecting and disconnecting a portal.

use axum::{
    Json,
    extract::{RawQuery, State},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::{AgentId, Fault};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use store::consents::Wanted;
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};

use super::connection::ConnectionView;
use crate::{
    answers::{AsksHubSpot, Connects, Guarded, NeedsConnection, TakesBody, TakesParameters},
    app::App,
    browser::{SignedIn, page::PageError},
    code::Code,
    connect::{self, Answer, Refusal},
    console::notice::Notice,
    extract::{
        Key, MaybeBody, Named, Params,
        key::{IntegrationsConnect, IntegrationsWrite},
    },
    problem::{Problem, ProblemBody},
};

/// Agents that one consent may install the pack for.
const AGENTS_MAX: usize = 200;
/// Custom objects that one consent may ask for.
const OBJECTS_MAX: usize = 50;

/// What the connection is for. All of it may be left out, the body too.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct ConnectRequest {
    /// Agents to install the pack for; all of the account's unless given.
    #[schema(value_type = Vec<String>, max_items = 200)]
    agent_ids: Vec<AgentId>,
    /// Custom objects that access is to be asked for, by name (`p_returns`) or type id (`2-4711`). HubSpot grants it where the
    /// account has custom objects at all.
    #[schema(max_items = 50)]
    custom_objects: Vec<String>,
}

impl ConnectRequest {
    fn check(self) -> Result<Wanted, Problem> {
        let Self { agent_ids: agents, custom_objects } = self;
        let mut faults = Vec::new();
        if agents.len() > AGENTS_MAX {
            faults.push(Fault::new("agentIds", "too_many", format!("must be at most {AGENTS_MAX}")));
        }
        if custom_objects.len() > OBJECTS_MAX {
            faults.push(Fault::new("customObjects", "too_many", format!("must be at most {OBJECTS_MAX}")));
        }
        let is_name =
            |name: &str| (1..=100).contains(&name.len()) && name.bytes().all(|c| c.is_ascii_alphanumeric() || b"_-".contains(&c));
        let strange = custom_objects.iter().take(OBJECTS_MAX).enumerate().filter(|(_, name)| !is_name(name));
        faults.extend(
            strange.map(|(i, _)| Fault::new(format!("customObjects[{i}]"), "invalid", "must be an object's name or type id")),
        );
        if faults.is_empty() { Ok(Wanted { agents, custom_objects }) } else { Err(Problem::invalid(faults)) }
    }
}

/// Where a person consents.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConnectLink {
    /// To be opened by a person in a browser that is signed in to the console. It leads on to HubSpot's consent page.
    #[schema(example = "https://writeback.example/integrations/hubspot/connect/wbt_...")]
    oauth_url: String,
    /// Until when it can be opened.
    #[serde(with = "time::serde::rfc3339")]
    expires_at: OffsetDateTime,
}

/// Connect HubSpot
///
/// Answers a link for a person who is signed in to this account's console. It works once; opening it leads to HubSpot's consent page,
/// and from there back to the console. Consent asks for the scopes of standard objects; those of custom objects only where named
/// here, or granted before.
#[utoipa::path(
    post, path = "/integrations/hubspot/connect", tag = "connection", operation_id = "connect",
    request_body(content = Option<ConnectRequest>),
    security(("apiKey" = ["integrations:connect"])),
    responses((status = 200, description = "Where a person consents.", body = ConnectLink), Guarded, TakesBody, Connects)
)]
pub(crate) async fn connect(
    key: Key<IntegrationsConnect>,
    State(app): State<App>,
    MaybeBody(request): MaybeBody<ConnectRequest>,
) -> Result<Json<ConnectLink>, Problem> {
    let link = connect::ask(&app, key.account(), &request.check()?).await?;
    Ok(Json(ConnectLink { oauth_url: app.config().public_url.at(&link.path()), expires_at: link.expires_at }))
}

/// Open a connect link
///
/// For people: leads a signed-in browser to HubSpot's consent page.
#[utoipa::path(
    get, path = "/integrations/hubspot/connect/{ticket}", tag = "connection", operation_id = "openConnectLink",
    params(("ticket" = String, Path, description = "The link's secret.")),
    security(("session" = [])),
    responses(
        (status = 303, description = "To HubSpot's consent page, or first to sign in.",
            headers(("Location" = String, description = "Where to."))),
        (status = 410, description = "The link was used, has expired, or is another account's. A page says so.",
            body = String, content_type = "text/html; charset=utf-8"),
        Pages
    )
)]
pub(crate) async fn open(
    by: SignedIn,
    Named(Ticket(ticket)): Named<Ticket>,
    State(app): State<App>,
) -> Result<Redirect, PageError> {
    Ok(Redirect::to(&connect::open(&app, &by, &ticket).await?))
}

/// Any text: what is no ticket opens nothing.
pub(crate) struct Ticket(SecretString);

impl std::str::FromStr for Ticket {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.into()))
    }
}

/// Finish connecting
///
/// Where HubSpot sends the browser back to. Only the browser session that began the consent can finish it, once: an API key gets
/// 403. Ends on the console's page of the connection, or on a page that says why not.
#[utoipa::path(
    get, path = "/integrations/hubspot/callback", tag = "connection", operation_id = "finishConnect",
    params(
        ("code" = Option<String>, Query, description = "HubSpot's code."),
        ("state" = Option<String>, Query, description = "What the consent began with."),
        ("error" = Option<String>, Query, description = "Why there is no code (RFC 6749).")
    ),
    security(("session" = [])),
    responses(
        (status = 303, description = "It is connected: on to the console.", headers(("Location" = String, description = "Where to."))),
        (status = 400, description = "It is not connected, and a page says why: no consent, a state that is unknown, used or too old, \
            missing permissions.", body = String, content_type = "text/html; charset=utf-8"),
        (status = 403, description = "It was begun in another browser or session, and a page says so. `not_for_api_keys`: an API key cannot finish \
            it.", content((String = "text/html; charset=utf-8"), (ProblemBody = "application/problem+json"))),
        (status = 409, description = "The account has another portal, or the portal another account. A page says so.", body = String,
            content_type = "text/html; charset=utf-8"),
        (status = 502, description = "HubSpot did not answer as it should. A page says so.", body = String,
            content_type = "text/html; charset=utf-8"),
        Pages
    )
)]
pub(crate) async fn callback(State(app): State<App>, RawQuery(query): RawQuery, mut parts: Parts) -> Response {
    if parts.headers.contains_key(header::AUTHORIZATION) {
        return Problem::new(Code::NotForApiKeys).into_response();
    }
    match finish(&app, query.as_deref().unwrap_or_default(), &mut parts).await {
        Ok(redirect) => redirect.into_response(),
        Err(error) => error.into_response(),
    }
}

async fn finish(app: &App, query: &str, parts: &mut Parts) -> Result<Redirect, PageError> {
    let Returned { code, state, error } = serde_html_form::from_str(query).map_err(|_| Refusal::NoAnswer)?;
    let state = state.filter(|state| !state.is_empty()).ok_or(Refusal::NoAnswer)?;
    let answer = match (code, error) {
        (_, Some(error)) => Answer::Error(error),
        (Some(code), None) if !code.is_empty() => Answer::Code(code),
        _ => return Err(Refusal::NoAnswer.into()),
    };
    // Not the usual way to the sign-in page: whoever signs in now has another session, which the state is not for.
    let by = SignedIn::find(parts, app).await?.ok_or(Refusal::NotSignedIn)?;
    let done = connect::finish(app, by, &state.into(), answer).await?;
    let notice = match (done.again, done.probed) {
        (_, false) => Notice::ConnectedUnprobed,
        (true, true) => Notice::ConnectedAgain,
        (false, true) => Notice::Connected,
    };
    Ok(notice.on("/console/connection"))
}

/// What HubSpot adds to the address; whatever else it adds some day is passed over.
#[derive(Deserialize)]
struct Returned {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
}

/// How to end it.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct How {
    /// Also take the app out of the portal; HubSpot tells the customer by mail.
    #[serde(default)]
    #[param(value_type = Option<bool>)]
    uninstall: YesNo,
}

/// A truth value in a query.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(try_from = "String")]
struct YesNo(bool);

impl TryFrom<String> for YesNo {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self).map_err(|_| "must be true or false")
    }
}

/// What became of the connection.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Disconnected {
    /// HubSpot confirmed that the refresh token is worthless. A static token has to be revoked in HubSpot by its owner.
    revoked: bool,
    /// HubSpot confirmed that the app is out of the portal.
    uninstalled: bool,
}

/// Disconnect HubSpot
///
/// Wipes the tokens here, and revokes them at HubSpot as far as HubSpot answers. What is on the way is withheld. Settings, history and
/// learned links stay for when the same portal is connected again.
#[utoipa::path(
    delete, path = "/integrations/hubspot", tag = "connection", operation_id = "disconnect", params(How),
    security(("apiKey" = ["integrations:connect"])),
    responses((status = 200, description = "It is disconnected.", body = Disconnected), Guarded, TakesParameters, NeedsConnection)
)]
pub(crate) async fn disconnect(
    key: Key<IntegrationsConnect>,
    Params(how): Params<How>,
    State(app): State<App>,
) -> Result<Json<Disconnected>, Problem> {
    let ended = connect::end(&app, key.account(), how.uninstall.0).await?;
    Ok(Json(Disconnected { revoked: ended.revoked, uninstalled: ended.uninstalled }))
}

/// Find out what the portal allows
///
/// Whether HubSpot itself refuses a second record of one conversation (`unique`), or it is recognised by our property (`marker`) or by
/// its text (`plain`). Creates our properties where that is allowed. Done when a portal is connected; again after its administrator
/// changed something.
#[utoipa::path(
    post, path = "/integrations/hubspot/probe", tag = "connection", operation_id = "probe",
    security(("apiKey" = ["integrations:write"])),
    responses((status = 200, description = "The connection, as it is now.", body = ConnectionView), Guarded, AsksHubSpot)
)]
pub(crate) async fn probe(key: Key<IntegrationsWrite>, State(app): State<App>) -> Result<Json<ConnectionView>, Problem> {
    Ok(Json(ConnectionView::of(Some(connect::probe(&app, key.account()).await?))))
}

/// What pages can answer besides.
pub(crate) struct Pages;

impl utoipa::IntoResponses for Pages {
    fn responses() -> std::collections::BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::Response>> {
        use utoipa::openapi::{
            ContentBuilder, ObjectBuilder, ResponseBuilder,
            schema::{SchemaType, Type},
        };
        let html = || {
            let text = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).build();
            ContentBuilder::new().schema(Some(text)).build()
        };
        let page =
            |text: &str| ResponseBuilder::new().description(text).content("text/html; charset=utf-8", html()).build().into();
        [
            (StatusCode::INTERNAL_SERVER_ERROR, "Something broke on our side. A page says so."),
            (StatusCode::SERVICE_UNAVAILABLE, "The database cannot answer now. A page says so."),
        ]
        .into_iter()
        .map(|(status, text)| (status.as_u16().to_string(), page(text)))
        .collect()
    }
}
