//! One text while stretches of it are removed, with the way back to where they stood.

use std::borrow::Cow;
use std::ops::Range;

use super::Extras;
use crate::kind::Kind;

/// A text, what is left of it, and which stretch of the one each replacement in the other stands for.
pub(super) struct Remains<'a> {
    source: &'a str,
    text: Cow<'a, str>,
    /// In order and apart.
    marks: Vec<Mark>,
}

struct Mark {
    /// The replacement in what is left.
    here: Range<usize>,
    /// What it stands for in the text as it came.
    there: Range<usize>,
}

/// A stretch of what is left that is to be replaced.
pub(super) struct Cut<'r> {
    pub(super) range: Range<usize>,
    pub(super) replacement: &'r str,
}

impl<'a> Remains<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, text: Cow::Borrowed(source), marks: Vec::new() }
    }

    /// What is left, with what stands for what was removed.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn into_text(self) -> Cow<'a, str> {
        self.text
    }

    /// Where that stretch of what is left stood in the text as it came.
    pub(super) fn at_source(&self, range: &Range<usize>) -> Range<usize> {
        self.source_of(range.start, false)..self.source_of(range.end, true)
    }

    /// A place within a replacement is the beginning, or the end, of what it stands for.
    fn source_of(&self, at: usize, is_end: bool) -> usize {
        let before = self.marks.partition_point(|mark| mark.here.end <= at);
        match self.marks.get(before) {
            Some(Mark { here, there }) if here.start < at => return if is_end { there.end } else { there.start },
            _ => {}
        }
        match before.checked_sub(1).and_then(|last| self.marks.get(last)) {
            Some(Mark { here, there }) => there.end + (at - here.end),
            None => at,
        }
    }

    /// Replaces stretches that are apart from each other and from earlier replacements.
    pub(super) fn replace(&mut self, mut cuts: Vec<Cut<'_>>) {
        cuts.sort_by_key(|cut| cut.range.start);
        let mut new: Vec<(Range<usize>, Range<usize>, &str)> =
            cuts.iter().map(|cut| (cut.range.clone(), self.at_source(&cut.range), cut.replacement)).collect();
        let text = std::mem::replace(&mut self.text, Cow::Borrowed(""));
        let old = std::mem::take(&mut self.marks);
        new.extend(old.into_iter().map(|Mark { here, there }| (here.clone(), there, &text[here])));
        new.sort_by_key(|(here, _, _)| here.start);
        let mut left = String::with_capacity(text.len());
        let mut done = 0;
        for (here, there, replacement) in new {
            left.push_str(&text[done..here.start]);
            let start = left.len();
            left.push_str(replacement);
            self.marks.push(Mark { here: start..left.len(), there });
            done = here.end;
        }
        left.push_str(&text[done..]);
        self.text = Cow::Owned(left);
        debug_assert!(self.marks.iter().all(|mark| mark.there.end <= self.source.len()), "a mark is a place of the source");
    }
}

/// The replacements that stand in a text, ours and the owner's, in order.
pub(super) fn replacements(text: &str, extras: &Extras) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find('[') {
        let start = at + next;
        let here = &text.as_bytes()[start..];
        let own = || Kind::ALL.iter().map(|kind| kind.replacement()).find(|own| here.starts_with(own.as_bytes()));
        let length = own().map(str::len).or_else(|| extras.replacement_length(here));
        found.extend(length.map(|length| start..start + length));
        at = start + length.unwrap_or(1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_leads_back_to_the_text_as_it_came() {
        let mut remains = Remains::new("ab 123 cd 456 ef");
        remains.replace(vec![Cut { range: 10..13, replacement: "[x removed]" }]);
        remains.replace(vec![Cut { range: 3..6, replacement: "[]" }]);
        assert_eq!(remains.text(), "ab [] cd [x removed] ef");
        assert_eq!(remains.at_source(&(0..2)), 0..2);
        assert_eq!(remains.at_source(&(3..5)), 3..6);
        assert_eq!(remains.at_source(&(6..8)), 7..9);
        assert_eq!(remains.at_source(&(9..20)), 10..13);
        assert_eq!(remains.at_source(&(21..23)), 14..16);
        assert_eq!(remains.at_source(&(12..23)), 10..16);
        assert_eq!(remains.into_text(), "ab [] cd [x removed] ef");
    }

    #[test]
    fn replacements_are_found_wherever_they_stand() {
        let extras =
            Extras::compile(&[super::super::Pattern { label: "order code", pattern: "X[0-9]+" }], &[]).unwrap_or_default();
        let text = "[[card number removed][order code removed] [order removed] [";
        assert_eq!(replacements(text, &extras), [1..22, 22..42]);
    }
}
