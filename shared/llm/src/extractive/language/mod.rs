//! What is known of each language: the words that carry no meaning, and the phrases that tell what a sentence is for.

mod de;
mod en;
mod es;
mod fr;
mod it;
mod nl;
mod pt;

use super::words::{WordMap, WordSet, in_small_letters, normalise};
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation as _;

/// More words than this do not make the language any clearer.
const DETECTION_WORDS: usize = 400;
/// Languages that are known.
const LANGUAGES: usize = 7;

/// One language as its file gives it: words are separated by spaces, phrases are written as they are said.
struct Lists {
    customer: &'static str,
    agent: &'static str,
    /// Words that say nothing about the subject. They also tell the languages apart.
    stop: &'static str,
    /// Words that may go from the beginning of a sentence without a change of meaning. So no "no", and no "if".
    openers: &'static str,
    /// Words at which speech without punctuation may be cut.
    breaks: &'static str,
    polite: &'static [&'static str],
    /// Asking for or telling who somebody is.
    identity: &'static [&'static str],
    /// What people say when they tell why they got in touch.
    needs: &'static [&'static str],
    /// What is said when something was or will be done.
    outcomes: &'static [&'static str],
}

/// One language, ready to be looked up.
pub(super) struct Vocabulary {
    /// What the customer is called in a summary.
    pub(super) customer: &'static str,
    /// What the agent is called in a summary.
    pub(super) agent: &'static str,
    pub(super) stop: WordSet,
    pub(super) openers: WordSet,
    pub(super) breaks: WordSet,
    pub(super) polite: Polite,
    /// Polite phrases, and those about who somebody is.
    pub(super) courtesies: Phrases,
    pub(super) needs: Phrases,
    pub(super) outcomes: Phrases,
}

/// Phrases that a sentence may hold.
pub(super) struct Phrases {
    all: Vec<String>,
    /// Finds any of them in one pass.
    any: Option<AhoCorasick>,
}

impl Phrases {
    fn new(all: Vec<String>) -> Self {
        // It fails only for far more phrases than a language has; then none is ruled out at once.
        let any = AhoCorasick::new(&all).ok();
        Self { all, any }
    }

    /// Does any of them occur in these normalised words?
    pub(super) fn occur_in(&self, spoken: &str) -> bool {
        self.any.as_ref().map_or_else(|| self.all.iter().any(|phrase| spoken.contains(phrase)), |any| any.is_match(spoken))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(String::as_str)
    }
}

/// Polite phrases by their first word, each with how many words it has.
pub(super) struct Polite(WordMap<String, Vec<(String, usize)>>);

impl Polite {
    fn new(phrases: &[String]) -> Self {
        let mut by_first = WordMap::<_, Vec<_>>::default();
        for phrase in phrases {
            let mut words = phrase.split_whitespace();
            let first = words.next().unwrap_or_default().to_owned();
            by_first.entry(first).or_default().push((phrase.clone(), 1 + words.count()));
        }
        Self(by_first)
    }

    /// Does any of them begin with this word?
    pub(super) fn begin_with(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }

    /// How many words the longest has that these normalised words begin with.
    pub(super) fn begins(&self, spoken: &str) -> Option<usize> {
        let first = spoken.split_whitespace().next()?;
        let fitting = self.0.get(first)?.iter().filter(|(phrase, _)| spoken.starts_with(phrase));
        fitting.map(|(_, words)| *words).max()
    }
}

impl Vocabulary {
    fn new(lists: &Lists) -> Self {
        let phrases = |list: &[&str]| list.iter().map(|phrase| normalise(phrase)).collect::<Vec<_>>();
        let polite = phrases(lists.polite);
        Self {
            customer: lists.customer,
            agent: lists.agent,
            stop: lists.stop.split_whitespace().collect(),
            openers: lists.openers.split_whitespace().collect(),
            breaks: lists.breaks.split_whitespace().collect(),
            polite: Polite::new(&polite),
            courtesies: Phrases::new(polite.into_iter().chain(phrases(lists.identity)).collect()),
            needs: Phrases::new(phrases(lists.needs)),
            outcomes: Phrases::new(phrases(lists.outcomes)),
        }
    }
}

static KNOWN: LazyLock<[Vocabulary; LANGUAGES]> =
    LazyLock::new(|| [&en::LISTS, &es::LISTS, &de::LISTS, &fr::LISTS, &pt::LISTS, &it::LISTS, &nl::LISTS].map(Vocabulary::new));

/// Any other language: the labels are English, and only position and repetition decide.
static UNKNOWN: LazyLock<Vocabulary> = LazyLock::new(|| {
    Vocabulary::new(&Lists {
        customer: en::LISTS.customer,
        agent: en::LISTS.agent,
        stop: "",
        openers: "",
        breaks: "",
        polite: &[],
        identity: &[],
        needs: &[],
        outcomes: &[],
    })
});

/// In which languages each stop word is one, a bit each.
static STOP: LazyLock<WordMap<&'static str, u8>> = LazyLock::new(|| {
    let mut stop = WordMap::default();
    for (index, vocabulary) in KNOWN.iter().enumerate() {
        vocabulary.stop.iter().for_each(|word| *stop.entry(*word).or_default() |= 1 << index);
    }
    stop
});

/// The language whose stop words are met most often. Fewer than two, or fewer than one word in twelve, is none.
pub(super) fn detect<'a>(texts: impl Iterator<Item = &'a str>) -> &'static Vocabulary {
    let mut seen = 0;
    let mut hits = [0_usize; LANGUAGES];
    let mut small = String::new();
    for word in texts.flat_map(str::unicode_words).take(DETECTION_WORDS) {
        seen += 1;
        small.clear();
        in_small_letters(word, &mut small);
        let languages = STOP.get(small.as_str()).copied().unwrap_or_default();
        for (index, hits) in hits.iter_mut().enumerate() {
            *hits += usize::from(languages >> index & 1);
        }
    }
    // The first of equals, so that the answer is always the same.
    let (mut best, mut most) = (&*UNKNOWN, 1.max(seen / 12));
    for (hits, vocabulary) in hits.into_iter().zip(KNOWN.iter()) {
        if hits > most {
            (best, most) = (vocabulary, hits);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, customer: &str, stop_word: Option<&str>) {
        let vocabulary = detect(std::iter::once(text));
        assert_eq!(vocabulary.customer, customer, "{text}");
        match stop_word {
            Some(word) => assert!(vocabulary.stop.contains(word), "{text}"),
            None => assert!(vocabulary.stop.is_empty(), "{text}"),
        }
    }

    #[test]
    fn languages_are_told_apart_by_their_small_words() {
        check("I would like to change the address of my order", "Customer", Some("would"));
        check("Quiero cambiar la dirección de mi pedido porque me he mudado", "Cliente", Some("porque"));
        check("Ich möchte die Adresse für meine Bestellung ändern", "Kunde", Some("möchte"));
        check("Je voudrais changer l'adresse de ma commande, s'il vous plaît", "Client", Some("vous"));
        check("Eu gostaria de mudar o endereço do meu pedido, não moro mais lá", "Cliente", Some("não"));
        check("Vorrei cambiare l'indirizzo del mio ordine perché ho traslocato", "Cliente", Some("perché"));
        check("Ik wil graag het adres van mijn bestelling wijzigen", "Klant", Some("mijn"));
    }

    #[test]
    fn what_is_in_no_list_is_no_language() {
        check("", "Customer", None);
        check("Хочу изменить адрес доставки моего заказа", "Customer", None);
        check("配達先の住所を変更したいのですが", "Customer", None);
    }
}
