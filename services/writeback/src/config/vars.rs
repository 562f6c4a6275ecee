//! Environment variables, read with care: each mistake becomes a line, no line shows a value.

use std::{collections::BTreeMap, fmt::Display, ops::RangeInclusive, str::FromStr};

use secrecy::SecretString;

const PREFIX: &str = "WRITEBACK_";

/// Variables that other programs of the house read.
const FOREIGN: &str = "WRITEBACK_TEST_";

/// The variables that begin with `WRITEBACK_`. A name that ends in `_FILE` names a file that holds the value, as secrets are
/// mounted into containers.
pub(crate) struct Vars {
    values: BTreeMap<String, String>,
    faults: Vec<String>,
}

impl Vars {
    /// Those of this process.
    pub(crate) fn from_env() -> Self {
        // A variable that is not Unicode would only be read to be refused; its name says enough.
        Self::of(std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))))
    }

    /// Any.
    pub(crate) fn of(vars: impl IntoIterator<Item = (impl Into<String>, String)>) -> Self {
        let mut read = Self { values: BTreeMap::new(), faults: Vec::new() };
        for (name, value) in vars {
            let name: String = name.into();
            if name.starts_with(PREFIX) && !name.starts_with(FOREIGN) && !value.trim().is_empty() {
                read.values.insert(name, value);
            }
        }
        read
    }

    /// Notes a mistake.
    pub(crate) fn fault<T>(&mut self, name: &str, what: impl Display) -> Option<T> {
        self.faults.push(format!("{PREFIX}{name} {what}"));
        None
    }

    fn raw(&mut self, name: &str) -> Option<String> {
        if let Some(value) = self.values.remove(&format!("{PREFIX}{name}")) {
            return Some(value.trim().to_owned());
        }
        let path = self.values.remove(&format!("{PREFIX}{name}_FILE"))?;
        match std::fs::read_to_string(path.trim()) {
            Ok(value) => Some(value.trim().to_owned()),
            Err(error) => self.fault(&format!("{name}_FILE"), format!("names a file that cannot be read: {}", error.kind())),
        }
    }

    /// An optional value.
    pub(crate) fn optional<T: FromStr<Err: Display>>(&mut self, name: &str) -> Option<T> {
        match self.raw(name)?.parse() {
            Ok(value) => Some(value),
            Err(error) => self.fault(name, error),
        }
    }

    /// A value that must be there.
    pub(crate) fn required<T: FromStr<Err: Display>>(&mut self, name: &str) -> Option<T> {
        self.present(name).then(|| self.optional(name)).flatten()
    }

    /// A value with a default.
    pub(crate) fn or<T: FromStr<Err: Display>>(&mut self, name: &str, default: T) -> T {
        self.optional(name).unwrap_or(default)
    }

    /// A number with a default and bounds.
    pub(crate) fn within<T: FromStr<Err: Display> + PartialOrd + Display + Copy>(
        &mut self,
        name: &str,
        default: T,
        bounds: RangeInclusive<T>,
    ) -> T {
        let value = self.or(name, default);
        if bounds.contains(&value) {
            return value;
        }
        self.fault::<T>(name, format!("must be within {} and {}", bounds.start(), bounds.end()));
        default
    }

    /// Numbers separated by commas.
    pub(crate) fn list(&mut self, name: &str, default: &[u64], bounds: RangeInclusive<u64>) -> Vec<u64> {
        let Some(text) = self.raw(name) else { return default.to_vec() };
        let numbers: Option<Vec<u64>> = text.split(',').map(|n| n.trim().parse().ok().filter(|n| bounds.contains(n))).collect();
        match numbers {
            Some(numbers) if !numbers.is_empty() && numbers.len() <= 10 && numbers.is_sorted() => numbers,
            _ => self
                .fault(
                    name,
                    format!(
                        "must be up to 10 numbers in rising order, separated by commas, within {} and {}",
                        bounds.start(),
                        bounds.end()
                    ),
                )
                .unwrap_or_else(|| default.to_vec()),
        }
    }

    /// One of a few words; the first is the default.
    pub(crate) fn one_of<T: Copy>(&mut self, name: &str, choices: &[(&str, T)]) -> T {
        let default = choices[0].1;
        let Some(text) = self.raw(name) else { return default };
        let words: Vec<_> = choices.iter().map(|(word, _)| *word).collect();
        let found = choices.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        found.or_else(|| self.fault(name, format!("must be one of {}", words.join(", ")))).unwrap_or(default)
    }

    /// An http or https URL without a slash at its end.
    pub(crate) fn url(&mut self, name: &str) -> Option<String> {
        let url = self.raw(name)?;
        if url.starts_with("https://") || url.starts_with("http://") {
            Some(url.trim_end_matches('/').to_owned())
        } else {
            self.fault(name, "must begin with https:// or http://")
        }
    }

    /// A secret that must be there.
    pub(crate) fn secret(&mut self, name: &str) -> Option<SecretString> {
        self.present(name).then(|| self.optional_secret(name)).flatten()
    }

    /// A secret that may be there.
    pub(crate) fn optional_secret(&mut self, name: &str) -> Option<SecretString> {
        self.raw(name).map(SecretString::from)
    }

    fn present(&mut self, name: &str) -> bool {
        let there = [name.to_owned(), format!("{name}_FILE")].iter().any(|n| self.values.contains_key(&format!("{PREFIX}{n}")));
        if !there {
            self.fault::<()>(name, "is required");
        }
        there
    }

    /// The mistakes so far.
    pub(crate) fn problems(self) -> Vec<String> {
        self.faults
    }

    /// The mistakes, and every variable that nobody asked for: most likely a slip of the pen.
    pub(crate) fn finish(mut self) -> Vec<String> {
        self.faults.extend(self.values.keys().map(|name| format!("{name} is not known")));
        self.faults
    }
}
