//! Many new records with few requests, and a result for each of them.
//!
//! HubSpot tells partial success apart only for inputs with an `objectWriteTraceId` (error handling page, "multi-status
//! errors"), promises no order of results, and does not say whether successes repeat the trace id. So a created record is
//! recognised by marks in its own properties. A batch that is refused as a whole is halved until the bad input is alone.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    call::Call,
    classify,
    complaint::Complaint,
    error::Error,
    objects::BATCH_MAX,
    record::{Answered, Record},
    telemetry,
};

/// Longest body of a batch. Not documented; this is what integrators stay under.
const BODY_MAX: usize = 1_000_000;
/// Requests beyond the unavoidable ones that halving may cost in one call. One bad input among a hundred costs fourteen.
const HALVING_MAX: usize = 32;
/// Around the inputs of a body, and between them.
const FRAME: usize = 32;

/// A record to create.
#[derive(Serialize)]
pub(crate) struct NewRecord {
    properties: BTreeMap<&'static str, String>,
    associations: Vec<Value>,
    #[serde(rename = "objectWriteTraceId")]
    trace_id: String,
    #[serde(skip)]
    marks: Vec<Mark>,
}

/// How a record is recognised among results.
pub(crate) enum Mark {
    /// The property has exactly this value.
    Is(&'static str, String),
    /// The property's value contains one of these.
    Holds(&'static str, Vec<String>),
}

impl Mark {
    pub(crate) fn fits(&self, record: &Record) -> bool {
        match self {
            Self::Is(property, value) => record.value(property).is_some_and(|v| v == value),
            Self::Holds(property, any) => record.value(property).is_some_and(|v| any.iter().any(|part| v.contains(part))),
        }
    }
}

impl NewRecord {
    pub(crate) fn new(properties: BTreeMap<&'static str, String>, associations: Vec<Value>, marks: Vec<Mark>) -> Self {
        Self { properties, associations, trace_id: Uuid::now_v7().simple().to_string(), marks }
    }

    fn size(&self) -> usize {
        serde_json::to_vec(self).map_or(BODY_MAX, |json| json.len() + 1)
    }
}

/// The body of a `batch/create`.
#[derive(Serialize)]
pub(crate) struct Body<'a> {
    inputs: Vec<&'a NewRecord>,
}

/// The work of creating many records: what to send next, and what the answers mean. Sends nothing itself.
pub(crate) struct Batch {
    records: Vec<NewRecord>,
    results: Vec<Option<Result<Record, Error>>>,
    queue: VecDeque<Vec<usize>>,
    requests_left: usize,
}

/// The records of one request.
pub(crate) struct Group(Vec<usize>);

impl Batch {
    pub(crate) fn new(records: Vec<NewRecord>) -> Self {
        let results = records.iter().map(|_| None).collect();
        let queue = split(&records);
        Self { results, requests_left: queue.len() + HALVING_MAX, queue, records }
    }

    /// What to send next; `None` when every record has its result.
    pub(crate) fn next(&mut self) -> Option<Group> {
        let group = self.queue.pop_front()?;
        if self.requests_left == 0 {
            self.queue.push_front(group);
            self.stop(&Error::unavailable(Call::BatchCreate));
            return None;
        }
        self.requests_left -= 1;
        telemetry::batch_sent(Call::BatchCreate, group.len());
        Some(Group(group))
    }

    /// The body of that request.
    pub(crate) fn body(&self, group: &Group) -> Body<'_> {
        Body { inputs: group.0.iter().map(|i| &self.records[*i]).collect() }
    }

    /// What came of that request.
    pub(crate) fn answered(&mut self, Group(group): Group, answer: Result<Answered, Error>) {
        match answer {
            Ok(answered) => {
                let inputs: Vec<_> = group.iter().map(|i| &self.records[*i]).collect();
                for (i, result) in group.iter().zip(attribute(&inputs, answered)) {
                    self.results[*i] = Some(result);
                }
            }
            Err(error) if error.blames_input() && group.len() > 1 => {
                let (first, second) = group.split_at(group.len() / 2);
                self.queue.push_front(second.to_vec());
                self.queue.push_front(first.to_vec());
            }
            Err(error) => {
                for i in group {
                    self.results[i] = Some(Err(error.clone()));
                }
                if !error.blames_input() {
                    self.stop(&for_unsent(error));
                }
            }
        }
    }

    /// Nothing more is sent.
    fn stop(&mut self, error: &Error) {
        for i in self.queue.drain(..).flatten() {
            self.results[i] = Some(Err(error.clone()));
        }
    }

    /// One result for each record, in the order given.
    pub(crate) fn finish(self) -> Vec<Result<Record, Error>> {
        let complete = |result: Option<_>| result.expect("every record is in a group until it has a result");
        self.results.into_iter().map(complete).collect()
    }
}

/// What an error that stops a batch means for the records that were not sent: where it leaves a doubt, there is none for them.
fn for_unsent(error: Error) -> Error {
    use crate::error::ErrorClass as C;
    match error.class() {
        C::Ambiguous | C::Retryable { .. } => Error::unavailable(error.call()),
        C::Throttled { .. }
        | C::NeedsPerson(_)
        | C::Permanent { .. }
        | C::Conflict { .. }
        | C::NotFound
        | C::PortalMoving { .. }
        | C::Unavailable => error,
    }
}

/// Groups of at most a hundred whose body stays under the limit. One record that is too large alone still gets its group:
/// HubSpot has the last word.
fn split(records: &[NewRecord]) -> VecDeque<Vec<usize>> {
    let mut groups = VecDeque::new();
    let (mut group, mut size) = (Vec::new(), FRAME);
    for (i, record) in records.iter().enumerate() {
        let more = record.size();
        if !group.is_empty() && (group.len() == BATCH_MAX || size + more > BODY_MAX) {
            groups.push_back(std::mem::take(&mut group));
            size = FRAME;
        }
        group.push(i);
        size += more;
    }
    if !group.is_empty() {
        groups.push_back(group);
    }
    groups
}

/// Which result and which error is whose. A record for which nobody can say is in doubt.
fn attribute(inputs: &[&NewRecord], answered: Answered) -> Vec<Result<Record, Error>> {
    let mut out: Vec<Option<Result<Record, Error>>> = inputs.iter().map(|_| None).collect();
    let mut loose = Vec::new();
    for record in answered.results {
        match owner(inputs, &record).filter(|i| out[*i].is_none()) {
            Some(i) => out[i] = Some(Ok(record)),
            None => loose.push(record),
        }
    }
    let mut nobodys = None;
    for complaint in answered.errors.iter().map(Complaint::of) {
        let error = classify::entry(Call::BatchCreate, &complaint);
        let named: Vec<_> = (0..inputs.len()).filter(|i| complaint.trace_ids.contains(&inputs[*i].trace_id)).collect();
        if named.is_empty() {
            nobodys.get_or_insert(error);
            continue;
        }
        for i in named {
            out[i].get_or_insert_with(|| Err(error.clone()));
        }
    }
    let open: Vec<usize> = (0..inputs.len()).filter(|i| out[*i].is_none()).collect();
    if let ([i], 1) = (open.as_slice(), loose.len()) {
        // One record and one result are left, so they belong together.
        out[*i] = loose.pop().map(Ok);
    }
    // With every result given to its owner, what is left was not created, and an error that names nobody is about it.
    let rest = nobodys.filter(|_| loose.is_empty()).unwrap_or_else(|| Error::ambiguous(Call::BatchCreate));
    out.into_iter().map(|result| result.unwrap_or_else(|| Err(rest.clone()))).collect()
}

/// The one input that this record was created from: by trace id, or as the only one all of whose marks fit, or as the only one
/// any of whose marks fits, since HubSpot may have rewritten a value. `None` when nobody can say.
fn owner(inputs: &[&NewRecord], record: &Record) -> Option<usize> {
    let traced = record.trace_id.as_ref().and_then(|id| inputs.iter().position(|input| input.trace_id == *id));
    let fits = |mark: &Mark| mark.fits(record);
    traced
        .or_else(|| only(inputs, |input| !input.marks.is_empty() && input.marks.iter().all(fits)))
        .or_else(|| only(inputs, |input| input.marks.iter().any(fits)))
}

/// The place of the only input for which that holds.
fn only(inputs: &[&NewRecord], holds: impl Fn(&NewRecord) -> bool) -> Option<usize> {
    let mut fitting = inputs.iter().enumerate().filter(|(_, input)| holds(input));
    let (i, _) = fitting.next()?;
    fitting.next().is_none().then_some(i)
}

#[cfg(test)]
mod tests;
