//! Phone numbers, as many in one search as its body holds.

use std::collections::HashMap;

use domain::{Phone, Region};

use crate::{
    contacts::{CONTACTS, Contact},
    error::Error,
    portal::Portal,
    search::{BODY_MAX, Filter, Search},
};

/// HubSpot's own searchable readings of `phone` and `mobilephone`: area code and local number, without country code (search
/// guide). Filtered in groups of their own, since either may match.
const SEARCHABLE: [&str; 2] = ["hs_searchable_calculated_phone_number", "hs_searchable_calculated_mobile_number"];

/// Pages that are read of one search: 1,000 contacts.
const PAGES_MAX: usize = 5;

/// Where an offset grows to at most this many characters within the pages that are read.
const AFTER_ROOM: usize = 4;

/// What is asked for of each contact. Fewer than elsewhere, since their names take room from the numbers.
const ASKED: [&str; 9] = [
    "phone",
    "mobilephone",
    "hs_whatsapp_phone_number",
    "hs_calculated_phone_number",
    "hs_calculated_mobile_number",
    "hubspot_owner_id",
    "notes_last_contacted",
    "hs_last_sales_activity_timestamp",
    "lastmodifieddate",
];

/// Each number with the contacts that have it.
pub(super) type Found = HashMap<Phone, Result<Vec<Contact>, Error>>;

/// The contacts that have each of the numbers.
pub(super) async fn find(portal: &Portal, phones: &[Phone], region: Region) -> Found {
    let mut found = HashMap::new();
    let mut stopped: Option<Error> = None;
    let mut stack = pack(phones);
    stack.reverse();
    while let Some(group) = stack.pop() {
        let result = match &stopped {
            Some(error) => Err(error.clone()),
            None => search(portal, &group).await,
        };
        match result {
            // Numbers that so many share are asked for in smaller groups, so that nobody's contacts are beyond the last page.
            Ok(Hits { complete: false, .. }) if group.len() > 1 => {
                let (first, second) = group.split_at(group.len() / 2);
                stack.extend([second.to_vec(), first.to_vec()]);
            }
            // One number that more than a thousand contacts share: the first thousand by id stand for all of them.
            Ok(Hits { contacts, .. }) => {
                for phone in group {
                    let own = contacts.iter().filter(|contact| contact.has_phone(&phone, region)).cloned().collect();
                    found.insert(phone, Ok(own));
                }
            }
            Err(error) => {
                found.extend(group.into_iter().map(|phone| (phone, Err(error.clone()))));
                stopped = Some(error);
            }
        }
    }
    found
}

struct Hits {
    contacts: Vec<Contact>,
    complete: bool,
}

async fn search(portal: &Portal, phones: &[Phone]) -> Result<Hits, Error> {
    let mut search = question(phones);
    let mut contacts = Vec::new();
    for _ in 0..PAGES_MAX {
        let found = portal.objects(CONTACTS).search(&search).await?;
        contacts.extend(found.records.into_iter().filter_map(Contact::new));
        match found.after {
            None => return Ok(Hits { contacts, complete: true }),
            Some(after) => search.after = after,
        }
    }
    Ok(Hits { contacts, complete: false })
}

fn question(phones: &[Phone]) -> Search {
    let mut nationals: Vec<_> = phones.iter().map(national).collect();
    nationals.sort();
    nationals.dedup();
    let groups = SEARCHABLE.into_iter().map(|property| Filter::any_of(property, nationals.iter().cloned()).into());
    Search::any(groups.collect(), &ASKED)
}

/// The digits to look for. A country code that no numbering plan has keeps its digits: it can match nothing wrong, since every
/// hit is compared again.
fn national(phone: &Phone) -> String {
    phone.national().unwrap_or_else(|| phone.as_e164().trim_start_matches('+').to_owned())
}

/// What is left of HubSpot's 3,000 characters in the body of a search.
pub(super) struct Room(usize);

impl Default for Room {
    fn default() -> Self {
        Self(BODY_MAX - question(&[]).chars() - AFTER_ROOM)
    }
}

impl Room {
    /// Takes what a number needs. `false`: it is not there.
    pub(super) fn take(&mut self, phone: &Phone) -> bool {
        // Quotes and comma, in each of the two groups.
        let left = self.0.checked_sub(SEARCHABLE.len() * (national(phone).len() + 3));
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }
}

/// Groups of numbers whose search bodies are not too long.
fn pack(phones: &[Phone]) -> Vec<Vec<Phone>> {
    let mut groups: Vec<Vec<Phone>> = Vec::new();
    let mut room = Room(0);
    for phone in phones {
        match groups.last_mut() {
            Some(group) if room.take(phone) => group.push(phone.clone()),
            _ => {
                groups.push(vec![phone.clone()]);
                room = Room::default();
                room.take(phone);
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn phone() -> impl Strategy<Value = Phone> {
        prop::string::string_regex("\\+[1-9][0-9]{7,14}").unwrap().prop_filter_map("a phone", |p| Phone::try_from(p).ok())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn every_number_is_asked_for_once_and_no_body_is_too_long(phones in prop::collection::vec(phone(), 0..250)) {
            let groups = pack(&phones);
            prop_assert_eq!(groups.concat(), phones);
            for group in groups {
                let mut search = question(&group);
                search.after = "1000".to_owned();
                prop_assert!(search.chars() <= BODY_MAX, "{} characters", search.chars());
                for phone in &group {
                    for filter in search.filter_groups.iter().map(|group| &group.filters[0]) {
                        prop_assert!(filter.values.as_ref().unwrap().contains(&national(phone)));
                    }
                }
            }
        }
    }

    #[test]
    fn a_search_holds_some_eighty_ordinary_numbers() {
        let phones: Vec<_> = (0..200).map(|i| Phone::try_from(format!("+1415555{i:04}")).unwrap()).collect();
        let groups = pack(&phones);
        assert!((80..100).contains(&groups[0].len()), "{}", groups[0].len());
    }
}
