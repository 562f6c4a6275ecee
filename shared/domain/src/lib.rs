#![doc = include_str!("../README.md")]

pub mod budget;
pub mod caller;
pub mod connection;
pub mod contact;
pub mod conversation;
pub mod dead_letter;
pub mod engagement;
pub mod event;
pub mod fault;
pub mod id;
pub mod lane;
pub mod ledger;
pub mod scope;
pub mod seal;
pub mod setback;
pub mod settings;
pub mod trace;

pub use contact::{Email, Phone, Region, Text};
pub use fault::Fault;
pub use id::{
    AccountId, AgentId, ApiKeyId, ConnectionId, ContactId, ConversationId, DeadLetterId, EngagementId, EventId, OwnerId,
    PortalId, UserId,
};
