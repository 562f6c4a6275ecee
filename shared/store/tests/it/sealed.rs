use domain::{
    AccountId, ConnectionId, DeadLetterId, EventId, Region,
    connection::Credential,
    conversation::Conversation,
    dead_letter::DeadLetter,
    event::{ConversationAccepted, ConversationRedacted, Event, Origin, payload},
    ledger::Reason,
    seal::KeyRing,
    settings::{Mode, OnNoMatch},
};
use secrecy::ExposeSecret as _;
use serde_json::json;
use store::{
    Db,
    connections::{self, TokenVersion, refresh_guard},
    dead_letters,
    sealed::{self, Under},
};
use time::Duration;

use crate::world::{NOON, World, keys, oauth};

/// What the tests' own ring seals with is `k1`.
fn rotated() -> KeyRing {
    format!("k2:{}=,k1:{}=", "E".repeat(43), "A".repeat(43)).parse().unwrap()
}

fn only_new() -> KeyRing {
    format!("k2:{}=", "E".repeat(43)).parse().unwrap()
}

fn accepted(connection: ConnectionId, n: usize) -> ConversationAccepted {
    let body = json!({
        "conversationId": format!("conv_{n}"), "agentId": "agent_1", "channel": "voice", "direction": "inbound",
        "startedAt": "2026-11-23T10:00:00Z", "endedAt": "2026-11-23T10:04:10Z", "summary": "My heating broke."
    });
    let origin = Origin {
        event: EventId::new(),
        account: AccountId::new(),
        connection,
        region: Region::US,
        accepted_at: NOON,
        mode: Mode::Summary,
        on_no_match: OnNoMatch::Skip,
    };
    ConversationAccepted { origin, conversation: Conversation::read(&body, Region::US).unwrap() }
}

async fn bury<E: Event>(db: &Db, event: &E, sealed: Vec<u8>) -> DeadLetterId {
    let letter = DeadLetter {
        stage: E::CONSUMER,
        connection: event.origin().connection,
        conversation: event.conversation_id().clone(),
        event: event.origin().event,
        reason: Reason::Refused,
        detail: None,
        attempts: 1,
        first_seen: NOON,
        sealed,
    };
    dead_letters::bury(db, &[letter]).await.unwrap()[0].id
}

async fn opened<E: Event>(db: &Db, keys: &KeyRing, event: &E, id: DeadLetterId) -> Result<E, payload::Unreadable> {
    let connection = event.origin().connection;
    let letter = dead_letters::get(db, connection, id).await.unwrap().unwrap().letter;
    payload::open(keys, connection, event.conversation_id(), &letter.sealed)
}

async fn under(db: &Db, key: &str) -> (u64, u64) {
    let Under { credentials, dead_letters, consents: _ } =
        sealed::counts(db).await.unwrap().by_key.get(key).copied().unwrap_or_default();
    (credentials, dead_letters)
}

fn bearer(credential: &Credential) -> &str {
    match credential {
        Credential::OAuth { access_token, .. } | Credential::Static { access_token } => access_token.expose_secret(),
    }
}

#[tokio::test]
async fn what_rests_under_an_older_key_is_sealed_anew_and_opens_without_it() {
    let world = World::start().await;
    let (one, two) = (world.connection().await.id, world.connection().await.id);
    let reported = accepted(one, 1);
    let first = bury(&world.db, &reported, payload::seal(&keys(), &reported).unwrap()).await;
    let ConversationAccepted { origin, conversation } = accepted(two, 2);
    let scrubbed = ConversationRedacted { origin, conversation, summary_source: None, rematches: 0 };
    // A head of the new key beside texts of the old one.
    let db = world.process_with(rotated()).await;
    let mixed = payload::seal_with_texts_of(&rotated(), &scrubbed, &payload::seal(&keys(), &scrubbed).unwrap()).unwrap();
    let second = bury(&db, &scrubbed, mixed).await;
    assert_eq!((under(&db, "k1").await, under(&db, "k2").await), ((2, 2), (0, 1)));

    assert_eq!(sealed::reseal_credentials(&db, None).await.unwrap().resealed, 2);
    assert_eq!(sealed::reseal_dead_letters(&db, None).await.unwrap().resealed, 2);
    assert_eq!((under(&db, "k1").await, under(&db, "k2").await), ((0, 0), (2, 2)));
    let new = world.process_with(only_new()).await;
    for connection in [one, two] {
        let (credential, version) = connections::credential(&new, connection).await.unwrap().unwrap();
        assert_eq!((bearer(&credential), version), ("access-1", TokenVersion(1)), "the same credential");
    }
    assert_eq!(opened(&new, &only_new(), &reported, first).await.as_ref(), Ok(&reported));
    assert_eq!(opened(&new, &only_new(), &scrubbed, second).await.as_ref(), Ok(&scrubbed));
    // Again is nothing.
    assert_eq!(sealed::reseal_credentials(&db, None).await.unwrap().resealed, 0);
    assert_eq!(sealed::reseal_dead_letters(&db, None).await.unwrap().resealed, 0);
}

#[tokio::test]
async fn it_goes_in_small_steps_and_may_be_cut_off_anywhere() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    for n in 0..45 {
        let event = accepted(connection, n);
        bury(&world.db, &event, payload::seal(&keys(), &event).unwrap()).await;
    }
    let db = world.process_with(rotated()).await;
    let step = sealed::reseal_dead_letters(&db, None).await.unwrap();
    assert_eq!((step.resealed, under(&db, "k1").await.1), (20, 25));
    // From the beginning, as after a crash: what was done is passed over.
    let (mut after, mut resealed) = (None, Vec::new());
    loop {
        let step = sealed::reseal_dead_letters(&db, after).await.unwrap();
        resealed.push(step.resealed);
        after = step.last;
        if after.is_none() {
            break;
        }
    }
    assert_eq!((resealed, under(&db, "k1").await.1), (vec![0, 20, 5, 0], 0));
}

#[tokio::test]
async fn a_credential_that_is_being_renewed_is_left_to_whoever_renews_it() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let db = world.process_with(rotated()).await;
    // By a process that was not restarted yet.
    let guard = refresh_guard(&world.db, connection).await.unwrap().unwrap();
    assert_eq!(sealed::reseal_credentials(&db, None).await.unwrap().resealed, 0, "and it does not wait");
    guard.save(&oauth("access-2", NOON)).await.unwrap();
    assert_eq!(under(&db, "k1").await, (1, 0));
    assert_eq!(sealed::reseal_credentials(&db, None).await.unwrap().resealed, 1);
    let (credential, version) = connections::credential(&db, connection).await.unwrap().unwrap();
    assert_eq!((bearer(&credential), version), ("access-2", TokenVersion(2)));
    // By one that was: nothing is left to do.
    let guard = refresh_guard(&db, connection).await.unwrap().unwrap();
    guard.save(&oauth("access-3", NOON)).await.unwrap();
    assert_eq!((sealed::reseal_credentials(&db, None).await.unwrap().resealed, under(&db, "k2").await), (0, (1, 0)));
}

#[tokio::test]
async fn no_renewal_is_lost_to_a_rotation_at_the_same_time() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let db = world.process_with(rotated()).await;
    // A process that knows the new key and does not seal with it yet.
    let old = world.process_with(format!("k1:{}=,k2:{}=", "A".repeat(43), "E".repeat(43)).parse().unwrap()).await;
    let renewing = tokio::spawn({
        async move {
            for n in 2..60 {
                let guard = refresh_guard(&old, connection).await.unwrap().unwrap();
                assert_eq!(bearer(guard.credential()), format!("access-{}", n - 1));
                guard.save(&oauth(&format!("access-{n}"), NOON + Duration::minutes(n))).await.unwrap();
            }
        }
    });
    let mut resealed = 0;
    while !renewing.is_finished() {
        resealed += sealed::reseal_credentials(&db, None).await.unwrap().resealed;
    }
    renewing.await.unwrap();
    resealed += sealed::reseal_credentials(&db, None).await.unwrap().resealed;
    let (credential, version) = connections::credential(&db, connection).await.unwrap().unwrap();
    assert_eq!((bearer(&credential), version), ("access-59", TokenVersion(59)));
    assert!(resealed > 0 && under(&db, "k1").await == (0, 0));
}

#[tokio::test]
async fn what_does_not_open_stays_as_it_is_and_is_counted() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let event = accepted(connection, 1);
    let gone: KeyRing = format!("k0:{}=", "I".repeat(43)).parse().unwrap();
    bury(&world.db, &event, payload::seal(&gone, &event).unwrap()).await;
    let other = accepted(connection, 2);
    bury(&world.db, &other, b"damaged".to_vec()).await;
    let db = world.process_with(rotated()).await;
    assert_eq!(sealed::reseal_dead_letters(&db, None).await.unwrap().resealed, 0);
    assert_eq!((under(&db, "k0").await, sealed::counts(&db).await.unwrap().unreadable.dead_letters), ((0, 1), 1));
}
