use std::{collections::HashSet, time::Duration};

use domain::{ConnectionId, ContactId, EventId, OwnerId, ledger::MatchedBy};
use store::links::{self, Claim, Claimed, Known, Learned};

use crate::world::{World, caller_key};

const LONG: Duration = Duration::from_mins(10);
/// Over as soon as it is made, so that no test has to wait.
const OVER: Duration = Duration::ZERO;

fn learned(connection: ConnectionId, phone: &str, contact: i64) -> Learned {
    Learned {
        key: caller_key(connection, phone),
        contact: ContactId::from_i64(contact).unwrap(),
        owner: OwnerId::from_i64(7),
        by: MatchedBy::Phone,
    }
}

fn claim(connection: ConnectionId, phone: &str) -> Claim {
    Claim { key: caller_key(connection, phone), claimant: EventId::new() }
}

async fn claim_one(world: &World, connection: ConnectionId, claim: Claim, ttl: Duration) -> Claimed {
    links::claim(&world.db, connection, &[claim], ttl).await.unwrap()[0]
}

#[track_caller]
fn yours(claimed: Claimed) -> bool {
    match claimed {
        Claimed::Yours { taken_over, .. } => taken_over,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_learned_link_is_found_again_and_forgotten_with_its_contact() {
    let world = World::start().await;
    let (mine, theirs) = (world.connection().await.id, world.connection().await.id);
    let (a, b) = (learned(mine, "+14155550101", 512), learned(mine, "+14155550102", 512));
    links::learn(&world.db, mine, &[b, a, a]).await.unwrap();
    let unknown = caller_key(mine, "+14155550103");
    let known = links::resolve(&world.db, mine, &[unknown, a.key, a.key, b.key]).await.unwrap();
    let Known::Linked(link) = known[1] else { panic!("{known:?}") };
    assert_eq!((link.contact, link.owner, link.learned_by), (a.contact, a.owner, Some(MatchedBy::Phone)));
    assert!(link.verified_at.is_some());
    assert_eq!((known[0], known[2]), (Known::Unknown, known[1]));

    assert_eq!(links::resolve(&world.db, theirs, &[a.key]).await.unwrap(), [Known::Unknown]);
    assert_eq!(links::forget(&world.db, theirs, &[a.contact]).await.unwrap(), 0);
    assert_eq!(links::forget(&world.db, mine, &[a.contact]).await.unwrap(), 2);
    assert_eq!(links::resolve(&world.db, mine, &[a.key, b.key]).await.unwrap(), [Known::Unknown; 2]);
}

#[tokio::test]
async fn the_newest_knowledge_of_a_key_wins() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    links::learn(&world.db, connection, &[learned(connection, "+14155550101", 512)]).await.unwrap();
    let newer = learned(connection, "+14155550101", 600);
    links::learn(&world.db, connection, &[newer]).await.unwrap();
    let known = links::resolve(&world.db, connection, &[newer.key]).await.unwrap();
    assert!(matches!(known[0], Known::Linked(link) if link.contact == newer.contact));
}

#[tokio::test]
async fn a_confirmation_is_written_once_an_hour() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let link = learned(connection, "+14155550101", 512);
    links::learn(&world.db, connection, &[link]).await.unwrap();
    assert_eq!(links::verified(&world.db, connection, &[link.key]).await.unwrap(), 0);
    let earlier = "update contact_links set verified_at = verified_at - interval '61 minutes'";
    sqlx::query(earlier).execute(&mut world.raw().await).await.unwrap();
    assert_eq!(links::verified(&world.db, connection, &[link.key, link.key]).await.unwrap(), 1);
}

#[tokio::test]
async fn of_many_that_claim_at_once_one_wins_each_key() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let phones: Vec<_> = (0..20).map(|n| format!("+1415555{n:04}")).collect();
    let mut tasks = Vec::new();
    for db in [world.db.clone(), world.another_process().await] {
        for n in 0..5 {
            let (db, mut phones, claimant) = (db.clone(), phones.clone(), EventId::new());
            phones.rotate_left(n * 3);
            tasks.push(tokio::spawn(async move {
                let claims: Vec<_> = phones.iter().map(|p| Claim { key: caller_key(connection, p), claimant }).collect();
                let claimed = links::claim(&db, connection, &claims, LONG).await.unwrap();
                let won = claims.iter().zip(claimed).filter(|(_, c)| matches!(c, Claimed::Yours { taken_over: false, .. }));
                won.map(|(claim, _)| claim.key).collect::<Vec<_>>()
            }));
        }
    }
    let mut won = Vec::new();
    for task in tasks {
        won.extend(task.await.unwrap());
    }
    assert_eq!(won.len(), 20);
    assert_eq!(won.into_iter().collect::<HashSet<_>>().len(), 20);
}

#[tokio::test]
async fn within_one_call_the_first_gets_the_key() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let (a, b, c) = (claim(connection, "+14155550101"), claim(connection, "+14155550101"), claim(connection, "+14155550102"));
    let claimed = links::claim(&world.db, connection, &[a, b, c], LONG).await.unwrap();
    assert!(!yours(claimed[0]) && !yours(claimed[2]));
    assert!(matches!(claimed[1], Claimed::Held { .. }), "{claimed:?}");
    let known = links::resolve(&world.db, connection, &[a.key]).await.unwrap();
    assert!(matches!(known[0], Known::Claimed { claimant, .. } if claimant == a.claimant), "{known:?}");
}

#[tokio::test]
async fn a_claim_that_ran_out_is_taken_over_with_a_warning() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let (first, second, third) =
        (claim(connection, "+14155550101"), claim(connection, "+14155550101"), claim(connection, "+14155550101"));
    assert!(!yours(claim_one(&world, connection, first, OVER).await));
    assert!(yours(claim_one(&world, connection, second, LONG).await), "the first may have created a contact");
    assert!(matches!(claim_one(&world, connection, third, LONG).await, Claimed::Held { .. }));
    assert!(matches!(claim_one(&world, connection, first, LONG).await, Claimed::Held { .. }), "it is no longer the first's");
    assert!(yours(claim_one(&world, connection, second, LONG).await), "its own earlier attempt counts too");
}

#[tokio::test]
async fn a_claim_ends_with_the_link() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let (mine, waiting) = (claim(connection, "+14155550101"), claim(connection, "+14155550101"));
    claim_one(&world, connection, mine, LONG).await;
    let link = Learned { by: MatchedBy::Created, ..learned(connection, "+14155550101", 512) };
    links::learn(&world.db, connection, &[link]).await.unwrap();
    let claimed = claim_one(&world, connection, waiting, LONG).await;
    assert!(matches!(claimed, Claimed::Linked(found) if found.contact == link.contact), "{claimed:?}");
    links::forget(&world.db, connection, &[link.contact]).await.unwrap();
    assert!(!yours(claim_one(&world, connection, waiting, LONG).await), "the contact is gone: a fresh start");
}

#[tokio::test]
async fn a_claim_that_is_given_back_leaves_no_doubt_unless_there_was_one() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let (first, second, third) =
        (claim(connection, "+14155550101"), claim(connection, "+14155550101"), claim(connection, "+14155550101"));
    claim_one(&world, connection, first, LONG).await;
    links::release(&world.db, connection, &[second]).await.unwrap();
    assert!(matches!(claim_one(&world, connection, second, LONG).await, Claimed::Held { .. }), "only the holder gives back");
    links::release(&world.db, connection, &[first]).await.unwrap();
    assert!(!yours(claim_one(&world, connection, second, OVER).await), "the first had sent nothing");
    assert!(yours(claim_one(&world, connection, third, LONG).await));
    links::release(&world.db, connection, &[third]).await.unwrap();
    assert!(yours(claim_one(&world, connection, first, LONG).await), "what the second did is still not known");
}

#[tokio::test]
async fn no_link_is_lost_to_a_claim_or_its_end() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let link = learned(connection, "+14155550101", 512);
    links::learn(&world.db, connection, &[link]).await.unwrap();
    let late = claim(connection, "+14155550101");
    assert!(matches!(claim_one(&world, connection, late, LONG).await, Claimed::Linked(_)));
    links::release(&world.db, connection, &[late]).await.unwrap();
    assert!(matches!(links::resolve(&world.db, connection, &[link.key]).await.unwrap()[0], Known::Linked(_)));
}
