use domain::scope::Scope;
use secrecy::{ExposeSecret as _, SecretString};
use store::api_keys::{self, ApiKey};

use crate::world::World;

#[tokio::test]
async fn a_key_opens_its_own_account_until_it_is_revoked() {
    let world = World::start().await;
    let (account, other) = (world.account().await, world.account().await);
    let scopes = vec![Scope::EventsWrite, Scope::IntegrationsRead];
    let (id, secret) = api_keys::make(&world.db, account, "platform", &scopes).await.unwrap();
    let expected = ApiKey { id, account, region: domain::Region::US, scopes };
    assert_eq!(api_keys::verify(&world.db, &secret).await.unwrap(), Some(expected));
    assert!(!api_keys::revoke(&world.db, other, id).await.unwrap(), "another account's key");
    assert!(api_keys::revoke(&world.db, account, id).await.unwrap());
    assert!(!api_keys::revoke(&world.db, account, id).await.unwrap(), "it was revoked before");
    assert_eq!(api_keys::verify(&world.db, &secret).await.unwrap(), None);
}

#[tokio::test]
async fn what_is_no_key_opens_nothing() {
    let world = World::start().await;
    let (_, secret) = api_keys::make(&world.db, world.account().await, "platform", &[]).await.unwrap();
    let secret = secret.expose_secret();
    for wrong in ["", "wbk_", "wbk_0000000000000000000000000000000", &secret[4..], &secret[..secret.len() - 1]] {
        assert_eq!(api_keys::verify(&world.db, &SecretString::from(wrong)).await.unwrap(), None, "{wrong}");
    }
}

#[tokio::test]
async fn a_list_shows_a_prefix_and_the_table_holds_no_secret() {
    let world = World::start().await;
    let account = world.account().await;
    let (id, secret) = api_keys::make(&world.db, account, "platform", &[Scope::EventsWrite]).await.unwrap();
    let listed = api_keys::list(&world.db, account).await.unwrap();
    assert_eq!((listed.len(), listed[0].id, listed[0].name.as_str()), (1, id, "platform"));
    assert_eq!(listed[0].prefix, secret.expose_secret()[..10]);
    assert_eq!(api_keys::list(&world.db, world.account().await).await.unwrap(), []);
    let row: String = sqlx::query_scalar("select k::text from api_keys k").fetch_one(&mut world.raw().await).await.unwrap();
    assert!(!row.contains(&secret.expose_secret()[..12]), "{row}");
}

#[tokio::test]
async fn use_is_noted_once_a_minute() {
    let world = World::start().await;
    let account = world.account().await;
    let (id, _) = api_keys::make(&world.db, account, "platform", &[]).await.unwrap();
    let used = async || api_keys::list(&world.db, account).await.unwrap()[0].last_used_at;
    assert_eq!(used().await, None);
    api_keys::touch(&world.db, id).await.unwrap();
    let first = used().await.unwrap();
    api_keys::touch(&world.db, id).await.unwrap();
    assert_eq!(used().await, Some(first));
    let earlier = "update api_keys set last_used_at = last_used_at - interval '61 seconds'";
    sqlx::query(earlier).execute(&mut world.raw().await).await.unwrap();
    api_keys::touch(&world.db, id).await.unwrap();
    assert!(used().await.unwrap() >= first);
}

#[tokio::test]
async fn scopes_of_a_newer_release_are_left_out() {
    let world = World::start().await;
    let (_, secret) = api_keys::make(&world.db, world.account().await, "platform", &[Scope::EventsWrite]).await.unwrap();
    let newer = "update api_keys set scopes = scopes || 'moon:write'::text";
    sqlx::query(newer).execute(&mut world.raw().await).await.unwrap();
    assert_eq!(api_keys::verify(&world.db, &secret).await.unwrap().unwrap().scopes, [Scope::EventsWrite]);
}
