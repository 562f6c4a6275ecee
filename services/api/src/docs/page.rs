//! The page: operations, schemas and problems of the document, in one column that fits a telephone.

use maud::{DOCTYPE, Markup, html};
use serde_json::Value;

use super::schema::{description, kind, prose, table};
use crate::code::Code;

/// The whole page.
pub(super) fn render(document: &Value) -> Markup {
    let info = &document["info"];
    let operations = operations(document);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (text(&info["title"])) }
                link rel="stylesheet" href="/docs/style.css";
            }
            body {
                a.skip href="#operations" { "Skip to the operations" }
                header {
                    h1 { (text(&info["title"])) }
                    p { "Version " (text(&info["version"])) " · " a href="/openapi.json" { "OpenAPI document" } }
                }
                nav aria-label="Contents" { (contents(&operations)) }
                main {
                    section { (description(info)) }
                    section id="operations" { h2 { "Operations" } @for operation in &operations { (article(operation)) } }
                    section id="schemas" { h2 { "Schemas" } (schemas(document)) }
                    section id="problems" { h2 { "Problems" } (problems()) }
                }
            }
        }
    }
}

struct Operation<'a> {
    method: String,
    path: &'a str,
    body: &'a Value,
}

impl Operation<'_> {
    fn anchor(&self) -> String {
        format!("operation-{}", text(&self.body["operationId"]))
    }
}

fn operations(document: &Value) -> Vec<Operation<'_>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths
        .flat_map(|(path, methods)| {
            methods.as_object().into_iter().flatten().map(move |(method, body)| Operation {
                method: method.to_uppercase(),
                path,
                body,
            })
        })
        .collect()
}

fn contents(operations: &[Operation<'_>]) -> Markup {
    html! {
        ul {
            @for operation in operations {
                li { a href=(format!("#{}", operation.anchor())) { code { (operation.method) " " (operation.path) } } }
            }
            li { a href="#schemas" { "Schemas" } }
            li { a href="#problems" { "Problems" } }
        }
    }
}

fn article(operation: &Operation<'_>) -> Markup {
    let body = operation.body;
    let scopes: Vec<_> =
        body["security"].as_array().into_iter().flatten().filter_map(|s| s["apiKey"].as_array()).flatten().collect();
    html! {
        article id=(operation.anchor()) {
            h3 { code { span.method { (operation.method) } " " (operation.path) } }
            p.summary { (text(&body["summary"])) }
            (description(body))
            @for scope in scopes { p { "Scope " code { (text(scope)) } } }
            @if let Some(parameters) = body["parameters"].as_array() { h4 { "Parameters" } (parameter_table(parameters)) }
            @if let Some(schema) = body.pointer("/requestBody/content/application~1json/schema") {
                h4 { "Body" } p { (kind(schema)) }
                @if let Some(example) = body.pointer("/requestBody/content/application~1json/example") { (example_block(example)) }
            }
            h4 { "Answers" }
            (answers(&body["responses"]))
        }
    }
}

fn parameter_table(parameters: &[Value]) -> Markup {
    html! {
        div.wide { table {
            thead { tr { th { "Name" } th { "In" } th { "Type" } th { "Meaning" } } }
            tbody { @for parameter in parameters {
                tr {
                    td { code { (text(&parameter["name"])) } @if parameter["required"] == true { " " span.needed { "required" } } }
                    td { (text(&parameter["in"])) }
                    td { (kind(&parameter["schema"])) }
                    td { (description(parameter)) }
                }
            } }
        } }
    }
}

fn answers(responses: &Value) -> Markup {
    html! {
        div.wide { table {
            thead { tr { th { "Status" } th { "Body" } th { "Meaning" } } }
            tbody { @for (status, response) in responses.as_object().into_iter().flatten() {
                tr {
                    td { code { (status) } }
                    td { @for content in response["content"].as_object().into_iter().flatten().map(|(_, content)| content) {
                        (kind(&content["schema"]))
                    } }
                    td { (description(response)) }
                }
            } }
        } }
    }
}

fn example_block(example: &Value) -> Markup {
    html! { pre tabindex="0" { code { (serde_json::to_string_pretty(example).unwrap_or_default()) } } }
}

fn schemas(document: &Value) -> Markup {
    html! {
        @for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
            article id=(format!("schema-{name}")) { h3 { code { (name) } } (description(schema)) (table(schema)) }
        }
    }
}

fn problems() -> Markup {
    html! {
        p { "Errors are " code { "application/problem+json" } " (RFC 9457). Programs branch on " code { "code" } ", which is stable." }
        @for code in Code::ALL {
            article id=(format!("problem-{}", code.as_str())) {
                h3 { code { (code.as_str()) } " (" (code.status().as_u16()) ")" }
                (prose(&format!("{}. {}", code.title(), code.remedy())))
            }
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
