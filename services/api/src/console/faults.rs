//! What is wrong with a form, beside the fields that it is about.

use axum::http::StatusCode;
use domain::Fault;
use maud::{Markup, html};

use crate::problem::Problem;

/// The faults of one form.
#[derive(Clone, Copy)]
pub(super) struct Faults<'a>(pub(super) &'a [Fault]);

/// What is wrong with one field: its attributes point to where that is said.
pub(super) struct FieldFault {
    /// For `aria-describedby`; the id of what [`FieldFault::said`] is.
    pub(super) id: Option<String>,
    /// For `aria-invalid`.
    pub(super) invalid: Option<&'static str>,
    /// To be placed next to the field.
    pub(super) said: Markup,
}

impl Faults<'_> {
    /// What is wrong at exactly that path.
    pub(super) fn at(&self, path: &str) -> FieldFault {
        let here = self.0.iter().filter(|fault| fault.path == path);
        Self::said(path, &here.map(|fault| fault.message.as_str()).collect::<Vec<_>>())
    }

    /// What is wrong at that path or anywhere below it.
    pub(super) fn within(&self, path: &str) -> FieldFault {
        let here = self.0.iter().filter_map(|fault| fault.path.strip_prefix(path).map(|below| (below, fault.message.as_str())));
        let said: Vec<_> = here.map(|(below, message)| format!("{below} {message}").trim().to_owned()).collect();
        Self::said(path, &said.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn said(path: &str, messages: &[&str]) -> FieldFault {
        if messages.is_empty() {
            return FieldFault { id: None, invalid: None, said: Markup::default() };
        }
        // A path's brackets would be no name in a style or a script, but an id may hold them.
        let id = format!("fault-{path}");
        let said = html! { span.fault id=(id) { (capital(&messages.join("; "))) "." } };
        FieldFault { id: Some(id), invalid: Some("true"), said }
    }
}

/// A problem above the form that it came of, which is shown again with what was typed: nobody overlooks it and nothing is lost.
pub(super) fn said(problem: &Problem, nothing: &str) -> (StatusCode, Markup) {
    let marked = !problem.faults().is_empty();
    let (status, title, detail, _) = problem.clone().for_page();
    let said = html! { p.alert role="alert" {
        strong { (nothing) ": " }
        @if marked { "look at what is marked below." } @else { (title) ". " (detail) }
    } };
    (status, said)
}

/// Our faults go on from a field's name: `must not be empty`.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
