//! Secondary e-mail addresses: unique as first ones are (contacts guide), but found by search only.

use std::collections::HashMap;

use domain::Email;

use crate::{
    contacts::{CONTACTS, Contact, PROPERTIES},
    error::Error,
    portal::Portal,
    search::{Filter, GROUPS_MAX, Group, Search},
};

/// The contacts that have each of the addresses. A token matches parts of addresses too, so every hit is compared again.
pub(super) async fn find(portal: &Portal, emails: &[Email]) -> HashMap<Email, Result<Vec<Contact>, Error>> {
    let mut found = HashMap::new();
    // What stops one search stops the next ones too, so they are not tried.
    let mut stopped: Option<Error> = None;
    for emails in emails.chunks(GROUPS_MAX) {
        let result = match &stopped {
            Some(error) => Err(error.clone()),
            None => search(portal, emails).await,
        };
        if let Err(error) = &result {
            stopped = Some(error.clone());
        }
        for email in emails {
            let own = |contacts: &Vec<Contact>| contacts.iter().filter(|contact| contact.has_email(email)).cloned().collect();
            found.insert(email.clone(), result.as_ref().map(own).map_err(Clone::clone));
        }
    }
    found
}

async fn search(portal: &Portal, emails: &[Email]) -> Result<Vec<Contact>, Error> {
    let filter = |email: &Email| Filter::one("hs_additional_emails", "CONTAINS_TOKEN", email.as_str().to_owned());
    let groups = emails.iter().map(|email| Group::from(filter(email))).collect();
    // One page is enough: addresses are unique, and five tokens do not match two hundred contacts that are not theirs.
    let found = portal.objects(CONTACTS).search(&Search::any(groups, &PROPERTIES)).await?;
    Ok(found.records.into_iter().filter_map(Contact::new).collect())
}
