//! One schema of the document as a table of its fields.

use maud::{Markup, html};
use serde_json::Value;

/// What a schema is, in a few words, with a link where it has a name.
pub(super) fn kind(schema: &Value) -> Markup {
    if let Some(name) = reference(schema) {
        return html! { a href=(format!("#schema-{name}")) { code { (name) } } };
    }
    for (key, joint) in [("oneOf", " or "), ("anyOf", " or "), ("allOf", " and ")] {
        if let Some(parts) = schema[key].as_array() {
            return html! { @for (i, part) in parts.iter().enumerate() { @if i > 0 { (joint) } (kind(part)) } };
        }
    }
    if let Some(names) = schema["enum"].as_array() {
        return html! { @for (i, name) in names.iter().enumerate() { @if i > 0 { " | " } code { (plain(name)) } } };
    }
    match types(schema).as_str() {
        "array" => html! { "list of " (kind(&schema["items"])) },
        "" => html! { "anything" },
        names => {
            html! { (names.replace("array", "list")) @if let Some(format) = schema["format"].as_str() { " (" (format) ")" } }
        }
    }
}

/// The fields of an object, or what stands in an object's place.
pub(super) fn table(schema: &Value) -> Markup {
    let Some(fields) = schema["properties"].as_object() else {
        return html! { p { (kind(schema)) } };
    };
    let required = |name: &str| schema["required"].as_array().is_some_and(|names| names.iter().any(|n| n == name));
    html! {
        div.wide { table {
            thead { tr { th { "Field" } th { "Type" } th { "Meaning" } } }
            tbody { @for (name, field) in fields {
                tr {
                    td { code { (name) } @if required(name) { " " span.needed { "required" } } }
                    td { (kind(field)) }
                    td { (description(field)) (bounds(field)) }
                }
            } }
        } }
    }
}

/// The text of `description`, with `code` marked and paragraphs kept.
pub(super) fn description(of: &Value) -> Markup {
    prose(of["description"].as_str().unwrap_or_default())
}

/// Text with `code` marked and paragraphs kept.
pub(super) fn prose(text: &str) -> Markup {
    html! {
        @for paragraph in text.split("\n\n").filter(|p| !p.trim().is_empty()) {
            p { @for (i, part) in paragraph.split('`').enumerate() { @if i % 2 == 1 { code { (part) } } @else { (part) } } }
        }
    }
}

fn bounds(schema: &Value) -> Markup {
    let named = [
        ("minimum", "at least "),
        ("maximum", "at most "),
        ("minLength", "characters at least "),
        ("maxLength", "characters at most "),
        ("minItems", "entries at least "),
        ("maxItems", "entries at most "),
        ("default", "default "),
    ];
    let found: Vec<_> = named.iter().filter(|(key, _)| !schema[*key].is_null()).collect();
    html! { @if !found.is_empty() {
        p.bounds { @for (i, (key, text)) in found.iter().enumerate() { @if i > 0 { ", " } (text) (plain(&schema[*key])) } }
    } }
}

fn types(schema: &Value) -> String {
    match &schema["type"] {
        Value::String(name) => name.clone(),
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => String::new(),
    }
}

fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str().and_then(|path| path.rsplit('/').next())
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
