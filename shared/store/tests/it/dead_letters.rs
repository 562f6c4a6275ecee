use domain::{
    ConnectionId, EventId,
    dead_letter::DeadLetter,
    event::StageName,
    ledger::{Reason, State},
};
use store::{
    dead_letters::{self, Filter},
    ledger::{self, NewWriteback, Opened, Scrubbed},
};
use time::Duration;

use crate::{
    ledger::exported,
    world::{NOON, World, conversation, new_writeback},
};

pub(crate) fn letter(connection: ConnectionId, n: usize, event: EventId) -> DeadLetter {
    DeadLetter {
        stage: StageName::Matcher,
        connection,
        conversation: conversation(n),
        event,
        reason: Reason::Refused,
        detail: Some("HubSpot requires firstname".to_owned()),
        attempts: 3,
        first_seen: NOON,
        sealed: vec![1, 2, 3],
    }
}

async fn state_of(world: &World, connection: ConnectionId, n: usize) -> State {
    ledger::get(&world.db, connection, &conversation(n)).await.unwrap().unwrap().state
}

#[tokio::test]
async fn a_buried_delivery_is_kept_and_its_conversation_has_failed() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let new = new_writeback(1);
    ledger::open(&world.db, connection, std::slice::from_ref(&new)).await.unwrap();
    let letter = letter(connection, 1, new.event);
    let buried = dead_letters::bury(&world.db, std::slice::from_ref(&letter)).await.unwrap()[0];
    assert!(buried.failed);
    let kept = dead_letters::get(&world.db, connection, buried.id).await.unwrap().unwrap();
    assert_eq!((kept.letter, kept.replayed_at), (letter.clone(), None));
    let row = ledger::get(&world.db, connection, &conversation(1)).await.unwrap().unwrap();
    assert_eq!((row.state, row.reason, row.detail, row.attempts), (State::Failed, Some(Reason::Refused), letter.detail, 3));

    let other = world.connection().await.id;
    assert_eq!(dead_letters::get(&world.db, other, buried.id).await.unwrap(), None);
    assert_eq!(dead_letters::take_for_replay(&world.db, other, buried.id).await.unwrap(), None);
    assert_eq!(dead_letters::drop_letters(&world.db, other, &[buried.id]).await.unwrap(), 0);
    assert!(!dead_letters::replayed(&world.db, other, buried.id).await.unwrap());
}

#[tokio::test]
async fn burying_again_changes_nothing_but_the_latest_words() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let event = EventId::new();
    let first = letter(connection, 1, event);
    let again = DeadLetter { attempts: 4, ..first.clone() };
    let buried = dead_letters::bury(&world.db, &[first.clone(), first]).await.unwrap();
    assert_eq!(buried[0], buried[1]);
    let repeated = dead_letters::bury(&world.db, &[again]).await.unwrap()[0];
    assert_eq!((repeated.id, repeated.failed), (buried[0].id, false));
    assert_eq!(dead_letters::get(&world.db, connection, repeated.id).await.unwrap().unwrap().letter.attempts, 4);
    assert_eq!(world.number("select count(*) from dead_letters").await, 1);
}

#[tokio::test]
async fn what_could_never_be_read_still_has_its_row_and_a_replay_fills_it_in() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let scrubbed = Scrubbed { redactions: [("card".to_owned(), 2)].into(), summary_source: None };
    let new = NewWriteback { scrubbed: Some(scrubbed.clone()), ..new_writeback(1) };
    let unread = DeadLetter { stage: StageName::Redactor, reason: Reason::Unreadable, ..letter(connection, 1, new.event) };
    let id = dead_letters::bury(&world.db, &[unread]).await.unwrap()[0].id;
    let row = ledger::get(&world.db, connection, &conversation(1)).await.unwrap().unwrap();
    assert_eq!((row.state, row.agent, row.ended_at), (State::Failed, None, NOON));
    dead_letters::take_for_replay(&world.db, connection, id).await.unwrap().unwrap();
    let opened = ledger::open(&world.db, connection, std::slice::from_ref(&new)).await.unwrap();
    assert_eq!(opened, [Opened::Again { state: State::Redacted }]);
    let row = ledger::get(&world.db, connection, &conversation(1)).await.unwrap().unwrap();
    assert_eq!((row.agent, row.channel, row.redactions), (Some(new.agent), Some(new.channel), scrubbed.redactions));
}

#[tokio::test]
async fn no_letter_overrides_an_outcome_or_another_event() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let rows = [new_writeback(1), new_writeback(2)];
    ledger::open(&world.db, connection, &rows).await.unwrap();
    ledger::exported(&world.db, connection, &[exported(1)]).await.unwrap();
    let letters = [letter(connection, 1, rows[0].event), letter(connection, 2, EventId::new())];
    let buried = dead_letters::bury(&world.db, &letters).await.unwrap();
    assert!(!buried[0].failed && !buried[1].failed);
    assert_eq!(state_of(&world, connection, 1).await, State::Exported);
    assert_eq!(state_of(&world, connection, 2).await, State::Accepted, "the first event is on its way");
    dead_letters::take_for_replay(&world.db, connection, buried[0].id).await.unwrap().unwrap();
    assert_eq!(state_of(&world, connection, 1).await, State::Exported, "a replay takes no export back");
}

#[tokio::test]
async fn a_replay_survives_every_interruption() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let new = new_writeback(1);
    ledger::open(&world.db, connection, std::slice::from_ref(&new)).await.unwrap();
    ledger::posting(&world.db, connection, &[ledger::Intent { conversation: conversation(1), after: None }]).await.unwrap();
    let letter = DeadLetter { stage: StageName::Poster, ..letter(connection, 1, new.event) };
    let id = dead_letters::bury(&world.db, std::slice::from_ref(&letter)).await.unwrap()[0].id;

    let taken = dead_letters::take_for_replay(&world.db, connection, id).await.unwrap().unwrap();
    assert_eq!(taken.letter, letter);
    let row = ledger::get(&world.db, connection, &conversation(1)).await.unwrap().unwrap();
    assert_eq!((row.state, row.reason, row.finished_at), (State::Matched, None, None));
    assert!(row.posting_at.is_some(), "the poster has to know that something may have been sent");
    // The process dies before it publishes; another one takes it again.
    dead_letters::take_for_replay(&world.db, connection, id).await.unwrap().unwrap();
    // It fails again before its replay is reported: the letter has to stay.
    assert!(dead_letters::bury(&world.db, &[letter]).await.unwrap()[0].failed);
    assert!(!dead_letters::replayed(&world.db, connection, id).await.unwrap());
    assert_eq!(state_of(&world, connection, 1).await, State::Failed);
    dead_letters::take_for_replay(&world.db, connection, id).await.unwrap().unwrap();
    assert!(dead_letters::replayed(&world.db, connection, id).await.unwrap());
    assert_eq!(dead_letters::get(&world.db, connection, id).await.unwrap(), None);
}

#[tokio::test]
async fn letters_of_many_connections_are_buried_at_once_by_many() {
    let world = World::start().await;
    let connections = [ConnectionId::new(), ConnectionId::new(), ConnectionId::new()];
    let letters: Vec<_> = (0..30).map(|n| letter(connections[n % 3], n, EventId::new())).collect();
    // Batches that overlap in part, and in different orders, which must not make them wait for each other in a circle.
    let tasks: Vec<_> = (0..12)
        .map(|n| {
            let (db, mut letters) = (world.db.clone(), letters.clone());
            letters.rotate_left(n * 5 % 30);
            letters.truncate(15);
            tokio::spawn(async move { dead_letters::bury(&db, &letters).await.unwrap().iter().filter(|b| b.failed).count() })
        })
        .collect();
    let mut failed = 0;
    for task in tasks {
        failed += task.await.unwrap();
    }
    assert_eq!((failed, world.number("select count(*) from dead_letters").await), (30, 30));
    assert_eq!(ledger::counts(&world.db, connections[0]).await.unwrap().failed, 10);
}

#[tokio::test]
async fn letters_are_listed_newest_first_counted_and_dropped() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let mut letters: Vec<_> = (0..7).map(|n| letter(connection, n, EventId::new())).collect();
    letters[2].reason = Reason::TooOld;
    letters[3].stage = StageName::Poster;
    let buried = dead_letters::bury(&world.db, &letters).await.unwrap();
    let list = async |filter: Filter| {
        let (mut ids, mut cursor) = (Vec::new(), None);
        loop {
            let page = dead_letters::list(&world.db, connection, &filter, cursor, 3).await.unwrap();
            assert!(page.letters.iter().all(|letter| letter.letter.sealed.is_empty()));
            ids.extend(page.letters.iter().map(|letter| letter.id));
            cursor = page.next;
            if cursor.is_none() {
                break ids;
            }
        }
    };
    assert_eq!(list(Filter::default()).await, buried.iter().rev().map(|b| b.id).collect::<Vec<_>>());
    assert_eq!(list(Filter { reason: Some(Reason::TooOld), ..Filter::default() }).await, [buried[2].id]);
    assert_eq!(list(Filter { stage: Some(StageName::Poster), ..Filter::default() }).await, [buried[3].id]);
    assert_eq!(list(Filter { conversation: Some(conversation(4)), ..Filter::default() }).await, [buried[4].id]);
    let counts = dead_letters::counts(&world.db, Some(connection)).await.unwrap();
    assert_eq!(counts, [(Reason::Refused, 6), (Reason::TooOld, 1)]);
    assert_eq!(dead_letters::counts(&world.db, Some(ConnectionId::new())).await.unwrap(), []);
    assert_eq!(dead_letters::drop_letters(&world.db, connection, &[buried[0].id, buried[2].id]).await.unwrap(), 2);
    assert_eq!(dead_letters::counts(&world.db, None).await.unwrap(), [(Reason::Refused, 5)]);
    let soon = time::OffsetDateTime::now_utc() + Duration::hours(1);
    assert_eq!(dead_letters::drop_before(&world.db, soon - Duration::days(1), 10).await.unwrap(), 0);
    assert_eq!(dead_letters::drop_before(&world.db, soon, 4).await.unwrap(), 4);
    assert_eq!(dead_letters::drop_before(&world.db, soon, 4).await.unwrap(), 1);
}
