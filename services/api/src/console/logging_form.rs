//! The form of how conversations are logged, with the try-out in it: one form, so that what is tried is what would be saved.

use domain::settings::{Mode, OnNoMatch};
use maud::{Markup, html};
use redaction::Extras;

use super::{
    faults::Faults,
    logging::{PATH, Typed},
    words,
};
use crate::{
    browser::SignedIn,
    routes::redaction_try::FindingView,
    scrubbing::{ExtraPattern, RedactionExtras},
};

/// Empty rows for further patterns. Whoever needs more saves and goes on.
const ROWS_SPARE: usize = 3;
/// Characters of a sample, as far as the browser cares; the operation has its own limit.
const SAMPLE_CHARS_MAX: usize = 5_000;

/// The whole form.
pub(super) fn form(by: &SignedIn, typed: &Typed, faults: Faults<'_>, result: Option<&Markup>) -> Markup {
    let RedactionExtras { patterns, keep_words } = typed.extras();
    html! { form method="post" action=(PATH) {
        (by.form_token)
        fieldset {
            legend { "What is written to HubSpot" }
            @for mode in [Mode::Off, Mode::Summary, Mode::SummaryTranscript] {
                (choice("mode", mode.as_str(), mode == typed.mode, words::mode(mode)))
            }
        }
        fieldset {
            legend { "When HubSpot does not know the caller" }
            @for on_no_match in [OnNoMatch::Skip, OnNoMatch::Create] {
                (choice("on_no_match", on_no_match.as_str(), on_no_match == typed.on_no_match, words::on_no_match(on_no_match)))
            }
        }
        fieldset {
            legend { "Numbers of your own that go, too" }
            p.quiet { "Card and ID numbers always go. A pattern is a regular expression such as " code { "\\bACME-[0-9]{6}\\b" } ", without look-around; what it finds becomes "
                code { "[order code removed]" } ", by its label." }
            (faults.at("redaction.patterns").said)
            @for row in 0..(patterns.len() + ROWS_SPARE).min(Extras::PATTERNS_MAX.max(patterns.len())) { (pattern(row, patterns.get(row), faults)) }
        }
        fieldset {
            legend { "Words and numbers that stay" }
            (keep(&keep_words, faults))
        }
        fieldset {
            legend { "Try it" }
            (sample(&typed.sample, faults))
            div.actions {
                button type="submit" formaction={(PATH) "/try"} { "Try it, without saving" }
                a.button href={(PATH) "/preview"} { "Preview a whole conversation, with what is saved" }
            }
            @if let Some(result) = result { (result) }
        }
        div.actions { button.primary type="submit" { "Save" } }
    } }
}

/// One of a group: its title, and what it means.
pub(super) fn choice(name: &str, value: &str, chosen: bool, (title, why): (&str, &str)) -> Markup {
    html! { label.choice { input type="radio" name=(name) value=(value) checked[chosen] required; span { (title) } span.why { (why) } } }
}

fn pattern(row: usize, typed: Option<&ExtraPattern>, faults: Faults<'_>) -> Markup {
    let (label, pattern) = typed.map_or(("", ""), |row| (row.label.as_str(), row.pattern.as_str()));
    let of_label = faults.at(&format!("redaction.patterns[{row}].label"));
    let of_pattern = faults.at(&format!("redaction.patterns[{row}].pattern"));
    html! { div.pairs {
        label { "Label " (row + 1)
            input type="text" name="label" value=(label) maxlength=(Extras::LABEL_CHARS_MAX)
                aria-invalid=[of_label.invalid] aria-describedby=[of_label.id]; (of_label.said) }
        label { "Pattern " (row + 1)
            input.mono type="text" name="pattern" value=(pattern) maxlength=(Extras::PATTERN_CHARS_MAX) autocapitalize="none" autocomplete="off" spellcheck="false"
                aria-invalid=[of_pattern.invalid] aria-describedby=[of_pattern.id]; (of_pattern.said) }
    } }
}

fn keep(words: &[String], faults: Faults<'_>) -> Markup {
    let lines = (0..words.len()).map(|line| (line, faults.at(&format!("redaction.keepWords[{line}]"))));
    let lines: Vec<_> = lines.filter(|(_, fault)| fault.id.is_some()).collect();
    let all = faults.at("redaction.keepWords");
    let invalid = (all.id.is_some() || !lines.is_empty()).then_some("true");
    html! {
        label { "One a line, such as your hotline or a product's code"
            textarea name="keep" rows="4" spellcheck="false" aria-invalid=[invalid] aria-describedby=[invalid.map(|_| "fault-keep")] { "\n" (words.join("\n")) } }
        @if invalid.is_some() { div #fault-keep { (all.said)
            @for (line, fault) in &lines { div.fault { "Line " (line + 1) ": " (fault.said) } } } }
    }
}

fn sample(sample: &str, faults: Faults<'_>) -> Markup {
    let fault = faults.at("");
    html! { label { "A text as somebody might say or write it; it is neither kept nor logged"
    textarea name="sample" rows="4" maxlength=(SAMPLE_CHARS_MAX) aria-invalid=[fault.invalid] aria-describedby=[fault.id] { "\n" (sample) } (fault.said) } }
}

/// What became of a sample.
pub(super) fn result(text: &str, findings: &[FindingView]) -> Markup {
    html! { section {
        h3 { "As it would leave" }
        div.preview.said { (text) }
        @if findings.is_empty() { p { "Nothing was taken out." } } @else {
            ul { @for finding in findings { li { (finding.label) ": " (words::why(finding.why)) } } }
        }
    } }
}
