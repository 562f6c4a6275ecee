//! The closed list of what can go wrong for a client. Codes are stable: programs branch on them.

use axum::http::StatusCode;
use serde::Serialize;

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $text:literal, $status:ident, $title:literal;)+) => {
        /// Names one kind of problem. Stable: programs may branch on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
        pub(crate) enum Code { $($(#[doc = $doc])* #[serde(rename = $text)] $name),+ }

        impl Code {
            /// Every code, by status.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable name.
            pub(crate) fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// The status of the answer.
            pub(crate) fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status),+ }
            }

            /// What went wrong, in a few words.
            pub(crate) fn title(self) -> &'static str {
                match self { $(Self::$name => $title),+ }
            }

            /// What to do about it.
            pub(crate) fn remedy(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),*).trim_ascii()),+ }
            }
        }
    };
}

codes! {
    /// Send one well-formed JSON document.
    MalformedJson = "malformed_json", BAD_REQUEST, "The body is not JSON";
    /// Send the whole body; the connection broke off before its end.
    BodyIncomplete = "body_incomplete", BAD_REQUEST, "The body is incomplete";
    /// Send the header `Authorization: Bearer <api key>`.
    MissingApiKey = "missing_api_key", UNAUTHORIZED, "An API key is needed";
    /// Open the link in a browser that is signed in to the console.
    NotForApiKeys = "not_for_api_keys", FORBIDDEN, "This is for signed-in people, not for API keys";
    /// The key was mistyped, or revoked: use another, or make one.
    InvalidApiKey = "invalid_api_key", UNAUTHORIZED, "The API key is not valid";
    /// Use a key with the scope that is named.
    MissingScope = "missing_scope", FORBIDDEN, "The API key lacks a scope";
    /// Grant only scopes that your own key has.
    ScopeNotHeld = "scope_not_held", FORBIDDEN, "A key cannot grant what it does not have";
    /// Look for the path in the list of operations.
    NoSuchPath = "no_such_path", NOT_FOUND, "There is nothing at this path";
    /// It never was, is gone, or belongs to another account.
    NotFound = "not_found", NOT_FOUND, "There is no such thing";
    /// Use one of the methods in the header `Allow`.
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED, "The path has no such method";
    /// Send the body faster, or a smaller one.
    BodyTooSlow = "body_too_slow", REQUEST_TIMEOUT, "The body took too long";
    /// Connect HubSpot first: `POST /integrations/hubspot/connect`.
    NotConnected = "not_connected", CONFLICT, "No HubSpot portal is connected";
    /// Only what was given up can be replayed: its `outcome` is `failed`, and its dead letter was not dropped.
    NothingToReplay = "nothing_to_replay", CONFLICT, "The conversation has nothing to replay";
    /// Its operator has to set `WRITEBACK_HUBSPOT_CLIENT_ID` and `WRITEBACK_HUBSPOT_CLIENT_SECRET`.
    ConnectNotConfigured = "connect_not_configured", CONFLICT, "This installation has no HubSpot app";
    /// Connect HubSpot again: `POST /integrations/hubspot/connect`. What waits goes on by itself then.
    ReauthRequired = "reauth_required", CONFLICT, "HubSpot has to be connected again";
    /// Send less at once.
    BodyTooLarge = "body_too_large", PAYLOAD_TOO_LARGE, "The body is too large";
    /// Send JSON, with the header `Content-Type: application/json`.
    NotJson = "not_json", UNSUPPORTED_MEDIA_TYPE, "The body is of another type than JSON";
    /// Correct what `errors` names.
    Invalid = "invalid", UNPROCESSABLE_ENTITY, "The request is not valid";
    /// Wait as long as the header `Retry-After` says.
    TooManyRequests = "too_many_requests", TOO_MANY_REQUESTS, "The API key made too many requests";
    /// Try again later; if it stays, report the request's id.
    Internal = "internal", INTERNAL_SERVER_ERROR, "Something broke on our side";
    /// Nothing was accepted. Send the same again after the time in `Retry-After`; repeating is always safe.
    QueueUnavailable = "queue_unavailable", SERVICE_UNAVAILABLE, "The queue cannot take events now";
    /// Send the same again after the time in `Retry-After`.
    StorageUnavailable = "storage_unavailable", SERVICE_UNAVAILABLE, "The database cannot answer now";
    /// The portal's rate limits are spent. Send the same again after the time in `Retry-After`.
    HubspotBusy = "hubspot_busy", SERVICE_UNAVAILABLE, "HubSpot takes no more requests now";
    /// Send the same again after the time in `Retry-After`.
    HubspotUnavailable = "hubspot_unavailable", SERVICE_UNAVAILABLE, "HubSpot cannot answer now";
    /// Send the same again after the time in `Retry-After`.
    Overloaded = "overloaded", SERVICE_UNAVAILABLE, "Too many requests are in hand";
    /// It may or may not have taken effect. Send the same again after the time in `Retry-After`.
    TimedOut = "timed_out", SERVICE_UNAVAILABLE, "The answer took too long";
}
