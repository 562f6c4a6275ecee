use domain::{
    connection::{ConnectionStatus, UniqueMode, UniqueModes},
    ledger::Reason,
    settings::Mode,
};
use store::{
    connections,
    ledger::{self, Ended},
};
use time::OffsetDateTime;

use super::{Bed, ESCAPED, SCRIPT};
use crate::support::{World, browser::EMAIL, conversation};

const UNIQUE: UniqueModes = UniqueModes { call: UniqueMode::Unique, note: UniqueMode::Marker, contact: UniqueMode::Unique };

#[tokio::test]
async fn who_is_not_connected_is_led_to_connect() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let mut browser = world.signed_in(tenant.account, EMAIL).await;
    let page = browser.get("/console").await;
    page.says(200, "No HubSpot account is connected");
    page.says(200, "href=\"/console/connection\"");
}

#[tokio::test]
async fn when_all_is_well_nothing_is_asked_for() {
    let mut bed = Bed::start().await;
    connections::set_unique_modes(&bed.world.db, bed.connection, UNIQUE).await.unwrap();
    let page = bed.browser.get("/console").await;
    for words in [
        "Nothing. All is going its way.",
        "Summary and transcript",
        "connected</span>",
        "No conversation ended in the last 24 hours",
    ] {
        page.says(200, words);
    }
}

#[tokio::test]
async fn what_needs_somebody_is_told_each_with_a_link() {
    let mut bed = Bed::start().await;
    bed.give_up("conv_1", Reason::Refused, None).await;
    bed.give_up("conv_2", Reason::Refused, None).await;
    connections::set_unique_modes(&bed.world.db, bed.connection, UniqueModes { call: UniqueMode::Plain, ..UNIQUE })
        .await
        .unwrap();
    connections::set_status(&bed.world.db, bed.connection, ConnectionStatus::ReauthRequired).await.unwrap();
    store::settings::set(&bed.world.db, bed.tenant.account, bed.connection, &Mode::Off.into(), OffsetDateTime::now_utc())
        .await
        .unwrap();
    let page = bed.browser.get("/console").await;
    for words in [
        "HubSpot has to be connected again",
        "Logging is off",
        "href=\"/console/logging\"",
        "2 conversations were given up: HubSpot refused it",
        "href=\"/console/dead-letters?reason=refused\"",
        "no property of ours on calls,",
    ] {
        page.says(200, words);
    }
    assert!(!page.text.contains("All is going its way"));
}

#[tokio::test]
async fn counts_and_the_last_day_are_told_and_nothing_else_is_markup() {
    let mut bed = Bed::start().await;
    for id in ["a", "b", SCRIPT] {
        bed.open(&conversation(id)).await;
    }
    let skipped = Ended::because("a".parse().unwrap(), Reason::NoMatch);
    ledger::skipped(&bed.world.db, bed.connection, &[skipped]).await.unwrap();
    let page = bed.browser.get("/console").await;
    page.says(200, "3 conversations ended in the last 24 hours");
    page.says(200, "href=\"/console/conversations?outcome=skipped_no_match\"");
    assert_eq!(page.text.matches("<rect class=\"in_flight\"").count(), 1, "{}", page.text);
    assert_eq!(page.text.matches("<rect class=\"skipped_no_match\"").count(), 1);
    assert_eq!(page.text.matches("<th scope=\"row\"").count(), 24, "every hour is in the table");
    // It has waited for long only as far as the ledger says: taken up twenty minutes ago.
    assert!(!page.text.contains("On the way for more than"));
    bed.world.database.age_conversations().await.unwrap();
    let page = bed.browser.get("/console").await;
    page.says(200, "On the way for more than 15 minutes");
    page.says(200, ESCAPED);
    assert!(!page.text.contains("<script>alert"), "{}", page.text);
}
