//! What is known of each language: the words that carry no meaning, and the phrases that tell what a sentence is for.

mod de;
mod en;
mod es;
mod fr;
mod it;
mod nl;
mod pt;

use super::words::{normalise, words};
use std::{collections::HashSet, sync::LazyLock};

/// More words than this do not make the language any clearer.
const DETECTION_WORDS: usize = 3_000;

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
    pub(super) stop: HashSet<&'static str>,
    pub(super) openers: HashSet<&'static str>,
    pub(super) breaks: HashSet<&'static str>,
    pub(super) polite: Vec<String>,
    pub(super) identity: Vec<String>,
    pub(super) needs: Vec<String>,
    pub(super) outcomes: Vec<String>,
}

impl Vocabulary {
    fn new(lists: &Lists) -> Self {
        let phrases = |list: &[&str]| list.iter().map(|phrase| normalise(phrase)).collect::<Vec<_>>();
        Self {
            customer: lists.customer,
            agent: lists.agent,
            stop: lists.stop.split_whitespace().collect(),
            openers: lists.openers.split_whitespace().collect(),
            breaks: lists.breaks.split_whitespace().collect(),
            polite: phrases(lists.polite),
            identity: phrases(lists.identity),
            needs: phrases(lists.needs),
            outcomes: phrases(lists.outcomes),
        }
    }
}

static KNOWN: LazyLock<[Vocabulary; 7]> =
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

/// The language whose stop words are met most often. Fewer than two, or fewer than one word in twelve, is none.
pub(super) fn detect<'a>(texts: impl Iterator<Item = &'a str>) -> &'static Vocabulary {
    let mut seen = 0;
    let mut hits = [0_usize; 7];
    for word in texts.flat_map(words).take(DETECTION_WORDS) {
        seen += 1;
        for (hits, vocabulary) in hits.iter_mut().zip(KNOWN.iter()) {
            *hits += usize::from(vocabulary.stop.contains(word.as_str()));
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
