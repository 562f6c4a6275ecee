//! The CRM of one portal, without any HTTP: types, records, values, search, associations.

pub(crate) mod association_types;
pub(crate) mod associations;
pub(crate) mod defaults;
pub(crate) mod derive;
pub(crate) mod html;
pub(crate) mod index;
pub(crate) mod matcher;
pub(crate) mod merge;
pub(crate) mod phones;
pub(crate) mod pipelines;
pub(crate) mod portal_state;
pub(crate) mod property;
pub(crate) mod record;
pub(crate) mod scopes;
pub(crate) mod search;
pub(crate) mod store;
pub(crate) mod type_id;
pub(crate) mod types;
pub(crate) mod values;
pub(crate) mod write;
