//! What would become of a conversation, tried on a sample before logging is turned on.

use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use domain::{
    connection::ConnectionStatus,
    conversation::{Channel, Direction, Speaker},
    settings::{Mode, OnNoMatch},
};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use store::gate;

use super::{
    faults::{self, Faults},
    logging_form::choice,
    previewed, words,
};
use crate::{
    app::App,
    browser::{
        SignedIn, Submitted,
        page::{self, PageError, Section},
    },
    preview::Overrides,
    routes::preview::previewed as preview,
};

const PATH: &str = "/console/logging/preview";

/// What is there before anybody has typed: a call with a number that must not leave.
const SAMPLE: &str = "Agent: Hello, this is Acme Heating. How can I help you?
Customer: My heating broke last night, and the house is cold.
Agent: I am sorry. A technician can come tomorrow morning between eight and ten.
Customer: Tomorrow is fine. Please charge my card, 4242 4242 4242 4242.
Agent: Thank you, that is booked.";

/// What the form holds.
#[derive(Deserialize)]
pub(super) struct Sample {
    mode: Mode,
    on_no_match: OnNoMatch,
    channel: Channel,
    direction: Direction,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    transcript: String,
}

impl Sample {
    /// With the mode that is set, or the widest where logging is off.
    fn ready(mode: Mode, on_no_match: OnNoMatch) -> Self {
        let mode = if mode == Mode::Off { Mode::SummaryTranscript } else { mode };
        let (phone, email, name) = ("+1 415 555 0123".to_owned(), String::new(), "Dana Reyes".to_owned());
        let (channel, direction, transcript) = (Channel::Voice, Direction::Inbound, SAMPLE.to_owned());
        Self { mode, on_no_match, channel, direction, phone, email, name, transcript }
    }

    /// As the operation takes it.
    fn conversation(&self) -> Map<String, Value> {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let customer = json!({"phone": given(&self.phone), "email": given(&self.email), "name": given(&self.name)});
        let fields = [
            ("channel", json!(self.channel)),
            ("direction", json!(self.direction)),
            ("customer", customer),
            ("transcript", turns(&self.transcript).into()),
        ];
        fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// A turn a line that names its speaker; other lines go on with the turn before, the customer's where there is none.
fn turns(text: &str) -> Vec<Value> {
    let mut turns: Vec<(Speaker, String)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let named = line.split_once(':').and_then(|(name, said)| {
            let is = |speaker: &&Speaker| words::speaker(**speaker).eq_ignore_ascii_case(name.trim());
            Speaker::ALL.iter().find(is).map(|speaker| (*speaker, said.trim().to_owned()))
        });
        match (named, turns.last_mut()) {
            (Some(turn), _) => turns.push(turn),
            (None, Some((_, said))) => {
                said.push('\n');
                said.push_str(line);
            }
            (None, None) => turns.push((Speaker::Customer, line.to_owned())),
        }
    }
    turns.into_iter().map(|(speaker, text)| json!({"speaker": speaker, "text": text})).collect()
}

/// `GET /console/logging/preview`
pub(super) async fn page(by: SignedIn, State(app): State<App>) -> Result<Response, PageError> {
    let live = gate::of_account(app.db(), by.account()).await?.and_then(|account| account.live);
    let body = match &live {
        None => {
            html! { p.note.warn { "It takes a HubSpot account to look for the caller in. " a href="/console/connection" { "Connect HubSpot" } } }
        }
        Some(gate) if gate.connection.status == ConnectionStatus::ReauthRequired => {
            html! { p.note.warn { "HubSpot has to be connected again first. " a href="/console/connection" { "Connect again" } } }
        }
        Some(gate) => form(&by, &Sample::ready(gate.settings.mode, gate.settings.on_no_match), Faults(&[])),
    };
    Ok(whole(&app, &by, &body))
}

fn whole(app: &App, by: &SignedIn, body: &Markup) -> Response {
    let body = html! {
        h1 { "Preview" }
        p { "What would become of a conversation, made just as it would be made, with your patterns and words to keep as they are saved. HubSpot is asked who
            the caller is; nothing is written there or here, and nothing of the sample is kept." }
        (body)
        p { a href="/console/logging" { "Back to logging" } }
    };
    page::console(app, by, Section::Logging, "Preview", &body)
}

/// `POST /console/logging/preview`
pub(super) async fn show(
    State(app): State<App>,
    Submitted { by, form: sample }: Submitted<Sample>,
) -> Result<Response, PageError> {
    let overrides = Overrides { mode: Some(sample.mode), on_no_match: Some(sample.on_no_match) };
    Ok(match preview(&app, by.account(), sample.conversation(), overrides).await {
        Ok(preview) => whole(&app, &by, &html! { (previewed::result(&preview)) (form(&by, &sample, Faults(&[]))) }),
        Err(problem) => {
            let (status, said) = faults::said(&problem, "Nothing was previewed");
            (status, whole(&app, &by, &html! { (said) (form(&by, &sample, Faults(problem.faults()))) })).into_response()
        }
    })
}

fn form(by: &SignedIn, sample: &Sample, faults: Faults<'_>) -> Markup {
    let Sample { mode, on_no_match, channel, direction, phone, email, name, transcript } = sample;
    let said = faults.within("conversation.transcript");
    html! { form method="post" action=(PATH) {
        (by.form_token)
        fieldset {
            legend { "The conversation" }
            div.pairs {
                label { "Kind" select name="channel" { @for one in Channel::ALL { option value=(one.as_str()) selected[one == channel] { (words::channel(*one)) } } } }
                label { "Began" select name="direction" { @for one in Direction::ALL { option value=(one.as_str()) selected[one == direction] { (words::direction(*one)) } } } }
                (field("Phone", "phone", phone, "tel", faults))
                (field("E-mail", "email", email, "text", faults))
                (field("Name", "name", name, "text", faults))
            }
            label { "What is said: a line a turn, with Agent: or Customer: before it"
                textarea name="transcript" rows="7" maxlength="20000" aria-invalid=[said.invalid] aria-describedby=[said.id] { "\n" (transcript) } (said.said) }
        }
        fieldset {
            legend { "As if logging were set so before it ended" }
            @for one in [Mode::Summary, Mode::SummaryTranscript] { (choice("mode", one.as_str(), one == *mode, words::mode(one))) }
        }
        fieldset {
            legend { "When HubSpot does not know the caller" }
            @for one in [OnNoMatch::Skip, OnNoMatch::Create] { (choice("on_no_match", one.as_str(), one == *on_no_match, words::on_no_match(one))) }
        }
        div.actions { button.primary type="submit" { "Preview" } }
    } }
}

fn field(title: &str, name: &str, value: &str, kind: &str, faults: Faults<'_>) -> Markup {
    let fault = faults.at(&format!("conversation.customer.{name}"));
    html! { label { (title) input type=(kind) name=(name) value=(value) maxlength="200" autocomplete="off"
    aria-invalid=[fault.invalid] aria-describedby=[fault.id]; (fault.said) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_turns_and_go_on() {
        let turn = |speaker: &str, text: &str| json!({"speaker": speaker, "text": text});
        assert_eq!(
            turns("hello\n\nAGENT: hi: there\r\n  and more\ncustomer:\n"),
            [turn("customer", "hello"), turn("agent", "hi: there\nand more"), turn("customer", "")]
        );
        assert_eq!(turns(" \n"), [Value::Null; 0]);
        assert_eq!(turns(SAMPLE).len(), 5);
    }
}
