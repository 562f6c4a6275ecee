//! Whether an answer is what the document says: types, required and unknown fields, closed lists.

use serde_json::Value;

/// Panics unless `value` is as `schema` of `document` says.
#[track_caller]
pub(super) fn check(document: &Value, schema: &Value, value: &Value) {
    if let Err(trouble) = fits(document, schema, value, "$") {
        panic!("not as documented: {trouble}\n{value:#}");
    }
}

fn fits(document: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(&reference[1..]).ok_or_else(|| format!("{reference} is not in the document"))?;
        return fits(document, target, value, at);
    }
    if let Some(any) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
        let troubles: Vec<_> = any.iter().filter_map(|part| fits(document, part, value, at).err()).collect();
        return if troubles.len() < any.len() { Ok(()) } else { Err(troubles.join(" and ")) };
    }
    let types: Vec<_> = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !types.is_empty() && !types.iter().any(|name| is(name, value)) {
        return Err(format!("{at} is not {types:?}"));
    }
    if schema["enum"].as_array().is_some_and(|names| !names.contains(value)) {
        return Err(format!("{at} is not in its list"));
    }
    match value {
        Value::Array(items) => {
            items.iter().enumerate().try_for_each(|(i, item)| fits(document, &schema["items"], item, &format!("{at}[{i}]")))
        }
        Value::Object(fields) => {
            for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                fields.get(name).ok_or_else(|| format!("{at}.{name} is missing"))?;
            }
            let rest = &schema["additionalProperties"];
            fields.iter().try_for_each(|(name, field)| match schema["properties"].get(name) {
                Some(known) => fits(document, known, field, &format!("{at}.{name}")),
                None if rest.is_object() => fits(document, rest, field, &format!("{at}.{name}")),
                None => Err(format!("{at}.{name} is not documented")),
            })
        }
        _ => Ok(()),
    }
}

fn is(name: &str, value: &Value) -> bool {
    match name {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}
