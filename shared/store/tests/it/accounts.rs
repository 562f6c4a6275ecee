use domain::{AccountId, AgentId, Phone, Region};
use store::{
    accounts,
    agents::{self, Agent},
    own_numbers,
};

use crate::world::World;

#[tokio::test]
async fn accounts_are_made_read_and_paged() {
    let world = World::start().await;
    let de: Region = "DE".parse().unwrap();
    let first = accounts::create(&world.db, "Acme", Region::US).await.unwrap();
    let second = accounts::create(&world.db, "Zeta", de).await.unwrap();
    assert_eq!(accounts::get(&world.db, second.id).await.unwrap().unwrap(), second);
    assert_eq!((second.region, accounts::get(&world.db, AccountId::new()).await.unwrap()), (de, None));
    assert_eq!(accounts::list(&world.db, None, 1).await.unwrap(), std::slice::from_ref(&first));
    assert_eq!(accounts::list(&world.db, Some(first.id), 10).await.unwrap(), [second]);
    assert!(accounts::set_region(&world.db, first.id, de).await.unwrap());
    assert_eq!(accounts::get(&world.db, first.id).await.unwrap().unwrap().region, de);
    assert!(!accounts::set_region(&world.db, AccountId::new(), de).await.unwrap());
}

#[tokio::test]
async fn agents_keep_a_name_that_is_not_given_again() {
    let world = World::start().await;
    let (account, other) = (world.account().await, world.account().await);
    let agent = |id: &str, name: Option<&str>| Agent { id: AgentId::parse(id).unwrap(), name: name.map(str::to_owned) };
    agents::upsert(&world.db, account, &[agent("b", None), agent("a", Some("Front desk")), agent("b", None)]).await.unwrap();
    agents::upsert(&world.db, account, &[agent("a", None), agent("b", Some("Night"))]).await.unwrap();
    assert_eq!(agents::list(&world.db, account).await.unwrap(), [agent("a", Some("Front desk")), agent("b", Some("Night"))]);
    assert_eq!(agents::list(&world.db, other).await.unwrap(), []);
}

#[tokio::test]
async fn own_numbers_belong_to_one_account() {
    let world = World::start().await;
    let (account, other) = (world.account().await, world.account().await);
    let numbers: Vec<Phone> = ["+14155559876", "+14155550000"].map(|n| Phone::parse(n, Region::US).unwrap()).into();
    assert_eq!(own_numbers::add(&world.db, account, &numbers).await.unwrap(), 2);
    assert_eq!(own_numbers::add(&world.db, account, &numbers).await.unwrap(), 0);
    assert_eq!(own_numbers::remove(&world.db, other, &numbers).await.unwrap(), 0);
    assert_eq!(own_numbers::remove(&world.db, account, &numbers[..1]).await.unwrap(), 1);
    assert_eq!(own_numbers::all_of(&world.db, account).await.unwrap(), numbers[1..]);
    assert_eq!(own_numbers::all_of(&world.db, other).await.unwrap(), []);
}
