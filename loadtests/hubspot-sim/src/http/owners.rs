//! Owners: `/crm/owners/{v}`.

use serde_json::json;

use super::call::{Call, Outcome, Reply};
use super::views;
use crate::crm::portal_state::Owner;
use crate::error::ApiError;

/// Default page; the maximum is not documented.
const PAGE: usize = 100;
const MAX_PAGE: usize = 500;

fn need(call: &Call<'_>) -> Result<(), ApiError> {
    call.need(&["crm.objects.owners.read".to_owned(), "automation".to_owned()])
}

pub(crate) fn list(call: &Call<'_>) -> Outcome {
    need(call)?;
    let limit = call.limit(PAGE, MAX_PAGE)?;
    let after: u64 = match call.query.get("after") {
        Some(text) => text.parse().map_err(|_| ApiError::validation("The paging cursor 'after' is not valid."))?,
        None => 0,
    };
    let archived = call.query.is_true("archived");
    let email = call.query.get("email").map(str::to_lowercase);
    let state = call.cell.state.lock();
    let of_email = |owner: &&Owner| email.as_ref().is_none_or(|email| owner.email.to_lowercase() == *email);
    let owners = state.owners.iter().filter(|owner| owner.archived == archived && owner.id >= after).filter(of_email);
    let page: Vec<&Owner> = owners.take(limit + 1).collect();
    Ok(Reply::ok(views::page(&page, limit, |owner| owner.id.to_string(), |owner| owner.to_json())))
}

pub(crate) fn read(call: &Call<'_>) -> Outcome {
    need(call)?;
    let by_user = call.query.get("idProperty") == Some("userId");
    let archived = call.query.is_true("archived");
    let state = call.cell.state.lock();
    let id = |owner: &Owner| if by_user { owner.user_id } else { owner.id };
    let owner = state.owners.iter().find(|owner| id(owner).to_string() == call.param(0) && owner.archived == archived);
    let missing = || {
        ApiError::not_found(format!("No owner with the id {}", call.param(0))).with_context(json!({"ownerId": [call.param(0)]}))
    };
    Ok(Reply::ok(owner.ok_or_else(missing)?.to_json()))
}
