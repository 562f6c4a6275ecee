//! Pipelines and their stages.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::type_id::TypeId;
use crate::clock::iso;

/// A pipeline of deals, tickets and such.
#[derive(Clone, Debug)]
pub(crate) struct Pipeline {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) display_order: i64,
    pub(crate) stages: Vec<Stage>,
    pub(crate) changed_ms: i64,
}

/// One stage.
#[derive(Clone, Debug)]
pub(crate) struct Stage {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) display_order: i64,
    pub(crate) metadata: BTreeMap<String, Value>,
    pub(crate) changed_ms: i64,
}

impl Pipeline {
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "id": self.id,
            "label": self.label,
            "displayOrder": self.display_order,
            "archived": false,
            "createdAt": iso(self.changed_ms),
            "updatedAt": iso(self.changed_ms),
            "stages": self.stages.iter().map(Stage::to_json).collect::<Vec<_>>(),
        })
    }
}

impl Stage {
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "id": self.id,
            "label": self.label,
            "displayOrder": self.display_order,
            "metadata": self.metadata,
            "archived": false,
            "createdAt": iso(self.changed_ms),
            "updatedAt": iso(self.changed_ms),
            "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
        })
    }
}

/// Objects that may have pipelines, besides custom ones [pipelines guide].
pub(crate) fn has_pipelines(object: &str) -> bool {
    matches!(object, "deals" | "tickets" | "appointments" | "courses" | "listings" | "orders" | "services" | "leads")
}

/// Stages a pipeline may have: 100 for deals, tickets and custom objects, 30 for others [pipelines guide].
pub(crate) fn stage_limit(object: TypeId) -> usize {
    if object.is_custom() || matches!(object, TypeId::DEAL | TypeId::TICKET) { 100 } else { 30 }
}

/// What every account starts with: `default` for deals, `0` for tickets, one each for the others.
pub(crate) fn defaults(object: &str, now_ms: i64) -> Vec<Pipeline> {
    let (id, label, key, stages): (&str, &str, &str, &[(&str, &str, &str)]) = match object {
        "deals" => ("default", "Sales Pipeline", "probability", DEAL_STAGES),
        "tickets" => ("0", "Support Pipeline", "ticketState", TICKET_STAGES),
        "leads" => ("lead-pipeline-id", "Lead pipeline", "leadState", LEAD_STAGES),
        _ if has_pipelines(object) => ("default-pipeline", "Pipeline", "state", OTHER_STAGES),
        _ => return Vec::new(),
    };
    let stages = (0..).zip(stages).map(|(display_order, (id, label, value))| {
        let mut metadata = BTreeMap::from([(key.to_owned(), json!(value))]);
        if object == "deals" {
            let closed = matches!(*value, "0.0" | "1.0");
            metadata.insert("isClosed".to_owned(), json!(closed.to_string()));
        }
        Stage { id: (*id).to_owned(), label: (*label).to_owned(), display_order, metadata, changed_ms: now_ms }
    });
    let stages = stages.collect();
    vec![Pipeline { id: id.to_owned(), label: label.to_owned(), display_order: 0, stages, changed_ms: now_ms }]
}

const DEAL_STAGES: &[(&str, &str, &str)] = &[
    ("appointmentscheduled", "Appointment Scheduled", "0.2"),
    ("qualifiedtobuy", "Qualified To Buy", "0.4"),
    ("presentationscheduled", "Presentation Scheduled", "0.6"),
    ("decisionmakerboughtin", "Decision Maker Bought-In", "0.8"),
    ("contractsent", "Contract Sent", "0.9"),
    ("closedwon", "Closed Won", "1.0"),
    ("closedlost", "Closed Lost", "0.0"),
];

const TICKET_STAGES: &[(&str, &str, &str)] =
    &[("1", "New", "OPEN"), ("2", "Waiting on contact", "OPEN"), ("3", "Waiting on us", "OPEN"), ("4", "Closed", "CLOSED")];

const LEAD_STAGES: &[(&str, &str, &str)] = &[
    ("new-stage-id", "New", "NEW"),
    ("attempting-stage-id", "Attempting", "IN_PROGRESS"),
    ("connected-stage-id", "Connected", "IN_PROGRESS"),
    ("qualified-stage-id", "Qualified", "QUALIFIED"),
    ("unqualified-stage-id", "Disqualified", "UNQUALIFIED"),
];

const OTHER_STAGES: &[(&str, &str, &str)] = &[("open-stage", "Open", "OPEN"), ("done-stage", "Done", "CLOSED")];
