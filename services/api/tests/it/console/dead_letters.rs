use domain::ledger::Reason;

use super::{Bed, ESCAPED, SCRIPT};
use crate::support::conversation;

const PATH: &str = "/console/dead-letters";

#[tokio::test]
async fn without_any_the_page_says_so() {
    let mut bed = Bed::start().await;
    bed.browser.get(PATH).await.says(200, "There are none.");
}

#[tokio::test]
async fn letters_are_listed_by_reason_and_stage_in_pages() {
    let mut bed = Bed::start().await;
    for n in 0..52 {
        bed.give_up(&format!("conv_{n}"), Reason::TooOld, None).await;
    }
    bed.give_up("conv_x", Reason::Refused, Some("no such property")).await;
    let page = bed.browser.get(PATH).await;
    for words in ["Replay all 52", "Replay it", "no such property", "conv_51"] {
        page.says(200, words);
    }
    let refused = bed.browser.get(&format!("{PATH}?reason=refused")).await;
    refused.says(200, "conv_x");
    assert!(!refused.text.contains("conv_51"));
    let none = bed.browser.get(&format!("{PATH}?reason=too_old&stage=poster")).await;
    none.says(200, "There are none like this.");
    let first = bed.browser.get(&format!("{PATH}?reason=too_old&stage=")).await;
    let (_, rest) = first.text.split_once("href=\"/console/dead-letters?reason=too_old&amp;cursor=").expect("a next page");
    let cursor = rest.split('"').next().unwrap();
    let next = bed.browser.get(&format!("{PATH}?reason=too_old&cursor={cursor}")).await;
    next.says(200, ">conv_1<");
    next.says(200, "First page");
    assert!(!next.text.contains(">conv_51<") && !next.text.contains("Next page"));
}

#[tokio::test]
async fn a_letter_is_shown_scrubbed_and_never_as_markup() {
    let mut bed = Bed::start().await;
    let mut body = conversation(SCRIPT);
    body["agentId"] = SCRIPT.into();
    body["outcome"] = SCRIPT.into();
    body["summary"] = SCRIPT.into();
    body["metadata"] = serde_json::json!({ "queue": SCRIPT });
    body["transcript"][0]["text"] = SCRIPT.into();
    let event = bed.open(&body).await;
    let id = bed.bury(&event, Reason::Refused, Some(SCRIPT)).await;
    let page = bed.browser.get(&format!("{PATH}/{id}")).await;
    page.says(200, "My card is [card number removed].");
    page.says(200, "HubSpot refused it");
    assert_eq!(page.text.matches(ESCAPED).count(), 7, "each of them is shown: {}", page.text);
    for secret in ["<script>alert", "4242", "4155550123", "4155559876", "Dana"] {
        assert!(!page.text.contains(secret), "{secret}: {}", page.text);
    }
    let list = bed.browser.get(PATH).await;
    assert!(list.text.contains(ESCAPED) && !list.text.contains("<script>alert"));
}

#[tokio::test]
async fn what_does_not_open_says_why_and_can_still_be_dropped() {
    let mut bed = Bed::start().await;
    let id = bed.give_up("conv_1", Reason::Unreadable, None).await;
    bed.world.database.spoil_redaction().await.unwrap();
    bed.browser.get(&format!("{PATH}/{id}")).await.says(200, "mend them under Logging");
    let to = bed.browser.submit(PATH, &format!("{PATH}/{id}/drop"), &[]).await.location().to_owned();
    bed.browser.get(&to).await.says(200, "It is forgotten.");
    bed.browser.get(&format!("{PATH}/{id}")).await.says(404, "There is no such thing");
}

#[tokio::test]
async fn one_is_replayed_then_all_of_a_reason() {
    let mut bed = Bed::start().await;
    let id = bed.give_up("conv_1", Reason::TooOld, None).await;
    for n in 2..5 {
        bed.give_up(&format!("conv_{n}"), Reason::TooOld, None).await;
    }
    bed.give_up("conv_x", Reason::Refused, None).await;
    let to = bed.browser.submit(PATH, &format!("{PATH}/{id}/replay"), &[]).await.location().to_owned();
    bed.browser.get(&to).await.says(200, "It is on its way again.");
    let page = bed.browser.submit(PATH, &format!("{PATH}/replay"), &[("reason", "too_old")]).await;
    page.says(200, "3 conversations are on the way again");
    assert_eq!(bed.world.vhost.queued().await.len(), 4);
    let page = bed.browser.get(PATH).await;
    page.says(200, "conv_x");
    assert!(!page.text.contains("conv_2"));
    bed.browser.submit(PATH, &format!("{PATH}/replay"), &[("reason", "bored")]).await.says(422, "could not be read");
}

#[tokio::test]
async fn without_a_broker_what_did_not_go_stays_and_the_page_says_so() {
    let mut bed = Bed::start().await;
    bed.give_up("conv_1", Reason::TooOld, None).await;
    bed.world.vhost.destroy().await;
    let page = bed.browser.submit(PATH, &format!("{PATH}/replay"), &[("reason", "too_old")]).await;
    page.says(503, "0 conversations are on the way again");
    page.says(503, "It ended before its time.");
    page.says(503, "1 are left.");
}
