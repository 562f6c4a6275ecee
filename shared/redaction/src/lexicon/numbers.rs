//! Number words and months in seven languages, folded to lower case without accents.

use super::compounds;

/// How many languages number words come in.
pub(crate) const LANGUAGES: usize = 7;

pub(crate) const EN: usize = 0;
const ES: usize = 1;
pub(crate) const DE: usize = 2;
pub(crate) const FR: usize = 3;
const PT: usize = 4;
pub(super) const IT: usize = 5;
pub(crate) const NL: usize = 6;

/// What a word counts in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// 0 to 9.
    Digit(u8),
    /// 10 to 99 in one word, to which nothing is added.
    Pair(u8),
    /// 20, 30, .. to which a unit may be added, directly or after an [`Sense::And`].
    Tens(u8),
    /// As [`Sense::Tens`], but only after an [`Sense::And`]: `treinta y cinco`.
    TensAnd(u8),
    /// French 60 and 80 and ten, to which up to nineteen or nine are added: `soixante-dix-huit`.
    Score(u8),
    /// The next digit so many times.
    Times(u8),
    /// So many digits follow or are meant: `four times seven`.
    By,
    /// Several of this digit: `four sevens`.
    Plural(u8),
    /// Joins the parts of a number.
    And,
    /// Times a hundred, or a hundred.
    Hundred,
    /// 100, 200, .. in one word: `quinientos`.
    Hundreds(u8),
    /// Times a thousand, or a thousand.
    Thousand,
    /// A month's name, for expiry dates.
    Month(u8),
}

impl Sense {
    /// Has what it counts more than one digit?
    pub(crate) fn is_large(self) -> bool {
        !matches!(self, Self::Digit(_) | Self::Times(_) | Self::And | Self::By | Self::Plural(_) | Self::Month(_))
    }
}

use Sense::{And, By, Digit, Hundred, Hundreds, Month, Pair, Plural, Score, Tens, TensAnd, Thousand, Times};

/// The words of one language. Neighbours in a list are parted by commas, words for the same by blanks.
struct Words {
    language: usize,
    /// 0 to 9.
    digits: &'static str,
    /// 10 to 19.
    teens: &'static str,
    /// 20, 30, .. and how a unit is added to them.
    tens: (&'static str, fn(u8) -> Sense),
    /// January to December.
    months: &'static str,
    others: &'static [(&'static str, Sense)],
}

/// `(language, word, sense)` of every number word.
pub(super) fn all() -> impl Iterator<Item = (usize, String, Sense)> {
    let listed = WORDS.iter().flat_map(|words| words.all().map(|(word, sense)| (words.language, word.to_owned(), sense)));
    let german = compounds::german().map(|(word, value)| (DE, word, Pair(value)));
    let dutch = compounds::dutch().map(|(word, value)| (NL, word, Pair(value)));
    let italian = compounds::italian().map(|(word, value)| (IT, word, Pair(value)));
    let english = compounds::english().map(|(word, value)| (EN, word, Pair(value)));
    listed.chain(english).chain(german).chain(dutch).chain(italian)
}

impl Words {
    fn all(&self) -> impl Iterator<Item = (&'static str, Sense)> {
        let (tens, sense) = self.tens;
        let digits = split(self.digits, 0).map(|(word, value)| (word, Digit(value)));
        let to_nineteen = split(self.teens, 10).map(|(word, value)| (word, Pair(value)));
        let tens = split(tens, 2).map(move |(word, value)| (word, sense(value * 10)));
        let months = split(self.months, 1).map(|(word, month)| (word, Month(month)));
        let others = self.others.iter().flat_map(|(words, sense)| words.split_whitespace().map(|word| (word, *sense)));
        // What is listed last holds: the exceptions.
        digits.chain(to_nineteen).chain(tens).chain(months).chain(others)
    }
}

/// Each word with its place in the list, from `first` on.
fn split(list: &'static str, first: u8) -> impl Iterator<Item = (&'static str, u8)> {
    (first..).zip(list.split(',')).flat_map(|(value, words)| words.split_whitespace().map(move |word| (word, value)))
}

/// Numbers that are common words elsewhere: `due` in English, `nil`.
pub(super) const WEAK: &str = "due once mil cent cents mar mars nil twice thrice quad";

/// English words that sound like a digit. They are one only amid other digits.
pub(super) const SOUNDS: &[(&str, u8)] = &[
    ("owe", 0),
    ("won", 1),
    ("tree", 3),
    ("free", 3),
    ("fore", 4),
    ("fife", 5),
    ("sicks", 6),
    ("ate", 8),
    ("ait", 8),
    ("to", 2),
    ("too", 2),
    ("for", 4),
];

const WORDS: &[Words] = &[
    Words {
        language: EN,
        digits: "zero oh o nought naught nil, one, two, three, four, five, six, seven, eight, nine niner",
        teens: "ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen",
        tens: ("twenty, thirty, forty fourty, fifty, sixty, seventy, eighty, ninety", Tens),
        months: "january jan, february feb, march mar, april apr, may, june jun, july jul, august aug, september sept sep, october oct, \
                 november nov, december dec",
        others: &[
            ("and", And),
            ("hundred", Hundred),
            ("thousand", Thousand),
            ("double twice", Times(2)),
            ("triple treble thrice", Times(3)),
            ("quadruple quad", Times(4)),
            ("times", By),
            ("zeros zeroes ohs", Plural(0)),
            ("ones", Plural(1)),
            ("twos", Plural(2)),
            ("threes", Plural(3)),
            ("fours", Plural(4)),
            ("fives", Plural(5)),
            ("sixes", Plural(6)),
            ("sevens", Plural(7)),
            ("eights", Plural(8)),
            ("nines", Plural(9)),
        ],
    },
    Words {
        language: ES,
        digits: "cero, uno una un, dos, tres, cuatro, cinco, seis, siete, ocho, nueve",
        teens: "diez, once, doce, trece, catorce, quince, dieciseis, diecisiete, dieciocho, diecinueve, \
                , veintiuno veintiun, veintidos, veintitres, veinticuatro, veinticinco, veintiseis, veintisiete, veintiocho, veintinueve",
        tens: ("veinte, treinta, cuarenta, cincuenta, sesenta, setenta, ochenta, noventa", TensAnd),
        months: "enero ene, febrero feb, marzo mar, abril abr, mayo, junio jun, julio jul, agosto, septiembre setiembre sept sep, octubre oct, \
                 noviembre nov, diciembre dic",
        others: &[
            ("y", And),
            ("doble", Times(2)),
            ("triple", Times(3)),
            ("cuadruple", Times(4)),
            ("veces", By),
            ("ceros", Plural(0)),
            ("unos", Plural(1)),
            ("doses", Plural(2)),
            ("treses", Plural(3)),
            ("cuatros", Plural(4)),
            ("cincos", Plural(5)),
            ("sietes", Plural(7)),
            ("ochos", Plural(8)),
            ("nueves", Plural(9)),
            ("cien ciento", Hundreds(1)),
            ("doscientos doscientas", Hundreds(2)),
            ("trescientos trescientas", Hundreds(3)),
            ("cuatrocientos cuatrocientas", Hundreds(4)),
            ("quinientos quinientas", Hundreds(5)),
            ("seiscientos seiscientas", Hundreds(6)),
            ("setecientos setecientas", Hundreds(7)),
            ("ochocientos ochocientas", Hundreds(8)),
            ("novecientos novecientas", Hundreds(9)),
            ("mil", Thousand),
        ],
    },
    Words {
        language: DE,
        digits: "null, eins ein eine, zwei zwo, drei, vier, funf fuenf, sechs, sieben, acht, neun",
        teens: "zehn, elf, zwolf zwoelf, dreizehn, vierzehn, funfzehn fuenfzehn, sechzehn, siebzehn, achtzehn, neunzehn",
        tens: ("zwanzig, dreissig dreisig, vierzig, funfzig fuenfzig, sechzig, siebzig, achtzig, neunzig", Pair),
        months: "januar janner, februar feb, marz maerz mrz, april apr, mai, juni jun, juli jul, august aug, september sept sep, oktober okt, \
                 november nov, dezember dez",
        others: &[
            ("und", And),
            ("hundert", Hundred),
            ("tausend", Thousand),
            ("doppel doppelt doppelte zweimal", Times(2)),
            ("dreifach dreifache dreimal", Times(3)),
            ("vierfach vierfache viermal", Times(4)),
            ("mal", By),
            ("nullen", Plural(0)),
            ("einsen einser", Plural(1)),
            ("zweien zweier", Plural(2)),
            ("dreien dreier", Plural(3)),
            ("vieren vierer", Plural(4)),
            ("funfen funfer", Plural(5)),
            ("sechsen sechser", Plural(6)),
            ("siebenen siebener", Plural(7)),
            ("achten achter", Plural(8)),
            ("neunen neuner", Plural(9)),
        ],
    },
    Words {
        language: FR,
        digits: "zero, un une, deux, trois, quatre, cinq, six, sept, huit, neuf",
        teens: "dix, onze, douze, treize, quatorze, quinze, seize",
        tens: ("vingt vingts, trente, quarante, cinquante, soixante, septante, huitante octante, nonante", Tens),
        months: "janvier janv, fevrier fevr, mars, avril avr, mai, juin, juillet juil, aout aou, septembre, octobre oct, novembre nov, \
                 decembre dec",
        others: &[
            ("dix", Score(10)),
            ("soixante", Score(60)),
            ("et", And),
            ("cent cents", Hundred),
            ("mille mil", Thousand),
            ("double", Times(2)),
            ("triple", Times(3)),
            ("quadruple", Times(4)),
            ("fois", By),
            ("zeros", Plural(0)),
        ],
    },
    Words {
        language: PT,
        digits: "zero, um uma, dois duas, tres, quatro, cinco, seis meia, sete, oito, nove",
        teens: "dez, onze, doze, treze, catorze quatorze, quinze, dezesseis dezasseis, dezessete dezassete, dezoito, dezenove dezanove",
        tens: ("vinte, trinta, quarenta, cinquenta, sessenta, setenta, oitenta, noventa", TensAnd),
        months: "janeiro, fevereiro fev, marco mar, abril abr, maio, junho jun, julho jul, agosto, setembro, outubro, novembro nov, dezembro",
        others: &[
            ("e", And),
            ("duplo dupla dobro", Times(2)),
            ("triplo tripla", Times(3)),
            ("quadruplo quadrupla", Times(4)),
            ("vezes", By),
            ("zeros", Plural(0)),
            ("setes", Plural(7)),
            ("oitos", Plural(8)),
            ("noves", Plural(9)),
            ("cem cento", Hundreds(1)),
            ("duzentos duzentas", Hundreds(2)),
            ("trezentos trezentas", Hundreds(3)),
            ("quatrocentos quatrocentas", Hundreds(4)),
            ("quinhentos quinhentas", Hundreds(5)),
            ("seiscentos seiscentas", Hundreds(6)),
            ("setecentos setecentas", Hundreds(7)),
            ("oitocentos oitocentas", Hundreds(8)),
            ("novecentos novecentas", Hundreds(9)),
            ("mil", Thousand),
        ],
    },
    Words {
        language: IT,
        digits: "zero, uno una un, due, tre, quattro, cinque, sei, sette, otto, nove",
        teens: "dieci, undici, dodici, tredici, quattordici, quindici, sedici, diciassette, diciotto, diciannove",
        tens: ("venti, trenta, quaranta, cinquanta, sessanta, settanta, ottanta, novanta", Tens),
        months: "gennaio, febbraio, marzo, aprile, maggio, giugno, luglio, agosto, settembre, ottobre, novembre, dicembre",
        others: &[
            ("e", And),
            ("cento cent", Hundred),
            ("mila mille", Thousand),
            ("doppio doppia", Times(2)),
            ("triplo tripla", Times(3)),
            ("quadruplo", Times(4)),
            ("volte", By),
            ("zeri", Plural(0)),
        ],
    },
    Words {
        language: NL,
        digits: "nul, een, twee, drie, vier, vijf vyf, zes, zeven, acht, negen",
        teens: "tien, elf, twaalf, dertien, veertien, vijftien, zestien, zeventien, achttien, negentien",
        tens: ("twintig, dertig, veertig, vijftig, zestig, zeventig, tachtig, negentig", Pair),
        months: "januari, februari, maart, april, mei, juni, juli, augustus, september, oktober, november, december",
        others: &[
            ("en", And),
            ("honderd", Hundred),
            ("duizend", Thousand),
            ("dubbel dubbele tweemaal", Times(2)),
            ("driedubbel driedubbele driemaal", Times(3)),
            ("viermaal", Times(4)),
            ("keer maal", By),
            ("nullen", Plural(0)),
            ("enen", Plural(1)),
            ("tweeen", Plural(2)),
            ("drieen", Plural(3)),
            ("vieren", Plural(4)),
            ("vijven", Plural(5)),
            ("zessen", Plural(6)),
            ("zevens", Plural(7)),
            ("achten", Plural(8)),
            ("negens", Plural(9)),
        ],
    },
];
