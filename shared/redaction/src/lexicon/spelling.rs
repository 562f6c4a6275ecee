//! Letters as they are spelt out (ICAO alphabet), and what people say between the digits.

const ALPHABET: &str = "alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo \
                        sierra tango uniform victor whiskey xray yankee zulu alpha juliet whisky";

/// Words and signs that stand between the digits of one number.
pub(super) const FILLERS: &str = "\
    uh um er erm ah hm hmm mm and then so okay ok sorry wait hold on you know space dash hyphen dot point slash comma like well yes yeah \
    mmm hmmm mhm sigue umm uhm uhh ehm ahem euhm voila \
    right next now please let me see of date fecha datum \
    eh del de este esto luego despues perdon perdona espera espere punto guion barra espacio pues bueno si entonces coma \
    ah aeh ahm und dann also moment punkt strich bindestrich leerzeichen ja warten warte komma entschuldigung genau \
    et euh ben alors puis attendez attends ensuite tiret espace pardon oui donc virgule \
    ahn hum hmm entao depois espere espera desculpe ponto traco espaco barra hifen sim virgula ray \
    bon vale pronto bom ta weiter schragstrich barre \
    times mal veces fois vezes volte keer maal en sur";

/// What stands before a digit that is said several times: `drei mal die Sieben`.
pub(super) const ARTICLES: &str = "the die der el la los le les o a os il lo de het";

/// Names, towns and letters by their names, which spell a letter only next to other letters: the older English alphabet, the
/// German ones (`Dora Emil`, DIN 5009 old and new), the French, Spanish, Portuguese, Italian and Dutch ones.
const NAMES: &str = "apple boy cat hat harry ice jack king kite larry nancy ocean oliver orange queenie roger sugar tom tommy union uncle \
    yellow young zulu nectar jimmy henry oboe peter benjamin bertha \
    able adam apple boy harry king nancy ocean roger union young baker charles dog david edward easy fox frank george henry ida john jig lincoln \
    mary nan nora peter queen robert sam sugar tare thomas uncle william zebra \
    anton berta casar dora emil friedrich gustav heinrich julius kaufmann konrad ludwig martha nordpol otto paula quelle richard samuel \
    siegfried theodor ulrich viktor wilhelm xanthippe ypsilon zacharias zeppelin \
    aachen berlin chemnitz dusseldorf frankfurt goslar hamburg ingelheim jena koln leipzig munchen nurnberg offenbach potsdam \
    quickborn rostock salzwedel tubingen unna volklingen wuppertal xanten zwickau \
    anatole berthe celestin desire eugene francois gaston henri irma joseph kleber louis marcel nicolas oscar pierre quintal raoul \
    suzanne therese ursule william xavier yvonne zoe \
    antonio barcelona carmen dolores enrique francia gerona historia ines jose lorenzo madrid navarra oviedo paris ramon sabado \
    tarragona ulises valencia zaragoza \
    ancona bologna domodossola empoli firenze genova imola livorno milano napoli palermo quarto roma savona torino udine venezia \
    bernard cornelis dirk eduard ferdinand gerard hendrik izaak karel lodewijk maria nico pieter quotient rudolf simon teunis utrecht \
    willem zaandam \
    bee cee dee gee jay kay pee queue cue tee vee zee zed zett efe ele eme ene jota erre ese uve equis zeta elle emme enne effe esse \
    xis zede zeta vau \
    ess ell ji kaa haa jott jot zet";

/// What is spelt by its sound rather than its first letter.
const SOUNDS: &[(&str, u8)] = &[
    ("cue", b'Q'),
    ("efe", b'F'),
    ("effe", b'F'),
    ("eff", b'F'),
    ("ele", b'L'),
    ("elle", b'L'),
    ("eme", b'M'),
    ("emme", b'M'),
    ("ene", b'N'),
    ("enne", b'N'),
    ("erre", b'R'),
    ("ese", b'S'),
    ("ess", b'S'),
    ("esse", b'S'),
    ("equis", b'X'),
    ("aitch", b'H'),
    ("haitch", b'H'),
    ("hache", b'H'),
    ("acca", b'H'),
    ("aga", b'H'),
    ("wye", b'Y'),
    ("ipsilon", b'Y'),
    ("ixe", b'X'),
    ("iks", b'X'),
    ("ics", b'X'),
    ("cappa", b'K'),
    ("dabliu", b'W'),
    ("dablio", b'W'),
    ("ell", b'L'),
    ("enye", b'N'),
];

/// Each word that spells a letter next to other letters, with that letter.
pub(super) fn names() -> impl Iterator<Item = (&'static str, u8)> {
    let names = NAMES.split_whitespace().filter_map(|word| Some((word, word.bytes().next()?.to_ascii_uppercase())));
    names.chain(SOUNDS.iter().copied())
}

/// What stands between a letter and a word that begins with it: `B as in Bravo`, `D wie Dora`.
pub(super) const EXAMPLES: &str = "as in,for,like,as,wie,comme,comme dans,de,como,como en,como em,di,come,van,als";

/// Each word with the letter that it spells, and each letter by itself.
pub(super) fn letters() -> impl Iterator<Item = (String, u8)> {
    let alone = ('a'..='z').map(|c| c.to_string());
    let words = ALPHABET.split_whitespace().map(str::to_owned);
    alone.chain(words).filter_map(|word| word.bytes().next().map(|letter| (word, letter.to_ascii_uppercase())))
}
