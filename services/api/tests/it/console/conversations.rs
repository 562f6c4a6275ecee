use domain::{
    ContactId, EngagementId,
    caller::{CallerKey, LookupSecret},
    conversation::EngagementKind,
    event::{MatchedContact, SummarySource},
    ledger::{MatchedBy, Reason},
    settings::Mode,
};
use store::ledger::{self, Ended, Engagement, Exported};
use time::{Duration, OffsetDateTime};

use super::{Bed, ESCAPED, SCRIPT};
use crate::support::{World, browser::EMAIL, conversation, ended};

const PATH: &str = "/console/conversations";

fn contact(id: i64) -> ContactId {
    ContactId::from_i64(id).unwrap()
}

impl Bed {
    fn caller(&self, phone: &str) -> CallerKey {
        let secret: LookupSecret = format!("{}=", "E".repeat(43)).parse().unwrap();
        CallerKey::of_phone(&secret, self.connection, &domain::Phone::parse(phone, domain::Region::US).unwrap())
    }

    async fn skip(&self, id: &str, caller: Option<CallerKey>) {
        let skipped = Ended { caller_key: caller, ..Ended::because(id.parse().unwrap(), Reason::NoMatch) };
        ledger::skipped(&self.world.db, self.connection, &[skipped]).await.unwrap();
    }

    async fn export(&self, id: &str) {
        let exported = Exported {
            conversation: id.parse().unwrap(),
            engagement: Engagement { kind: EngagementKind::Call, id: EngagementId::from_i64(39_812).unwrap() },
            contact: MatchedContact { id: contact(512), owner: None, by: MatchedBy::Phone, others: vec![contact(513)] },
            mode: Mode::Summary,
            summary_source: Some(SummarySource::Model),
            caller_key: None,
            attempts: 1,
        };
        ledger::exported(&self.world.db, self.connection, &[exported]).await.unwrap();
    }
}

#[tokio::test]
async fn who_is_not_connected_has_none() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let mut browser = world.signed_in(tenant.account, EMAIL).await;
    browser.get(PATH).await.says(200, "No HubSpot account is connected");
    browser.get(&format!("{PATH}/skipped")).await.says(200, "No conversation was skipped.");
}

#[tokio::test]
async fn the_list_is_filtered_and_shows_where_each_stands() {
    let mut bed = Bed::start().await;
    let now = OffsetDateTime::now_utc();
    for (id, age) in [("conv_new", 0), ("conv_skipped", 1), ("conv_exported", 2), ("conv_old", 40)] {
        bed.open(&ended(id, now - Duration::days(age))).await;
    }
    let caller = bed.caller("+14155550123");
    bed.skip("conv_skipped", Some(caller)).await;
    bed.export("conv_exported").await;
    let yesterday = (now - Duration::days(1)).date();
    let shown = async |bed: &mut Bed, query: &str| {
        let page = bed.browser.get(&format!("{PATH}{query}")).await;
        page.says(200, "<h1>Conversations</h1>");
        ["conv_new", "conv_skipped", "conv_exported", "conv_old"]
            .into_iter()
            .filter(|id| page.text.contains(&format!(">{id}<")))
            .collect::<Vec<_>>()
    };
    assert_eq!(shown(&mut bed, "").await.len(), 4);
    assert_eq!(shown(&mut bed, "?outcome=in_flight&agent=&channel=&from=&to=").await, ["conv_new", "conv_old"]);
    assert_eq!(shown(&mut bed, "?outcome=exported").await, ["conv_exported"]);
    assert_eq!(shown(&mut bed, &format!("?from={yesterday}&to={yesterday}")).await, ["conv_skipped"]);
    assert_eq!(shown(&mut bed, "?channel=chat").await, [""; 0]);
    assert_eq!(shown(&mut bed, "?agent=agent_7").await.len(), 4);
    assert_eq!(shown(&mut bed, "?agent=agent_8").await, [""; 0]);
    let page = bed.browser.get(PATH).await;
    page.says(200, &caller.to_hex()[..8]);
    assert!(!page.text.contains(&caller.to_hex()[..12]) && !page.text.contains("4155550123"));
    page.says(200, "HubSpot has no such contact");
}

#[tokio::test]
async fn a_filter_that_is_not_clear_is_said_and_kept() {
    let mut bed = Bed::start().await;
    for (query, words) in [
        ("outcome=lost", "Outcome</strong> must be"),
        ("agent=a%20b", "value=\"a b\""),
        ("from=yesterday", "From</strong> must be a day"),
        ("to=9999-12-31", "To</strong> must be a day"),
        ("cursor=x", "Page</strong> must be"),
        ("agent=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%20", "alert(1)&lt;/script&gt;"),
    ] {
        let page = bed.browser.get(&format!("{PATH}?{query}")).await;
        assert!(page.text.contains(words) && !page.text.contains("<script>alert"), "{query}: {}", page.text);
    }
}

#[tokio::test]
async fn pages_are_linked_and_keep_the_filter() {
    let mut bed = Bed::start().await;
    let now = OffsetDateTime::now_utc();
    for n in 0..51 {
        bed.open(&ended(&format!("conv_{n}"), now - Duration::minutes(n))).await;
    }
    let first = bed.browser.get(&format!("{PATH}?outcome=in_flight")).await;
    assert!(first.text.contains(">conv_49<") && !first.text.contains(">conv_50<"));
    let (_, rest) = first.text.split_once("href=\"/console/conversations?outcome=in_flight&amp;cursor=").expect("a next page");
    let cursor = rest.split('"').next().unwrap();
    let next = bed.browser.get(&format!("{PATH}?outcome=in_flight&cursor={cursor}")).await;
    next.says(200, ">conv_50<");
    next.says(200, "href=\"/console/conversations?outcome=in_flight\"");
    assert!(!next.text.contains(">conv_49<") && !next.text.contains("Next page"));
}

#[tokio::test]
async fn one_that_is_exported_tells_its_way_and_leads_to_hubspot() {
    let mut bed = Bed::start().await;
    bed.open(&conversation("conv_1")).await;
    bed.export("conv_1").await;
    let page = bed.browser.get(&format!("{PATH}/conv_1")).await;
    for words in [
        "It is on the contact&#39;s timeline",
        "/record/0-1/512",
        "/record/0-1/513",
        "found by the phone number",
        "Call 39812",
        "Accepted by the API",
        "Taken up",
        "Finished",
        "written by a language model",
    ] {
        assert!(page.text.replace('\'', "&#39;").contains(words), "{words}: {}", page.text);
    }
    assert!(!page.text.contains("Replay"), "there is nothing to replay");
}

#[tokio::test]
async fn one_that_was_given_up_is_replayed_from_its_page() {
    let mut bed = Bed::start().await;
    bed.give_up("conv_1", Reason::Refused, Some("no such property")).await;
    let path = format!("{PATH}/conv_1");
    let page = bed.browser.get(&path).await;
    for words in ["HubSpot refused it", "no such property", "It can be sent again"] {
        page.says(200, words);
    }
    let to = bed.browser.submit(&path, &format!("{path}/replay"), &[]).await.location().to_owned();
    let page = bed.browser.get(&to).await;
    page.says(200, "It is on its way again.");
    page.says(200, "on the way</span>");
    assert_eq!(bed.world.vhost.queued().await.len(), 1);
    bed.browser.submit(&path, &format!("{path}/replay"), &[]).await.says(409, "nothing to replay");
}

#[tokio::test]
async fn ids_are_never_markup_and_every_one_has_its_page() {
    let mut bed = Bed::start().await;
    for id in [SCRIPT, "skipped", "a/b?c#d%2e"] {
        let mut body = conversation(id);
        body["agentId"] = SCRIPT.into();
        let event = bed.open(&body).await;
        bed.bury(&event, Reason::Refused, Some(SCRIPT)).await;
    }
    let page = bed.browser.get(PATH).await;
    assert!(page.text.contains(ESCAPED) && !page.text.contains("<script>alert"), "{}", page.text);
    let links: Vec<_> =
        page.text.split("scope=\"row\"><a href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    assert_eq!(links.len(), 3);
    for link in links {
        let page = bed.browser.get(&link).await;
        page.says(200, "Conversation <span class=\"mono\">");
        assert!(page.text.contains(ESCAPED) && !page.text.contains("<script>alert"), "{}", page.text);
    }
}

#[tokio::test]
async fn skipped_callers_are_counted_without_a_number() {
    let mut bed = Bed::start().await;
    for id in ["a", "b", "c", SCRIPT] {
        bed.open(&conversation(id)).await;
    }
    let (dana, lee) = (bed.caller("+14155550123"), bed.caller("+14155550124"));
    bed.skip("a", Some(dana)).await;
    bed.skip("b", Some(dana)).await;
    bed.skip("c", None).await;
    bed.skip(SCRIPT, Some(lee)).await;
    let page = bed.browser.get(&format!("{PATH}/skipped")).await;
    page.says(200, &dana.to_hex()[..8]);
    page.says(200, "<td class=\"figure\">2</td>");
    page.says(200, "came without number and address");
    page.says(200, ESCAPED);
    assert!(!page.text.contains(&dana.to_hex()[..12]) && !page.text.contains("<script>alert"));
}

#[tokio::test]
async fn what_the_filter_shows_is_downloaded_whole_with_no_formula_in_it() {
    let mut bed = Bed::start().await;
    for id in ["conv_1", "=HYPERLINK(\"https://evil.example\")", "+1", "-1", "@SUM(A1)", "a,b"] {
        let mut body = conversation(id);
        body["agentId"] = format!("=agent_{}", id.len()).into();
        let event = bed.open(&body).await;
        if id == "conv_1" {
            bed.bury(&event, Reason::Refused, Some("=1+1, \"quoted\"")).await;
        }
    }
    let file = bed.browser.get("/console/conversations.csv").await;
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(file.header("content-disposition").unwrap().starts_with("attachment; filename=\"conversations-2"));
    let lines: Vec<_> = file.text.lines().collect();
    assert_eq!(lines.len(), 7, "{}", file.text);
    for text in [
        "\"'=HYPERLINK(\"\"https://evil.example\"\")\",accepted,",
        "\"'+1\",",
        "\"'-1\",",
        "\"'@SUM(A1)\",",
        "\"a,b\",",
        ",\"'=agent_2\",voice,inbound,",
        "conv_1,failed,failed,refused,\"'=1+1, \"\"quoted\"\"\",",
    ] {
        assert!(file.text.contains(text), "{text} is not in {}", file.text);
    }
    let formula = |line: &str| line.split(',').any(|cell| cell.starts_with(['=', '+', '-', '@']));
    assert!(!lines.iter().any(|line| formula(line)), "{}", file.text);
    let failed = bed.browser.get("/console/conversations.csv?outcome=failed&agent=").await;
    assert_eq!(failed.text.lines().count(), 2);
    bed.browser.get("/console/conversations.csv?outcome=lost").await.says(422, "must be one of the list");
    bed.browser.get(PATH).await.says(200, "href=\"/console/conversations.csv\"");
}

#[tokio::test]
async fn a_file_is_bounded_and_says_so() {
    let mut bed = Bed::start().await;
    bed.world.database.many_conversations(bed.connection, 10_001).await.unwrap();
    let file = bed.browser.get("/console/conversations.csv").await;
    let lines: Vec<_> = file.text.lines().collect();
    assert_eq!(lines.len(), 10_002);
    assert!(lines[10_001].starts_with("# These are the newest 10000"), "{}", lines[10_001]);
    let ids: std::collections::HashSet<_> = lines[1..10_001].iter().map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(ids.len(), 10_000, "each once");
}
