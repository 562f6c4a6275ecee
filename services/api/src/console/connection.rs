//! The connection: which portal, what was granted, and the three things to do about it.

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::{Redirect, Response},
};
use domain::connection::{Connection, ConnectionStatus, UniqueMode, UniqueModes};
use hubspot::scopes;
use maud::{Markup, html};
use serde::Deserialize;
use store::{connections, consents::Wanted};

use super::notice::{Notice, Shown};
use crate::{
    app::App,
    browser::{
        NoFields, SignedIn, Submitted,
        page::{self, PageError, Section},
    },
    connect,
};

/// `GET /console/connection`
pub(super) async fn page(
    by: SignedIn,
    shown: Result<Query<Shown>, QueryRejection>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let connection = connections::of_account(app.db(), by.account()).await?;
    let body = html! {
        h1 { "Connection to HubSpot" }
        (Notice::of(shown).map(Notice::render).unwrap_or_default())
        @match &connection {
            None => (unconnected(&app, &by)),
            Some(connection) => (connected(&by, connection)),
        }
    };
    Ok(page::console(&app, &by, Section::Connection, "Connection", &body))
}

fn unconnected(app: &App, by: &SignedIn) -> Markup {
    html! {
        @if app.hubspot().oauth().has_app() {
            p { "No HubSpot account is connected yet. Connecting takes a minute: HubSpot asks whether you agree, and sends you back here.
                Nothing is logged until you turn interaction logging on." }
            p { "In HubSpot it takes a super admin, or the permission for HubSpot's marketplace." }
            div.actions { (page::button(&by.form_token, "/console/connection/connect", "Connect HubSpot", "primary")) }
        } @else {
            p.note.warn { "This installation has no HubSpot app yet. Whoever runs it has to set its client id and secret; then you can connect here." }
        }
    }
}

fn connected(by: &SignedIn, connection: &Connection) -> Markup {
    let Connection { id: _, account: _, portal, status, unique, scopes: granted, ui_domain, created_at } = connection;
    html! {
        @if *status == ConnectionStatus::ReauthRequired {
            p.alert role="alert" { strong { "HubSpot refuses our access. " } "Somebody took the app out, or took permissions from it. Conversations wait,
                and go on by themselves once you connect again." }
        }
        dl.facts {
            dt { "HubSpot account" } dd { (portal) " (" (ui_domain) ")" }
            dt { "State" } dd { span class={"state " (status.as_str())} { (said(*status)) } }
            dt { "First connected" } dd { (super::moment(*created_at)) }
        }
        div.actions {
            (page::button(&by.form_token, "/console/connection/connect", "Connect again", if *status == ConnectionStatus::Active { "" } else { "primary" }))
            @if *status == ConnectionStatus::Active {
                (page::button(&by.form_token, "/console/connection/probe", "Look again what HubSpot allows", ""))
            }
        }
        h2 { "How doubles are avoided" }
        (uniqueness(*unique))
        h2 { "Permissions" }
        (permissions(granted))
        h2 { "Disconnect" }
        p { "Our access to HubSpot ends at once, and what is on the way is not written. Settings and history stay here, for when the same HubSpot account is
            connected again." }
        form method="post" action="/console/connection/disconnect" {
            (by.form_token)
            label.choice { input type="checkbox" name="uninstall" value="true"; span { "Also take the app out of HubSpot" }
                span.why { "HubSpot tells its administrators by mail." } }
            div.actions { button.danger type="submit" data-ask="Disconnect HubSpot?" { "Disconnect" } }
        }
    }
}

pub(super) fn said(status: ConnectionStatus) -> &'static str {
    match status {
        ConnectionStatus::Active => "connected",
        ConnectionStatus::ReauthRequired => "has to be connected again",
        ConnectionStatus::Disconnected => "disconnected",
    }
}

fn uniqueness(UniqueModes { call, note, contact }: UniqueModes) -> Markup {
    html! {
        div.wide { table {
            thead { tr { th { "Record" } th { "Mode" } th { "What it means" } } }
            tbody { @for (what, mode) in [(Doubled::Call, call), (Doubled::Note, note), (Doubled::Contact, contact)] {
                tr { td { (what.title()) } td { code { (mode.as_str()) } } td { (meaning(what, mode)) } }
            } }
        } }
    }
}

/// What may be there twice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Doubled {
    Call,
    Note,
    Contact,
}

impl Doubled {
    fn title(self) -> &'static str {
        match self {
            Self::Call => "Calls",
            Self::Note => "Notes",
            Self::Contact => "New contacts",
        }
    }
}

fn meaning(what: Doubled, mode: UniqueMode) -> &'static str {
    match (mode, what) {
        (UniqueMode::Unique, Doubled::Call | Doubled::Note) => "HubSpot itself refuses a second record of one conversation.",
        (UniqueMode::Unique, Doubled::Contact) => "HubSpot itself refuses a second contact for one caller.",
        (UniqueMode::Marker, _) => {
            "A property of ours marks each record. After an unclear answer of HubSpot we look before we write again."
        }
        (UniqueMode::Plain, Doubled::Call | Doubled::Note) => {
            "HubSpot allows no property of ours here; records are told by their text. After an unclear answer a conversation can stay \
             undecided."
        }
        (UniqueMode::Plain, Doubled::Contact) => {
            "HubSpot allows no property of ours here; we look for the caller again before we make a contact after an unclear answer."
        }
    }
}

fn permissions(granted: &[String]) -> Markup {
    let extra = scopes::CUSTOM_OBJECTS.iter().filter(|scope| granted.iter().any(|one| one == *scope));
    html! {
        @if granted.is_empty() { p { "A fixed token is used; what it may do is set in HubSpot." } } @else {
            ul { @for scope in scopes::REQUIRED.iter().chain(&scopes::OPTIONAL).chain(extra) {
                li { code { (scope) } @if !granted.iter().any(|one| one == scope) { span.quiet { " not granted: what needs it is left out" } } }
            } }
        }
    }
}

/// `POST /console/connection/connect`
pub(super) async fn connect(
    State(app): State<App>,
    Submitted { by, form: NoFields {} }: Submitted<NoFields>,
) -> Result<Redirect, PageError> {
    let link = connect::ask(&app, by.account(), &Wanted::default()).await?;
    Ok(Redirect::to(&link.path()))
}

/// `POST /console/connection/probe`
pub(super) async fn probe(
    State(app): State<App>,
    Submitted { by, form: NoFields {} }: Submitted<NoFields>,
) -> Result<Redirect, PageError> {
    connect::probe(&app, by.account()).await?;
    Ok(Notice::Probed.on("/console/connection"))
}

/// Whether to take the app out, too.
#[derive(Deserialize)]
pub(super) struct Disconnect {
    #[serde(default)]
    uninstall: bool,
}

/// `POST /console/connection/disconnect`
pub(super) async fn disconnect(
    State(app): State<App>,
    Submitted { by, form: Disconnect { uninstall } }: Submitted<Disconnect>,
) -> Result<Redirect, PageError> {
    let ended = connect::end(&app, by.account(), uninstall).await?;
    let notice = match (uninstall, ended.uninstalled) {
        (true, false) => Notice::NotUninstalled,
        _ => Notice::Disconnected,
    };
    Ok(notice.on("/console/connection"))
}
