//! One portal as a library handle: what a test can see and do without HTTP.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use crate::audit::{Audit, audit};
use crate::clock::millis;
use crate::crm::portal_state::PortalState;
use crate::crm::record::Record;
use crate::crm::type_id::TypeId;
use crate::fault::Fault;
use crate::http::authorize;
use crate::http::decode::Pairs;
use crate::journal::RecordedRequest;
use crate::seed;
use crate::sim::count;
use crate::world::World;
use crate::world::oauth_state::{Grant, OauthTokens};
use crate::world::portal_cell::PortalCell;

/// A portal of a simulator. Cheap to clone; holds the simulated world, not the server.
#[derive(Clone, Debug)]
pub struct Portal {
    world: Arc<World>,
    cell: Arc<PortalCell>,
}

/// A record as a test sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ObjectRecord {
    /// Record id.
    pub id: String,
    /// Plural name: `calls`.
    pub object: String,
    /// All values, calculated ones too.
    pub properties: BTreeMap<String, String>,
    /// Ids of linked records, by plural name.
    pub associations: BTreeMap<String, Vec<String>>,
    /// Whether it lies in the recycle bin.
    pub archived: bool,
}

impl ObjectRecord {
    /// A property's value; empty for none.
    pub fn get(&self, property: &str) -> &str {
        self.properties.get(property).map_or("", String::as_str)
    }

    /// Ids of linked records of an object, by plural name.
    pub fn linked(&self, object: &str) -> &[String] {
        self.associations.get(object).map_or(&[], Vec::as_slice)
    }
}

pub(crate) fn show(state: &PortalState, object: TypeId, record: &Record) -> ObjectRecord {
    let name = |id: TypeId| state.stores.get(&id).map_or_else(|| id.to_string(), |store| store.kind.name.clone());
    let mut associations: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (node, _) in state.associations.of((object, record.id)) {
        associations.entry(name(node.0)).or_default().push(node.1.to_string());
    }
    ObjectRecord {
        id: record.id.to_string(),
        object: name(object),
        properties: record.values.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect(),
        associations,
        archived: record.archived_ms.is_some(),
    }
}

impl Portal {
    pub(crate) fn new(world: Arc<World>, cell: Arc<PortalCell>) -> Self {
        Self { world, cell }
    }

    /// The portal's number (`hub_id`).
    pub fn id(&self) -> i64 {
        self.cell.id
    }

    /// A static bearer token with every scope, without end.
    pub fn token(&self) -> String {
        self.cell.token.clone()
    }

    /// Client id of the app there is from the start.
    pub fn client_id(&self) -> String {
        self.world.oauth.lock().default_app.clone()
    }

    /// Client secret of that app.
    pub fn client_secret(&self) -> String {
        self.world.config.load().app.client_secret.clone()
    }

    /// Installs the app with all scopes it is configured for, less what the portal lacks, and returns fresh tokens.
    pub fn oauth_tokens(&self) -> OauthTokens {
        let app = self.world.config.load().app.clone();
        let scopes = app.required_scopes.iter().chain(&app.optional_scopes);
        let granted: Vec<&str> =
            scopes.filter(|scope| !self.cell.options.lacking_scopes.contains(scope)).map(String::as_str).collect();
        self.oauth_tokens_with(&granted)
    }

    /// The same with exactly these scopes.
    pub fn oauth_tokens_with(&self, scopes: &[&str]) -> OauthTokens {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        let grant = Grant { portal: self.id(), client_id: self.client_id(), scopes, user_id: 4_000_001, is_static: false };
        let (lifetime_ms, now_ms) = (millis(self.world.config.load().token_lifetime), self.world.now_ms());
        self.world.oauth.lock().issue(&Arc::new(grant), lifetime_ms, now_ms)
    }

    /// Approves an authorize URL as this portal's admin would in the browser; returns where the browser is sent.
    /// `Err` is what the page would have said.
    pub fn approve(&self, authorize_url: &str) -> Result<String, String> {
        self.decide(authorize_url, true)
    }

    /// Denies it.
    pub fn deny(&self, authorize_url: &str) -> Result<String, String> {
        self.decide(authorize_url, false)
    }

    fn decide(&self, authorize_url: &str, approved: bool) -> Result<String, String> {
        let query = authorize_url.split_once('?').map_or("", |(_, query)| query);
        authorize::decide(&self.world, &Pairs::parse(query), self.id(), approved)
    }

    /// Adds a contact that was always there: unchecked, and visible to search at once. Returns its id.
    pub fn add_contact(&self, values: &[(&str, &str)]) -> String {
        self.add("contacts", values)
    }

    /// The same for any object, by name or type id.
    ///
    /// # Panics
    /// When the portal has no such object.
    pub fn add(&self, object: &str, values: &[(&str, &str)]) -> String {
        let mut state = self.cell.state.lock();
        let object = state.type_named(object).expect("the portal has this object");
        let id = seed::insert(&mut state, object, values.iter().copied(), self.world.now_ms());
        id.expect("the portal has this object").to_string()
    }

    /// Adds that many contacts; the n-th has the number `+1212` and 2000000 + n.
    pub fn generate_contacts(&self, count: usize) {
        // It fails only for a missing object, and every portal has contacts.
        let _ = seed::generate_contacts(&mut self.cell.state.lock(), count, self.world.now_ms());
    }

    /// Changes a record as a colleague would in the HubSpot UI: unchecked; search sees it after the delay.
    pub fn update(&self, object: &str, id: &str, values: &[(&str, &str)]) {
        let mut state = self.cell.state.lock();
        if let (Ok(object), Ok(id)) = (state.type_named(object), id.parse()) {
            // The object was found just now.
            let _ = seed::update(&mut state, object, id, values.iter().copied(), self.world.now_ms());
        }
    }

    /// Defines a text property, or a unique one, as if the customer had.
    pub fn add_property(&self, object: &str, name: &str, unique: bool) {
        let mut state = self.cell.state.lock();
        let object = state.type_named(object);
        if let Ok(store) = object.and_then(|object| state.store_mut(object)) {
            store.define(seed::plain(name, unique, self.world.now_ms()));
        }
    }

    /// Adds an owner; returns the owner id (not the user id).
    pub fn add_owner(&self, email: &str, first_name: &str, last_name: &str) -> String {
        self.cell.state.lock().add_owner(email, first_name, last_name, self.world.now_ms()).to_string()
    }

    /// Links two records with the plain link.
    pub fn associate(&self, from: (&str, &str), to: (&str, &str)) {
        let mut state = self.cell.state.lock();
        let node = |(object, id): (&str, &str)| Some((state.type_named(object).ok()?, id.parse().ok()?));
        if let (Some(from), Some(to)) = (node(from), node(to)) {
            state.associations.link(from, to, &[], self.world.now_ms());
        }
    }

    /// A live contact.
    pub fn contact(&self, id: &str) -> Option<ObjectRecord> {
        self.object("contacts", id)
    }

    /// A live record of any object.
    pub fn object(&self, object: &str, id: &str) -> Option<ObjectRecord> {
        let state = self.cell.state.lock();
        let object = state.type_named(object).ok()?;
        let record = state.store(object).ok()?.live(id.parse().ok()?)?;
        Some(show(&state, object, record))
    }

    /// Live contacts, oldest first.
    pub fn contacts(&self) -> Vec<ObjectRecord> {
        self.objects("contacts")
    }

    /// Live calls, oldest first.
    pub fn calls(&self) -> Vec<ObjectRecord> {
        self.objects("calls")
    }

    /// Live notes, oldest first.
    pub fn notes(&self) -> Vec<ObjectRecord> {
        self.objects("notes")
    }

    /// Live records of any object, oldest first; none for an object nobody knows.
    pub fn objects(&self, object: &str) -> Vec<ObjectRecord> {
        let state = self.cell.state.lock();
        let Ok(object) = state.type_named(object) else { return Vec::new() };
        let records = state.stores.get(&object).into_iter().flat_map(|store| store.records.values());
        records.filter(|record| record.archived_ms.is_none()).map(|record| show(&state, object, record)).collect()
    }

    /// Whether the portal has an object of that name or type id.
    pub(crate) fn knows(&self, object: &str) -> bool {
        self.cell.state.lock().type_named(object).is_ok()
    }

    /// Some of the live records of an object, oldest first.
    pub(crate) fn page(&self, object: &str, offset: usize, limit: usize) -> Vec<ObjectRecord> {
        let state = self.cell.state.lock();
        let Ok(object) = state.type_named(object) else { return Vec::new() };
        let records = state.stores.get(&object).into_iter().flat_map(|store| store.records.values());
        let live = records.filter(|record| record.archived_ms.is_none());
        live.skip(offset).take(limit).map(|record| show(&state, object, record)).collect()
    }

    /// How many live records of an object there are.
    pub fn count(&self, object: &str) -> usize {
        let state = self.cell.state.lock();
        let Ok(object) = state.type_named(object) else { return 0 };
        let records = state.stores.get(&object).into_iter().flat_map(|store| store.records.values());
        records.filter(|record| record.archived_ms.is_none()).count()
    }

    /// Merges two contacts, as in the UI; returns the survivor's id.
    ///
    /// # Panics
    /// When one of them is not there.
    pub fn merge(&self, primary: &str, merged: &str) -> String {
        let new_id = self.world.config.load().merge_makes_new_id;
        let id = |text: &str| text.parse().unwrap_or_default();
        let merged = self.cell.state.lock().merge(TypeId::CONTACT, id(primary), id(merged), new_id, self.world.now_ms());
        merged.expect("both contacts are there").to_string()
    }

    /// Puts a record of an object in the recycle bin.
    pub fn archive(&self, object: &str, id: &str) {
        let mut state = self.cell.state.lock();
        let object = state.type_named(object);
        if let (Ok(store), Ok(id)) = (object.and_then(|object| state.store_mut(object)), id.parse()) {
            store.archive(id, self.world.now_ms());
        }
    }

    /// The last requests of this portal, oldest first. Token requests count once their portal is known.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.world.journal.lock().requests(Some(self.id()))
    }

    /// Requests of a method whose route template contains a text: `("POST", "batch/create")`.
    pub fn request_count(&self, method: &str, route: &str) -> u64 {
        count(&self.world.journal.lock().counts(Some(self.id())), method, route)
    }

    /// Refusals this portal's budgets have sent.
    pub fn rate_limited_count(&self) -> u64 {
        self.world.journal.lock().rate_limited(Some(self.id()))
    }

    /// Adds a fault for this portal's requests.
    pub fn fault(&self, fault: Fault) {
        self.world.faults.lock().add(Fault { portal: Some(self.id()), ..fault });
    }

    /// Takes this portal's faults away.
    pub fn clear_faults(&self) {
        self.world.faults.lock().clear(Some(self.id()));
    }

    /// Ends every OAuth access token of this portal now; refresh tokens stay good.
    pub fn expire_access_tokens(&self) {
        self.world.oauth.lock().expire_access(self.id(), self.world.now_ms());
    }

    /// Ends refresh tokens; access tokens live until they expire, as after a call of the revoke endpoint.
    pub fn revoke_refresh_tokens(&self) {
        self.world.oauth.lock().revoke_refresh(self.id());
    }

    /// The customer uninstalls the app: access tokens are unknown (401), refreshes say `BAD_REFRESH_TOKEN`.
    pub fn revoke(&self) {
        self.world.oauth.lock().uninstall(self.id(), None);
    }

    /// The portal is gone: access tokens are unknown, refreshes say `BAD_HUB`.
    pub fn remove(&self) {
        self.world.remove_portal(self.id());
    }

    /// Sets how long this portal's writes stay invisible to search.
    pub fn set_index_delay(&self, delay: Duration) {
        self.cell.state.lock().index_delay_ms = millis(delay);
    }

    /// Lets search see everything written until now.
    pub fn flush_index(&self) {
        self.cell.state.lock().flushed_ms = self.world.now_ms();
    }

    /// Looks for doubled and unlinked records here.
    pub fn audit(&self, property: &str) -> Audit {
        audit(&self.world, Some(self.id()), property)
    }
}
