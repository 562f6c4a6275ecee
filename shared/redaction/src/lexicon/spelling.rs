//! Letters as they are spelt out (ICAO alphabet), and what people say between the digits.

const ALPHABET: &str = "alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo \
                        sierra tango uniform victor whiskey xray yankee zulu alpha juliet whisky";

/// Words and signs that stand between the digits of one number.
pub(super) const FILLERS: &str = "\
    uh um er erm ah hm hmm mm and then so okay ok sorry wait hold on you know space dash hyphen dot point slash comma like well yes yeah \
    right next now please let me see of date fecha datum \
    eh del de este esto luego despues perdon perdona espera espere punto guion barra espacio pues bueno si entonces coma \
    ah aeh ahm und dann also moment punkt strich bindestrich leerzeichen ja warten warte komma entschuldigung genau \
    et euh ben alors puis attendez attends ensuite tiret espace pardon oui donc virgule \
    ahn hum hmm entao depois espere espera desculpe ponto traco espaco barra hifen sim virgula ray \
    times mal veces fois vezes volte keer maal en";

/// What stands before a digit that is said several times: `drei mal die Sieben`.
pub(super) const ARTICLES: &str = "the die der el la los le les o a os il lo de het";

/// Each word with the letter that it spells, and each letter by itself.
pub(super) fn letters() -> impl Iterator<Item = (String, u8)> {
    let alone = ('a'..='z').map(|c| c.to_string());
    let words = ALPHABET.split_whitespace().map(str::to_owned);
    alone.chain(words).filter_map(|word| word.bytes().next().map(|letter| (word, letter.to_ascii_uppercase())))
}
