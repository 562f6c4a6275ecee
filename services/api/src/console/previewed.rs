//! What a preview says, for a person.

use maud::{Markup, html};

use super::{body, moment, words};
use crate::preview::{ContactView, EngagementView, Preview};

/// The whole answer.
pub(super) fn result(preview: &Preview) -> Markup {
    let Preview {
        outcome,
        reason,
        detail,
        mode: _,
        on_no_match: _,
        contact,
        other_contact_ids,
        engagement,
        summary_source,
        redactions,
    } = preview;
    html! { section {
        h2 { "What would become of it" }
        p { (words::standing(outcome.state())) " – " (words::would(*outcome)) }
        @if let Some(reason) = reason {
            p.note.warn { strong { (words::reason(*reason)) ". " } (words::remedy(*reason)) @if let Some(detail) = detail { br; span.quiet { "Detail: " (detail) } } }
        }
        dl.facts {
            @if let Some(contact) = contact { (found(contact)) }
            @if !other_contact_ids.is_empty() {
                dt { "It could also be" } dd { @for (i, other) in other_contact_ids.iter().enumerate() { @if i > 0 { ", " } (other) } }
            }
            @if let Some(source) = summary_source { dt { "Summary" } dd { (words::summary_source(*source)) } }
            dt { "Taken out" }
            dd { @if redactions.is_empty() { span.quiet { "nothing" } }
                @for (i, (kind, n)) in redactions.iter().enumerate() { @if i > 0 { ", " } (n) " × " (words::kind(kind)) } }
        }
        @if let Some(record) = engagement { (written(record)) }
    } }
}

fn found(ContactView { id, owner_id, matched_by, url, properties }: &ContactView) -> Markup {
    html! {
        dt { "Contact" }
        dd {
            @match (id, url) {
                (Some(id), Some(url)) => { a href=(url) rel="noreferrer" { (id) } ", found " (words::matched_by(*matched_by)) },
                _ => "would be created",
            }
            @if let Some(owner) = owner_id { ". Its owner in HubSpot: " (owner) }
        }
        @for (name, value) in properties.iter().flatten() { dt { code { (name) } } dd { (value) } }
    }
}

fn written(record: &EngagementView) -> Markup {
    let EngagementView {
        kind,
        title,
        body,
        turns_left_out,
        at,
        owner_id: _,
        direction,
        status: _,
        duration_ms: _,
        from,
        to,
        recording_url,
    } = record;
    html! {
        h3 { "The " (kind) " on the contact's timeline" }
        div.preview {
            @if let Some(title) = title { p { strong { (title) } } }
            (body::shown(body))
        }
        @if *turns_left_out > 0 { p.quiet { (turns_left_out) " turns at the end are left out: HubSpot has no room for more." } }
        dl.facts {
            dt { "At" } dd { (moment(*at)) }
            @if let Some(direction) = direction { dt { "Began" } dd { (words::direction(*direction)) } }
            @if let Some(from) = from { dt { "From" } dd { (from) } }
            @if let Some(to) = to { dt { "To" } dd { (to) } }
            @if let Some(url) = recording_url { dt { "Recording" } dd.mono { (url.as_str()) } }
        }
    }
}
