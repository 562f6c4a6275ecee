//! Whether a turn says nothing before a number but what people say when they give what they were asked for.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use crate::cue::Cue;
use crate::item::{Class, Item};
use crate::kind::Kind;
use crate::lexicon::{self, Traits};
use crate::text::Text;
use crate::word_set::WordSet;

/// More words than these are a sentence of their own.
const WORDS_MAX: usize = 10;

/// The words of `sure, hold on, it says ..` in five languages and two more.
const WORDS: &str = "\
    start starting beginning tell telling show shown good great all set \
    ve re heard entering typing putting noted noting down taken took taking recap confirm read back know heart knows printed memorised memorized learnt \
    reckon guess pretty believe above under below mean means meant shows show reading says writing wrote written wrote perhaps maybe \
    memoria apuntado apuntada escribo escrito recuerdo sabe guardado confirmo confirma digame puse pone sale figura figuran \
    auswendig weiss kenne lese schreibe tippe notiere notiert gespeichert bestatige wiederhole nochmals soweit sagt laut hab habs \
    coeur connais sais tape saisis ecris recapitule confirme repete indique marque affiche retiens \
    cor decorado decor escrevo escrito confirmando confirmo confirma repito repetindo aparece consta mostra digito digitando entendi \
    did bit final finally lastly end next first last goes begins started comes think believe app copied paper form once more twice want like said got \
    same usual sorry oops double check let not quite try follows after middle entering reads spell spelling spelled give gives given \
    luego despues por ultimo termina final sigue creo tome nota apuntado copio digo otra vez misma siempre primero empezamos mire mira \
    schluss danach dann weiter zuletzt ende endet notieren schreiben wie gesagt glaube glaub noch einmal fast dieselbe zuerst anfang los gut \
    schon hatte doch zum \
    ler lendo leo lese lis leggo seguem siguen dados datos daten donnees dites dicte dicto diktiere \
    finir ensuite apres puis enfin fin derniere fois encore comme presque notes notee commence dernier d accord c ca \
    seguir depois fim ultimo termina anota aqui acho ultima vez ja dei mesmo primeiro comecar ai ta \
    a actually again ah alright and at back be card code correct course does er fine for found front get give go got grab great have here hm \
    hold i id in is isn it its just last let ll look looks m me mine minute moment mr my no now number of off ok okay on one out perfect please \
    problem read reads ready right s says sec second see should so starts still sure take that the then there think this to uh um umm wait was \
    we well with would yeah yep yes you your \
    aca ahi ahora anote aparece apunta apunte aqui bien bueno claro con cual de deje dejeme del dice dieciocho el ella empieza en es eh ese \
    espera espere esta este estoy favor la le leo lo los listo mi mire momento muy numero o perfecto pone por pues puede se seguro seria si \
    su tengo tiene un una uno usted vale ver veo vera ya y \
    ah aha aber also auf augenblick bitte da dann das der die dies diese dieser einen ein er es genau gern gerne habe haben hab hier ich ihnen \
    ihre ist ja jawohl kann klar lautet mal mein meine mir moment na natuerlich naturlich nummer okay schauen sehe sehen sekunde sicher sie \
    so steht und vor war warte warten wir waere ware wenn \
    alors attendez avec bien bon bonne ca c ce cela cest dans d de deux devant donc donne elle en est et euh ici il instant j je l la le les lis \
    mais me merci moi mon n numero note notez oui ouais parfait patientez petit plait pour pret prete puis regarde s seconde si sous sur \
    suis te tenez tiens un une vas vois voici voila volontiers votre vous y yeux \
    agora ai anota anote aqui beleza bem certo claro com comeca da de deixa deixe diz do e ela ele em era essa esse esta estou eu favor ficou \
    hum la meu minha momento nao ne num numero o olha olhe pera perai pode pois por pronto que segundo sei seria seu sim so ta tah tenho um \
    uma vai vou ver \
    allora certo dunque ecco ha ho momento sono subito un mijn het dat hier klopt momentje nou even natuurlijk dus zegt";

/// Is what stands before this item in its sentence such words, and no more?
pub(crate) fn is_answer(text: &Text<'_>, first: usize) -> bool {
    let before = before(text, first);
    let mut words = words(sentence(&before));
    words.by_ref().take(WORDS_MAX).all(is_said) && words.next().is_none() || begins_anew(text, &before, first)
}

/// Does it begin a sentence, after others that name nothing which stays: `let me pull over. 512`?
fn begins_anew(text: &Text<'_>, before: &str, first: usize) -> bool {
    before.trim_end().ends_with(['.', '?', '!'])
        && text.cues[..text.cues.partition_point(|(items, _)| items.end <= first)]
            .iter()
            .rev()
            .take(WORDS_MAX)
            .all(|(_, cue)| !matches!(cue, Cue::Other { .. }))
}

/// Or at least no more than so many words? `prenez la ..`
pub(crate) fn is_short_answer(text: &Text<'_>, first: usize, most: usize) -> bool {
    words(sentence(&before(text, first))).nth(most).is_none() || is_answer(text, first)
}

/// Are these items such words, and no more?
pub(crate) fn is_said_among(text: &Text<'_>, items: Range<usize>) -> bool {
    let is_said = |item: &Item| {
        let word = || text.source.get(item.start..item.end).filter(|_| !item.traits.has(Traits::WRITTEN));
        item.traits.has(Traits::FILLER) || word().is_some_and(is_said)
    };
    items.len() <= WORDS_MAX && text.items[items].iter().all(is_said)
}

/// How many items before a number are looked at for what was removed from among them.
const ITEMS_MAX: usize = 64;

/// What is left of the text before this item.
fn before<'t>(text: &Text<'t>, first: usize) -> Cow<'t, str> {
    let Some(item) = text.items.get(first) else { return Cow::Borrowed("") };
    let near = &text.items[first.saturating_sub(ITEMS_MAX)..first];
    if !near.iter().any(|item| item.traits.has(Traits::REMOVED)) {
        return Cow::Borrowed(text.source.get(..item.start).unwrap_or_default());
    }
    let mut left = String::new();
    let mut at = near.first().map_or(0, |item| item.start);
    for item in near {
        if let Class::Removed(kind) = item.class()
            && kind != Kind::Custom
        {
            left.push_str(&text.source[at..item.start]);
            left.push_str(kind.replacement());
            at = item.end;
        }
    }
    left.push_str(&text.source[at..item.start]);
    Cow::Owned(left)
}

/// The last sentence in which anything is said.
fn sentence(before: &str) -> &str {
    let ends = |byte: &u8| matches!(byte, b'.' | b'?' | b'!' | b'\n');
    let mut sentences = before.as_bytes().rsplit(ends);
    // Of what ends a sentence nothing is a part of another character.
    let mut end = before.len();
    let sentence = sentences.find_map(|sentence| {
        let start = end - sentence.len();
        let part = before.get(start..end).filter(|part| !part.trim_start().is_empty());
        end = start.saturating_sub(1);
        part
    });
    sentence.unwrap_or_default()
}

/// The words of a text: letters and digits in a row.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = &rest[seek(rest, true)?..];
        let word;
        (word, rest) = rest.split_at(seek(rest, false).unwrap_or(rest.len()));
        Some(word)
    })
}

/// Where the first character stands that is a letter or digit, or the first that is none.
fn seek(text: &str, alphanumeric: bool) -> Option<usize> {
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        let (is_alphanumeric, width) = if byte.is_ascii() {
            (byte.is_ascii_alphanumeric(), 1)
        } else {
            let c = text[at..].chars().next()?;
            (c.is_alphanumeric(), c.len_utf8())
        };
        if is_alphanumeric == alphanumeric {
            return Some(at);
        }
        at += width;
    }
    None
}

/// Is it one of them?
pub(crate) fn is_said(word: &str) -> bool {
    // What is said between two pieces may lead to one.
    static SAID: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(WORDS.split_whitespace().chain(lexicon::said_between())));
    SAID.has(word)
}
