//! A number that must go, before it is said.

/// What it is scored as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Card,
    Iban,
    Id,
}

impl Family {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Iban => "iban",
            Self::Id => "id",
        }
    }
}

#[derive(Clone)]
pub(super) struct Number {
    pub(super) kind: String,
    pub(super) family: Family,
    /// Capitals and digits, nothing else.
    pub(super) value: String,
    /// As it is printed where it is given out.
    pub(super) usual: String,
}

impl Number {
    pub(super) fn new(kind: String, family: Family, value: String, usual: String) -> Self {
        Self { kind, family, value, usual }
    }

    /// Are its characters all digits?
    pub(super) fn is_digits(&self) -> bool {
        self.value.bytes().all(|c| c.is_ascii_digit())
    }

    /// How long the printed groups are.
    pub(super) fn groups(&self) -> Vec<usize> {
        let parts = self.usual.split(|c: char| !c.is_ascii_alphanumeric());
        parts.map(str::len).filter(|length| *length > 0).collect()
    }
}
