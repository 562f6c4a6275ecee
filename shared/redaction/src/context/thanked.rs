//! What the next speaker calls the number that was just given: `thanks, I have the passport now`.

use std::ops::Range;

use crate::answer::words;
use crate::cue::Cue;
use crate::piece::digits;
use crate::text::{Text, Texts};

/// How many turns later it is called so, and how many words that turn has at most.
const TURNS: usize = 2;
const WORDS_MAX: usize = 16;
/// How far, in words, the name stands from the word that says that it was taken down.
const NEAR: usize = 4;

/// Words that say that something was taken down, before its name or after it.
const TAKEN: [&str; 45] = [
    "got",
    "noted",
    "saved",
    "received",
    "added",
    "entered",
    "recorded",
    "tengo",
    "anotado",
    "anotada",
    "apuntado",
    "apuntada",
    "guardado",
    "recibido",
    "registrado",
    "registrada",
    "tomo",
    "habe",
    "hab",
    "haben",
    "notiert",
    "gespeichert",
    "eingetragen",
    "erfasst",
    "ai",
    "avons",
    "noté",
    "notée",
    "note",
    "enregistré",
    "enregistrée",
    "reçu",
    "tenho",
    "anotei",
    "anotada",
    "registrei",
    "recebi",
    "guardei",
    "peguei",
    "ficou",
    "preso",
    "annotato",
    "genoteerd",
    "ontvangen",
    "heb",
];

/// Words that thank, and those that then lead to what for.
const THANKS: [&str; 9] = ["thanks", "thank", "gracias", "danke", "merci", "obrigado", "obrigada", "grazie", "bedankt"];
const FOR: [&str; 11] = ["for", "por", "für", "fuer", "pour", "pelo", "pela", "per", "voor", "fur", "to"];

/// Words that ask for something else, or again.
const ASKS: [&str; 40] = [
    "can",
    "could",
    "may",
    "might",
    "would",
    "need",
    "please",
    "give",
    "tell",
    "what",
    "which",
    "and",
    "next",
    "puede",
    "puedo",
    "necesito",
    "dígame",
    "deme",
    "falta",
    "cuál",
    "kann",
    "könnte",
    "könnten",
    "brauche",
    "bräuchte",
    "bitte",
    "nennen",
    "sagen",
    "pouvez",
    "puis",
    "faut",
    "donnez",
    "quel",
    "quelle",
    "pode",
    "posso",
    "preciso",
    "diga",
    "falta",
    "qual",
];

/// What a number that ends at `last` is called once it was given, if it is.
pub(super) fn thanked(texts: &Texts<'_>, text: &Text<'_>, index: usize) -> Option<Cue> {
    let speaker = text.speaker?;
    let later = (index + 1..=index + TURNS).find(|later| texts.speaker(*later).is_some_and(|other| other != speaker))?;
    if !texts.has_cues(later) || texts.length(later) > WORDS_MAX {
        return None;
    }
    let text = texts.get(later)?;
    let (name, cue) = text.cues.iter().find(|(_, cue)| matches!(cue, Cue::Card | Cue::Id(_) | Cue::AnyId))?;
    // The `j` of `j'ai` may be a letter.
    let counts = text.runs.iter().any(|run| digits(&text, run) > 1);
    (!counts && !text.negates && !text.source.contains('?') && is_taken(&text, name)).then_some(*cue)
}

/// Is it said of what stands there that one has it now?
fn is_taken(text: &Text<'_>, name: &Range<usize>) -> bool {
    let is = |list: &[&str], word: &str| list.iter().any(|other| word.eq_ignore_ascii_case(other));
    let near = name.start.saturating_sub(NEAR)..text.items.len().min(name.end + NEAR);
    let said = |items: Range<usize>| words(text.source.get(text.bytes(&items)).unwrap_or_default());
    let before = || if near.start < name.start { Some(said(near.start..name.start)) } else { None };
    let after = || if name.end < near.end { Some(said(name.end..near.end)) } else { None };
    let before = || before().into_iter().flatten();
    let around = || before().chain(after().into_iter().flatten());
    // `I have`, not `may I have`.
    let has = || {
        before().zip(before().skip(1)).any(|(i, have)| have.eq_ignore_ascii_case("have") && matches!(i, "I" | "i" | "ve" | "we"))
    };
    let thanks = || before().any(|word| is(&THANKS, word)) && before().any(|word| is(&FOR, word));
    (around().any(|word| is(&TAKEN, word)) || has() || thanks()) && !words(text.source).any(|word| is(&ASKS, word))
}
