//! The object endpoints, the same for every object (using object APIs guide): one record, batches, search, associations.

use std::collections::BTreeMap;

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    batch::{Batch, NewRecord},
    call::Call,
    error::{Error, ErrorClass},
    portal::Portal,
    record::{Answered, Record},
    request::Request,
    search::Search,
};

/// Most inputs of a batch (using object APIs guide).
pub const BATCH_MAX: usize = 100;
/// Entries of a page of associations: HubSpot's default, its maximum is not documented.
const ASSOCIATIONS_PAGE: u16 = 500;

/// One object of a portal: `contacts`, `0-48`, `2-123456`, ...
#[derive(Debug, Clone, Copy)]
pub struct Objects<'a> {
    portal: &'a Portal,
    object: &'a str,
}

/// A page of search results.
#[derive(Debug)]
pub struct Found {
    /// The records of this page.
    pub records: Vec<Record>,
    /// The offset of the next page, if there is one.
    pub after: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BatchRead<'a> {
    properties: &'a [&'a str],
    properties_with_history: [&'a str; 0],
    #[serde(skip_serializing_if = "Option::is_none")]
    id_property: Option<&'a str>,
    inputs: Vec<Id<'a>>,
}

#[derive(Serialize)]
struct Id<'a> {
    id: &'a str,
}

#[derive(Deserialize)]
struct Associated {
    #[serde(default)]
    results: Vec<AssociatedTo>,
    #[serde(default)]
    paging: Option<crate::record::Paging>,
}

#[derive(Deserialize)]
struct AssociatedTo {
    #[serde(rename = "toObjectId")]
    to: serde_json::Value,
}

impl Portal {
    /// The records of one object, by plural name or type id.
    pub fn objects<'a>(&'a self, object: &'a str) -> Objects<'a> {
        Objects { portal: self, object }
    }
}

impl<'a> Objects<'a> {
    /// The same portal's records of another object.
    pub(crate) fn of(&self, object: &'a str) -> Self {
        Self { portal: self.portal, object }
    }

    fn request(&self, call: Call, method: Method, rest: &[&str]) -> Request {
        Request::new(call, method, self.portal.addresses().objects(&[&[self.object], rest].concat()))
    }

    /// One record, by its id or by the value of a unique property. [`ErrorClass::NotFound`] when it is absent or archived.
    pub async fn get(&self, id: &str, id_property: Option<&str>, properties: &[&str]) -> Result<Record, Error> {
        let mut request = self.request(Call::Get, Method::GET, &[id]);
        request.url.query_pairs_mut().append_pair("properties", &properties.join(","));
        if let Some(property) = id_property {
            request.url.query_pairs_mut().append_pair("idProperty", property);
        }
        self.portal.json(request).await
    }

    /// Those of the records that exist, each once, in no particular order. Asks for a hundred at a time.
    pub async fn batch_read(&self, ids: &[String], id_property: Option<&str>, properties: &[&str]) -> Result<Vec<Record>, Error> {
        let mut ids: Vec<_> = ids.iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut records = Vec::with_capacity(ids.len());
        for ids in ids.chunks(BATCH_MAX) {
            let inputs = ids.iter().map(|id| Id { id }).collect();
            let body = BatchRead { properties, properties_with_history: [], id_property, inputs };
            crate::telemetry::batch_sent(Call::BatchRead, ids.len());
            let request = self.request(Call::BatchRead, Method::POST, &["batch", "read"]).json(&body)?;
            match self.portal.json::<Answered>(request).await {
                Ok(answered) => records.extend(answered.results),
                // Some answer 207 with nothing in it, others 404, when none of the ids exists.
                Err(error) if *error.class() == ErrorClass::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(records)
    }

    /// One page of a search. Spends from the search budget. Lags behind writes, so it never proves that a record is absent.
    pub async fn search(&self, search: &Search) -> Result<Found, Error> {
        let request = self.request(Call::Search, Method::POST, &["search"]).json(search)?;
        let answered: Answered = self.portal.json(request).await?;
        let after = answered.after().map(str::to_owned);
        Ok(Found { records: answered.results, after })
    }

    /// A new record. [`ErrorClass::Ambiguous`] when it may exist now although there was no usable answer.
    pub async fn create(&self, properties: &BTreeMap<String, String>) -> Result<Record, Error> {
        let request =
            self.request(Call::Create, Method::POST, &[]).json(&json!({"properties": properties, "associations": []}))?;
        self.portal.json(request).await
    }

    /// Many new records; one result for each, in the order given. See [`crate::batch`] for how partial success is told apart.
    pub(crate) async fn batch_create(&self, records: Vec<NewRecord>) -> Vec<Result<Record, Error>> {
        let mut batch = Batch::new(records);
        while let Some(group) = batch.next() {
            let request = self.request(Call::BatchCreate, Method::POST, &["batch", "create"]).json(&batch.body(&group));
            let answer = match request {
                Ok(request) => self.portal.json(request).await,
                Err(error) => Err(error),
            };
            batch.answered(group, answer);
        }
        batch.finish()
    }

    /// Sets properties. The old id of a merged record works here, says the guide.
    pub async fn update(&self, id: &str, properties: &BTreeMap<String, String>) -> Result<Record, Error> {
        let request = self.request(Call::Update, Method::PATCH, &[id]).json(&json!({"properties": properties}))?;
        self.portal.json(request).await
    }

    /// Associates with another record by the default, unlabelled type. Again is the same as once.
    pub async fn associate(&self, id: &str, to: &str, to_id: &str) -> Result<(), Error> {
        let request = self.request(Call::Associate, Method::PUT, &[id, "associations", "default", to, to_id]);
        self.portal.send(request).await
    }

    /// The ids of associated records of another object, at most `pages` pages of 500 in no documented order.
    pub async fn associated(&self, id: &str, to: &str, pages: usize) -> Result<Vec<i64>, Error> {
        let (mut ids, mut after) = (Vec::new(), None::<String>);
        for _ in 0..pages {
            let mut request = self.request(Call::Associations, Method::GET, &[id, "associations", to]);
            request.url.query_pairs_mut().append_pair("limit", &ASSOCIATIONS_PAGE.to_string());
            if let Some(after) = &after {
                request.url.query_pairs_mut().append_pair("after", after);
            }
            let page: Associated = self.portal.json(request).await?;
            // Numbers here, texts elsewhere; both are read.
            ids.extend(page.results.iter().filter_map(|a| a.to.as_i64().or_else(|| a.to.as_str()?.parse().ok())));
            after = page.paging.and_then(|paging| paging.next?.after);
            if after.is_none() {
                break;
            }
        }
        Ok(ids)
    }
}
