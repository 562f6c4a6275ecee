//! The account itself, and the app's way out of it.

use serde_json::json;

use super::call::{Call, Outcome, Reply};

/// `GET /account-info/{v}/details`.
pub(crate) fn details(call: &Call<'_>) -> Outcome {
    call.need(&["oauth".to_owned()])?;
    let options = &call.cell.options;
    let own = call.world.url().trim_start_matches("http://").to_owned();
    Ok(Reply::ok(json!({
        "portalId": call.cell.id,
        "accountType": options.account_type,
        "timeZone": options.time_zone,
        "companyCurrency": "USD",
        "additionalCurrencies": [],
        "utcOffset": "+01:00",
        "utcOffsetMilliseconds": 3_600_000,
        "uiDomain": call.config.ui_domain.clone().unwrap_or(own),
        "dataHostingLocation": "na1",
    })))
}

/// `DELETE /appinstalls/{v}/external-install` -> 204: every token of the app in this portal is dead.
#[expect(clippy::unnecessary_wraps, reason = "every handler has this shape")]
pub(crate) fn uninstall(call: &Call<'_>) -> Outcome {
    call.world.oauth.lock().uninstall(call.cell.id, Some(&call.grant.client_id));
    Ok(Reply::no_content())
}
