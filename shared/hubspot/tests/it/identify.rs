//! Who is this caller?

use std::time::Duration;

use domain::{ContactId, Email, Phone, Region, ledger::MatchedBy};
use hubspot_sim::{Fault, FaultKind, Policy};
use writeback_hubspot::{Caller, ErrorClass, Identified, TieBreak, identify::Rule};

use crate::world::{World, class};

const RULE: Rule = Rule { region: Region::US, tie_break: TieBreak::MostRecentlyActive };

fn phone(text: &str) -> Caller {
    Caller { phone: Phone::try_from(text.to_owned()).ok(), ..Caller::default() }
}

fn email(text: &str) -> Caller {
    Caller { email: Email::parse(text).ok(), ..Caller::default() }
}

async fn one(world: &World, caller: Caller, rule: Rule) -> Identified {
    world.bulk().identify(&[caller], rule).await.pop().unwrap().unwrap()
}

#[track_caller]
fn is(identified: &Identified, expected: ContactId, how: MatchedBy) {
    match identified {
        Identified::One { contact, by, .. } => assert_eq!((*contact, *by), (expected, how)),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn each_way_of_knowing_a_caller_finds_its_contact() {
    let world = World::start().await;
    let owner = world.portal.add_owner("lee@example.com", "Lee", "Ng");
    let dana = world.contact(&[("email", "dana@example.com"), ("phone", "(415) 555-0123"), ("hubspot_owner_id", &owner)]);
    let sam = world.contact(&[("email", "sam@example.com"), ("hs_additional_emails", "s@example.org;sam@example.net")]);
    let kim = world.contact(&[("mobilephone", "+44 20 7946 0000")]);
    let callers = [
        Caller { contact: Some(sam), ..email("dana@example.com") },
        email("dana@example.com"),
        email("sam@example.net"),
        phone("+14155550123"),
        phone("+442079460000"),
        phone("+14155550199"),
        Caller::default(),
        email("dana@example.com"),
    ];
    let found: Vec<_> = world.bulk().identify(&callers, RULE).await.into_iter().map(Result::unwrap).collect();
    is(&found[0], sam, MatchedBy::EventContactId);
    is(&found[1], dana, MatchedBy::Email);
    is(&found[2], sam, MatchedBy::Email);
    is(&found[3], dana, MatchedBy::Phone);
    is(&found[4], kim, MatchedBy::Phone);
    assert_eq!(found[5..7], [Identified::None, Identified::None]);
    assert_eq!(found[7], found[1]);
    assert!(matches!(&found[1], Identified::One { owner: Some(id), .. } if id.to_string() == owner));
}

#[tokio::test]
async fn a_hundred_callers_cost_a_handful_of_requests() {
    let world = World::start().await;
    let callers: Vec<_> = (0..80)
        .map(|i| {
            let number = format!("+1415555{i:04}");
            world.contact(&[("phone", &number)]);
            phone(&number)
        })
        .collect();
    let found = world.bulk().identify(&callers, RULE).await;
    assert!(found.iter().all(|f| matches!(f, Ok(Identified::One { .. }))));
    assert_eq!(world.portal.request_count("POST", "search"), 1);
}

#[tokio::test]
async fn the_same_national_number_in_two_countries_is_two_callers() {
    let world = World::start().await;
    let german = world.contact(&[("phone", "+49 415 5550123")]);
    let american = world.contact(&[("phone", "+1 415-555-0123")]);
    is(&one(&world, phone("+494155550123"), RULE).await, german, MatchedBy::Phone);
    is(&one(&world, phone("+14155550123"), RULE).await, american, MatchedBy::Phone);
    assert_eq!(one(&world, phone("+614155550123"), RULE).await, Identified::None);
}

#[tokio::test]
async fn an_owner_can_decide_who_it_is_when_several_share_a_number() {
    let world = World::start().await;
    let number = ("phone", "+14155550123");
    let first = world.contact(&[number, ("notes_last_contacted", "2026-01-01T00:00:00Z")]);
    let second = world.contact(&[number, ("notes_last_contacted", "2026-06-01T00:00:00Z")]);
    let caller = phone("+14155550123");
    let recent = one(&world, caller.clone(), RULE).await;
    assert!(matches!(&recent, Identified::One { contact, others, .. } if *contact == second && *others == [first]));
    let oldest = one(&world, caller.clone(), Rule { tie_break: TieBreak::Oldest, ..RULE }).await;
    assert!(matches!(&oldest, Identified::One { contact, others, .. } if *contact == first && *others == [second]));
    let review = one(&world, caller, Rule { tie_break: TieBreak::Review, ..RULE }).await;
    assert_eq!(review, Identified::Several(vec![first.min(second), first.max(second)]));
}

#[tokio::test]
async fn a_contact_that_is_gone_or_merged_leads_to_a_new_match() {
    for new_id in [false, true] {
        let world = World::start().await;
        world.sim.configure(&hubspot_sim::ConfigPatch { merge_makes_new_id: Some(new_id), ..Default::default() });
        let kept = world.contact(&[("email", "dana@example.com")]);
        let merged = world.contact(&[("email", "d@example.com"), ("phone", "+14155550123")]);
        let survivor: ContactId = world.portal.merge(&kept.to_string(), &merged.to_string()).parse().unwrap();
        let caller = Caller { contact: Some(merged), ..email("dana@example.com") };
        let found = one(&world, caller, RULE).await;
        assert!(matches!(&found, Identified::One { contact, .. } if *contact == survivor), "{found:?}");
    }
    let world = World::start().await;
    let gone = world.contact(&[("email", "gone@example.com")]);
    let here = world.contact(&[("phone", "+14155550123")]);
    world.portal.archive("contacts", &gone.to_string());
    is(&one(&world, Caller { contact: Some(gone), ..phone("+14155550123") }, RULE).await, here, MatchedBy::Phone);
    assert_eq!(one(&world, Caller { contact: Some(gone), ..Caller::default() }, RULE).await, Identified::None);
}

#[tokio::test]
async fn numbers_that_hundreds_share_keep_nobody_elses_contact_out_of_sight() {
    let world = World::start().await;
    for _ in 0..1_100 {
        world.contact(&[("phone", "+14155550100")]);
    }
    let last = world.contact(&[("phone", "+14155550123")]);
    let found = world.bulk().identify(&[phone("+14155550100"), phone("+14155550123")], RULE).await;
    assert!(matches!(&found[0], Ok(Identified::One { others, .. }) if others.len() == 10));
    is(found[1].as_ref().unwrap(), last, MatchedBy::Phone);
}

#[tokio::test]
async fn one_ways_trouble_is_not_every_callers() {
    let world = World::start().await;
    let dana = world.contact(&[("email", "dana@example.com")]);
    let limited = FaultKind::RateLimited { policy: Policy::Secondly, retry_after: None };
    world.portal.fault(Fault::new(limited).path("search"));
    let patient = world.hubspot.portal(world.connection, domain::budget::Class::Bulk).with_patience(Duration::ZERO);
    let mut found = patient.identify(&[email("dana@example.com"), phone("+14155550123")], RULE).await;
    assert!(matches!(class(found.pop().unwrap()), ErrorClass::Throttled { .. }));
    is(&found.pop().unwrap().unwrap(), dana, MatchedBy::Email);
}
