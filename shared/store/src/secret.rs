//! Secrets that are handed out once and known again by their SHA-256. A fast hash is right for 160 random bits.

use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// What kind of secret it is, written in front of it: for people, and for scanners of leaked secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// An API key.
    ApiKey,
    /// A browser's session.
    Session,
    /// What a sign-in form is tied to, before there is a session.
    Form,
    /// A password that was made for somebody.
    Password,
    /// A link that begins a consent.
    Ticket,
    /// An OAuth state.
    State,
}

impl Mark {
    /// The prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ApiKey => "wbk_",
            Self::Session => "wbs_",
            Self::Form => "wbf_",
            Self::Password => "wbp_",
            Self::Ticket => "wbt_",
            Self::State => "wbo_",
        }
    }
}

/// 160 random bits in Crockford's base 32, which nobody misreads. Two random UUIDs hold 244 bits of the system's randomness;
/// the hash spreads them evenly.
pub fn make(mark: Mark) -> SecretString {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let seed = Sha256::new().chain_update(Uuid::new_v4()).chain_update(Uuid::new_v4()).finalize();
    let digits = seed.iter().map(|byte| char::from(DIGITS[usize::from(byte & 31)]));
    mark.as_str().chars().chain(digits).collect::<String>().into()
}

/// What rests of a secret. `None` for what is none of this kind.
pub fn hash(mark: Mark, secret: &SecretString) -> Option<[u8; 32]> {
    let secret = secret.expose_secret();
    secret.starts_with(mark.as_str()).then(|| Sha256::digest(secret.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_and_differ() {
        let (a, b) = (make(Mark::ApiKey), make(Mark::ApiKey));
        let (a, b) = (a.expose_secret(), b.expose_secret());
        assert_ne!(a, b);
        assert_eq!(a.len(), 36);
        assert!(a.starts_with("wbk_") && a.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_'));
    }

    #[test]
    fn a_secret_of_another_kind_is_none() {
        let session = make(Mark::Session);
        assert!(hash(Mark::Session, &session).is_some());
        assert_eq!(hash(Mark::ApiKey, &session), None);
    }
}
