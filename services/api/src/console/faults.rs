//! What is wrong with a form, beside the fields that it is about.

use domain::Fault;
use maud::{Markup, html};

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
        let messages: Vec<_> = self.0.iter().filter(|fault| fault.path == path).map(|fault| fault.message.as_str()).collect();
        if messages.is_empty() {
            return FieldFault { id: None, invalid: None, said: Markup::default() };
        }
        // A path's brackets would be no name in a style or a script, but an id may hold them.
        let id = format!("fault-{path}");
        let said = html! { span.fault id=(id) { (capital(&messages.join("; "))) "." } };
        FieldFault { id: Some(id), invalid: Some("true"), said }
    }

    /// Said above the form, so that nobody overlooks it.
    pub(super) fn summary(&self) -> Markup {
        html! { @if !self.0.is_empty() { p.alert role="alert" { "Nothing was saved: look at what is marked below." } } }
    }
}

/// Our faults go on from a field's name: `must not be empty`.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
