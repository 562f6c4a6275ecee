//! Contacts: created once, found again.

use domain::{
    ContactId, Email, Phone,
    caller::{CallerKey, LookupSecret},
};
use hubspot_sim::{Fault, FaultKind, PortalOptions};
use writeback_hubspot::{CALLER_KEY, ErrorClass, NeedsPerson, NewContact, contacts::PLACEHOLDER_FIRST_NAME};

use crate::world::{Wish, World, class};

fn email(text: &str) -> NewContact {
    NewContact { email: Email::parse(text).ok(), ..NewContact::default() }
}

fn phone(text: &str) -> NewContact {
    NewContact { phone: Phone::try_from(text.to_owned()).ok(), ..NewContact::default() }
}

#[tokio::test]
async fn an_address_that_somebody_has_names_its_contact() {
    let world = World::start().await;
    let existing = world.contact(&[("email", "dana@example.com")]);
    let result = world.bulk().contacts().create(&email("dana@example.com")).await;
    assert!(matches!(class(result), ErrorClass::Conflict { existing_id, .. } if existing_id == Some(existing.get())));
}

#[tokio::test]
async fn one_address_that_somebody_has_keeps_no_other_contact_from_being_created() {
    let world = World::start().await;
    let existing = world.contact(&[("email", "c3@example.com")]);
    let new: Vec<_> = (0..10).map(|i| email(&format!("c{i}@example.com"))).collect();
    let results = world.bulk().contacts().batch_create(&new).await;
    for (i, result) in results.into_iter().enumerate() {
        if i == 3 {
            assert!(matches!(class(result), ErrorClass::Conflict { existing_id, .. } if existing_id == Some(existing.get())));
        } else {
            let id = result.unwrap().to_string();
            assert_eq!(world.portal.contact(&id).unwrap().get("email"), format!("c{i}@example.com"));
        }
    }
    assert_eq!(world.portal.contacts().len(), 10);
}

#[tokio::test]
async fn the_same_address_twice_in_a_batch_makes_one_contact() {
    let world = World::start().await;
    let mut results = world.bulk().contacts().batch_create(&[email("dana@example.com"), email("dana@example.com")]).await;
    let second = class(results.pop().unwrap());
    let first = results.pop().unwrap().unwrap();
    assert!(matches!(second, ErrorClass::Conflict { existing_id, .. } if existing_id == Some(first.get())), "{second:?}");
    assert_eq!(world.portal.contacts().len(), 1);
}

#[tokio::test]
async fn a_conflict_that_names_nobody_is_looked_up() {
    let world = World::start().await;
    let existing = world.contact(&[("email", "dana@example.com")]);
    world.portal.fault(Fault::new(FaultKind::Status { status: 409, retry_after: None }).path("batch/create"));
    let result = world.bulk().contacts().create(&email("dana@example.com")).await;
    assert!(matches!(class(result), ErrorClass::Conflict { existing_id, .. } if existing_id == Some(existing.get())));
}

#[tokio::test]
async fn our_own_key_finds_what_was_created_and_refuses_a_second_one() {
    let world = World::start().await;
    world.bulk().probe().await.unwrap();
    let secret: LookupSecret = format!("{}=", "A".repeat(43)).parse().unwrap();
    let contact = phone("+14155550123");
    let key = CallerKey::of_phone(&secret, world.connection, contact.phone.as_ref().unwrap());
    let contact = NewContact { caller_key: Some(key), ..contact };
    let portal = world.bulk();
    let id = portal.contacts().create(&contact).await.unwrap();
    assert!(matches!(class(portal.contacts().create(&contact).await), ErrorClass::Conflict { .. }));
    let found = portal.contacts().by_caller_key(&[key]).await.unwrap();
    assert_eq!(found[&key].id, id);
    let record = world.portal.contact(&id.to_string()).unwrap();
    assert_eq!((record.get("firstname"), record.get(CALLER_KEY)), (PLACEHOLDER_FIRST_NAME, key.to_hex().as_str()));
}

#[tokio::test]
async fn what_an_administrator_requires_needs_a_person() {
    let portal = PortalOptions { required_contact_fields: vec!["lastname".to_owned()], ..PortalOptions::default() };
    let world = World::start_with(Wish { portal, ..Wish::default() }).await;
    let mut results = world
        .bulk()
        .contacts()
        .batch_create(&[phone("+14155550123"), NewContact { last_name: Some("Reyes".into()), ..phone("+14155550124") }])
        .await;
    results.pop().unwrap().unwrap();
    let names = vec!["lastname".to_owned()];
    assert_eq!(class(results.pop().unwrap()), ErrorClass::NeedsPerson(NeedsPerson::RequiredProperties { names }));
}

#[tokio::test]
async fn contacts_that_are_gone_are_missing() {
    let world = World::start().await;
    let (here, gone) = (world.contact(&[("email", "a@example.com")]), world.contact(&[("email", "b@example.com")]));
    world.portal.archive("contacts", &gone.to_string());
    let never = ContactId::from_i64(424_242).unwrap();
    let portal = world.bulk();
    let found = portal.contacts().by_id(&[gone, here, never]).await.unwrap();
    assert_eq!(found.keys().collect::<Vec<_>>(), [&here]);
    assert!(portal.contacts().by_id(&[gone, never]).await.unwrap().is_empty());
    let record = portal.objects("contacts").get(&never.to_string(), None, &["email"]).await;
    assert_eq!(class(record), ErrorClass::NotFound);
}

#[tokio::test]
async fn a_record_is_read_and_changed_by_id_or_by_a_unique_property() {
    let world = World::start().await;
    let id = world.contact(&[("email", "dana@example.com")]);
    let portal = world.bulk();
    let contacts = portal.objects("contacts");
    contacts.update(&id.to_string(), &[("firstname".to_owned(), "Dana".to_owned())].into()).await.unwrap();
    let record = contacts.get("dana@example.com", Some("email"), &["firstname"]).await.unwrap();
    assert_eq!((record.id, record.properties["firstname"].as_str()), (id.to_string(), "Dana"));
    let made = contacts.create(&[("firstname".to_owned(), "Sam".to_owned())].into()).await.unwrap();
    assert!(world.portal.contact(&made.id).is_some());
}

#[tokio::test]
async fn owners_and_the_account_are_read() {
    let world = World::start().await;
    let owner = world.portal.add_owner("lee@example.com", "Lee", "Ng");
    let portal = world.bulk();
    assert_eq!(portal.account().await.unwrap().portal_id.get(), world.portal.id());
    let found = portal.owner_by_email(&Email::parse("lee@example.com").unwrap()).await.unwrap().unwrap();
    assert_eq!(found.id.to_string(), owner);
    assert!(portal.owners().await.unwrap().contains(&found));
    assert_eq!(portal.owner_by_email(&Email::parse("no@example.com").unwrap()).await.unwrap(), None);
}
