//! Definitions of properties (properties guide).

use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    call::Call,
    error::{Error, ErrorClass},
    portal::Portal,
    request::Request,
};

/// One property of one object. Types are open texts: answers hold more of them than the guide.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "HubSpot's own fields")]
pub struct Property {
    /// The internal name.
    pub name: String,
    /// What people see.
    #[serde(default)]
    pub label: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// The group it is shown in.
    #[serde(default)]
    pub group_name: String,
    /// `string`, `number`, `date`, `datetime`, `enumeration`, `bool`, ...
    #[serde(default, rename = "type")]
    pub kind: String,
    /// `text`, `textarea`, `select`, ...
    #[serde(default)]
    pub field_type: String,
    /// What an enumeration accepts.
    #[serde(default)]
    pub options: Vec<PropertyOption>,
    /// Whether HubSpot refuses a second record with the same value. Set at creation only.
    #[serde(default)]
    pub has_unique_value: bool,
    /// Whether HubSpot works out its value.
    #[serde(default)]
    pub calculated: bool,
    /// Whether it is kept out of sight.
    #[serde(default)]
    pub hidden: bool,
    /// Whether it is in the recycle bin.
    #[serde(default)]
    pub archived: bool,
    /// Whether the options stand elsewhere (owners).
    #[serde(default)]
    pub external_options: bool,
    /// `OWNER` where the value is an owner's id.
    #[serde(default)]
    pub referenced_object_type: Option<String>,
    /// What may be changed.
    #[serde(default)]
    pub modification_metadata: Option<Modification>,
}

/// One value of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PropertyOption {
    /// What people see.
    #[serde(default)]
    pub label: String,
    /// What is written.
    pub value: String,
    /// Accepted, but not offered.
    #[serde(default)]
    pub hidden: bool,
}

/// What may be changed about a property.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Modification {
    /// Whether its value cannot be written.
    #[serde(default)]
    pub read_only_value: bool,
}

impl Property {
    /// Whether its value can be written.
    pub fn is_writable(&self) -> bool {
        !self.calculated && !self.modification_metadata.as_ref().is_some_and(|may| may.read_only_value)
    }
}

/// A text property to create.
#[derive(Debug, Clone, Copy)]
pub struct NewProperty<'a> {
    /// The internal name.
    pub name: &'a str,
    /// What people see.
    pub label: &'a str,
    /// What it is for.
    pub description: &'a str,
    /// A group that exists.
    pub group: &'a str,
    /// Whether HubSpot shall refuse a second record with the same value.
    pub unique: bool,
}

/// The definitions of one object's properties.
#[derive(Debug, Clone, Copy)]
pub struct Properties<'a> {
    portal: &'a Portal,
    object: &'a str,
}

#[derive(Deserialize)]
struct Listed {
    #[serde(default)]
    results: Vec<Property>,
}

impl Portal {
    /// The properties of one object, by plural name or type id.
    pub fn properties<'a>(&'a self, object: &'a str) -> Properties<'a> {
        Properties { portal: self, object }
    }
}

impl Properties<'_> {
    fn request(&self, call: Call, method: Method, rest: &[&str]) -> Request {
        Request::new(call, method, self.portal.addresses().properties(&[&[self.object], rest].concat()))
    }

    /// All of them; there are no pages.
    pub async fn list(&self) -> Result<Vec<Property>, Error> {
        let listed: Listed = self.portal.json(self.request(Call::Properties, Method::GET, &[])).await?;
        Ok(listed.results)
    }

    /// One of them, if it exists.
    pub async fn get(&self, name: &str) -> Result<Option<Property>, Error> {
        match self.portal.json(self.request(Call::Properties, Method::GET, &[name])).await {
            Ok(property) => Ok(Some(property)),
            Err(error) if *error.class() == ErrorClass::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A new text property. [`ErrorClass::Conflict`] when one of that name exists.
    pub async fn create(&self, property: &NewProperty<'_>) -> Result<Property, Error> {
        let NewProperty { name, label, description, group, unique } = property;
        let body = json!({"name": name, "label": label, "description": description, "groupName": group,
            "type": "string", "fieldType": "text", "hasUniqueValue": unique, "formField": false});
        self.portal.json(self.request(Call::PropertyCreate, Method::POST, &[]).json(&body)?).await
    }

    /// Makes sure that a group exists.
    pub async fn ensure_group(&self, name: &str, label: &str) -> Result<(), Error> {
        let body = json!({"name": name, "label": label, "displayOrder": -1});
        let request = self.request(Call::PropertyCreate, Method::POST, &["groups"]).json(&body)?;
        match self.portal.json::<Value>(request).await {
            Ok(_) => Ok(()),
            Err(error) if matches!(error.class(), ErrorClass::Conflict { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
