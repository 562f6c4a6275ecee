//! What a portal's objects are, beside their properties: custom objects, pipelines, kinds of links (custom objects guide, pipelines
//! guide, associations schema guide).

use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;

use crate::{call::Call, error::Error, portal::Portal, request::Request};

/// Names of one and of many.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Labels {
    /// One of them.
    #[serde(default)]
    pub singular: String,
    /// Many of them.
    #[serde(default)]
    pub plural: String,
}

/// An object that the portal's owners made themselves. Its properties are read as every object's are.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomObject {
    /// `2-4711`; what every path takes.
    pub object_type_id: String,
    /// `p20000001_returns`: unique over all portals.
    #[serde(default)]
    pub fully_qualified_name: String,
    /// The short name: `returns`.
    pub name: String,
    /// What people see.
    #[serde(default)]
    pub labels: Labels,
    /// The property that names a record.
    #[serde(default)]
    pub primary_display_property: Option<String>,
    /// Without these HubSpot refuses a new record.
    #[serde(default)]
    pub required_properties: Vec<String>,
    /// What a search by text looks at.
    #[serde(default)]
    pub searchable_properties: Vec<String>,
    /// Whether it is in the recycle bin.
    #[serde(default)]
    pub archived: bool,
}

/// A pipeline with its stages, in the order in which people see them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pipeline {
    /// What is written.
    pub id: String,
    /// What people see.
    #[serde(default)]
    pub label: String,
    /// Where it stands among the others.
    #[serde(default)]
    pub display_order: i64,
    /// Whether it is in the recycle bin.
    #[serde(default)]
    pub archived: bool,
    /// Its stages.
    #[serde(default)]
    pub stages: Vec<Stage>,
}

/// One stage of a pipeline.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// What is written, never the label.
    pub id: String,
    /// What people see.
    #[serde(default)]
    pub label: String,
    /// Where it stands among the others.
    #[serde(default)]
    pub display_order: i64,
    /// `probability` and `isClosed` of deals, `ticketState` of tickets; an open set of texts, as HubSpot has it.
    #[serde(default)]
    pub metadata: Value,
    /// Whether it is in the recycle bin.
    #[serde(default)]
    pub archived: bool,
}

impl Stage {
    /// Whether what has come here is done with: `isClosed` of a deal, `ticketState` of a ticket. `None`: HubSpot does not say.
    pub fn is_closed(&self) -> Option<bool> {
        let text = |name: &str| {
            self.metadata.get(name).and_then(|value| value.as_str().map(str::to_owned).or(value.as_bool().map(|b| b.to_string())))
        };
        match (text("isClosed"), text("ticketState")) {
            (Some(closed), _) => Some(closed == "true"),
            (None, Some(state)) => Some(state == "CLOSED"),
            (None, None) => None,
        }
    }
}

/// One kind of link from one object to another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssociationType {
    /// `HUBSPOT_DEFINED`, `USER_DEFINED`, ...
    pub category: String,
    /// Its number in this direction.
    pub type_id: u32,
    /// What people see; the plain link has none.
    #[serde(default)]
    pub label: Option<String>,
}

#[derive(Deserialize)]
struct Listed<T> {
    #[serde(default = "Vec::new")]
    results: Vec<T>,
}

impl Portal {
    /// The portal's own objects, but not those in the recycle bin. [`crate::NeedsPerson::MissingScopes`] where consent was for standard
    /// objects only.
    pub async fn custom_objects(&self) -> Result<Vec<CustomObject>, Error> {
        let mut url = self.addresses().schemas();
        // Whatever is not asked for may be left out; properties are read apart, as those of standard objects are.
        url.query_pairs_mut()
            .append_pair("includePropertyDefinitions", "false")
            .append_pair("includeAssociationDefinitions", "false");
        let listed: Listed<CustomObject> = self.json(Request::new(Call::Schemas, Method::GET, url)).await?;
        Ok(listed.results.into_iter().filter(|object| !object.archived).collect())
    }

    /// The pipelines of an object that has any, with their stages, as people see them.
    pub async fn pipelines(&self, object: &str) -> Result<Vec<Pipeline>, Error> {
        let request = Request::new(Call::Pipelines, Method::GET, self.addresses().pipelines(object));
        let listed: Listed<Pipeline> = self.json(request).await?;
        let mut pipelines: Vec<_> = listed.results.into_iter().filter(|pipeline| !pipeline.archived).collect();
        pipelines.sort_by_key(|pipeline| pipeline.display_order);
        for pipeline in &mut pipelines {
            pipeline.stages.retain(|stage| !stage.archived);
            pipeline.stages.sort_by_key(|stage| stage.display_order);
        }
        Ok(pipelines)
    }

    /// The kinds of links that lead from one object to another; the plain one has no label.
    pub async fn association_types(&self, from: &str, to: &str) -> Result<Vec<AssociationType>, Error> {
        let request = Request::new(Call::AssociationTypes, Method::GET, self.addresses().association_types(from, to));
        let listed: Listed<AssociationType> = self.json(request).await?;
        Ok(listed.results)
    }
}
