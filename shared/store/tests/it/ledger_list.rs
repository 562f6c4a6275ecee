use std::collections::HashSet;

use domain::{
    AgentId, ConversationId,
    conversation::Channel,
    ledger::{Outcome, Reason},
};
use store::ledger::{self, Ended, Filter, NewWriteback, Page, Standing};
use time::Duration;

use crate::{
    ledger::exported,
    world::{NOON, World, conversation, new_writeback},
};

fn ids(page: &Page) -> Vec<ConversationId> {
    page.rows.iter().map(|row| row.conversation.clone()).collect()
}

#[tokio::test]
async fn pages_are_whole_and_newest_first_while_the_ledger_moves() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    // Many end at the same moment, so that pages are cut between equals.
    let rows: Vec<_> = (0..50).map(|n| NewWriteback { ended_at: new_writeback(n / 8).ended_at, ..new_writeback(n) }).collect();
    ledger::open(&world.db, connection, &rows).await.unwrap();
    let (mut seen, mut cursor, mut last) = (Vec::new(), None, None);
    for step in 0.. {
        let page = ledger::list(&world.db, connection, &Filter::default(), cursor.as_ref(), 7).await.unwrap();
        for row in &page.rows {
            let key = (row.ended_at, row.conversation.clone());
            assert!(last.as_ref().is_none_or(|last| key < *last));
            last = Some(key);
        }
        seen.extend(ids(&page));
        // Meanwhile rows finish, and newer ones come.
        ledger::exported(&world.db, connection, &[exported(step), exported(49 - step)]).await.unwrap();
        let newer = NewWriteback { ended_at: NOON + Duration::hours(1), ..new_writeback(100 + step) };
        ledger::open(&world.db, connection, &[newer]).await.unwrap();
        let Some(next) = page.next else { break };
        // As a client hands it back.
        cursor = Some(next.to_string().parse().unwrap());
    }
    assert_eq!(seen.len(), 50);
    assert_eq!(seen.into_iter().collect::<HashSet<_>>(), (0..50).map(conversation).collect());
}

#[tokio::test]
async fn every_filter_finds_its_rows() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    let mut rows: Vec<_> = (0..6).map(new_writeback).collect();
    rows[1].agent = AgentId::parse("agent_8").unwrap();
    rows[2].channel = Channel::Chat;
    ledger::open(&world.db, connection, &rows).await.unwrap();
    ledger::exported(&world.db, connection, &[exported(3)]).await.unwrap();
    ledger::skipped(&world.db, connection, &[Ended::because(conversation(4), Reason::NoMatch)]).await.unwrap();
    let check = async |filter: Filter, expected: &[usize]| {
        let page = ledger::list(&world.db, connection, &filter, None, 10).await.unwrap();
        assert_eq!(ids(&page), expected.iter().map(|n| conversation(*n)).collect::<Vec<_>>(), "{filter:?}");
        assert_eq!(page.next, None);
    };
    let all = Filter::default;
    check(all(), &[5, 4, 3, 2, 1, 0]).await;
    check(Filter { standing: Some(Standing::InFlight), ..all() }, &[5, 2, 1, 0]).await;
    check(Filter { standing: Some(Standing::Ended(Outcome::Exported)), ..all() }, &[3]).await;
    check(Filter { standing: Some(Standing::Ended(Outcome::SkippedNoMatch)), ..all() }, &[4]).await;
    check(Filter { standing: Some(Standing::Ended(Outcome::Failed)), ..all() }, &[]).await;
    check(Filter { agent: Some(AgentId::parse("agent_8").unwrap()), ..all() }, &[1]).await;
    check(Filter { channel: Some(Channel::Chat), ..all() }, &[2]).await;
    let minute = |n| Some(NOON + Duration::minutes(n));
    check(Filter { from: minute(2), to: minute(4), ..all() }, &[3, 2]).await;
    check(Filter { from: minute(2), standing: Some(Standing::InFlight), channel: Some(Channel::Voice), ..all() }, &[5]).await;
}

#[tokio::test]
async fn a_page_that_is_just_full_is_the_last() {
    let world = World::start().await;
    let connection = world.connection().await.id;
    ledger::open(&world.db, connection, &(0..4).map(new_writeback).collect::<Vec<_>>()).await.unwrap();
    let page = ledger::list(&world.db, connection, &Filter::default(), None, 4).await.unwrap();
    assert_eq!((page.rows.len(), page.next), (4, None));
}
