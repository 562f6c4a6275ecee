//! The frame of every page, and how it looks.

use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

pub(crate) fn page(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Simulated HubSpot" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header { a href="/_sim/" { "Simulated HubSpot" } span.muted { "a stand-in for tests and demos" } }
                main { (body) }
            }
        }
    }
}

/// The way back.
pub(crate) fn crumbs(steps: &[(&str, String)]) -> Markup {
    html! {
        nav.crumbs aria-label="Breadcrumb" {
            @for (name, link) in steps { a href=(link) { (name) } " / " }
        }
    }
}
