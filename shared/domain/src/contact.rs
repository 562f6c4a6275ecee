//! Personal data. Whatever is here shows nothing in `Debug` and has no `Display`, so that it cannot slip into a log.

use std::{fmt, str::FromStr};

use phonenumber::{Mode, country};
use serde::{Deserialize, Serialize};

/// Words of a conversation or about a person: turns, summaries, names, titles.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// The words themselves.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The words themselves, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} bytes)", self.0.len())
    }
}

/// A country whose national numbers an account's callers dial: ISO 3166-1 alpha-2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region(country::Id);

impl Region {
    /// The United States, where an account is not told otherwise.
    pub const US: Self = Self(country::Id::US);

    /// The two letters.
    pub fn as_str(&self) -> &str {
        self.0.as_ref()
    }
}

/// The text names no country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a country's two letters (ISO 3166-1), such as US or DE")]
pub struct InvalidRegion;

impl FromStr for Region {
    type Err = InvalidRegion;

    fn from_str(text: &str) -> Result<Self, InvalidRegion> {
        text.to_ascii_uppercase().parse().map(Self).map_err(|_| InvalidRegion)
    }
}

impl Serialize for Region {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Region {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A telephone number in E.164. Invariant: `+`, then 8 to 15 digits, of which the first is not zero.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// What a text in a number's place is, if not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPhone {
    /// The network withheld the number (`anonymous`, `+266696687`, ...): no fault, but nobody to find either.
    #[error("the number was withheld")]
    Withheld,
    /// Nothing that could be dialled.
    #[error("must be a telephone number, best in E.164 such as +14155550123")]
    Invalid,
}

/// What networks and carriers put in a withheld number's place; `+266696687` spells ANONYMOUS on a keypad.
const WITHHELD: [&str; 9] =
    ["anonymous", "unknown", "unavailable", "restricted", "private", "blocked", "withheld", "+266696687", "266696687"];

impl Phone {
    /// Reads a number as people and networks write it; one without country code is taken as of `region`. SIP and `tel:` URIs
    /// are read by their user part.
    pub fn parse(text: &str, region: Region) -> Result<Self, NotAPhone> {
        let text = text.trim();
        let text = text
            .strip_prefix("tel:")
            .or_else(|| text.strip_prefix("sips:"))
            .or_else(|| text.strip_prefix("sip:"))
            .unwrap_or(text);
        let text = text.split(['@', ';']).next().unwrap_or_default().trim();
        if text.is_empty() || WITHHELD.iter().any(|word| text.eq_ignore_ascii_case(word)) {
            return Err(NotAPhone::Withheld);
        }
        // Longer than any number with all its punctuation; keeps the parser's work small.
        if text.len() > 40 {
            return Err(NotAPhone::Invalid);
        }
        let number = phonenumber::parse(Some(region.0), text).map_err(|_| NotAPhone::Invalid)?;
        Self::try_from(number.format().mode(Mode::E164).to_string()).map_err(|_| NotAPhone::Invalid)
    }

    /// `+` and digits.
    pub fn as_e164(&self) -> &str {
        &self.0
    }

    /// The number without country code and leading zeros: the form that HubSpot's `hs_searchable_calculated_*` properties hold
    /// (CRM search guide, "leave the country code out"). `None` for a country code that no numbering plan has.
    pub fn national(&self) -> Option<String> {
        phonenumber::parse(None, &self.0).ok().map(|n| n.national().value().to_string())
    }
}

impl TryFrom<String> for Phone {
    type Error = NotAPhone;

    fn try_from(text: String) -> Result<Self, NotAPhone> {
        let digits = text.strip_prefix('+').unwrap_or_default();
        let fits = (8..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
        if fits { Ok(Self(text)) } else { Err(NotAPhone::Invalid) }
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> String {
        phone.0
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(..)")
    }
}

/// An e-mail address, lower case. Invariant: one `@` with something before it and a dotted host after it, no white space,
/// at most 254 characters (RFC 5321).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// The text is no e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an e-mail address")]
pub struct InvalidEmail;

impl Email {
    /// Trims, lowers and checks.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        Self::try_from(text.trim().to_lowercase())
    }

    /// The address in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Email {
    type Error = InvalidEmail;

    fn try_from(text: String) -> Result<Self, InvalidEmail> {
        let (user, host) = text.rsplit_once('@').ok_or(InvalidEmail)?;
        let host_fits = host.contains('.') && host.split('.').all(|label| !label.is_empty());
        let printable = !text.chars().any(|c| c.is_whitespace() || c.is_control() || c.is_uppercase() || ",;<>\"()".contains(c));
        if !user.is_empty() && !user.contains('@') && host_fits && printable && text.len() <= 254 {
            Ok(Self(text))
        } else {
            Err(InvalidEmail)
        }
    }
}

impl From<Email> for String {
    fn from(email: Email) -> String {
        email.0
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn phone(text: &str, region: &str, expected: Result<&str, NotAPhone>) {
        let phone = Phone::parse(text, region.parse().unwrap());
        assert_eq!(phone.as_ref().map(Phone::as_e164).map_err(|e| *e), expected, "{text}");
    }

    #[test]
    fn numbers_are_read_as_people_and_networks_write_them() {
        phone("+1 (415) 555-0123", "DE", Ok("+14155550123"));
        phone("415-555-0123", "US", Ok("+14155550123"));
        phone("030 901820", "DE", Ok("+4930901820"));
        phone("sip:+4930901820@carrier.example;user=phone", "US", Ok("+4930901820"));
        phone("tel:+442079460000", "US", Ok("+442079460000"));
    }

    #[test]
    fn withheld_is_told_from_wrong() {
        for text in ["Anonymous", "sip:anonymous@anonymous.invalid", "", "+266696687", "RESTRICTED"] {
            phone(text, "US", Err(NotAPhone::Withheld));
        }
        for text in ["hello", "12", &"1".repeat(60)] {
            phone(text, "US", Err(NotAPhone::Invalid));
        }
    }

    #[test]
    fn the_national_form_has_no_country_code_and_no_zero() {
        assert_eq!(Phone::parse("+4930901820", Region::US).unwrap().national().unwrap(), "30901820");
        assert_eq!(Phone::parse("+14155550123", Region::US).unwrap().national().unwrap(), "4155550123");
    }

    #[test]
    fn addresses_are_lower_case_and_whole() {
        assert_eq!(Email::parse(" Dana.Reyes@Example.COM ").unwrap().as_str(), "dana.reyes@example.com");
        for bad in ["", "a", "a@", "@b.c", "a@b", "a b@c.d", "a@b..c", "a@@b.c", "x\n@b.c"] {
            assert!(Email::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn debug_shows_nothing() {
        let shown = format!(
            "{:?} {:?} {:?}",
            Phone::parse("+14155550123", Region::US).unwrap(),
            Email::parse("dana@example.com").unwrap(),
            Text::from("my card is")
        );
        assert!(!shown.contains("415") && !shown.contains("dana") && !shown.contains("card"), "{shown}");
    }
}
