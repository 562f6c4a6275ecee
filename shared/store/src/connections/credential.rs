//! How a credential rests: as JSON, sealed for its connection.

use domain::{
    ConnectionId,
    connection::Credential,
    seal::{Context, KeyRing},
};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::Error;

/// Borrowed for writing, so that no plain copy is made but the one that is sealed and wiped.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Plain<'a> {
    Oauth { access_token: &'a str, refresh_token: &'a str, expires_at: i64 },
    Static { access_token: &'a str },
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Stored {
    Oauth { access_token: SecretString, refresh_token: SecretString, expires_at: i64 },
    Static { access_token: SecretString },
}

pub(super) fn seal(keys: &KeyRing, connection: ConnectionId, credential: &Credential) -> Vec<u8> {
    let plain = match credential {
        Credential::OAuth { access_token, refresh_token, expires_at } => Plain::Oauth {
            access_token: access_token.expose_secret(),
            refresh_token: refresh_token.expose_secret(),
            expires_at: expires_at.unix_timestamp(),
        },
        Credential::Static { access_token } => Plain::Static { access_token: access_token.expose_secret() },
    };
    let plain = Zeroizing::new(serde_json::to_vec(&plain).expect("strings and a number are JSON"));
    keys.seal(&context(connection), &plain)
}

pub(super) fn open(keys: &KeyRing, connection: ConnectionId, sealed: &[u8]) -> Result<Credential, Error> {
    let plain =
        keys.open(&context(connection), sealed).map_err(|source| Error::Sealed { what: "a connection's credential", source })?;
    let corrupt = Error::Corrupt { column: "connections.credential" };
    // The parser's error could quote what it read.
    let Ok(stored) = serde_json::from_slice(&plain) else { return Err(corrupt) };
    Ok(match stored {
        Stored::Oauth { access_token, refresh_token, expires_at } => {
            let Ok(expires_at) = OffsetDateTime::from_unix_timestamp(expires_at) else { return Err(corrupt) };
            Credential::OAuth { access_token, refresh_token, expires_at }
        }
        Stored::Static { access_token } => Credential::Static { access_token },
    })
}

/// When the bearer expires, for the column that is searched by it.
pub(super) fn expires_at(credential: &Credential) -> Option<OffsetDateTime> {
    match credential {
        Credential::OAuth { expires_at, .. } => Some(*expires_at),
        Credential::Static { .. } => None,
    }
}

pub(crate) fn context(connection: ConnectionId) -> Context {
    Context::new("credential", &[&connection.to_string()])
}
