use domain::{
    AccountId, ConnectionId,
    settings::{ExtraPattern, Mode, OnNoMatch, RedactionExtras, Settings, SettingsChange},
};
use store::{connections, gate, settings};
use time::Duration;

use crate::world::{NOON, World};

#[tokio::test]
async fn nothing_is_on_until_somebody_turns_it_on() {
    let world = World::start().await;
    let connection = world.connection().await;
    assert_eq!(settings::get(&world.db, connection.id).await.unwrap(), Settings::default());
    let gate = gate::gate(&world.db, connection.id).await.unwrap().unwrap();
    assert_eq!((gate.connection, gate.settings), (connection, Settings::default()));
    assert_eq!(gate::gate(&world.db, ConnectionId::new()).await.unwrap(), None);
}

#[tokio::test]
async fn the_time_of_turning_on_moves_only_from_off_to_on() {
    let world = World::start().await;
    let connection = world.connection().await;
    let set = async |mode: Mode, on_no_match, minutes| {
        let now = NOON + Duration::minutes(minutes);
        settings::set(&world.db, connection.account, connection.id, &SettingsChange { on_no_match, ..mode.into() }, now)
            .await
            .unwrap()
            .unwrap()
    };
    let on = set(Mode::Summary, Some(OnNoMatch::Create), 0).await;
    assert_eq!((on.enabled_at, on.updated_at), (Some(NOON), Some(NOON)));
    let wider = set(Mode::SummaryTranscript, None, 1).await;
    assert_eq!((wider.enabled_at, wider.on_no_match), (Some(NOON), OnNoMatch::Create));
    set(Mode::Off, None, 2).await;
    let again = set(Mode::Summary, None, 3).await;
    assert_eq!(again.enabled_at, Some(NOON + Duration::minutes(3)));
    assert_eq!(settings::get(&world.db, connection.id).await.unwrap(), again);
}

#[tokio::test]
async fn only_the_account_itself_changes_its_settings_and_only_while_connected() {
    let world = World::start().await;
    let connection = world.connection().await;
    for other in [AccountId::new(), world.account().await] {
        let refused = settings::set(&world.db, other, connection.id, &Mode::Summary.into(), NOON).await.unwrap();
        assert_eq!(refused, None);
    }
    assert_eq!(settings::get(&world.db, connection.id).await.unwrap().mode, Mode::Off);
    connections::disconnect(&world.db, connection.account, connection.id).await.unwrap();
    let refused = settings::set(&world.db, connection.account, connection.id, &Mode::Summary.into(), NOON).await.unwrap();
    assert_eq!(refused, None);
}

#[tokio::test]
async fn changes_at_once_are_as_changes_one_after_the_other() {
    let world = World::start().await;
    let connection = world.connection().await;
    let tasks = (0..12).map(|n| {
        let db = world.db.clone();
        let mode = [Mode::Summary, Mode::SummaryTranscript][n % 2];
        let now = NOON + Duration::minutes(i64::try_from(n).unwrap());
        tokio::spawn(async move {
            settings::set(&db, connection.account, connection.id, &mode.into(), now).await.unwrap().unwrap().enabled_at
        })
    });
    let mut enabled = std::collections::HashSet::new();
    for task in tasks.collect::<Vec<_>>() {
        enabled.insert(task.await.unwrap());
    }
    assert_eq!(enabled.len(), 1, "exactly one of them turned it on");
}

fn extras(label: &str) -> RedactionExtras {
    let pattern = ExtraPattern { label: label.to_owned(), pattern: r"\bACME-\d{6}\b".to_owned() };
    RedactionExtras { patterns: vec![pattern], keep_words: vec!["Ümlaut 4000 1234".to_owned()] }
}

#[tokio::test]
async fn redaction_extras_stay_until_they_are_replaced_and_their_version_tells() {
    let world = World::start().await;
    let connection = world.connection().await;
    let set = async |redaction| {
        let change = SettingsChange { redaction, ..Mode::Summary.into() };
        settings::set(&world.db, connection.account, connection.id, &change, NOON).await.unwrap().unwrap().redaction_version
    };
    let stored = async || settings::redaction(&world.db, connection.id).await.unwrap();
    assert_eq!(stored().await, (0, RedactionExtras::default()));
    assert_eq!(set(Some(extras("order code"))).await, 1);
    assert_eq!(stored().await, (1, extras("order code")));
    assert_eq!(set(None).await, 1, "what is omitted stays");
    assert_eq!(stored().await, (1, extras("order code")));
    assert_eq!(gate::gate(&world.db, connection.id).await.unwrap().unwrap().settings.redaction_version, 1);
    assert_eq!(set(Some(extras("other"))).await, 2);
    assert_eq!(stored().await, (2, extras("other")));
    assert_eq!(set(Some(RedactionExtras::default())).await, 3);
    assert_eq!(stored().await, (3, RedactionExtras::default()));
    assert_eq!(world.number("select count(*) from writeback_settings where redaction is null").await, 1);
}

#[tokio::test]
async fn redaction_extras_that_cannot_be_read_are_no_extras_at_all_but_an_error() {
    let world = World::start().await;
    let connection = world.connection().await;
    let change = SettingsChange { redaction: Some(extras("order code")), ..Mode::Summary.into() };
    settings::set(&world.db, connection.account, connection.id, &change, NOON).await.unwrap().unwrap();
    for broken in ["7", r#"{"patterns": [{"label": "x"}]}"#, r#""x""#] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("update writeback_settings set redaction = '{broken}'")))
            .execute(&mut world.raw().await)
            .await
            .unwrap();
        let error = settings::redaction(&world.db, connection.id).await.unwrap_err();
        assert!(matches!(error, store::Error::Corrupt { column: "writeback_settings.redaction" }), "{error:?}");
    }
}
