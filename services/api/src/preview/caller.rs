//! Whose timeline it would be on: asked as the matcher asks, and neither claimed nor learned.

use std::collections::BTreeMap;

use domain::{
    ContactId, Phone, Region, Text, budget::Class, connection::Connection, conversation::Conversation, event::MatchedContact,
    ledger::Reason, settings::OnNoMatch,
};
use hubspot::{Caller, ErrorClass, Identified, NewContact, TieBreak, identify::Rule};
use store::links::{self, Link};
use time::OffsetDateTime;

use crate::{app::App, problem::Problem};

/// What would be found.
#[derive(Debug)]
pub(crate) enum Match {
    /// This contact.
    Contact(MatchedContact),
    /// Nobody, so one with these properties would be created.
    New(BTreeMap<&'static str, String>),
    /// Nobody, or too many.
    Skipped { reason: Reason, candidates: Vec<ContactId> },
    /// HubSpot refuses to say, and would refuse the matcher too.
    Refused { detail: String },
}

/// The other party, and where it is looked for.
pub(crate) struct Party {
    caller: Caller,
    name: Option<Text>,
    region: Region,
    connection: Connection,
}

impl Party {
    /// The other party of a scrubbed conversation.
    pub(crate) fn of(conversation: &Conversation, region: Region, own_numbers: &[Phone], connection: &Connection) -> Self {
        let (caller, name) = (Caller::of(conversation, own_numbers), conversation.customer.name.clone());
        Self { caller, name, region, connection: connection.clone() }
    }

    /// Looks it up, from the budget of somebody who waits.
    pub(crate) async fn find(mut self, app: &App, on_no_match: OnNoMatch) -> Result<Match, Problem> {
        if self.caller.is_nobody() {
            return Ok(skipped(Reason::NoIdentity));
        }
        let link = self.learned(app).await?;
        if let Some(link) = link
            && link.is_trusted(OffsetDateTime::now_utc())
        {
            return Ok(Match::Contact(link.contact()));
        }
        let by_link = link.is_some();
        self.caller.contact = self.caller.contact.or(link.map(|link| link.contact));
        let portal = app.hubspot().portal(self.connection.id, Class::Live);
        let rule = Rule { region: self.region, tie_break: TieBreak::default() };
        let mut answers = portal.identify(std::slice::from_ref(&self.caller), rule).await;
        match answers.pop().expect("one answer for one caller") {
            Ok(Identified::One { contact, owner, by, others }) => {
                let found = MatchedContact::new(contact, owner, by, others);
                Ok(Match::Contact(if by_link { found.by_link() } else { found }))
            }
            Ok(Identified::Several(candidates)) => Ok(Match::Skipped { reason: Reason::SeveralMatches, candidates }),
            Ok(Identified::None) => Ok(self.unknown(app, on_no_match)),
            Err(error) => match error.class() {
                ErrorClass::Permanent { .. } => Ok(Match::Refused { detail: error.class().to_string() }),
                _ => Err(Problem::from(&error)),
            },
        }
    }

    /// What earlier conversations taught, unless the event names its contact.
    async fn learned(&self, app: &App) -> Result<Option<Link>, Problem> {
        if self.caller.contact.is_some() {
            return Ok(None);
        }
        let keys = self.caller.keys(app.lookup(), self.connection.id);
        Ok(Link::of(&links::resolve(app.db(), self.connection.id, &keys).await?))
    }

    fn unknown(&self, app: &App, on_no_match: OnNoMatch) -> Match {
        match on_no_match {
            OnNoMatch::Create if self.caller.can_be_created() => {
                let key = self.caller.keys(app.lookup(), self.connection.id).first().copied();
                let said = [(&self.caller, self.name.as_ref())];
                Match::New(NewContact::of(&said, key, self.connection.unique.contact).properties())
            }
            OnNoMatch::Create | OnNoMatch::Skip => skipped(Reason::NoMatch),
        }
    }
}

fn skipped(reason: Reason) -> Match {
    Match::Skipped { reason, candidates: Vec::new() }
}
