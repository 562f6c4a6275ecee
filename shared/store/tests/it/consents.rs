use secrecy::ExposeSecret as _;
use store::{
    consents::{self, Refused, Wanted},
    sessions,
};

use crate::{
    sign_in::{LIFETIME, signed_in},
    world::World,
};

fn wanted() -> Wanted {
    Wanted { agents: vec!["agent_7".parse().unwrap()], custom_objects: vec!["p_returns".to_owned()] }
}

#[tokio::test]
async fn a_consent_goes_once_through_the_session_that_opened_it() {
    let world = World::start().await;
    let (_, session) = signed_in(&world, "dana@example.com").await;
    let (ticket, _) = consents::ask(&world.db, session.account, &wanted()).await.unwrap();
    let (state, opened) = consents::open(&world.db, &ticket, &session, &"verifier-1".into()).await.unwrap().unwrap();
    assert_eq!(opened, wanted());
    let given = consents::take(&world.db, &state, &session).await.unwrap().unwrap();
    assert_eq!((given.wanted, given.verifier.expose_secret()), (wanted(), "verifier-1"));
    assert_eq!(consents::take(&world.db, &state, &session).await.unwrap().unwrap_err(), Refused::Used);
    assert!(consents::open(&world.db, &ticket, &session, &"verifier-2".into()).await.unwrap().is_none(), "the link is used up");
}

#[tokio::test]
async fn another_session_or_account_is_refused_and_spoils_nothing() {
    let world = World::start().await;
    let (_, session) = signed_in(&world, "dana@example.com").await;
    let (_, stranger) = signed_in(&world, "eve@example.com").await;
    let (ticket, _) = consents::ask(&world.db, session.account, &Wanted::default()).await.unwrap();
    assert!(consents::open(&world.db, &ticket, &stranger, &"v".into()).await.unwrap().is_none());
    let (state, _) = consents::open(&world.db, &ticket, &session, &"v".into()).await.unwrap().unwrap();
    let elsewhere = sessions::begin(&world.db, session.user, None, LIFETIME).await.unwrap();
    let elsewhere = sessions::find(&world.db, &elsewhere, LIFETIME).await.unwrap().unwrap();
    for other in [&stranger, &elsewhere] {
        assert_eq!(consents::take(&world.db, &state, other).await.unwrap().unwrap_err(), Refused::OtherSession);
    }
    for unknown in ["", "wbo_00000000000000000000000000000000", ticket.expose_secret()] {
        assert_eq!(consents::take(&world.db, &unknown.into(), &session).await.unwrap().unwrap_err(), Refused::Unknown);
    }
    consents::take(&world.db, &state, &session).await.unwrap().unwrap();
}

#[tokio::test]
async fn of_many_callbacks_at_once_one_wins() {
    let world = World::start().await;
    let (_, session) = signed_in(&world, "dana@example.com").await;
    let (ticket, _) = consents::ask(&world.db, session.account, &Wanted::default()).await.unwrap();
    let (state, _) = consents::open(&world.db, &ticket, &session, &"v".into()).await.unwrap().unwrap();
    let tasks = (0..8).map(|_| {
        let (db, state, session) = (world.db.clone(), state.clone(), session.clone());
        tokio::spawn(async move { consents::take(&db, &state, &session).await.unwrap().is_ok() })
    });
    let mut won = 0;
    for task in tasks.collect::<Vec<_>>() {
        won += usize::from(task.await.unwrap());
    }
    assert_eq!(won, 1);
}

#[tokio::test]
async fn opening_again_makes_the_state_before_worthless() {
    let world = World::start().await;
    let (_, session) = signed_in(&world, "dana@example.com").await;
    let (ticket, _) = consents::ask(&world.db, session.account, &Wanted::default()).await.unwrap();
    let (first, _) = consents::open(&world.db, &ticket, &session, &"v1".into()).await.unwrap().unwrap();
    let (second, _) = consents::open(&world.db, &ticket, &session, &"v2".into()).await.unwrap().unwrap();
    assert_eq!(consents::take(&world.db, &first, &session).await.unwrap().unwrap_err(), Refused::Unknown);
    assert_eq!(consents::take(&world.db, &second, &session).await.unwrap().unwrap().verifier.expose_secret(), "v2");
}

#[tokio::test]
async fn what_has_expired_is_refused_then_forgotten() {
    let world = World::start().await;
    let (_, session) = signed_in(&world, "dana@example.com").await;
    let (ticket, _) = consents::ask(&world.db, session.account, &Wanted::default()).await.unwrap();
    let (state, _) = consents::open(&world.db, &ticket, &session, &"v".into()).await.unwrap().unwrap();
    let set = async |change: &'static str| {
        sqlx::query(change).execute(&mut world.raw().await).await.unwrap();
    };
    set("update consents set expires_at = now()").await;
    assert_eq!(consents::take(&world.db, &state, &session).await.unwrap().unwrap_err(), Refused::Expired);
    assert!(consents::open(&world.db, &ticket, &session, &"v".into()).await.unwrap().is_none());
    assert_eq!(consents::sweep(&world.db, 10).await.unwrap(), 0, "for a day it is known why");
    set("update consents set expires_at = now() - interval '2 days'").await;
    assert_eq!(consents::sweep(&world.db, 10).await.unwrap(), 1);
}

#[tokio::test]
async fn neither_link_nor_state_nor_verifier_rests_in_the_clear_and_an_account_keeps_few() {
    let world = World::start().await;
    let (_, session) = signed_in(&world, "dana@example.com").await;
    for _ in 0..60 {
        consents::ask(&world.db, session.account, &Wanted::default()).await.unwrap();
    }
    assert_eq!(world.number("select count(*) from consents").await, 50);
    let (ticket, _) = consents::ask(&world.db, session.account, &Wanted::default()).await.unwrap();
    let (state, _) = consents::open(&world.db, &ticket, &session, &"verifier-1".into()).await.unwrap().unwrap();
    let dump = "select string_agg(c::text || coalesce(encode(verifier, 'escape'), ''), '') from consents c";
    let dump: String = sqlx::query_scalar(dump).fetch_one(&mut world.raw().await).await.unwrap();
    for secret in [ticket.expose_secret(), state.expose_secret(), "verifier-1"] {
        assert!(!dump.contains(secret));
    }
}
