//! A keyed hash that stands for a phone or an e-mail where neither may rest: in the contact links and in HubSpot's marker.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::Sha256;

use crate::{
    contact::{Email, Phone},
    id::ConnectionId,
};

/// The secret that turns contact data into keys. Separate from the sealing keys, since changing it forgets every learned link.
#[derive(Clone)]
pub struct LookupSecret([u8; 32]);

/// The text is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 32 bytes in base64 (make one with: openssl rand -base64 32)")]
pub struct InvalidSecret;

impl std::str::FromStr for LookupSecret {
    type Err = InvalidSecret;

    fn from_str(text: &str) -> Result<Self, InvalidSecret> {
        use base64::Engine as _;
        let bytes = base64::engine::general_purpose::STANDARD.decode(text.trim()).map_err(|_| InvalidSecret)?;
        bytes.try_into().map(Self).map_err(|_| InvalidSecret)
    }
}

impl fmt::Debug for LookupSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LookupSecret(..)")
    }
}

/// Stands for one phone or e-mail of one connection: HMAC-SHA-256 (RFC 2104), so it cannot be reversed by trying all phone
/// numbers, and the same caller has different keys at different accounts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallerKey([u8; 32]);

impl CallerKey {
    /// The key of a phone number.
    pub fn of_phone(secret: &LookupSecret, connection: ConnectionId, phone: &Phone) -> Self {
        Self::of(secret, connection, "phone", phone.as_e164())
    }

    /// The key of an e-mail address.
    pub fn of_email(secret: &LookupSecret, connection: ConnectionId, email: &Email) -> Self {
        Self::of(secret, connection, "email", email.as_str())
    }

    fn of(secret: &LookupSecret, connection: ConnectionId, kind: &str, value: &str) -> Self {
        let mut mac = Hmac::<Sha256>::new_from_slice(&secret.0).expect("HMAC takes a key of any length");
        mac.update(connection.0.as_bytes());
        mac.update(kind.as_bytes());
        mac.update(value.as_bytes());
        Self(mac.finalize().into_bytes().into())
    }

    /// As a database column.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// From a database column.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// From [`CallerKey::to_hex`].
    fn from_hex(hex: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if hex.len() != 64 || !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        for (byte, digits) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// As the value of HubSpot's `writeback_caller_key`: hexadecimal.
    pub fn to_hex(&self) -> String {
        self.0.iter().fold(String::with_capacity(64), |mut hex, byte| {
            use fmt::Write as _;
            write!(hex, "{byte:02x}").expect("writing to a string");
            hex
        })
    }
}

impl Serialize for CallerKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.to_hex())
    }
}

impl<'de> Deserialize<'de> for CallerKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let hex = String::deserialize(from)?;
        Self::from_hex(&hex).ok_or_else(|| D::Error::custom("must be 64 hexadecimal digits"))
    }
}

impl fmt::Debug for CallerKey {
    // Shortened: enough to tell two apart in a log, too short to join logs of two systems on.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CallerKey({:02x}{:02x}{:02x}..)", self.0[0], self.0[1], self.0[2])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Region;

    #[test]
    fn keys_differ_by_connection_kind_and_value() {
        let secret = LookupSecret([7; 32]);
        let (a, b) = (ConnectionId::new(), ConnectionId::new());
        let phone = Phone::parse("+14155550123", Region::US).unwrap();
        let other = Phone::parse("+14155550124", Region::US).unwrap();
        let key = CallerKey::of_phone(&secret, a, &phone);
        assert_eq!(key, CallerKey::of_phone(&secret, a, &phone));
        assert_ne!(key, CallerKey::of_phone(&secret, b, &phone));
        assert_ne!(key, CallerKey::of_phone(&secret, a, &other));
        assert_ne!(key, CallerKey::of_phone(&LookupSecret([8; 32]), a, &phone));
        assert_eq!(key.to_hex().len(), 64);
    }
}
