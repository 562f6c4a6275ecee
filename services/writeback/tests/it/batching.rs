//! A portal is drained with about one request for fifty conversations.

use domain::{
    connection::{UniqueMode, UniqueModes},
    settings::{Mode, OnNoMatch},
};
use hubspot_sim::{Config, PortalOptions};
use testkit::Lab;

use crate::fleet::{Client, call, start};

#[tokio::test]
async fn two_thousand_conversations_of_five_hundred_callers_cost_fewer_than_a_hundred_requests() {
    let lab = Lab::start(Config::default()).await.unwrap();
    let unique = UniqueModes { call: UniqueMode::Unique, note: UniqueMode::Unique, contact: UniqueMode::Unique };
    let tenant = lab.tenant(PortalOptions::default(), unique).await.unwrap();
    // Two in three callers are known.
    for caller in (0..500).filter(|caller| caller % 3 != 0) {
        tenant.portal.add_contact(&[("firstname", "Known"), ("phone", &phone(caller))]);
    }
    lab.sim.set_index_delay(std::time::Duration::ZERO);
    lab.set(&tenant, Mode::SummaryTranscript, OnNoMatch::Create).await.unwrap();
    let fleet = start(&lab, "all", &[("RUST_LOG", "info,lapin=warn")]).await;
    let client = Client::new(&fleet, &tenant);

    let conversations: Vec<_> = (0..2000)
        .map(|i| call(&format!("conv_{i}"), &phone(i % 500), &format!("Hello, this is about my order {i}, it is late.")))
        .collect();
    client.report_all(&conversations).await;
    client.exported(2000).await;

    let audit = lab.sim.audit("writeback_conversation_id");
    assert!(audit.is_clean(), "{audit:?}");
    assert_eq!((audit.engagements, audit.contacts, audit.rate_limited), (2000, 500, 0));
    let requests = tenant.portal.requests().len();
    let by_route: Vec<_> = lab.sim.counts().iter().map(|count| format!("{count:?}")).collect();
    assert!(requests < 100, "{requests} requests:\n{}", by_route.join("\n"));
}

fn phone(caller: usize) -> String {
    format!("+1415555{caller:04}")
}
