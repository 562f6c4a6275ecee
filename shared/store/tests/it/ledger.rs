use domain::{
    ConnectionId, ContactId, EngagementId, EventId, OwnerId,
    conversation::EngagementKind,
    event::{MatchedContact, StageName, SummarySource},
    ledger::{MatchedBy, Reason, State},
    settings::Mode,
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use store::ledger::{
    self, Brief, Counts, Deferred, Ended, Engagement, Exported, Matched, NewWriteback, Opened, Scrubbed, counts,
};
use time::Duration;

use crate::world::{World, caller_key, conversation, new_writeback};

fn contact() -> MatchedContact {
    MatchedContact {
        id: ContactId::from_i64(512).unwrap(),
        owner: OwnerId::from_i64(7),
        by: MatchedBy::Phone,
        others: vec![ContactId::from_i64(513).unwrap(), ContactId::from_i64(514).unwrap()],
    }
}

pub(crate) fn exported(n: usize) -> Exported {
    Exported {
        conversation: conversation(n),
        engagement: Engagement {
            kind: EngagementKind::Call,
            id: EngagementId::from_i64(9000 + i64::try_from(n).unwrap()).unwrap(),
        },
        contact: contact(),
        mode: Mode::Summary,
        summary_source: Some(SummarySource::Model),
        caller_key: None,
        attempts: 1,
    }
}

fn matched(n: usize) -> Matched {
    Matched { conversation: conversation(n), contact: contact(), caller_key: None }
}

/// The same event again, scrubbed by now.
fn scrubbed(new: NewWriteback) -> NewWriteback {
    let scrubbed = Scrubbed { redactions: [("card".to_owned(), 1)].into(), summary_source: None };
    NewWriteback { scrubbed: Some(scrubbed), ..new }
}

#[tokio::test]
async fn a_conversation_travels_to_its_export() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let new = new_writeback(1);
    assert_eq!(ledger::open(&world.db, connection, std::slice::from_ref(&new)).await.unwrap(), [Opened::New]);
    let key = caller_key(connection, "+14155550123");
    let one = [conversation(1)].into();
    let again = ledger::open(&world.db, connection, &[scrubbed(new.clone())]).await.unwrap();
    assert_eq!(again, [Opened::Again { state: State::Redacted }]);
    let with_key = Matched { caller_key: Some(key), ..matched(1) };
    assert_eq!(ledger::matched(&world.db, connection, &[with_key]).await.unwrap(), one);
    assert_eq!(ledger::posting(&world.db, connection, &[intent(1, None)]).await.unwrap(), one);
    let deferred = Deferred { conversation: conversation(1), attempts: 2, error_class: "http_5xx" };
    assert_eq!(ledger::defer_note(&world.db, connection, &[deferred]).await.unwrap(), one);
    assert_eq!(ledger::exported(&world.db, connection, &[exported(1)]).await.unwrap(), one);

    let row = ledger::get(&world.db, connection, &conversation(1)).await.unwrap().unwrap();
    assert_eq!((row.state, row.event, row.agent, row.channel), (State::Exported, new.event, Some(new.agent), Some(new.channel)));
    assert_eq!((row.direction, row.mode, row.started_at), (Some(new.direction), Some(Mode::Summary), Some(new.started_at)));
    assert_eq!((row.ended_at, row.accepted_at), (new.ended_at, Some(new.accepted_at)));
    assert_eq!((row.contact, row.owner, row.matched_by), (Some(contact().id), contact().owner, Some(MatchedBy::Phone)));
    assert_eq!((row.others, row.caller_key, row.engagement), (contact().others, Some(key), Some(exported(1).engagement)));
    assert_eq!((row.redactions, row.summary_source), ([("card".to_owned(), 1)].into(), Some(SummarySource::Model)));
    assert_eq!((row.attempts, row.last_error_class.as_deref(), row.reason), (2, Some("http_5xx"), None));
    assert!(row.posting_at.unwrap() >= row.opened_at && row.finished_at.unwrap() >= row.posting_at.unwrap());
}

#[tokio::test]
async fn a_repeated_event_is_told_from_a_repeated_conversation() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let (first, second) = (new_writeback(1), new_writeback(2));
    let reported_again = NewWriteback { event: EventId::new(), ..first.clone() };
    let batch = [first.clone(), second.clone(), first.clone(), reported_again.clone()];
    let (again, duplicate) = (|state| Opened::Again { state }, |state| Opened::Duplicate { state });
    assert_eq!(
        ledger::open(&world.db, connection, &batch).await.unwrap(),
        [Opened::New, Opened::New, again(State::Accepted), duplicate(State::Accepted)]
    );
    ledger::exported(&world.db, connection, &[exported(1)]).await.unwrap();
    assert_eq!(
        ledger::open(&world.db, connection, &[reported_again, second, first]).await.unwrap(),
        [duplicate(State::Exported), again(State::Accepted), again(State::Exported)]
    );
    let elsewhere = world.connection().await.id;
    assert_eq!(ledger::open(&world.db, elsewhere, &batch[..1]).await.unwrap(), [Opened::New], "another account's conversation");
}

#[tokio::test]
async fn of_many_that_open_at_once_one_is_new() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let rows: Vec<_> = (0..40).map(new_writeback).collect();
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            let (db, mut rows) = (world.db.clone(), rows.clone());
            // In different orders, which must not make them wait for each other in a circle.
            rows.rotate_left(n * 5);
            tokio::spawn(async move {
                let opened = ledger::open(&db, connection, &rows).await.unwrap();
                opened.into_iter().filter(|opened| *opened == Opened::New).count()
            })
        })
        .collect();
    let mut new = 0;
    for task in tasks {
        new += task.await.unwrap();
    }
    assert_eq!(new, 40);
    assert_eq!(counts(&world.db, connection).await.unwrap().in_flight, 40);
}

#[tokio::test]
async fn what_is_finished_stays_so() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    ledger::open(&world.db, connection, &(0..3).map(new_writeback).collect::<Vec<_>>()).await.unwrap();
    ledger::exported(&world.db, connection, &[exported(0)]).await.unwrap();
    ledger::skipped(&world.db, connection, &[Ended::because(conversation(1), Reason::NoMatch)]).await.unwrap();
    ledger::withheld(&world.db, connection, &[Ended::because(conversation(2), Reason::LoggingOff)]).await.unwrap();
    let ids: Vec<_> = (0..3).map(conversation).collect();
    let before = ledger::states(&world.db, connection, &ids).await.unwrap();
    for n in 0..3 {
        let ended = [Ended::because(conversation(n), Reason::NoMatch)];
        let deferred = [Deferred { conversation: conversation(n), attempts: 9, error_class: "late" }];
        let db = &world.db;
        let again = ledger::open(db, connection, &[scrubbed(new_writeback(n))]).await.unwrap();
        assert!(matches!(again[..], [Opened::Duplicate { state }] if state.outcome().is_some()), "{again:?}");
        assert!(ledger::matched(db, connection, &[matched(n)]).await.unwrap().is_empty());
        assert!(ledger::posting(db, connection, &[intent(n, None)]).await.unwrap().is_empty());
        assert!(ledger::not_posted(db, connection, &[conversation(n)]).await.unwrap().is_empty());
        assert!(ledger::exported(db, connection, &[exported(n)]).await.unwrap().is_empty());
        assert!(ledger::skipped(db, connection, &ended).await.unwrap().is_empty());
        assert!(ledger::withheld(db, connection, &ended).await.unwrap().is_empty());
        assert!(ledger::defer_note(db, connection, &deferred).await.unwrap().is_empty());
        let event = new_writeback(n).event;
        assert!(!ledger::reopen(db, connection, &conversation(n), event, StageName::Poster).await.unwrap());
    }
    let after = ledger::states(&world.db, connection, &ids).await.unwrap();
    let sorted = |mut rows: Vec<(_, Brief)>| {
        rows.sort_by(|a: &(domain::ConversationId, _), b| a.0.cmp(&b.0));
        rows
    };
    assert_eq!(sorted(before), sorted(after));
}

#[tokio::test]
async fn several_candidates_are_kept_for_the_owner() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    ledger::open(&world.db, connection, &[new_writeback(1)]).await.unwrap();
    let ended = Ended {
        detail: Some("two contacts share this number".to_owned()),
        candidates: contact().others,
        caller_key: Some(caller_key(connection, "+14155550123")),
        ..Ended::because(conversation(1), Reason::SeveralMatches)
    };
    ledger::skipped(&world.db, connection, std::slice::from_ref(&ended)).await.unwrap();
    let row = ledger::get(&world.db, connection, &conversation(1)).await.unwrap().unwrap();
    assert_eq!((row.state, row.reason, row.detail), (State::SkippedNoMatch, Some(Reason::SeveralMatches), ended.detail));
    assert_eq!((row.others, row.caller_key, row.contact), (ended.candidates, ended.caller_key, None));
}

#[tokio::test]
async fn the_latest_intent_and_the_newest_contact_hold() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    ledger::open(&world.db, connection, &[new_writeback(1)]).await.unwrap();
    let brief = async || ledger::states(&world.db, connection, &[conversation(1), conversation(2)]).await.unwrap();
    ledger::matched(&world.db, connection, &[matched(1)]).await.unwrap();
    let mut other = matched(1);
    other.contact.id = ContactId::from_i64(600).unwrap();
    assert_eq!(ledger::matched(&world.db, connection, &[other]).await.unwrap().len(), 1, "matched anew");
    ledger::posting(&world.db, connection, &[intent(1, None)]).await.unwrap();
    let first = brief().await[0].1.posting_at.unwrap();
    assert!(ledger::posting(&world.db, connection, &[intent(1, None)]).await.unwrap().is_empty(), "it has read an old row");
    assert_eq!(ledger::posting(&world.db, connection, &[intent(1, Some(first))]).await.unwrap().len(), 1);
    let briefs = brief().await;
    assert!(briefs.len() == 1 && briefs[0].1.posting_at.unwrap() > first);
    assert!(ledger::matched(&world.db, connection, &[matched(1)]).await.unwrap().is_empty(), "it is being posted");
    let row = ledger::get(&world.db, connection, &conversation(1)).await.unwrap().unwrap();
    assert_eq!(row.contact.unwrap().get(), 600);
    assert_eq!(ledger::not_posted(&world.db, connection, &[conversation(1)]).await.unwrap().len(), 1);
    let brief = brief().await[0].1;
    assert_eq!((brief.state, brief.posting_at), (State::Posting, None), "the intent is taken back, the state is not");
}

#[tokio::test]
async fn another_connection_sees_and_moves_nothing() {
    let world = World::start().await;
    let (mine, theirs) = (world.connection().await.id, world.connection().await.id);
    ledger::open(&world.db, mine, &[new_writeback(1)]).await.unwrap();
    assert_eq!(ledger::get(&world.db, theirs, &conversation(1)).await.unwrap(), None);
    assert!(ledger::states(&world.db, theirs, &[conversation(1)]).await.unwrap().is_empty());
    assert!(ledger::exported(&world.db, theirs, &[exported(1)]).await.unwrap().is_empty());
    let ended = [Ended::because(conversation(1), Reason::LoggingOff)];
    assert!(ledger::withheld(&world.db, theirs, &ended).await.unwrap().is_empty());
    assert_eq!(counts(&world.db, theirs).await.unwrap(), Counts::default());
    assert!(ledger::list(&world.db, theirs, &ledger::Filter::default(), None, 10).await.unwrap().rows.is_empty());
    assert_eq!(ledger::states(&world.db, mine, &[conversation(1)]).await.unwrap()[0].1.state, State::Accepted);
}

#[tokio::test]
async fn what_is_older_than_its_keep_goes_in_batches_and_what_is_in_flight_stays() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    ledger::open(&world.db, connection, &(0..6).map(new_writeback).collect::<Vec<_>>()).await.unwrap();
    ledger::exported(&world.db, connection, &(0..5).map(exported).collect::<Vec<_>>()).await.unwrap();
    let old = "update writebacks set finished_at = finished_at - interval '1 year' where conversation_id < 'conv_0003'";
    sqlx::query(old).execute(&mut world.raw().await).await.unwrap();
    let limit = time::OffsetDateTime::now_utc() - Duration::days(90);
    assert_eq!(ledger::delete_finished_before(&world.db, limit, 2).await.unwrap(), 2);
    assert_eq!(ledger::delete_finished_before(&world.db, limit, 2).await.unwrap(), 1);
    assert_eq!(ledger::delete_finished_before(&world.db, limit, 2).await.unwrap(), 0);
    let expected = Counts { exported: 2, in_flight: 1, ..Counts::default() };
    assert_eq!(counts(&world.db, connection).await.unwrap(), expected);
}

/// What a stage may do to a row.
#[derive(Debug, Clone, Copy)]
enum Step {
    Open,
    Redact,
    Match,
    Post,
    Export,
    Skip,
    Withhold,
    Bury,
    Reopen,
}

async fn apply(world: &World, connection: ConnectionId, n: usize, event: EventId, step: Step) {
    let db = &world.db;
    let ended = [Ended::because(conversation(n), Reason::NoMatch)];
    match step {
        Step::Open => drop(ledger::open(db, connection, &[NewWriteback { event, ..new_writeback(n) }]).await.unwrap()),
        Step::Redact => {
            let row = scrubbed(NewWriteback { event, ..new_writeback(n) });
            drop(ledger::open(db, connection, &[row]).await.unwrap());
        }
        Step::Match => drop(ledger::matched(db, connection, &[matched(n)]).await.unwrap()),
        Step::Post => drop(ledger::posting(db, connection, &[intent(n, None)]).await.unwrap()),
        Step::Export => drop(ledger::exported(db, connection, &[exported(n)]).await.unwrap()),
        Step::Skip => drop(ledger::skipped(db, connection, &ended).await.unwrap()),
        Step::Withhold => drop(ledger::withheld(db, connection, &ended).await.unwrap()),
        Step::Bury => {
            let letter = crate::dead_letters::letter(connection, n, event);
            drop(store::dead_letters::bury(db, &[letter]).await.unwrap());
        }
        Step::Reopen => {
            ledger::reopen(db, connection, &conversation(n), event, StageName::Matcher).await.unwrap();
        }
    }
}

#[test]
fn whatever_comes_in_whatever_order_a_row_only_moves_forward_and_is_counted() {
    let steps = prop::sample::select(vec![
        Step::Open,
        Step::Redact,
        Step::Match,
        Step::Post,
        Step::Export,
        Step::Skip,
        Step::Withhold,
        Step::Bury,
        Step::Reopen,
    ]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let world = runtime.block_on(World::start());
    let mut runner = TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() });
    let test = runner.run(&prop::collection::vec((0_usize..3, steps), 1..40), |steps| {
        runtime.block_on(async {
            let connection = ConnectionId::new();
            let events: Vec<EventId> = (0..3).map(|_| EventId::new()).collect();
            let mut stood = [None; 3];
            for (n, step) in steps {
                apply(&world, connection, n, events[n], step).await;
                let now = ledger::states(&world.db, connection, &[conversation(n)]).await.unwrap();
                let now = now.first().map(|(_, brief)| brief.state);
                let back = matches!((step, stood[n], now), (Step::Reopen, Some(State::Failed), Some(State::Redacted)));
                prop_assert!(now >= stood[n] || back, "{step:?}: {:?} -> {now:?}", stood[n]);
                let changed_end = stood[n].is_some_and(|state| state.outcome().is_some()) && now != stood[n];
                prop_assert!(!changed_end || back, "{step:?}: {:?} -> {now:?}", stood[n]);
                stood[n] = now;
            }
            let count = |wanted: &[State]| stood.iter().flatten().filter(|state| wanted.contains(state)).count() as u64;
            let expected = Counts {
                exported: count(&[State::Exported]),
                skipped_no_match: count(&[State::SkippedNoMatch]),
                withheld: count(&[State::Withheld]),
                failed: count(&[State::Failed]),
                in_flight: count(&[State::Accepted, State::Redacted, State::Matched, State::Posting]),
            };
            prop_assert_eq!(counts(&world.db, connection).await.unwrap(), expected);
            Ok(())
        })
    });
    test.unwrap();
}

#[tokio::test]
async fn counts_are_right_whoever_writes_at_once() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let mut tasks = Vec::new();
    for db in [world.db.clone(), world.another_process().await] {
        for part in 0..6_usize {
            let db = db.clone();
            tasks.push(tokio::spawn(async move {
                // Parts overlap by half.
                let rows: Vec<_> = (part * 10..part * 10 + 20).collect();
                ledger::open(&db, connection, &rows.iter().map(|n| new_writeback(*n)).collect::<Vec<_>>()).await.unwrap();
                let (even, odd): (Vec<_>, Vec<_>) = rows.into_iter().partition(|n| n % 2 == 0);
                ledger::exported(&db, connection, &even.into_iter().map(exported).collect::<Vec<_>>()).await.unwrap();
                let odd: Vec<_> = odd.into_iter().map(|n| Ended::because(conversation(n), Reason::NoMatch)).collect();
                ledger::skipped(&db, connection, &odd).await.unwrap();
            }));
        }
    }
    for task in tasks {
        task.await.unwrap();
    }
    let expected = Counts { exported: 35, skipped_no_match: 35, ..Counts::default() };
    assert_eq!(counts(&world.db, connection).await.unwrap(), expected);
}

#[tokio::test]
async fn of_many_who_have_read_the_same_row_one_may_write() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let rows: Vec<_> = (0..5).map(new_writeback).collect();
    ledger::open(&world.db, connection, &rows).await.unwrap();
    let mut after = vec![None; 5];
    for _ in 0..6 {
        let intents: Vec<_> = after.iter().enumerate().map(|(n, after)| intent(n, *after)).collect();
        let racing: Vec<_> = (0..12)
            .map(|_| {
                let (db, intents) = (world.db.clone(), intents.clone());
                tokio::spawn(async move { ledger::posting(&db, connection, &intents).await.unwrap() })
            })
            .collect();
        let mut winners = Vec::new();
        for one in racing {
            winners.extend(one.await.unwrap());
        }
        winners.sort();
        assert_eq!(winners, (0..5).map(conversation).collect::<Vec<_>>());
        let ids: Vec<_> = (0..5).map(conversation).collect();
        let briefs = ledger::states(&world.db, connection, &ids).await.unwrap();
        after = ids.iter().map(|id| briefs.iter().find(|(other, _)| other == id).unwrap().1.posting_at).collect();
    }
}

fn intent(n: usize, after: Option<time::OffsetDateTime>) -> ledger::Intent {
    ledger::Intent { conversation: conversation(n), after }
}
