//! The answers that many operations share, for the OpenAPI document. What an extractor or a layer can answer is said here once.

use std::collections::BTreeMap;

use utoipa::{
    IntoResponses, ToSchema as _,
    openapi::{
        ContentBuilder, HeaderBuilder, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder,
        schema::{SchemaType, Type},
    },
};

use crate::{
    code::Code,
    problem::{MEDIA_TYPE, ProblemBody},
};

/// What every operation behind a key can answer.
pub(crate) struct Guarded;

/// What an operation that reads a body can answer besides.
pub(crate) struct TakesBody;

/// What an operation that reads only parameters can answer besides.
pub(crate) struct TakesParameters;

/// What an operation that names one thing can answer besides.
pub(crate) struct NamesOne;

/// What an operation that needs a connected portal can answer besides.
pub(crate) struct NeedsConnection;

/// What an operation that replays a conversation can answer besides.
pub(crate) struct Replays;

/// What an operation that begins a consent can answer besides.
pub(crate) struct Connects;

/// What an operation that asks HubSpot can answer besides. Stands after [`Guarded`], whose 503 it replaces.
pub(crate) struct AsksHubSpot;

/// What an operation that publishes can answer besides. Stands after [`Guarded`], whose 503 it replaces.
pub(crate) struct Publishes;

/// What an operation that hands out scopes can answer besides. Stands after [`Guarded`], whose 403 it replaces.
pub(crate) struct GrantsScopes;

macro_rules! answers {
    ($($name:ident: $($code:ident),+;)+) => {$(
        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                of(&[$(Code::$code),+])
            }
        }
    )+};
}

answers! {
    Publishes: QueueUnavailable, Overloaded, TimedOut, StorageUnavailable;
    GrantsScopes: MissingScope, ScopeNotHeld;
    Guarded: MissingApiKey, InvalidApiKey, MissingScope, TooManyRequests, Internal, Overloaded, TimedOut, StorageUnavailable;
    TakesBody: MalformedJson, BodyIncomplete, BodyTooSlow, BodyTooLarge, NotJson, Invalid;
    TakesParameters: Invalid;
    NamesOne: NotFound;
    NeedsConnection: NotConnected;
    Replays: NothingToReplay;
    Connects: ConnectNotConfigured;
    AsksHubSpot: NotConnected, ReauthRequired, ConnectNotConfigured, Overloaded, TimedOut, StorageUnavailable,
        HubspotBusy, HubspotUnavailable;
}

/// One answer a status, which tells its codes.
fn of(codes: &[Code]) -> BTreeMap<String, RefOr<Response>> {
    let mut by_status = BTreeMap::<u16, Vec<Code>>::new();
    for code in codes {
        by_status.entry(code.status().as_u16()).or_default().push(*code);
    }
    by_status.into_iter().map(|(status, codes)| (status.to_string(), answer(status, &codes).into())).collect()
}

fn answer(status: u16, codes: &[Code]) -> Response {
    let lines: Vec<_> = codes.iter().map(|code| format!("`{}`: {}. {}", code.as_str(), code.title(), code.remedy())).collect();
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name(ProblemBody::name()))).build();
    let response = ResponseBuilder::new().description(lines.join("\n\n")).content(MEDIA_TYPE, body);
    let header = |text: &str, kind: Type| {
        let schema = ObjectBuilder::new().schema_type(SchemaType::Type(kind)).build();
        HeaderBuilder::new().schema(Some(schema)).description(Some(text)).build()
    };
    match status {
        401 | 403 => response.header("WWW-Authenticate", header("The challenge, as of RFC 6750.", Type::String)),
        408 | 429 | 503 => response.header("Retry-After", header("Seconds to wait before trying again.", Type::Integer)),
        _ => response,
    }
    .build()
}
