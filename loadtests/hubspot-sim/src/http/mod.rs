//! The public API over HTTP.

pub(crate) mod account;
pub(crate) mod answer;
pub(crate) mod association_batches;
pub(crate) mod association_labels;
pub(crate) mod associations;
pub(crate) mod authorize;
pub(crate) mod batches;
pub(crate) mod call;
pub(crate) mod decode;
pub(crate) mod objects;
pub(crate) mod owners;
pub(crate) mod pipeline_api;
pub(crate) mod properties;
pub(crate) mod property_groups;
pub(crate) mod request;
pub(crate) mod routes;
pub(crate) mod schemas;
pub(crate) mod search;
pub(crate) mod tokens;
pub(crate) mod usage;
pub(crate) mod validations;
pub(crate) mod views;
