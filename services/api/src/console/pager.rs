//! Where a list goes on, as links.

use maud::{Markup, html};
use serde::Serialize;

/// That path, with what was chosen as its query.
pub(super) fn address(path: &str, chosen: &impl Serialize) -> String {
    // Texts and nothing else: this cannot fail.
    let query = serde_html_form::to_string(chosen).unwrap_or_default();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Links to the first page, unless this is it, and to the next, if there is one.
pub(super) fn links(first: Option<&str>, next: Option<&str>) -> Markup {
    html! {
        @if first.is_some() || next.is_some() {
            nav.actions aria-label="Pages" {
                @if let Some(first) = first { a.button href=(first) { "← First page" } }
                @if let Some(next) = next { a.button href=(next) rel="next" { "Next page →" } }
            }
        }
    }
}
