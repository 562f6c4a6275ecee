//! Whether a turn says nothing before a number but what people say when they give what they were asked for.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::lexicon::fold_letter;
use crate::text::Text;

/// More words than these are a sentence of their own.
const WORDS_MAX: usize = 10;

/// The longest of these words.
const LETTERS_MAX: usize = 12;

/// The words of `sure, hold on, it says ..` in five languages and two more.
const WORDS: &str = "\
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
    let mut words = before(text, first);
    words.by_ref().take(WORDS_MAX).all(is_said) && words.next().is_none()
}

/// Or at least no more than so many words? `prenez la ..`
pub(crate) fn is_short_answer(text: &Text<'_>, first: usize, words: usize) -> bool {
    before(text, first).nth(words).is_none() || is_answer(text, first)
}

/// The words before this item in its sentence.
fn before<'t>(text: &Text<'t>, first: usize) -> impl Iterator<Item = &'t str> {
    let before = text.items.get(first).and_then(|item| text.source.get(..item.start)).unwrap_or_default();
    let sentence = before.rsplit(['.', '?', '!', '\n']).find(|part| !part.trim().is_empty()).unwrap_or_default();
    sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Is it one of them?
pub(crate) fn is_said(word: &str) -> bool {
    static SAID: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.split_whitespace().collect());
    let mut folded = [0; LETTERS_MAX];
    let mut length = 0;
    for letter in word.chars().filter_map(fold_letter) {
        let Some(place) = folded.get_mut(length) else { return false };
        *place = letter;
        length += 1;
    }
    std::str::from_utf8(&folded[..length]).is_ok_and(|word| SAID.contains(word))
}
