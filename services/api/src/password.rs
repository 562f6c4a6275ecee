//! Passwords: argon2id (RFC 9106) with the parameters that OWASP's password storage cheat sheet asks for, which are the crate's
//! own.

use std::{sync::LazyLock, time::Duration};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Semaphore;

/// A password that is good enough to be set. Invariant: 12 to 256 characters.
#[derive(Debug, Clone)]
pub struct Password(SecretString);

/// The text is no password to be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must have 12 to 256 characters")]
pub struct InvalidPassword;

/// No hash could be made: the system gives no randomness or no memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the password could not be hashed")]
pub struct NotHashed;

impl Password {
    /// Checks the length. What it is made of is its owner's affair (NIST SP 800-63B, section 5.1.1).
    pub fn parse(text: SecretString) -> Result<Self, InvalidPassword> {
        let fits = (12..=256).contains(&text.expose_secret().chars().count());
        if fits { Ok(Self(text)) } else { Err(InvalidPassword) }
    }

    /// As a string of PHC form, with a salt of its own. Takes some 30 ms and 19 MiB, which is the point of it.
    pub fn hash(&self) -> Result<SecretString, NotHashed> {
        let hash = Argon2::default().hash_password(self.0.expose_secret().as_bytes()).map_err(|_| NotHashed)?;
        Ok(hash.to_string().into())
    }
}

/// How many are verified at once: each takes a core and 19 MiB, and anybody may ask for it.
const AT_ONCE: usize = 2;
/// How long one waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// Verifies, a few at a time.
pub(crate) struct Verifier(Semaphore);

/// Too many people sign in at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Busy;

impl Verifier {
    pub(crate) fn new() -> Self {
        Self(Semaphore::new(AT_ONCE))
    }

    /// Whether the password is the one that was hashed. Without a hash it takes as long to say no, so that time does not tell
    /// whether there is such a user.
    pub(crate) async fn verify(&self, password: SecretString, hash: Option<SecretString>) -> Result<bool, Busy> {
        let _turn = tokio::time::timeout(PATIENCE, self.0.acquire()).await.map_err(|_| Busy)?.map_err(|_| Busy)?;
        let verified = tokio::task::spawn_blocking(move || {
            let known = hash.is_some();
            let hash = hash.as_ref().map_or(NOBODYS.as_str(), |hash| hash.expose_secret());
            PasswordHash::new(hash)
                .is_ok_and(|hash| Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok() && known)
        });
        verified.await.map_err(|_| Busy)
    }
}

/// The hash of a password that nobody has.
static NOBODYS: LazyLock<String> = LazyLock::new(|| {
    let nobodys = Password(uuid::Uuid::new_v4().to_string().into());
    nobodys.hash().map(|hash| hash.expose_secret().to_owned()).unwrap_or_default()
});

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> SecretString {
        text.into()
    }

    #[test]
    fn a_password_has_a_length() {
        assert!(Password::parse(password("elevenchars")).is_err());
        assert!(Password::parse(password("twelve chars")).is_ok());
        assert!(Password::parse(password(&"ü".repeat(256))).is_ok());
        assert!(Password::parse(password(&"ü".repeat(257))).is_err());
    }

    #[tokio::test]
    async fn only_the_right_one_is_verified() {
        let hash = Password::parse(password("correct horse battery")).unwrap().hash().unwrap();
        assert!(hash.expose_secret().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.expose_secret());
        let verifier = Verifier::new();
        assert_eq!(verifier.verify(password("correct horse battery"), Some(hash.clone())).await, Ok(true));
        assert_eq!(verifier.verify(password("correct horse batterz"), Some(hash)).await, Ok(false));
        assert_eq!(verifier.verify(password("correct horse battery"), None).await, Ok(false));
        assert_eq!(verifier.verify(password("x"), Some("no hash".into())).await, Ok(false));
    }
}
