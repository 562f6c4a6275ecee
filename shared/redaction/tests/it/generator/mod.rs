//! Made conversations, the same for a seed on every run: own sentences, own numbers, own check digits.

mod cards;
mod checks;
mod dialogue;
mod forms;
mod ibans;
mod ids;
mod languages;
mod negatives;
mod number;
mod random;
mod script;
mod short;
mod speech;
mod voice;

use crate::example::Example;
use dialogue::Dialogue;
use languages::LANGUAGES;
use random::Random;
use script::{Script, Speaker, Style};
use voice::Voice;

/// Conversation number `index` of this seed.
pub(crate) fn conversation(seed: u64, index: u64) -> Example {
    let mut random = Random::new(seed, index);
    let language = random.weighted(LANGUAGES);
    let style =
        random.weighted(&[(28, Style::Itn), (12, Style::Verbatim), (20, Style::Raw), (30, Style::Typed), (10, Style::Casual)]);
    let customer = if style.is_typed() { random.pick(&["visitor", "customer"]) } else { random.pick(&["customer", "caller"]) };
    let turns = random.between(15, 60);
    let mut dialogue = Dialogue { voice: Voice { language, style, random }, script: Script::default() };
    dialogue.run(turns);
    let Dialogue { voice, script } = dialogue;
    Example {
        id: format!("g{seed}-{index:05}"),
        lang: voice.language.code.to_owned(),
        channel: if style.is_typed() { "chat" } else { "voice" }.to_owned(),
        ..script.finish(voice.style, customer)
    }
}

#[derive(Clone, Copy)]
enum Scene {
    Chatter,
    Card,
    Iban,
    Id,
    Negative,
    NumberWords,
    LastFour,
    Account,
}

/// How often each scene comes. About two numbers that go in a conversation, four that stay.
const SCENES: &[(usize, Scene)] = &[
    (730, Scene::Chatter),
    (42, Scene::Card),
    (10, Scene::Iban),
    (38, Scene::Id),
    (130, Scene::Negative),
    (25, Scene::NumberWords),
    (15, Scene::LastFour),
    (4, Scene::Account),
];

impl Dialogue {
    fn run(&mut self, turns: usize) {
        let greeting = self.voice.pick(self.voice.language.greetings);
        self.script.text(Speaker::Agent, greeting);
        while self.script.lines.len() < turns {
            match self.voice.random.weighted(SCENES) {
                Scene::Chatter => self.chatter(),
                Scene::Card => self.card(),
                Scene::Iban => self.iban(),
                Scene::Id => self.id(),
                Scene::Negative => self.negative(),
                Scene::NumberWords => self.number_words(),
                Scene::LastFour => self.last_four(),
                Scene::Account => self.account(),
            }
        }
        let closing = self.voice.pick(self.voice.language.closings);
        self.script.text(Speaker::Customer, closing);
    }
}
