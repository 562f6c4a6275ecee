//! A service of its own for every test.

mod answer;
mod broker;
pub(crate) mod browser;
pub(crate) mod provider;
mod schema;
mod world;

pub(crate) use self::{
    answer::Answer,
    broker::Vhost,
    world::{Tenant, World, conversation, ended},
};
pub(crate) use testkit::eventually;
