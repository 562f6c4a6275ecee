//! What the words around a number say it is: those before it, those after it, and the question it answers.

mod beside;
mod question;
mod thanked;
mod turn;
mod written;

use std::cell::Cell;
use std::ops::Range;

use crate::answer::{is_answer, is_said_among, is_short_answer, words};
use crate::cue::Cue;
use crate::item::Item;
use crate::kind::Kind;
use crate::lexicon::Traits;
use crate::reading::Symbol;
use crate::sentence::sentence;
use crate::text::{Text, Texts};
use crate::verb;

use beside::{REACH, after, before, named};
use question::{CUES_MAX, asked};
use thanked::thanked;
use turn::{beside_card, is_for_another, is_paid_for, sibling};
use written::{is_dialled, is_inside, is_other, quantity};

pub(crate) use question::{ANSWER_TURNS, asks_which};
pub(crate) use written::is_apart;

/// How a number stands in its turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stands {
    /// Amid other words.
    #[default]
    Amid,
    /// Right behind its name.
    Near,
    /// Asked for, behind no words but those with which one answers.
    Answers,
}

/// What is known about a run before its digits are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Context {
    /// What the nearest words of the same turn name.
    pub(crate) said: Option<Cue>,
    /// What the question before asked for.
    pub(crate) asked: Option<Cue>,
    /// It was another who asked, and did not say that it is not wanted.
    is_question: bool,
    /// What else its turn says.
    stands: Stands,
    /// What it is called that stays is only spoken of.
    passing: bool,
    /// What was asked is only what it was called afterwards.
    is_thanked: bool,
}

impl Context {
    /// What it is called: the turn's own words before the question's.
    pub(crate) fn cue(self) -> Option<Cue> {
        self.said.or(self.asked)
    }

    /// Is it named or asked for, rather than only spoken of before?
    pub(crate) fn is_firm(self) -> bool {
        self.said.is_some() || self.is_question
    }

    /// Is it firmly named, with hardly a word between, or was it asked for?
    pub(crate) fn is_direct(self) -> bool {
        self.stands == Stands::Near || self.said.is_none() && self.is_question
    }

    /// Does it say no more than what was asked for, or stand right behind its name?
    pub(crate) fn is_plain(self) -> bool {
        self.stands == Stands::Near || self.stands == Stands::Answers && self.is_question
    }

    /// What it was called once it was given.
    pub(crate) fn thanked(self) -> Option<Cue> {
        self.asked.filter(|_| self.is_thanked)
    }

    /// Does its turn say more, and not what it is?
    pub(crate) fn is_amid(self) -> bool {
        self.stands == Stands::Amid
    }

    /// Do words say that it is something that stays? A passing word in a question does not.
    pub(crate) fn spoken_against(self) -> bool {
        match (self.said, self.asked) {
            (Some(cue), _) => matches!(cue, Cue::Other { .. }),
            (None, asked) => asked == Some(Cue::Other { named: true }),
        }
    }

    /// Do these words not call it so, but speak of it in passing? Then the right check digits of a card weigh more.
    pub(crate) fn is_passing(self) -> bool {
        self.passing
    }
}

/// No further than this a name leaves no doubt that it means the number.
const NEAR: usize = 4;

/// How many words may stand before and after those that say that a number is said again.
const GIVES_UP: usize = 8;
const RESTARTS: usize = 5;

/// So few words before a card or its code are hardly a sentence about something else.
const CARD_LEAD: usize = 3;

/// No further than this a passing word still calls a number so.
const PASSING: usize = 3;
const LONE_LEAD: usize = 7;
const CODE_LEAD: usize = 5;
const ID_LEAD: usize = 9;

/// Fewer digits than this are no answer that would use up a cue.
const ANSWER_DIGITS: usize = 3;

/// The most words and numbers of a sentence that says nothing but digits.
const BARE_MAX: usize = 24;

/// How many contexts are kept at most.
const KEPT: usize = 32;

/// The contexts in some texts. Those that were asked for are kept: each reading of a run asks for the same, often twice.
pub(crate) struct Contexts<'t, 'a> {
    texts: &'t Texts<'a>,
    kept: [Cell<Option<(Place, Context)>>; KEPT],
}

/// A text, and the first and last item of what a context is of.
type Place = (usize, usize, usize);

impl<'t, 'a> Contexts<'t, 'a> {
    pub(crate) fn new(texts: &'t Texts<'a>) -> Self {
        Self { texts, kept: [const { Cell::new(None) }; KEPT] }
    }

    /// The context of what begins at `from` and ends at `to`.
    pub(crate) fn of(&self, from: &Symbol, to: &Symbol) -> Context {
        let place = (from.text, from.first, if to.text == from.text { to.last } else { from.last });
        // Neighbours in their text and in the conversation have other places.
        let Some(kept) = self.kept.get((place.0 * 5 + place.1) % KEPT) else { return of(self.texts, place) };
        if let Some((other, context)) = kept.get()
            && other == place
        {
            return context;
        }
        let context = of(self.texts, place);
        kept.set(Some((place, context)));
        context
    }

    /// Is it all that its sentence says, and does nothing name it or say that it stays? Few are asked for that.
    pub(crate) fn is_alone(&self, from: &Symbol, to: &Symbol) -> bool {
        let context = self.of(from, to);
        // `.. and ends in 17` may be the last piece of a longer one.
        let is_free = matches!(context.said, None | Some(Cue::Ending)) && !context.spoken_against();
        is_free && self.texts.get(from.text).is_some_and(|text| is_alone(&text, from.first, to.last))
    }

    /// Is it that, though nothing was asked either, and not even called a number?
    pub(crate) fn is_unasked(&self, from: &Symbol, to: &Symbol) -> bool {
        let is_number = |word: &str| NUMBERS.iter().any(|number| word.eq_ignore_ascii_case(number));
        let is_called = |text: &Text<'_>| {
            let start = sentence(text, &(from.first..to.last + 1)).start;
            start < from.first && words(&text.source[text.bytes(&(start..from.first))]).any(is_number)
        };
        self.is_alone(from, to) && self.texts.get(from.text).is_some_and(|text| !is_called(&text))
    }
}

/// Words that call it a number and say no more: as likely a telephone's.
const NUMBERS: [&str; 5] = ["number", "numero", "número", "nummer", "numéro"];

/// May a number of this text be named as a card's code or date, or have been asked for as one?
pub(crate) fn may_be_short(texts: &Texts<'_>, index: usize) -> bool {
    let is_short = |cue: &Cue| matches!(named(*cue), Cue::SecurityCode | Cue::Expiry | Cue::Near(Kind::SgNric));
    (index.saturating_sub(ANSWER_TURNS)..=index).any(|turn| {
        let cues = texts.cues(turn);
        cues.len() > CUES_MAX || cues.iter().any(|(_, cue)| is_short(cue))
    })
}

fn of(texts: &Texts<'_>, (index, from, end): Place) -> Context {
    let Some(text) = texts.get(index) else { return Context::default() };
    // `s/n 4411`, `S.S.N. 219..`: the name may be read as the number's first letters.
    let names = |cue: &Cue| matches!(cue, Cue::Id(_) | Cue::SecurityCode | Cue::Other { named: true });
    // The Portuguese `é i n` is no EIN.
    let is_spelt = |items: &Range<usize>| text.source.get(text.bytes(items)).is_some_and(str::is_ascii);
    let own = text.cue_at(from).filter(|(items, cue)| names(cue) && is_spelt(items));
    let first = own.map(|(items, _)| items.end).filter(|first| *first <= end).unwrap_or(from);
    let first = restarted(&text, first);
    let stays = || (is_other(&text, first, end) || is_inside(&text, first)).then_some((Cue::Other { named: true }, None));
    let before = || before(texts, &text, index, first).filter(|(cue, _)| *cue == Cue::Card || !is_dialled(&text, first));
    let dialled = || is_dialled(&text, first).then_some((Cue::Other { named: true }, None));
    let (said, gap) = match quantity(&text, first, end).or_else(stays).or_else(before).or_else(dialled) {
        Some((cue, gap)) => (Some(cue), Some(gap)),
        None => (after(&text, end).or_else(|| beside_card(&text, first, end)), None),
    };
    // `For the plan and the phone, 4111..`: no telephone has as many digits as a card.
    let said = said
        .filter(|cue| !matches!(cue, Cue::Other { .. }) || !is_phone(&text, first) || digits(&text, first..end + 1) <= PHONE_MAX);
    let gap = gap.filter(|_| said.is_some()).map(|gap| gap.unwrap_or(REACH));
    let is_near = gap.is_some_and(|gap| gap <= NEAR);
    let is_long = || (SHORT_MAX + 1..=CARD_MIN).contains(&digits(&text, first..end + 1));
    let may_be_id = matches!(said, Some(Cue::Card | Cue::SecurityCode | Cue::Expiry)) && is_long();
    // What it is called by its own turn says more than what was asked.
    let asked = if said.is_none() || may_be_id { asked(texts, &text, index, first) } else { None };
    let (asked, is_question) = asked.map_or((None, false), |(cue, is_question)| (Some(cue), is_question));
    // Asked for a document, `on the back of the card it says 481 82 8880`: that is no code, and no payment card's.
    let said = said.filter(|_| !(may_be_id && is_question && matches!(asked, Some(Cue::Id(_) | Cue::AnyId))));
    let is_near = is_near && said.is_some();
    let answers = said.is_none()
        && match asked {
            Some(Cue::Card) => is_short_answer(&text, first, if is_lone(&text) { LONE_LEAD } else { CARD_LEAD }),
            Some(Cue::SecurityCode) => is_short_answer(&text, first, CODE_LEAD) || is_question && is_led_to(&text, first),
            Some(Cue::Id(_) | Cue::AnyId) if is_question && is_lone(&text) => is_short_answer(&text, first, ID_LEAD),
            Some(_) => is_answer(&text, first),
            None => false,
        };
    // `Let me find my passport. We did two thousand of these.`
    let asked = asked.filter(|cue| is_question || answers || !matches!(cue, Cue::Id(_) | Cue::AnyId));
    let asked = asked.or_else(|| sibling(&text, first, end).filter(|_| said.is_none()));
    let thanked =
        if said.is_none() && asked.is_none() { thanked(texts, &text, index) } else { None }.filter(|_| is_answer(&text, first));
    let is_thanked = thanked.is_some();
    let (asked, is_question, answers) = (asked.or(thanked), is_question || is_thanked, answers || is_thanked);
    let stands = match () {
        () if is_near => Stands::Near,
        () if answers => Stands::Answers,
        () => Stands::Amid,
    };
    let passing = match (said, asked) {
        (Some(Cue::Other { named: false }), _) => gap.map_or_else(
            || is_for_another(&text, end) || is_loose(&text, end),
            |gap| {
                gap > PASSING
                    || gap == PASSING && has_comma(&text, first, gap)
                    || is_paid_for(&text, first)
                    || is_verb(&text, first)
            },
        ),
        (None, Some(Cue::Other { .. })) => !is_short_answer(&text, first, CODE_LEAD),
        _ => false,
    };
    Context { said, asked, is_question, stands, passing, is_thanked }
}

/// A security code or a date has no more digits.
const SHORT_MAX: usize = 8;

/// Is it the only number of its turn, right behind a word that leads to an answer: `my husband does this usually okay 825`?
fn is_led_to(text: &Text<'_>, first: usize) -> bool {
    let leads = |item: &Item| {
        let word = || text.source.get(item.start..item.end).filter(|_| !item.traits.has(Traits::WRITTEN));
        item.traits.has(Traits::FILLER)
            || word().is_some_and(|word| LEADS.split_whitespace().any(|other| word.eq_ignore_ascii_case(other)))
    };
    // `It's worn, 825`
    let is_apart = |last: usize| text.between(last, first).contains([',', '.', ':', ';', '\u{2014}']);
    is_lone(text) && first.checked_sub(1).is_some_and(|last| leads(&text.items[last]) || is_apart(last))
}

/// Words that lead to an answer.
const LEADS: &str = "is its s es son ist sind est sont c \u{e9} s\u{e3}o ver but says say like be maybe probably as reads \
    pero como dice pone aber steht w\u{e4}re als mais dit mas diz parece ma maar staat zijn";

/// One digit fewer than the usual card with the fewest.
const CARD_MIN: usize = 12;

/// The longest telephone number (ITU-T E.164).
const PHONE_MAX: usize = 15;

/// How words begin for a telephone.
const PHONES: [&str; 9] = ["phone", "mobile", "cell", "tel", "tél", "móvil", "movil", "handy", "portable"];

/// Is it the last thing named before this item?
fn is_phone(text: &Text<'_>, first: usize) -> bool {
    let last = text.cues[..text.cues.partition_point(|(items, _)| items.end <= first)].last();
    let name = last.and_then(|(items, _)| text.source.get(text.bytes(items)));
    name.is_some_and(|name| {
        PHONES.iter().any(|phone| name.get(..phone.len()).is_some_and(|word| word.eq_ignore_ascii_case(phone)))
    })
}

/// Of more digits than these nobody asks how many there are.
const DIGITS_MAX: usize = 20;

/// How many digits these items have, at least.
fn digits(text: &Text<'_>, items: Range<usize>) -> usize {
    let mut digits = 0;
    for item in &text.items[items] {
        digits += if item.traits.has(Traits::NUMBER) { item.len() } else { usize::from(item.traits.has(Traits::COUNTS)) };
        // Many numbers in a row are asked for each of them.
        if digits > DIGITS_MAX {
            break;
        }
    }
    digits
}

/// Does a comma stand among so many words before it: `that's the company's, I may use it, 4111..`?
fn has_comma(text: &Text<'_>, first: usize, words: usize) -> bool {
    (first.saturating_sub(words)..=first).any(|at| at > 0 && text.between(at - 1, at).contains(','))
}

/// May the name right before it be a verb: `Bill 4111..`?
fn is_verb(text: &Text<'_>, first: usize) -> bool {
    let name = text.cues[..text.cues.partition_point(|(items, _)| items.end <= first)].last();
    name.is_some_and(|(name, _)| name.end == first && name.len() == 1 && verb::may_be(text.source, text.items, name))
}

/// Is what is named after the number hardly its name, other words standing between: `.. should cover the balance`?
fn is_loose(text: &Text<'_>, last: usize) -> bool {
    let next = text.cues.get(text.cues.partition_point(|(items, _)| items.start <= last));
    next.is_some_and(|(name, _)| name.start > last + 1 && !beside::equates(text, last + 1..name.start))
}

/// Where the number began that was given up for the one that begins at `first`.
fn restarted(text: &Text<'_>, first: usize) -> usize {
    let nearer = text.cues[..text.cues.partition_point(|(items, _)| items.end <= first)].iter().rev();
    let mut nearer = nearer.take_while(|(items, _)| first - items.end <= RESTARTS);
    let Some((restart, _)) = nearer.find(|(_, cue)| *cue == Cue::Restart) else { return first };
    let given_up = text.runs[..text.runs.partition_point(|run| run.items.end <= restart.start)].last();
    given_up.filter(|run| restart.start - run.items.end <= GIVES_UP).map_or(first, |run| run.items.start)
}

/// Does the turn hold no other number? Else the other one may be what was asked for.
fn is_lone(text: &Text<'_>) -> bool {
    text.runs.iter().filter(|run| run.counts).nth(1).is_none()
}

/// Does its sentence say nothing but these items and such words as one says with an answer?
fn is_alone(text: &Text<'_>, first: usize, last: usize) -> bool {
    let sentence = sentence(text, &(first..last + 1));
    sentence.len() <= BARE_MAX
        && is_said_among(text, last + 1..sentence.end)
        && (is_said_among(text, sentence.start..first) || is_answer(text, first))
}

/// No turn that people say is longer than so many words, numbers and names. Of one that is, each number is judged by what is
/// nearest, or a text made to be slow would be.
const ITEMS_MAX: usize = 128;

/// The last of a list, no more than so many.
fn last<T>(list: &[T], most: usize) -> &[T] {
    &list[list.len().saturating_sub(most)..]
}

/// Do these items hold a number long enough to be what a cue named?
fn holds_number(text: &Text<'_>, from: usize, to: usize) -> bool {
    let mut digits = 0;
    // From the end, which is the number's side: it is seldom far.
    last(text.items.get(from..to).unwrap_or_default(), ITEMS_MAX).iter().rev().any(|item| {
        digits += match item.traits {
            traits if traits.has(Traits::REMOVED) => ANSWER_DIGITS,
            traits if traits.has(Traits::NUMBER) => item.len(),
            traits => usize::from(traits.has(Traits::COUNTS)),
        };
        digits >= ANSWER_DIGITS
    })
}
