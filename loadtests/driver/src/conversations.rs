//! Conversations as a platform reports them: 4 kB of small talk, and in some of them a card's number, which must not get out.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The texts of turns come to about so many bytes.
const BYTES: usize = 4_000;
/// One conversation in so many has a card's number in it.
const CARDS_EVERY: usize = 4;
/// Different texts; what makes a conversation its own is put in.
const TEXTS: usize = 64;

/// Cards with right check digits, none of which anybody has.
pub(crate) const CARDS: [&str; 4] = ["4539578763621486", "5555341244441115", "371449635398431", "6011000990139424"];

const SAID: [&str; 16] = [
    "Hi, thanks for calling, how can I help you today?",
    "My heating broke last night and it is getting cold in the house.",
    "I am sorry to hear that. Is there any light on the front of the boiler?",
    "There is a red one, and it blinks when I press the button next to it.",
    "That usually means that the pressure is low. Have you looked at the gauge below?",
    "I have, and it says less than one, I think, but it is hard to read.",
    "All right. I can send somebody round to you, would tomorrow morning suit you?",
    "Tomorrow is fine, but not before nine, because I take the children to school.",
    "Then I will put you down for half past nine, and they will ring before they come.",
    "Will that be covered by the plan that we took out with you in spring?",
    "It is, so there is nothing to pay for the visit, only for parts if they are needed.",
    "Great. And could you send me a message so that I do not forget about it?",
    "Of course, you will have it in a minute. Is there anything else I can do?",
    "No, that was all. Thank you very much for your help, and have a good day.",
    "You are welcome. Wrap up warm, and goodbye for now.",
    "One more thing, our neighbours have the same trouble, should they call as well?",
];

/// Makes conversations. What one is depends on its number and the seed only.
pub(crate) struct Conversations {
    before: Vec<String>,
    ended_at: String,
    started_at: String,
}

/// Who calls, by what HubSpot may know of them.
pub(crate) fn phone(caller: usize) -> String {
    // 555-01xx numbers are nobody's; the area code and the rest tell callers apart.
    format!("+1{:03}555{:04}", AREAS[caller / 10_000 % AREAS.len()], caller % 10_000)
}

const AREAS: [u16; 20] = [415, 212, 303, 404, 503, 602, 702, 808, 312, 213, 214, 215, 216, 305, 313, 314, 315, 316, 317, 318];

impl Conversations {
    /// Those that ended at this moment.
    pub(crate) fn new(seed: u64, ended_at: OffsetDateTime) -> anyhow::Result<Self> {
        let mut random = fastrand::Rng::with_seed(seed);
        let before = (0..TEXTS).map(|index| transcript(&mut random, index)).collect();
        let started_at = (ended_at - time::Duration::minutes(4)).format(&Rfc3339)?;
        Ok(Self { before, ended_at: ended_at.format(&Rfc3339)?, started_at })
    }

    /// The body of one, by a caller.
    pub(crate) fn body(&self, id: &str, caller: usize, number: usize) -> String {
        let Self { before, ended_at, started_at } = self;
        let phone = phone(caller);
        format!(
            r#"{{"conversationId":"{id}","agentId":"agent_7","channel":"voice","direction":"inbound","startedAt":"{started_at}","endedAt":"{ended_at}","customer":{{"phone":"{phone}"}},"agentNumber":"+14155559876","transcript":{}}}"#,
            before[number % TEXTS]
        )
    }
}

fn transcript(random: &mut fastrand::Rng, index: usize) -> String {
    let mut turns = Vec::new();
    let mut bytes = 0;
    while bytes < BYTES {
        let mut text = SAID[random.usize(..SAID.len())].to_owned();
        if index.is_multiple_of(CARDS_EVERY) && turns.len() == 7 {
            text = format!("Then take my card, it is {}, and that is all I have.", CARDS[index / CARDS_EVERY % CARDS.len()]);
        }
        let speaker = if turns.len() % 2 == 0 { "agent" } else { "customer" };
        bytes += text.len();
        turns.push(format!(r#"{{"speaker":"{speaker}","text":"{text}","atMs":{}}}"#, turns.len() * 4_000));
    }
    format!("[{}]", turns.join(","))
}
