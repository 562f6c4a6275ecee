use serde_json::{Value, json};

use super::*;

fn contact(properties: &Value) -> Contact {
    Contact::new(serde_json::from_value(json!({"id": "7", "properties": properties})).unwrap()).unwrap()
}

#[track_caller]
fn phone(properties: &Value, region: &str, phone: &str, expected: bool) {
    let phone = Phone::try_from(phone.to_owned()).unwrap();
    assert_eq!(contact(properties).has_phone(&phone, region.parse().unwrap()), expected, "{properties}");
}

#[test]
fn numbers_are_the_same_by_e164_only() {
    phone(&json!({"phone": "+49 (30) 901820"}), "US", "+4930901820", true);
    phone(&json!({"phone": "+1 309-018-2000"}), "DE", "+493090182000", false);
    phone(&json!({"phone": "030 901820"}), "DE", "+4930901820", true);
    phone(&json!({"phone": "030 901820"}), "US", "+4930901820", false);
    phone(&json!({"mobilephone": "415-555-0123"}), "US", "+14155550123", true);
    phone(&json!({"hs_whatsapp_phone_number": "+14155550123"}), "US", "+14155550123", true);
    phone(&json!({"fax": "+14155550123"}), "US", "+14155550123", false);
}

#[test]
fn hubspots_own_reading_of_a_number_goes_before_the_accounts_region() {
    let written_without_code = json!({"phone": "030 901820", "hs_calculated_phone_number": "+4930901820"});
    phone(&written_without_code, "US", "+4930901820", true);
    // But not before the country code that somebody wrote.
    let written = json!({"phone": "+43 30 901820", "hs_calculated_phone_number": "+4930901820"});
    phone(&written, "US", "+4930901820", false);
}

#[test]
fn addresses_are_first_or_secondary() {
    let contact = contact(&json!({"email": "Dana@Example.com", "hs_additional_emails": "d@example.org; reyes@example.net"}));
    for (email, expected) in [("dana@example.com", true), ("reyes@example.net", true), ("eyes@example.net", false)] {
        assert_eq!(contact.has_email(&Email::parse(email).unwrap()), expected, "{email}");
    }
}

#[test]
fn a_merged_contact_is_known_by_its_old_ids() {
    let contact = contact(&json!({"hs_merged_object_ids": "12;13"}));
    let id = |id| ContactId::from_i64(id).unwrap();
    assert!(contact.is_or_was(id(7)) && contact.is_or_was(id(13)) && !contact.is_or_was(id(1)));
}

#[test]
fn activity_is_the_later_of_the_two() {
    let contact = contact(&json!({"notes_last_contacted": "2026-11-01T00:00:00Z",
        "hs_last_sales_activity_timestamp": "1795392000000", "lastmodifieddate": "2026-11-30T00:00:00Z"}));
    assert_eq!(contact.candidate().active_at, Some(time::macros::datetime!(2026-11-23 00:00 UTC)));
}

#[test]
fn a_caller_of_whom_only_the_number_is_known_gets_a_first_name() {
    let phone = Phone::try_from("+14155550123".to_owned()).ok();
    let only_phone = NewContact { phone: phone.clone(), ..NewContact::default() };
    assert_eq!(only_phone.properties()["firstname"], PLACEHOLDER_FIRST_NAME);
    let named = NewContact { phone: phone.clone(), last_name: Some("Reyes".into()), ..NewContact::default() };
    assert!(!named.properties().contains_key("firstname"));
    let email = NewContact { phone, email: Email::parse("d@example.com").ok(), ..NewContact::default() };
    assert!(!email.properties().contains_key("firstname"));
}
