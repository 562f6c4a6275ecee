//! `POST /crm/objects/{v}/{type}/search`.

use serde_json::{Value, json};

use super::call::{Call, Outcome, Reply};
use super::views::{self, Wanted};
use crate::crm::search::{MAX_BODY_CHARS, SearchRequest, run};
use crate::error::ApiError;

/// Results are copies the index holds, so their values lag as well.
pub(crate) fn search(call: &Call<'_>) -> Outcome {
    if String::from_utf8_lossy(call.body).chars().count() > MAX_BODY_CHARS {
        return Err(ApiError::validation(format!("The request body is longer than {MAX_BODY_CHARS} characters.")));
    }
    let mut state = call.cell.state.lock();
    let object = state.type_named(call.param(0))?;
    call.need_read(&*state.kind(object)?)?;
    let request: SearchRequest = call.json()?;
    let found = run(&mut state, object, &request, call.shuffle(), call.now_ms)?;
    let store = state.store(object)?;
    let wanted = Wanted { properties: request.properties, history: Vec::new(), seed: call.config.seed };
    let results: Vec<Value> = found.records.iter().map(|record| views::record(store, record, &wanted)).collect();
    let mut body = json!({"total": found.total, "results": results});
    if let Some(after) = found.after {
        body["paging"] = json!({"next": {"after": after.to_string()}});
    }
    Ok(Reply::ok(body))
}
