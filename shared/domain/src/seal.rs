//! Sealing: whatever carries conversation text, contact data or tokens is encrypted before it rests on a disk.
//!
//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) with a random 24-byte nonce, so that any number of processes may seal under
//! one key without counting. The key's id travels in the clear, so that keys rotate: the ring seals with its first key and
//! opens with any.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Generate as _, KeyInit as _, Payload},
};
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const NONCE_LEN: usize = 24;
const TAG_LEN: usize = 16;

/// Names one key of a ring. Invariant: 1 to 32 of `a-z A-Z 0-9 _ -`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KeyId(String);

impl KeyId {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parse(text: &str) -> Option<Self> {
        let fits = (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        fits.then(|| Self(text.to_owned()))
    }
}

/// What a sealed payload belongs to. It is authenticated with the payload, so that a payload which is moved to another
/// connection, conversation or column does not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context(Vec<u8>);

impl Context {
    /// A context of a purpose (`event`, `token`, ...) and the ids it belongs to. Parts are length-prefixed, so no two lists of
    /// parts give the same context.
    pub fn new(purpose: &str, ids: &[&str]) -> Self {
        let mut context = Self(Vec::with_capacity(192));
        for part in std::iter::once(&purpose).chain(ids) {
            context.push(part.as_bytes());
        }
        context
    }

    /// The same, and beside that sealed piece only, which its nonce and tag stand for: nobody without the key makes another
    /// piece that they fit.
    #[must_use]
    pub fn beside(mut self, sealed: &[u8]) -> Self {
        let nonce = split_key_id(sealed).map_or(&[][..], |(_, rest)| &rest[..rest.len().min(NONCE_LEN)]);
        self.push(nonce);
        self.push(&sealed[sealed.len().saturating_sub(TAG_LEN)..]);
        self
    }

    fn push(&mut self, part: &[u8]) {
        self.0.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        self.0.extend(part);
    }
}

/// Why something cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Too short, or of an unknown version.
    #[error("not a sealed payload")]
    Malformed,
    /// Sealed with a key that the ring does not have (any more).
    #[error("sealed with key {0:?}, which is not in the key ring")]
    UnknownKey(String),
    /// Altered, or it belongs somewhere else.
    #[error("the sealed payload does not belong here, or was altered")]
    Forged,
}

/// The keys that this process may seal and open with.
pub struct KeyRing(Vec<(KeyId, XChaCha20Poly1305)>);

/// Why a text is no key ring.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKeyRing {
    /// There is no key.
    #[error("needs at least one key, written as ID:BASE64 (make one with: echo \"k1:$(openssl rand -base64 32)\")")]
    Empty,
    /// An entry is not of that form.
    #[error("entry {0} must be ID:BASE64 with an id of letters, digits, _ or - and a key of 32 bytes")]
    Entry(usize),
    /// An id stands twice.
    #[error("key id {0:?} stands twice")]
    Twice(String),
}

impl FromStr for KeyRing {
    type Err = InvalidKeyRing;

    /// Reads `ID:BASE64[,ID:BASE64 ...]`; the first key seals.
    fn from_str(text: &str) -> Result<Self, InvalidKeyRing> {
        let mut keys: Vec<(KeyId, XChaCha20Poly1305)> = Vec::new();
        for (i, entry) in text.split(',').map(str::trim).filter(|e| !e.is_empty()).enumerate() {
            let parts = entry.split_once(':').and_then(|(id, key)| {
                let key = Zeroizing::new(STANDARD.decode(key).ok()?);
                Some((KeyId::parse(id)?, XChaCha20Poly1305::new_from_slice(&key).ok()?))
            });
            let (id, key) = parts.ok_or(InvalidKeyRing::Entry(i + 1))?;
            if keys.iter().any(|(known, _)| *known == id) {
                return Err(InvalidKeyRing::Twice(id.0));
            }
            keys.push((id, key));
        }
        if keys.is_empty() { Err(InvalidKeyRing::Empty) } else { Ok(Self(keys)) }
    }
}

impl KeyRing {
    /// The id of the key that seals.
    pub fn sealing_key(&self) -> &KeyId {
        &self.0[0].0
    }

    /// Encrypts and authenticates; the answer holds version, key id, nonce and ciphertext.
    pub fn seal(&self, context: &Context, plain: &[u8]) -> Vec<u8> {
        let (id, key) = &self.0[0];
        let nonce = XNonce::generate();
        let sealed =
            key.encrypt(&nonce, Payload { msg: plain, aad: &context.0 }).expect("XChaCha20 seals anything under 256 GiB");
        let mut out = Vec::with_capacity(2 + id.0.len() + NONCE_LEN + sealed.len());
        out.push(VERSION);
        out.push(u8::try_from(id.0.len()).expect("a key id has at most 32 bytes"));
        out.extend(id.0.as_bytes());
        out.extend(nonce.iter());
        out.extend(sealed);
        out
    }

    /// Opens what any key of the ring sealed for the same context. The plain text is wiped from memory when dropped.
    pub fn open(&self, context: &Context, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let (id, rest) = split_key_id(sealed).ok_or(OpenError::Malformed)?;
        let (nonce, body) = rest.split_at_checked(NONCE_LEN).ok_or(OpenError::Malformed)?;
        let nonce = XNonce::try_from(nonce).map_err(|_| OpenError::Malformed)?;
        let key = self.0.iter().find(|(known, _)| known.0 == id).ok_or_else(|| OpenError::UnknownKey(id.to_owned()))?;
        let plain = key.1.decrypt(&nonce, Payload { msg: body, aad: &context.0 }).map_err(|_| OpenError::Forged)?;
        Ok(Zeroizing::new(plain))
    }
}

impl KeyRing {
    /// The key that seals.
    pub fn sealing(&self) -> &KeyId {
        &self.0[0].0
    }

    /// Whether one of the ring's keys has that id.
    pub fn has(&self, id: &str) -> bool {
        self.0.iter().any(|(known, _)| known.0 == id)
    }

    /// The same, sealed with the key that seals now.
    pub fn reseal(&self, context: &Context, sealed: &[u8]) -> Result<Vec<u8>, OpenError> {
        Ok(self.seal(context, &self.open(context, sealed)?))
    }
}

/// The id of the key that sealed it, for headers and for finding what a rotation has still to re-seal.
pub fn key_id(sealed: &[u8]) -> Option<&str> {
    split_key_id(sealed).map(|(id, _)| id)
}

fn split_key_id(sealed: &[u8]) -> Option<(&str, &[u8])> {
    let [VERSION, len, rest @ ..] = sealed else { return None };
    let (id, rest) = rest.split_at_checked(usize::from(*len))?;
    Some((std::str::from_utf8(id).ok()?, rest))
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(id, _)| id)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(ids: &[(&str, u8)]) -> KeyRing {
        let text: Vec<_> = ids.iter().map(|(id, fill)| format!("{id}:{}", STANDARD.encode([*fill; 32]))).collect();
        text.join(",").parse().unwrap()
    }

    #[test]
    fn what_is_sealed_opens_with_its_context_only() {
        let (ring, here) = (ring(&[("k1", 1)]), Context::new("event", &["a", "b"]));
        let sealed = ring.seal(&here, b"my card is");
        assert!(!sealed.windows(4).any(|w| w == b"card"));
        assert_eq!(ring.open(&here, &sealed).unwrap().as_slice(), b"my card is");
        assert_eq!(ring.open(&Context::new("event", &["ab"]), &sealed), Err(OpenError::Forged));
        assert_eq!(ring.open(&Context::new("event", &["a", "c"]), &sealed), Err(OpenError::Forged));
    }

    #[test]
    fn keys_rotate() {
        let here = Context::new("token", &[]);
        let old = ring(&[("k1", 1)]).seal(&here, b"x");
        let both = ring(&[("k2", 2), ("k1", 1)]);
        assert_eq!(key_id(&old), Some("k1"));
        assert_eq!(both.open(&here, &old).unwrap().as_slice(), b"x");
        assert_eq!(key_id(&both.seal(&here, b"x")), Some("k2"));
        assert_eq!(ring(&[("k2", 2)]).open(&here, &old), Err(OpenError::UnknownKey("k1".into())));
    }

    #[test]
    fn a_bad_ring_says_which_entry() {
        assert_eq!("".parse::<KeyRing>().unwrap_err(), InvalidKeyRing::Empty);
        let good = STANDARD.encode([1; 32]);
        assert_eq!(format!("k1:{good},k2:short").parse::<KeyRing>().unwrap_err(), InvalidKeyRing::Entry(2));
        assert_eq!(format!("k1:{good},k1:{good}").parse::<KeyRing>().unwrap_err(), InvalidKeyRing::Twice("k1".into()));
        assert!(!format!("{:?}", ring(&[("k1", 65)])).contains("QUFB"));
    }

    proptest::proptest! {
        #[test]
        fn opening_anything_never_panics(bytes: Vec<u8>) {
            proptest::prop_assert!(ring(&[("k1", 1)]).open(&Context::new("p", &[]), &bytes).is_err());
        }
    }
}
