//! Pages for people: portals, contacts, and a contact's timeline as HubSpot would show it.

pub(crate) mod contacts;
pub(crate) mod layout;
pub(crate) mod portals;
pub(crate) mod timeline;
