//! People, their sessions, and how often they may try.

use std::time::Duration;

use domain::{AccountId, Email, UserId};
use secrecy::{ExposeSecret as _, SecretString};
use store::{
    sessions::{self, Lifetime, Session},
    sign_ins::{self, ATTEMPTS_MAX},
    users::{self, Identity},
};

use crate::world::World;

pub(crate) const LIFETIME: Lifetime = Lifetime { idle: Duration::from_hours(12), absolute: Duration::from_hours(168) };

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

async fn user(world: &World, account: AccountId, address: &str) -> UserId {
    users::create(&world.db, account, &email(address), Some(&"hash-1".into())).await.unwrap().unwrap()
}

/// Somebody of a new account, signed in.
pub(crate) async fn signed_in(world: &World, address: &str) -> (SecretString, Session) {
    let account = world.account().await;
    let id = user(world, account, address).await;
    let secret = sessions::begin(&world.db, id, None, LIFETIME).await.unwrap();
    let session = sessions::find(&world.db, &secret, LIFETIME).await.unwrap().unwrap();
    (secret, session)
}

#[tokio::test]
async fn an_address_is_one_person_s_whatever_its_case() {
    let world = World::start().await;
    let (account, other) = (world.account().await, world.account().await);
    let id = user(&world, account, "Dana@Example.com").await;
    let taken = users::create(&world.db, other, &email("dana@example.COM"), None).await.unwrap();
    assert_eq!(taken, None);
    let found = users::by_email(&world.db, &email("DANA@example.com")).await.unwrap().unwrap();
    assert_eq!((found.id, found.account, found.password_hash.unwrap().expose_secret()), (id, account, "hash-1"));
    assert!(users::by_email(&world.db, &email("lee@example.com")).await.unwrap().is_none());
    assert!(!users::remove(&world.db, other, &email("dana@example.com")).await.unwrap(), "another account's person");
    assert_eq!(users::list(&world.db, other).await.unwrap(), []);
    assert!(users::remove(&world.db, account, &email("dana@example.com")).await.unwrap());
    assert_eq!(users::list(&world.db, account).await.unwrap(), []);
}

#[tokio::test]
async fn a_session_lives_until_it_ends_idles_or_expires() {
    let world = World::start().await;
    let (secret, session) = signed_in(&world, "dana@example.com").await;
    assert_eq!((session.email.as_str(), session.account_name.as_str()), ("dana@example.com", "Acme"));
    let alive = async || sessions::find(&world.db, &secret, LIFETIME).await.unwrap().is_some();
    let set = async |change: &'static str| {
        sqlx::query(change).execute(&mut world.raw().await).await.unwrap();
    };
    set("update sessions set seen_at = now() - interval '13 hours'").await;
    assert!(!alive().await, "it idled");
    set("update sessions set seen_at = now() - interval '11 hours'").await;
    assert!(alive().await);
    assert_eq!(
        world.number("select count(*) from sessions where seen_at > now() - interval '1 minute'").await,
        1,
        "use is noted"
    );
    set("update sessions set expires_at = now()").await;
    assert!(!alive().await, "it expired");
    set("update sessions set expires_at = now() + interval '1 hour'").await;
    assert!(alive().await);
    sessions::end(&world.db, session.hash).await.unwrap();
    assert!(!alive().await, "it was ended");
}

#[tokio::test]
async fn signing_in_ends_what_the_browser_had_and_leaves_other_browsers_alone() {
    let world = World::start().await;
    let (planted, session) = signed_in(&world, "dana@example.com").await;
    let elsewhere = sessions::begin(&world.db, session.user, None, LIFETIME).await.unwrap();
    let fresh = sessions::begin(&world.db, session.user, Some(&planted), LIFETIME).await.unwrap();
    let alive = async |secret: &SecretString| sessions::find(&world.db, secret, LIFETIME).await.unwrap().is_some();
    assert!(!alive(&planted).await);
    assert!(alive(&elsewhere).await && alive(&fresh).await);
    let row: String =
        sqlx::query_scalar("select string_agg(s::text, '') from sessions s").fetch_one(&mut world.raw().await).await.unwrap();
    assert!(!row.contains(fresh.expose_secret()), "the secret rests in the browser only");
    for _ in 0..30 {
        sessions::begin(&world.db, session.user, None, LIFETIME).await.unwrap();
    }
    assert_eq!(world.number("select count(*) from sessions").await, 20);
}

#[tokio::test]
async fn another_password_ends_all_sessions() {
    let world = World::start().await;
    let (secret, session) = signed_in(&world, "dana@example.com").await;
    let (other, _) = signed_in(&world, "lee@example.com").await;
    let address = email("dana@example.com");
    let stranger = world.account().await;
    assert!(!users::set_password(&world.db, stranger, &address, &"hash-2".into()).await.unwrap());
    assert!(users::set_password(&world.db, session.account, &address, &"hash-2".into()).await.unwrap());
    assert_eq!(sessions::find(&world.db, &secret, LIFETIME).await.unwrap(), None);
    assert!(sessions::find(&world.db, &other, LIFETIME).await.unwrap().is_some());
}

#[tokio::test]
async fn who_somebody_is_at_a_provider_is_settled_once() {
    let world = World::start().await;
    let account = world.account().await;
    let id = user(&world, account, "dana@example.com").await;
    let identity = |subject: &str| Identity { issuer: "https://id.example".to_owned(), subject: subject.to_owned() };
    let known = async |subject: &str, address: Option<&str>| {
        let address = address.map(email);
        users::by_identity(&world.db, &identity(subject), address.as_ref()).await.unwrap()
    };
    assert_eq!(known("s1", None).await, None, "an address that nobody verified says nothing");
    assert_eq!(known("s1", Some("lee@example.com")).await, None);
    assert_eq!(known("s1", Some("Dana@Example.com")).await, Some((id, account)));
    assert_eq!(known("s1", None).await, Some((id, account)), "from now on the address does not matter");
    assert_eq!(known("s2", Some("dana@example.com")).await, None, "somebody else who was given the address is not her");
    let elsewhere = Identity { issuer: "https://other.example".to_owned(), subject: "s1".to_owned() };
    assert_eq!(users::by_identity(&world.db, &elsewhere, Some(&email("dana@example.com"))).await.unwrap(), None);
}

#[tokio::test]
async fn attempts_are_counted_before_they_are_made() {
    let world = World::start().await;
    let address = email("Dana@example.com");
    // Known or not, whatever the case, and all at once.
    let tasks = (0..ATTEMPTS_MAX * 2).map(|n| {
        let (db, address) = (world.db.clone(), if n % 2 == 0 { address.clone() } else { email("dana@EXAMPLE.com") });
        tokio::spawn(async move { sign_ins::attempt(&db, &address).await.unwrap() })
    });
    let mut allowed = 0;
    for task in tasks.collect::<Vec<_>>() {
        allowed += u32::from(task.await.unwrap().is_ok());
    }
    assert_eq!(allowed, ATTEMPTS_MAX);
    let wait = sign_ins::attempt(&world.db, &address).await.unwrap().unwrap_err();
    assert!(wait <= sign_ins::WINDOW && wait > Duration::from_mins(14), "{wait:?}");
    assert_eq!(sign_ins::attempt(&world.db, &email("lee@example.com")).await.unwrap(), Ok(()));
    let later = "update sign_in_attempts set first_at = first_at - interval '15 minutes'";
    sqlx::query(later).execute(&mut world.raw().await).await.unwrap();
    assert_eq!(sign_ins::attempt(&world.db, &address).await.unwrap(), Ok(()));
    sign_ins::succeeded(&world.db, &address).await.unwrap();
    assert_eq!(world.number("select count(*) from sign_in_attempts").await, 1, "lee's");
}

#[tokio::test]
async fn what_is_over_is_forgotten() {
    let world = World::start().await;
    let (kept, session) = signed_in(&world, "dana@example.com").await;
    for _ in 0..3 {
        sessions::begin(&world.db, session.user, None, LIFETIME).await.unwrap();
    }
    sign_ins::attempt(&world.db, &email("lee@example.com")).await.unwrap().unwrap();
    let over = "update sessions set expires_at = now() - interval '1 second' where hash <> (select hash from sessions order by created_at limit 1);
                update sign_in_attempts set first_at = now() - interval '1 hour'";
    sqlx::raw_sql(over).execute(&mut world.raw().await).await.unwrap();
    assert_eq!(sessions::sweep(&world.db, LIFETIME, 2).await.unwrap(), 2);
    assert_eq!(sessions::sweep(&world.db, LIFETIME, 2).await.unwrap(), 1);
    assert_eq!(sign_ins::sweep(&world.db, 10).await.unwrap(), 1);
    assert!(sessions::find(&world.db, &kept, LIFETIME).await.unwrap().is_some());
}
