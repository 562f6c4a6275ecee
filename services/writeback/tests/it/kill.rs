//! Whatever is killed, whenever: each conversation is exactly one engagement.

use domain::{
    connection::{UniqueMode, UniqueModes},
    settings::{Mode, OnNoMatch},
};
use hubspot_sim::{Config, Fault, FaultKind, PortalOptions};
use testkit::{Lab, Tenant, eventually};

use crate::fleet::{Client, call, start};

const CONVERSATIONS: usize = 60;
const CALLERS: usize = 20;

/// Kills matcher and poster again and again while HubSpot does everything and answers nothing, or breaks off.
async fn survive(unique: UniqueModes, more: &[(&str, &str)]) -> (Lab, Tenant) {
    let lab = Lab::start(Config { index_delay: std::time::Duration::ZERO, ..Config::default() }).await.unwrap();
    let tenant = lab.tenant(PortalOptions::default(), unique).await.unwrap();
    lab.set(&tenant, Mode::Summary, OnNoMatch::Create).await.unwrap();
    for (skip, kind) in [(0, FaultKind::EffectThenHang { ms: 300 }), (3, FaultKind::ResetAfter), (5, FaultKind::TruncatedBody)] {
        tenant.portal.fault(Fault::new(kind).path("*/batch/create").skip(skip).times(2));
    }
    let api = start(&lab, "api", more).await;
    let _redactor = start(&lab, "redactor", more).await;
    let mut matcher = start(&lab, "matcher", more).await;
    let mut poster = start(&lab, "poster", more).await;
    let client = Client::new(&api, &tenant);

    for round in 0..6 {
        let share = CONVERSATIONS / 6;
        let ids = (round * share)..((round + 1) * share);
        let conversations: Vec<_> = ids
            .map(|i| {
                call(&format!("conv_{i}"), &format!("+1415555{:04}", i % CALLERS), "Hello, my heating broke and it is cold.")
            })
            .collect();
        let heard = tenant.portal.requests().len();
        client.report_all(&conversations).await;
        // The moment is any at which HubSpot has heard something new: before, within and after a write.
        eventually("HubSpot hears something", || {
            let more = tenant.portal.requests().len() > heard;
            async move { more.then_some(()) }
        })
        .await;
        if round % 2 == 0 {
            poster.kill().unwrap();
            poster = start(&lab, "poster", more).await;
        } else {
            matcher.kill().unwrap();
            matcher = start(&lab, "matcher", more).await;
        }
    }
    client.exported(CONVERSATIONS).await;
    drop((matcher, poster));
    (lab, tenant)
}

fn assert_exactly_once(lab: &Lab, tenant: &Tenant) {
    let audit = lab.sim.audit("writeback_conversation_id");
    assert!(audit.is_clean(), "{audit:?}");
    assert_eq!((tenant.portal.calls().len(), tenant.portal.contacts().len()), (CONVERSATIONS, CALLERS));
}

#[tokio::test]
async fn killed_workers_and_lost_answers_leave_exactly_one_engagement_each() {
    let unique = UniqueModes { call: UniqueMode::Unique, note: UniqueMode::Unique, contact: UniqueMode::Unique };
    let (lab, tenant) = survive(unique, &[]).await;
    assert_exactly_once(&lab, &tenant);
}

#[tokio::test]
async fn the_weaker_marker_mode_survives_the_same() {
    let marker = UniqueModes { call: UniqueMode::Marker, note: UniqueMode::Marker, contact: UniqueMode::Marker };
    // Waits are short here, and the simulator has done by then whatever it will do, so nothing has to stay undecided.
    let (lab, tenant) = survive(marker, &[("WRITEBACK_IN_DOUBT", "not_lost")]).await;
    assert_exactly_once(&lab, &tenant);
}
