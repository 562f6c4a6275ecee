//! What would become of a conversation: made by the code that exports, and nothing is written, kept or logged of it.

mod caller;
mod view;

use std::sync::Arc;

use domain::{
    AccountId, ConnectionId,
    connection::ConnectionStatus,
    conversation::{Conversation, EngagementKind},
    ledger::{Outcome, Reason},
    settings::{Mode, OnNoMatch, Settings, Withhold},
};
use hubspot::Entry;
use scrub::Clean;
use store::gate::Gate;
use time::OffsetDateTime;

use self::caller::Party;
pub(crate) use self::view::{ContactView, EngagementView, Preview};
use crate::{app::App, code::Code, problem::Problem};

/// Settings to try instead of those in force.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Overrides {
    /// With it logging counts as turned on before the conversation ended, unless it is `off`.
    pub(crate) mode: Option<Mode>,
    pub(crate) on_no_match: Option<OnNoMatch>,
}

impl Overrides {
    /// What would hold for a conversation that ended then.
    fn in_force(self, settings: &Settings, ended_at: OffsetDateTime) -> Result<(Mode, OnNoMatch), Withhold> {
        let mode = match self.mode {
            None => settings.admit(ended_at)?,
            Some(Mode::Off) => return Err(Withhold::LoggingOff),
            Some(mode) => mode,
        };
        Ok((mode, self.on_no_match.unwrap_or(settings.on_no_match)))
    }
}

/// What would become of a conversation of the account if it were reported now.
pub(crate) async fn preview(
    app: &App,
    account: AccountId,
    conversation: Conversation,
    overrides: Overrides,
) -> Result<Preview, Problem> {
    // Not from the cache: whoever tries settings wants to see what was just set.
    let gate = store::gate::of_account(app.db(), account).await?;
    let gate = gate.ok_or_else(|| Problem::unauthorized(Code::InvalidApiKey))?;
    let Gate { connection, settings } = gate.live.ok_or_else(|| Problem::new(Code::NotConnected))?;
    if connection.status == ConnectionStatus::ReauthRequired {
        return Err(Problem::new(Code::ReauthRequired));
    }
    let (mode, on_no_match) = match overrides.in_force(&settings, conversation.ended_at) {
        Ok(in_force) => in_force,
        Err(withhold) => return Ok(Preview::ended(Outcome::Withheld, withhold.into())),
    };
    let kind = EngagementKind::from(conversation.channel);
    let Some(mut clean) = scrubbed(app, connection.id, &settings, conversation).await? else {
        return Ok(Preview::ended(Outcome::Failed, Reason::RedactionUnusable));
    };
    let party = Party::of(&clean.conversation, gate.region, &gate.own_numbers, &connection);
    // A model takes seconds, and HubSpot may too.
    let (matched, ()) =
        tokio::join!(party.find(app, on_no_match), scrub::ask_model(app.summariser(), std::slice::from_mut(&mut clean)));
    let clean = clean.kept_by(mode);
    let entry = Entry::of(&clean.conversation, mode);
    Ok(Preview::of(&connection, (mode, on_no_match), matched?, (kind, entry), &clean))
}

/// The conversation as the redactor would hand it on, before a model is asked. `None`: what the account adds to the redactor
/// cannot be used, so nothing would go on.
async fn scrubbed(
    app: &App,
    connection: ConnectionId,
    settings: &Settings,
    conversation: Conversation,
) -> Result<Option<Clean>, Problem> {
    let extras = match settings.redaction_version {
        0 => domain::settings::RedactionExtras::default(),
        _ => match store::settings::redaction(app.db(), connection).await {
            Ok((_, extras)) => extras,
            Err(store::Error::Corrupt { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        },
    };
    let (redactor, summariser) = (app.scrubbing().redactor(), Arc::clone(app.summariser()));
    let work = move || {
        let extras = scrub::compile(&extras).ok()?;
        Some(scrub::clean(&redactor, &summariser, &extras, conversation))
    };
    app.scrubbing().run(work).await
}

#[cfg(test)]
mod tests {
    use domain::settings::SettingsChange;
    use time::macros::datetime;

    use super::*;

    const BEFORE: OffsetDateTime = datetime!(2026-11-23 9:00 UTC);
    const ON: OffsetDateTime = datetime!(2026-11-23 10:00 UTC);

    #[track_caller]
    fn check(settings: Settings, mode: Option<Mode>, ended_at: OffsetDateTime, expected: Result<Mode, Withhold>) {
        let found = Overrides { mode, on_no_match: None }.in_force(&settings, ended_at);
        assert_eq!(found, expected.map(|mode| (mode, OnNoMatch::Skip)));
    }

    #[test]
    fn the_settings_in_force_decide_unless_others_are_tried() {
        let on = Settings::default().changed(&SettingsChange::from(Mode::SummaryTranscript), ON);
        check(on, None, ON, Ok(Mode::SummaryTranscript));
        check(on, None, BEFORE, Err(Withhold::EndedBeforeEnabled));
        check(on, Some(Mode::Summary), BEFORE, Ok(Mode::Summary));
        check(on, Some(Mode::Off), ON, Err(Withhold::LoggingOff));
        check(Settings::default(), None, ON, Err(Withhold::LoggingOff));
        check(Settings::default(), Some(Mode::Summary), ON, Ok(Mode::Summary));
    }
}
