//! Who a conversation was with.

use domain::{
    ConnectionId, ContactId, Email, Phone,
    caller::{CallerKey, LookupSecret},
    conversation::Conversation,
};

/// What is known of a caller. One of whom nothing is known is nobody.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Caller {
    /// The contact that a skill found in this very conversation. Verified, not believed.
    pub contact: Option<ContactId>,
    /// Its address.
    pub email: Option<Email>,
    /// Its number.
    pub phone: Option<Phone>,
}

impl Caller {
    /// The other party of a conversation. A number of the account's own is never the customer's, whatever the event says.
    pub fn of(conversation: &Conversation, own_numbers: &[Phone]) -> Self {
        let customer = &conversation.customer;
        let own = |phone: &Phone| own_numbers.contains(phone) || conversation.agent_number.as_ref() == Some(phone);
        let phone = customer.phone.clone().filter(|phone| !own(phone));
        Self { contact: customer.contact_id, email: customer.email.clone(), phone }
    }

    /// What stands for its phone and its e-mail in links and claims, the phone's first.
    pub fn keys(&self, lookup: &LookupSecret, connection: ConnectionId) -> Vec<CallerKey> {
        let by_phone = self.phone.as_ref().map(|phone| CallerKey::of_phone(lookup, connection, phone));
        let by_email = self.email.as_ref().map(|email| CallerKey::of_email(lookup, connection, email));
        by_phone.into_iter().chain(by_email).collect()
    }

    /// Whether there is nothing to find it by.
    pub fn is_nobody(&self) -> bool {
        self.contact.is_none() && !self.can_be_created()
    }

    /// Without a phone or an e-mail there is nothing to create: only a contact id, and that contact is gone.
    pub fn can_be_created(&self) -> bool {
        self.phone.is_some() || self.email.is_some()
    }
}

#[cfg(test)]
mod tests {
    use domain::Region;
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(customer: &serde_json::Value, own: &[&str], phone: Option<&str>, nobody: bool) {
        let body = json!({
            "conversationId": "c", "agentId": "a", "channel": "voice", "direction": "inbound",
            "startedAt": "2026-11-23T10:00:00Z", "endedAt": "2026-11-23T10:04:10Z",
            "customer": customer, "agentNumber": "+14155559876"
        });
        let own: Vec<_> = own.iter().map(|phone| Phone::try_from((*phone).to_owned()).unwrap()).collect();
        let caller = Caller::of(&Conversation::read(&body, Region::US).unwrap(), &own);
        assert_eq!((caller.phone.as_ref().map(Phone::as_e164), caller.is_nobody()), (phone, nobody));
    }

    #[test]
    fn an_own_number_is_nobodys() {
        check(&json!({"phone": "+14155550123"}), &[], Some("+14155550123"), false);
        check(&json!({"phone": "+14155550123"}), &["+14155550123"], None, true);
        check(&json!({"phone": "+14155559876"}), &[], None, true);
        check(&json!({"phone": "+14155559876", "email": "dana@example.com"}), &[], None, false);
        check(&json!({"contactId": "512"}), &[], None, false);
        check(&json!({}), &[], None, true);
    }
}
