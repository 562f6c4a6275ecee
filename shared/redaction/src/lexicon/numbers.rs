//! Number words and months in seven languages, folded to lower case without accents.

use super::compounds;

/// How many languages number words come in.
pub(crate) const LANGUAGES: usize = 7;

const EN: usize = 0;
const ES: usize = 1;
const DE: usize = 2;
pub(crate) const FR: usize = 3;
const PT: usize = 4;
const IT: usize = 5;
const NL: usize = 6;

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
    /// Joins tens and units.
    And,
    /// Two zeros, or room for a pair.
    Hundred,
    /// A month's name, for expiry dates.
    Month(u8),
}

use Sense::{And, Digit, Hundred, Month, Pair, Score, Tens, TensAnd, Times};

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
    listed.chain(german).chain(dutch).chain(italian)
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
pub(super) const WEAK: &str = "due once mil cent cents mars nil";

const WORDS: &[Words] = &[
    Words {
        language: EN,
        digits: "zero oh o nought naught nil, one, two, three, four, five, six, seven, eight, nine niner",
        teens: "ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen",
        tens: ("twenty, thirty, forty fourty, fifty, sixty, seventy, eighty, ninety", Tens),
        months: "january jan, february feb, march, april apr, may, june jun, july jul, august aug, september sep, october oct, \
                 november nov, december dec",
        others: &[("hundred", Hundred), ("double", Times(2)), ("triple treble", Times(3)), ("quadruple", Times(4))],
    },
    Words {
        language: ES,
        digits: "cero, uno una un, dos, tres, cuatro, cinco, seis, siete, ocho, nueve",
        teens: "diez, once, doce, trece, catorce, quince, dieciseis, diecisiete, dieciocho, diecinueve, \
                , veintiuno veintiun, veintidos, veintitres, veinticuatro, veinticinco, veintiseis, veintisiete, veintiocho, veintinueve",
        tens: ("veinte, treinta, cuarenta, cincuenta, sesenta, setenta, ochenta, noventa", TensAnd),
        months: "enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre setiembre, octubre, noviembre, diciembre",
        others: &[("y", And), ("doble", Times(2)), ("triple", Times(3))],
    },
    Words {
        language: DE,
        digits: "null, eins ein eine, zwei zwo, drei, vier, funf fuenf, sechs, sieben, acht, neun",
        teens: "zehn, elf, zwolf zwoelf, dreizehn, vierzehn, funfzehn fuenfzehn, sechzehn, siebzehn, achtzehn, neunzehn",
        tens: ("zwanzig, dreissig dreisig, vierzig, funfzig fuenfzig, sechzig, siebzig, achtzig, neunzig", Pair),
        months: "januar, februar, marz maerz, april, mai, juni, juli, august, september, oktober, november, dezember",
        others: &[("doppel doppelt zweimal", Times(2)), ("dreifach dreimal", Times(3))],
    },
    Words {
        language: FR,
        digits: "zero, un une, deux, trois, quatre, cinq, six, sept, huit, neuf",
        teens: "dix, onze, douze, treize, quatorze, quinze, seize",
        tens: ("vingt vingts, trente, quarante, cinquante, soixante, septante, huitante octante, nonante", Tens),
        months: "janvier, fevrier, mars, avril, mai, juin, juillet, aout, septembre, octobre, novembre, decembre",
        others: &[("dix", Score(10)), ("soixante", Score(60)), ("et", And), ("double", Times(2)), ("triple", Times(3))],
    },
    Words {
        language: PT,
        digits: "zero, um uma, dois duas, tres, quatro, cinco, seis meia, sete, oito, nove",
        teens: "dez, onze, doze, treze, catorze quatorze, quinze, dezesseis dezasseis, dezessete dezassete, dezoito, dezenove dezanove",
        tens: ("vinte, trinta, quarenta, cinquenta, sessenta, setenta, oitenta, noventa", TensAnd),
        months: "janeiro, fevereiro, marco, abril, maio, junho, julho, agosto, setembro, outubro, novembro, dezembro",
        others: &[("e", And), ("duplo dobro", Times(2)), ("triplo", Times(3))],
    },
    Words {
        language: IT,
        digits: "zero, uno una un, due, tre, quattro, cinque, sei, sette, otto, nove",
        teens: "dieci, undici, dodici, tredici, quattordici, quindici, sedici, diciassette, diciotto, diciannove",
        tens: ("venti, trenta, quaranta, cinquanta, sessanta, settanta, ottanta, novanta", Tens),
        months: "gennaio, febbraio, marzo, aprile, maggio, giugno, luglio, agosto, settembre, ottobre, novembre, dicembre",
        others: &[("doppio doppia", Times(2)), ("triplo tripla", Times(3))],
    },
    Words {
        language: NL,
        digits: "nul, een, twee, drie, vier, vijf vyf, zes, zeven, acht, negen",
        teens: "tien, elf, twaalf, dertien, veertien, vijftien, zestien, zeventien, achttien, negentien",
        tens: ("twintig, dertig, veertig, vijftig, zestig, zeventig, tachtig, negentig", Pair),
        months: "januari, februari, maart, april, mei, juni, juli, augustus, september, oktober, november, december",
        others: &[("dubbel dubbele tweemaal", Times(2)), ("driedubbel driemaal", Times(3))],
    },
];
