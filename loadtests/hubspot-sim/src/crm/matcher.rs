//! One search filter against one value. Pure.
//!
//! Text is compared without case, except `IN` and `NOT_IN`, whose values must already be lower case; enumerations are compared
//! with case [search guide]. A record without the property satisfies only `NOT_HAS_PROPERTY`: what `NEQ`, `NOT_IN` and
//! `NOT_CONTAINS_TOKEN` do with it is not documented.

use std::cmp::Ordering;

use crate::clock::{parse_date, parse_datetime};

/// What a filter does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Eq,
    Neq,
    Lt,
    Lte,
    Gt,
    Gte,
    Between,
    In,
    NotIn,
    HasProperty,
    NotHasProperty,
    ContainsToken,
    NotContainsToken,
}

impl Operator {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "EQ" => Self::Eq,
            "NEQ" => Self::Neq,
            "LT" => Self::Lt,
            "LTE" => Self::Lte,
            "GT" => Self::Gt,
            "GTE" => Self::Gte,
            "BETWEEN" => Self::Between,
            "IN" => Self::In,
            "NOT_IN" => Self::NotIn,
            "HAS_PROPERTY" => Self::HasProperty,
            "NOT_HAS_PROPERTY" => Self::NotHasProperty,
            "CONTAINS_TOKEN" => Self::ContainsToken,
            "NOT_CONTAINS_TOKEN" => Self::NotContainsToken,
            _ => return None,
        })
    }

    pub(crate) fn needs_value(self) -> bool {
        !matches!(self, Self::In | Self::NotIn | Self::HasProperty | Self::NotHasProperty)
    }

    pub(crate) fn needs_values(self) -> bool {
        matches!(self, Self::In | Self::NotIn)
    }
}

/// How the values of a property compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Number,
    Time,
    Enumeration,
}

impl Kind {
    pub(crate) fn of(property_type: &str) -> Self {
        match property_type {
            "number" => Self::Number,
            "date" | "datetime" => Self::Time,
            "enumeration" | "bool" => Self::Enumeration,
            _ => Self::Text,
        }
    }
}

/// One condition on one property.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    pub(crate) property: String,
    pub(crate) kind: Kind,
    pub(crate) operator: Operator,
    pub(crate) value: String,
    pub(crate) high: String,
    pub(crate) values: Vec<String>,
}

impl Filter {
    pub(crate) fn matches(&self, value: Option<&str>) -> bool {
        let Some(value) = value.filter(|text| !text.is_empty()) else { return self.operator == Operator::NotHasProperty };
        match self.operator {
            Operator::HasProperty => true,
            Operator::NotHasProperty => false,
            Operator::Eq => equal(self.kind, value, &self.value),
            Operator::Neq => !equal(self.kind, value, &self.value),
            Operator::Lt => self.order(value, &self.value) == Some(Ordering::Less),
            Operator::Lte => matches!(self.order(value, &self.value), Some(Ordering::Less | Ordering::Equal)),
            Operator::Gt => self.order(value, &self.value) == Some(Ordering::Greater),
            Operator::Gte => matches!(self.order(value, &self.value), Some(Ordering::Greater | Ordering::Equal)),
            Operator::Between => {
                matches!(self.order(value, &self.value), Some(Ordering::Greater | Ordering::Equal))
                    && matches!(self.order(value, &self.high), Some(Ordering::Less | Ordering::Equal))
            }
            Operator::In => self.is_in(value),
            Operator::NotIn => !self.is_in(value),
            Operator::ContainsToken => contains_token(value, &self.value),
            Operator::NotContainsToken => !contains_token(value, &self.value),
        }
    }

    fn order(&self, value: &str, other: &str) -> Option<Ordering> {
        compare(self.kind, value, other)
    }

    fn is_in(&self, value: &str) -> bool {
        match self.kind {
            Kind::Text => {
                let lower = value.to_lowercase();
                self.values.contains(&lower)
            }
            kind => self.values.iter().any(|wanted| equal(kind, value, wanted)),
        }
    }
}

fn equal(kind: Kind, value: &str, wanted: &str) -> bool {
    match kind {
        Kind::Text => value.to_lowercase() == wanted.to_lowercase(),
        Kind::Enumeration => value == wanted || value.split(';').any(|one| one == wanted),
        Kind::Number | Kind::Time => compare(kind, value, wanted) == Some(Ordering::Equal),
    }
}

/// The order of two values of one kind; `None` when one of them is not of that kind.
pub(crate) fn compare(kind: Kind, left: &str, right: &str) -> Option<Ordering> {
    match kind {
        Kind::Number => match (left.parse::<i64>(), right.parse::<i64>()) {
            (Ok(left), Ok(right)) => Some(left.cmp(&right)),
            _ => left.parse::<f64>().ok()?.partial_cmp(&right.parse::<f64>().ok()?),
        },
        Kind::Time => Some(time(left)?.cmp(&time(right)?)),
        Kind::Text => Some(left.to_lowercase().cmp(&right.to_lowercase())),
        Kind::Enumeration => Some(left.cmp(right)),
    }
}

fn time(text: &str) -> Option<i64> {
    parse_date(text).or_else(|| parse_datetime(text))
}

/// Whole tokens (letters and digits between anything else), or a pattern with `*` against tokens, words and the whole value.
fn contains_token(value: &str, wanted: &str) -> bool {
    let (value, wanted) = (value.to_lowercase(), wanted.to_lowercase());
    if wanted.contains('*') {
        let pieces = value.split_whitespace().chain(tokens(&value)).chain([value.as_str()]);
        return pieces.into_iter().any(|piece| glob(&wanted, piece));
    }
    let wanted: Vec<&str> = tokens(&wanted).collect();
    let held: Vec<&str> = tokens(&value).collect();
    !wanted.is_empty() && held.windows(wanted.len()).any(|window| window == wanted)
}

/// Letters and digits between anything else.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty())
}

/// A pattern in which `*` stands for any text.
fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.len() >= last.len() && rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: Kind, operator: &str, held: &str, wanted: &str, expected: bool) {
        let filter = Filter {
            property: "p".to_owned(),
            kind,
            operator: Operator::parse(operator).expect("a known operator"),
            value: wanted.to_owned(),
            high: wanted.to_owned(),
            values: wanted.split(',').map(str::to_owned).collect(),
        };
        assert_eq!(filter.matches(Some(held)), expected, "{held} {operator} {wanted}");
    }

    #[test]
    fn text_has_no_case_but_in_wants_lower_case() {
        check(Kind::Text, "EQ", "Ann", "aNN", true);
        check(Kind::Text, "IN", "Ann", "bob,ann", true);
        check(Kind::Text, "IN", "Ann", "Ann", false);
        check(Kind::Text, "NOT_IN", "Ann", "Ann", true);
    }

    #[test]
    fn enumerations_have_case() {
        check(Kind::Enumeration, "EQ", "COMPLETED", "completed", false);
        check(Kind::Enumeration, "IN", "COMPLETED", "BUSY,COMPLETED", true);
        check(Kind::Enumeration, "EQ", "A;B", "B", true);
    }

    #[test]
    fn numbers_and_times_are_compared_as_such() {
        check(Kind::Number, "GT", "10", "9", true);
        check(Kind::Number, "EQ", "1.50", "1.5", true);
        check(Kind::Time, "LT", "2026-01-01T00:00:00.000Z", "1790000000000", true);
        check(Kind::Time, "BETWEEN", "2026-01-01", "2026-01-01", true);
    }

    #[test]
    fn tokens_are_whole_words_unless_starred() {
        check(Kind::Text, "CONTAINS_TOKEN", "+12025550123", "*2025550123", true);
        check(Kind::Text, "CONTAINS_TOKEN", "+12025550123", "2025550123", false);
        check(Kind::Text, "CONTAINS_TOKEN", "a@b.example;c@d.example", "c@d.example", true);
        check(Kind::Text, "CONTAINS_TOKEN", "Ann Lee", "an", false);
        check(Kind::Text, "CONTAINS_TOKEN", "Ann Lee", "l*e", true);
        check(Kind::Text, "NOT_CONTAINS_TOKEN", "Ann Lee", "lee", false);
    }

    #[test]
    fn an_absent_value_satisfies_only_its_absence() {
        for operator in ["EQ", "NEQ", "NOT_IN", "NOT_CONTAINS_TOKEN", "HAS_PROPERTY"] {
            check(Kind::Text, operator, "", "x", false);
        }
        check(Kind::Text, "NOT_HAS_PROPERTY", "", "x", true);
    }

    #[test]
    fn stars_match_any_text() {
        assert!(glob("*", "") && glob("a*", "abc") && glob("*c", "abc") && glob("a*b*c", "a-b-c"));
        assert!(!glob("a*a", "a") && !glob("abc", "abcd") && !glob("b*", "abc"));
    }
}
