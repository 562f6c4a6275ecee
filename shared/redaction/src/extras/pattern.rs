//! One pattern, checked and compiled.

use std::collections::HashSet;

use regex::{Regex, RegexBuilder};
use regex_syntax::{ParserBuilder, ast::Span, hir::Hir};

use super::{Extras, Fault, Flaw, Pattern, Spot};
use crate::kind::Kind;

/// A pattern that may be used.
#[derive(Clone)]
pub(super) struct Compiled {
    pub(super) regex: Regex,
    /// What stands for what it removes: `[order code removed]`.
    replacement: Box<str>,
}

/// Bytes of a compiled pattern: `\w`, which knows every alphabet, fits some ten times. Bounds both the memory that an owner takes
/// and the time of the slowest search, which is the compiled size times the text's length.
const COMPILED_BYTES_MAX: usize = 1 << 19;
/// Bytes that a pattern's search may keep between two texts.
const CACHE_BYTES_MAX: usize = 1 << 19;
/// Groups within groups.
const NESTED_MAX: u32 = 50;

const BEFORE_LABEL: &str = "[";
const AFTER_LABEL: &str = " removed]";

impl Compiled {
    pub(super) fn replacement(&self) -> &str {
        &self.replacement
    }

    pub(super) fn label(&self) -> &str {
        &self.replacement[BEFORE_LABEL.len()..self.replacement.len() - AFTER_LABEL.len()]
    }
}

/// Compiles what can be compiled, and names what cannot.
pub(super) fn compile(patterns: &[Pattern<'_>]) -> (Vec<Compiled>, Vec<Fault>) {
    if patterns.len() > Extras::PATTERNS_MAX {
        return (Vec::new(), vec![Fault { spot: Spot::Patterns, flaw: Flaw::TooMany { max: Extras::PATTERNS_MAX } }]);
    }
    let mut faults = Vec::new();
    let mut compiled = Vec::with_capacity(patterns.len());
    let mut labels = HashSet::new();
    for (index, Pattern { label, pattern }) in patterns.iter().enumerate() {
        let label = check_label(label, &mut labels).map_err(|flaw| faults.push(Fault { spot: Spot::Label(index), flaw }));
        let regex = build(pattern).map_err(|flaw| faults.push(Fault { spot: Spot::Pattern(index), flaw }));
        if let (Ok(label), Ok(regex)) = (label, regex) {
            let replacement = format!("{BEFORE_LABEL}{label}{AFTER_LABEL}").into();
            compiled.push((index, Compiled { regex, replacement }));
        }
    }
    let own = Kind::ALL.iter().map(|kind| kind.replacement());
    let all: Vec<&str> = own.chain(compiled.iter().map(|(_, pattern)| pattern.replacement())).collect();
    for (index, Compiled { regex, .. }) in &compiled {
        if let Some(replacement) = all.iter().find(|replacement| regex.is_match(replacement)) {
            let flaw = Flaw::MatchesReplacement { replacement: (*replacement).to_owned() };
            faults.push(Fault { spot: Spot::Pattern(*index), flaw });
        }
    }
    (compiled.into_iter().map(|(_, compiled)| compiled).collect(), faults)
}

/// The label as it will stand in texts. Words only: digits, brackets and markup in it could be taken for something else.
fn check_label<'a>(label: &'a str, taken: &mut HashSet<String>) -> Result<&'a str, Flaw> {
    if label.is_empty() {
        return Err(Flaw::Missing);
    }
    if label.chars().nth(Extras::LABEL_CHARS_MAX).is_some() {
        return Err(Flaw::TooLong { max: Extras::LABEL_CHARS_MAX });
    }
    if label.split([' ', '-', '\'', '’']).any(|word| word.is_empty() || !word.chars().all(char::is_alphabetic)) {
        return Err(Flaw::NotWords);
    }
    let small = label.to_lowercase();
    if Kind::ALL.iter().any(|kind| kind.label().to_lowercase() == small) {
        return Err(Flaw::BuiltInLabel);
    }
    if taken.insert(small) { Ok(label) } else { Err(Flaw::SameLabel) }
}

fn build(pattern: &str) -> Result<Regex, Flaw> {
    if pattern.is_empty() {
        return Err(Flaw::Missing);
    }
    if pattern.chars().nth(Extras::PATTERN_CHARS_MAX).is_some() {
        return Err(Flaw::TooLong { max: Extras::PATTERN_CHARS_MAX });
    }
    if let Some(at) = pattern.chars().position(|c| c.is_control() && !c.is_whitespace()) {
        return Err(Flaw::Syntax { at: at + 1, why: "a control character; write it as \\x and two digits".to_owned() });
    }
    match parse(pattern)?.properties().minimum_len() {
        None => return Err(Flaw::MatchesNever),
        Some(0) => return Err(Flaw::MatchesNothing),
        Some(_) => {}
    }
    let mut builder = RegexBuilder::new(pattern);
    builder.nest_limit(NESTED_MAX).size_limit(COMPILED_BYTES_MAX).dfa_size_limit(CACHE_BYTES_MAX);
    // It was parsed before, so only its size is left to object to.
    builder.build().map_err(|_| Flaw::TooComplex)
}

/// Reads it as `regex` does, for what `regex` does not tell: the place of a mistake, and the shortest match.
fn parse(pattern: &str) -> Result<Hir, Flaw> {
    let flaw = |span: &Span, why: &dyn std::fmt::Display| {
        let before = pattern.get(..span.start.offset).unwrap_or_default();
        Flaw::Syntax { at: before.chars().count() + 1, why: why.to_string() }
    };
    ParserBuilder::new().nest_limit(NESTED_MAX).build().parse(pattern).map_err(|error| match error {
        regex_syntax::Error::Parse(error) => flaw(error.span(), error.kind()),
        regex_syntax::Error::Translate(error) => flaw(error.span(), error.kind()),
        _ => Flaw::Syntax { at: 1, why: "it cannot be read".to_owned() },
    })
}
