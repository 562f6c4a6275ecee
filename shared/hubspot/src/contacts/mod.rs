//! Contacts: read by id, address or our own key; created with what we know of a caller (contacts guide).

mod unknown;

use std::collections::{BTreeMap, HashMap};

use domain::{ContactId, Email, OwnerId, Phone, Region, Text, caller::CallerKey};

use crate::{
    batch::{Mark, NewRecord},
    choice::Candidate,
    error::{Error, ErrorClass},
    objects::Objects,
    portal::Portal,
    probe::CALLER_KEY,
    record::Record,
};

/// The object's plural name in paths.
pub const CONTACTS: &str = "contacts";

/// HubSpot wants one of `email`, `firstname` and `lastname` (contacts guide), so a caller of whom only the number is known gets
/// this first name.
pub const PLACEHOLDER_FIRST_NAME: &str = "Unknown caller";

/// Pairs of a telephone property and HubSpot's own reading of it in international form, where there is one.
const PHONES: [(&str, Option<&str>); 3] = [
    ("phone", Some("hs_calculated_phone_number")),
    ("mobilephone", Some("hs_calculated_mobile_number")),
    ("hs_whatsapp_phone_number", None),
];

/// What is asked for of every contact.
pub(crate) const PROPERTIES: [&str; 13] = [
    "email",
    "hs_additional_emails",
    "phone",
    "mobilephone",
    "hs_whatsapp_phone_number",
    "hs_calculated_phone_number",
    "hs_calculated_mobile_number",
    "hubspot_owner_id",
    "createdate",
    "lastmodifieddate",
    "notes_last_contacted",
    "hs_last_sales_activity_timestamp",
    "hs_merged_object_ids",
];

/// A contact as HubSpot has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// Its owner.
    pub owner: Option<OwnerId>,
    record: Record,
}

impl Contact {
    /// `None` for a record whose id is no number.
    pub(crate) fn new(record: Record) -> Option<Self> {
        let id = record.id.parse().ok()?;
        let owner = record.value("hubspot_owner_id").and_then(|owner| owner.parse().ok());
        Some(Self { id, owner, record })
    }

    /// Whether one of its addresses, first or secondary, is this one.
    pub fn has_email(&self, email: &Email) -> bool {
        let is = |text: &str| Email::parse(text).is_ok_and(|own| own == *email);
        self.record.value("email").is_some_and(is) || self.record.parts("hs_additional_emails").any(is)
    }

    /// Whether one of its numbers is this one. A number written without a country code is read as HubSpot itself read it, and
    /// where HubSpot did not, as one of `region`.
    pub fn has_phone(&self, phone: &Phone, region: Region) -> bool {
        PHONES.iter().any(|(written, calculated)| {
            let Some(written) = self.record.value(written) else { return false };
            let calculated = calculated.and_then(|name| self.record.value(name)).filter(|text| text.starts_with('+'));
            let text = if written.trim_start().starts_with('+') { written } else { calculated.unwrap_or(written) };
            Phone::parse(text, region).is_ok_and(|own| own == *phone)
        })
    }

    /// Whether this is `id`, or the contact that `id` was merged into.
    pub fn is_or_was(&self, id: ContactId) -> bool {
        self.id == id || self.record.parts("hs_merged_object_ids").any(|part| part.parse() == Ok(id))
    }

    /// What a choice among several needs to know.
    pub fn candidate(&self) -> Candidate {
        let record = &self.record;
        Candidate {
            id: self.id,
            owner: self.owner,
            active_at: record.time("hs_last_sales_activity_timestamp").max(record.time("notes_last_contacted")),
            modified_at: record.time("lastmodifieddate").or(record.updated_at),
            created_at: record.time("createdate").or(record.created_at),
        }
    }
}

/// A contact to create. `Debug` shows no value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewContact {
    /// HubSpot refuses a second contact with the same.
    pub email: Option<Email>,
    /// Not unique: only our own claim and `caller_key` keep it from being doubled.
    pub phone: Option<Phone>,
    /// `firstname`.
    pub first_name: Option<Text>,
    /// `lastname`.
    pub last_name: Option<Text>,
    /// Our own key; only where the portal has the property, in unique or in marker mode.
    pub caller_key: Option<CallerKey>,
}

impl NewContact {
    /// As HubSpot gets it.
    pub fn properties(&self) -> BTreeMap<&'static str, String> {
        let first_name = match (&self.email, &self.first_name, &self.last_name) {
            (None, None, None) => Some(PLACEHOLDER_FIRST_NAME.to_owned()),
            _ => self.first_name.as_ref().map(|name| name.as_str().to_owned()),
        };
        [
            ("email", self.email.as_ref().map(|email| email.as_str().to_owned())),
            ("phone", self.phone.as_ref().map(|phone| phone.as_e164().to_owned())),
            ("firstname", first_name),
            ("lastname", self.last_name.as_ref().map(|name| name.as_str().to_owned())),
            (CALLER_KEY, self.caller_key.map(|key| key.to_hex())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    fn record(&self) -> NewRecord {
        let properties = self.properties();
        let marks = [CALLER_KEY, "email", "phone"];
        let marks = marks.into_iter().filter_map(|name| Some(Mark::Is(name, properties.get(name)?.clone()))).collect();
        NewRecord::new(properties, Vec::new(), marks)
    }
}

/// The contacts of a portal.
#[derive(Debug, Clone, Copy)]
pub struct Contacts<'a>(Objects<'a>);

impl Portal {
    /// Its contacts.
    pub fn contacts(&self) -> Contacts<'_> {
        Contacts(self.objects(CONTACTS))
    }
}

impl Contacts<'_> {
    /// By id, under the id that was asked for. A missing one is deleted or merged away; where HubSpot answers an old id with the
    /// contact that it was merged into, that one stands there.
    pub async fn by_id(&self, ids: &[ContactId]) -> Result<HashMap<ContactId, Contact>, Error> {
        let texts: Vec<_> = ids.iter().map(ContactId::to_string).collect();
        let contacts = self.read(&texts, None).await?;
        let find = |id: &ContactId| {
            let exact = contacts.iter().find(|contact| contact.id == *id);
            exact.or_else(|| contacts.iter().find(|contact| contact.is_or_was(*id))).map(|contact| (*id, contact.clone()))
        };
        Ok(ids.iter().filter_map(find).collect())
    }

    /// By e-mail address, outside the search budget and without its delay. Whether HubSpot finds secondary addresses this way
    /// is reported differently, so a missing one may still be somebody's secondary address.
    pub async fn by_email(&self, emails: &[Email]) -> Result<HashMap<Email, Contact>, Error> {
        let texts: Vec<_> = emails.iter().map(|email| email.as_str().to_owned()).collect();
        let contacts = self.read(&texts, Some("email")).await?;
        let find = |email: &Email| {
            contacts.iter().find(|contact| contact.has_email(email)).map(|contact| (email.clone(), contact.clone()))
        };
        Ok(emails.iter().filter_map(find).collect())
    }

    /// By our own key: the read-back of a create in doubt. Only in unique mode; elsewhere HubSpot refuses with a 400.
    pub async fn by_caller_key(&self, keys: &[CallerKey]) -> Result<HashMap<CallerKey, Contact>, Error> {
        let texts: Vec<_> = keys.iter().map(CallerKey::to_hex).collect();
        let properties: Vec<_> = PROPERTIES.into_iter().chain([CALLER_KEY]).collect();
        let records = self.0.batch_read(&texts, Some(CALLER_KEY), &properties).await?;
        let contacts: Vec<_> = records.into_iter().filter_map(Contact::new).collect();
        let find = |key: &CallerKey| {
            let hex = key.to_hex();
            contacts.iter().find(|contact| contact.record.value(CALLER_KEY) == Some(&hex)).map(|contact| (*key, contact.clone()))
        };
        Ok(keys.iter().filter_map(find).collect())
    }

    async fn read(&self, ids: &[String], id_property: Option<&str>) -> Result<Vec<Contact>, Error> {
        let records = self.0.batch_read(ids, id_property, &PROPERTIES).await?;
        Ok(records.into_iter().filter(|record| !record.archived).filter_map(Contact::new).collect())
    }

    /// One new contact. [`ErrorClass::Conflict`] with the id of the one that has the address already, whenever it can be known.
    pub async fn create(&self, contact: &NewContact) -> Result<ContactId, Error> {
        let mut results = self.batch_create(std::slice::from_ref(contact)).await;
        results.pop().expect("one result for one contact")
    }

    /// Many new contacts, each with its own result: see [`Self::create`].
    pub async fn batch_create(&self, contacts: &[NewContact]) -> Vec<Result<ContactId, Error>> {
        let created = self.0.batch_create(contacts.iter().map(NewContact::record).collect()).await;
        let mut results: Vec<_> = created.into_iter().map(|result| result.and_then(|record| id_of(&record))).collect();
        self.name_the_existing(contacts, &mut results).await;
        results
    }

    /// A 409 names the existing contact in its message only, and the message is no promise: without it, the address is looked
    /// up. When that fails too the conflict stands without an id.
    async fn name_the_existing(&self, contacts: &[NewContact], results: &mut [Result<ContactId, Error>]) {
        let unnamed = |result: &Result<ContactId, Error>| matches!(result, Err(error) if matches!(error.class(), ErrorClass::Conflict { existing_id: None, .. }));
        let pairs = contacts.iter().zip(results.iter());
        let emails: Vec<_> =
            pairs.filter(|(_, result)| unnamed(result)).filter_map(|(contact, _)| contact.email.clone()).collect();
        if emails.is_empty() {
            return;
        }
        let Ok(existing) = self.by_email(&emails).await else { return };
        for (contact, result) in contacts.iter().zip(results) {
            let found = contact.email.as_ref().filter(|_| unnamed(result)).and_then(|email| existing.get(email));
            if let (Some(found), Err(error)) = (found, &result) {
                let class = ErrorClass::Conflict { existing_id: Some(found.id.get()), properties: vec!["email".to_owned()] };
                *result = Err(error.clone().with_class(class));
            }
        }
    }
}

fn id_of(record: &Record) -> Result<ContactId, Error> {
    record.id.parse().map_err(|_| Error::ambiguous(crate::call::Call::BatchCreate))
}

#[cfg(test)]
mod tests;
