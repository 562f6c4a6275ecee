//! Property definitions: what a field is called, holds and forbids.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::clock::iso;

/// One property of one object type of one portal.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "HubSpot's definition has that many independent marks")]
pub(crate) struct Property {
    pub(crate) name: Arc<str>,
    pub(crate) label: String,
    pub(crate) description: String,
    pub(crate) kind: String,
    pub(crate) field_type: String,
    pub(crate) group: String,
    pub(crate) options: Vec<Choice>,
    pub(crate) source: Choices,
    pub(crate) calculated: bool,
    pub(crate) read_only: bool,
    pub(crate) unique: bool,
    pub(crate) hidden: bool,
    pub(crate) hubspot_defined: bool,
    pub(crate) archived: bool,
    pub(crate) form_field: bool,
    pub(crate) display_order: i64,
    pub(crate) changed_ms: i64,
    /// What a client may set and the simulator only repeats (`numberDisplayHint`, `showCurrencySymbol` ...).
    pub(crate) extra: BTreeMap<String, Value>,
}

/// One option of an enumeration.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Choice {
    pub(crate) label: String,
    pub(crate) value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    #[serde(default)]
    pub(crate) display_order: i64,
    #[serde(default)]
    pub(crate) hidden: bool,
}

/// Where the allowed values of an enumeration come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choices {
    Listed,
    Owners,
    Pipelines,
    Stages,
    /// Anything goes: file ids, merged ids, e-mail addresses.
    Free,
}

impl Property {
    pub(crate) fn writable(&self) -> bool {
        !self.read_only && !self.calculated
    }

    pub(crate) fn is_enumeration(&self) -> bool {
        self.kind == "enumeration"
    }

    /// Several options at once, joined by `;`.
    pub(crate) fn multiple(&self) -> bool {
        self.is_enumeration() && self.field_type == "checkbox"
    }

    /// The definition as the properties API answers it. `options` are those of the portal where they live elsewhere.
    pub(crate) fn to_json(&self, options: &[Choice]) -> Value {
        let mut body = json!({
            "name": &*self.name,
            "label": self.label,
            "description": self.description,
            "type": self.kind,
            "fieldType": self.field_type,
            "groupName": self.group,
            "options": options,
            "displayOrder": self.display_order,
            "calculated": self.calculated,
            "externalOptions": self.source == Choices::Owners,
            "hasUniqueValue": self.unique,
            "hidden": self.hidden,
            "hubspotDefined": self.hubspot_defined,
            "formField": self.form_field,
            "dataSensitivity": "non_sensitive",
            "archived": self.archived,
            "createdAt": iso(self.changed_ms),
            "updatedAt": iso(self.changed_ms),
            "modificationMetadata": {
                "archivable": !self.hubspot_defined,
                "readOnlyDefinition": self.hubspot_defined,
                "readOnlyOptions": self.hubspot_defined && self.source != Choices::Listed,
                "readOnlyValue": !self.writable(),
            },
        });
        if let Value::Object(fields) = &mut body {
            if self.source == Choices::Owners {
                fields.insert("referencedObjectType".to_owned(), json!("OWNER"));
            }
            for (name, value) in &self.extra {
                fields.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
        body
    }
}
