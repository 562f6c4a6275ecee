//! How conversations are logged: seen, set, and tried on a sample before.

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::{IntoResponse as _, Response},
};
use domain::settings::{Mode, OnNoMatch, Settings};
use maud::{Markup, html};
use serde::Deserialize;
use store::gate::{self, Gate};

use super::{
    faults::{self, Faults},
    logging_form, moment,
    notice::{Notice, Shown},
};
use crate::{
    app::App,
    browser::{
        SignedIn, Submitted,
        page::{self, PageError, Section},
    },
    problem::Problem,
    routes::{
        redaction_try::{RedactionTried, tried},
        settings::{WritebackChange, changed},
    },
    scrubbing::{ExtraPattern, RedactionExtras},
};

pub(super) const PATH: &str = "/console/logging";

/// What the form holds: as it is saved, or as somebody typed it.
#[derive(Deserialize)]
pub(super) struct Typed {
    pub(super) mode: Mode,
    pub(super) on_no_match: OnNoMatch,
    /// Of each row of patterns.
    #[serde(default)]
    label: Vec<String>,
    #[serde(default)]
    pattern: Vec<String>,
    /// One a line.
    #[serde(default)]
    keep: String,
    #[serde(default)]
    pub(super) sample: String,
}

impl Typed {
    fn saved(settings: &Settings, extras: RedactionExtras) -> Self {
        let RedactionExtras { patterns, keep_words } = extras;
        let (label, pattern) = patterns.into_iter().map(|ExtraPattern { label, pattern }| (label, pattern)).unzip();
        let (mode, on_no_match) = (settings.mode, settings.on_no_match);
        Self { mode, on_no_match, label, pattern, keep: keep_words.join("\n"), sample: String::new() }
    }

    /// What is in the rows and lines that are not empty. A fault's index is that of the row as it is shown again, since rows that
    /// are empty are shown last.
    pub(super) fn extras(&self) -> RedactionExtras {
        let rows = self.label.len().max(self.pattern.len());
        let text = |texts: &[String], row: usize| texts.get(row).cloned().unwrap_or_default();
        let row = |row| ExtraPattern { label: text(&self.label, row).trim().to_owned(), pattern: text(&self.pattern, row) };
        let is_there = |row: &ExtraPattern| !row.label.is_empty() || !row.pattern.trim().is_empty();
        RedactionExtras {
            patterns: (0..rows).map(row).filter(is_there).collect(),
            keep_words: self.keep.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        }
    }
}

/// What is saved, and whether it could be read.
struct Saved {
    gate: Gate,
    extras: Option<RedactionExtras>,
}

impl Saved {
    async fn read(app: &App, by: &SignedIn) -> Result<Option<Self>, PageError> {
        // Not from the cache: whoever looks wants to see what was just set.
        let Some(gate) = gate::of_account(app.db(), by.account()).await?.and_then(|account| account.live) else {
            return Ok(None);
        };
        let extras = match store::settings::redaction(app.db(), gate.connection.id).await {
            Ok((_, extras)) => Some(extras.into()),
            Err(store::Error::Corrupt { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(Some(Self { gate, extras }))
    }
}

/// `GET /console/logging`
pub(super) async fn page(
    by: SignedIn,
    shown: Result<Query<Shown>, QueryRejection>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let above = Notice::of(shown).map(Notice::render).unwrap_or_default();
    let Some(saved) = Saved::read(&app, &by).await? else { return Ok(unconnected(&app, &by)) };
    let typed = Typed::saved(&saved.gate.settings, saved.extras.clone().unwrap_or_default());
    Ok(whole(&app, &by, &saved, &above, &logging_form::form(&by, &typed, Faults(&[]), None)))
}

fn unconnected(app: &App, by: &SignedIn) -> Response {
    let body = html! {
        h1 { "Interaction logging" }
        p.note.warn { "Logging is off: no HubSpot account is connected. " a href="/console/connection" { "Connect HubSpot" } }
    };
    page::console(app, by, Section::Logging, "Logging", &body)
}

fn whole(app: &App, by: &SignedIn, saved: &Saved, above: &Markup, form: &Markup) -> Response {
    let Settings { mode, enabled_at, updated_at, .. } = saved.gate.settings;
    let body = html! {
        h1 { "Interaction logging" }
        (above)
        @match (mode, enabled_at) {
            (Mode::Off, _) | (_, None) => p { span class="state withheld" { "Off" } " Nothing of a conversation is taken in." },
            (_, Some(since)) => p { span class="state exported" { "On" } " since " (moment(since)) ": only conversations that end after that are written." },
        }
        p.quiet { "Turning it on never reaches back. Turning it off stops what is on the way, too."
            @if let Some(at) = updated_at { " Last changed " (moment(at)) "." } }
        @if saved.extras.is_none() {
            p.alert { "Your patterns and words to keep cannot be read any more, and nothing goes on unscrubbed. Enter them anew and save." }
        }
        (form)
    };
    page::console(app, by, Section::Logging, "Logging", &body)
}

/// `POST /console/logging`
pub(super) async fn save(State(app): State<App>, Submitted { by, form: typed }: Submitted<Typed>) -> Result<Response, PageError> {
    let Some(saved) = Saved::read(&app, &by).await? else { return Ok(unconnected(&app, &by)) };
    let extras = typed.extras();
    // Whoever changes only the mode changes no patterns, and has none compiled anew.
    let redaction = (saved.extras.as_ref() != Some(&extras)).then_some(extras);
    let change = WritebackChange { mode: typed.mode, on_no_match: Some(typed.on_no_match), redaction };
    match changed(&app, by.account(), change).await {
        Ok(_) => Ok(Notice::LoggingSet.on(PATH).into_response()),
        Err(problem) => Ok(again(&app, &by, &saved, &typed, &problem)),
    }
}

/// `POST /console/logging/try`. Saves nothing.
pub(super) async fn try_out(
    State(app): State<App>,
    Submitted { by, form: typed }: Submitted<Typed>,
) -> Result<Response, PageError> {
    let Some(saved) = Saved::read(&app, &by).await? else { return Ok(unconnected(&app, &by)) };
    let sample = Some(typed.sample.clone()).filter(|sample| !sample.trim().is_empty());
    match tried(&app, typed.extras(), Vec::new(), sample.into_iter().collect()).await {
        Ok(RedactionTried { texts, findings, .. }) => {
            let result = logging_form::result(&texts.concat(), &findings);
            let form = logging_form::form(&by, &typed, Faults(&[]), Some(&result));
            Ok(whole(&app, &by, &saved, &Markup::default(), &form))
        }
        Err(problem) => Ok(again(&app, &by, &saved, &typed, &problem)),
    }
}

/// The form once more, with what was typed and what is wrong with it.
fn again(app: &App, by: &SignedIn, saved: &Saved, typed: &Typed, problem: &Problem) -> Response {
    let (status, said) = faults::said(problem, "Nothing was saved");
    let form = logging_form::form(by, typed, Faults(problem.faults()), None);
    (status, whole(app, by, saved, &said, &form)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_lines_that_are_empty_are_none() {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let typed = Typed {
            mode: Mode::Off,
            on_no_match: OnNoMatch::Skip,
            label: texts(&["", " order code ", "only a label"]),
            pattern: texts(&["", "ACME-[0-9] ", "", "x"]),
            keep: "\r\n hotline \r\n\r\n0800 1234\n".to_owned(),
            sample: String::new(),
        };
        let RedactionExtras { patterns, keep_words } = typed.extras();
        let rows: Vec<_> = patterns.iter().map(|row| (row.label.as_str(), row.pattern.as_str())).collect();
        assert_eq!(rows, [("order code", "ACME-[0-9] "), ("only a label", ""), ("", "x")]);
        assert_eq!(keep_words, ["hotline", "0800 1234"]);
    }
}
