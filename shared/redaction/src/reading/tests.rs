use super::*;
use crate::text::Texts;

fn plain(symbols: &[Symbol]) -> String {
    let sign = |symbol: &Symbol| match (symbol.digit, symbol.letter) {
        (Some(digit), _) => char::from(b'0' + digit),
        (None, letter) => letter.map_or('?', char::from),
    };
    symbols.iter().map(sign).collect()
}

/// All ways in which the first run of a text that counts is read.
fn ways(source: &str, lexicon: &Lexicon) -> Vec<String> {
    let mut texts = Texts::new(1, crate::text::Lists::default());
    texts.push(source, None, lexicon, &crate::Extras::none());
    texts.look_through(lexicon);
    let text = texts.get(0).expect("a text");
    let run = text.runs.iter().find(|run| run.counts);
    let mut ways = Vec::new();
    if let Some(run) = run {
        readings(&text, 0, run, lexicon, &mut Vec::new(), |symbols| ways.push(plain(symbols)));
    }
    ways
}

#[track_caller]
fn check(source: &str, expected: &str) {
    let found = ways(source, &Lexicon::new());
    assert_eq!(found.first().map(String::as_str), Some(expected), "{source}");
}

#[track_caller]
fn check_ways(source: &str, expected: &[&str]) {
    assert_eq!(ways(source, &Lexicon::new()), expected, "{source}");
}

#[test]
fn english() {
    check("twenty-three-one-nine", "2319");
    check("four, double oh, seven, oh", "40070");
    check("sixty double one triple 4", "6011444");
    check("four hundred twelve", "412");
    check("nineteen hundred", "1900");
    check("oh four twenty-eight", "0428");
    check("4 3, space 6 58443 uh 9 10, sorry 8060", "436584439108060");
    check("tango papa mike oh six", "TPM06");
    check("four thousand one hundred and eleven, forty-one hundred, five hundred and sixty-two", "41114100562");
    check("twelve thousand three hundred forty five", "12345");
    check("4 thousand 111", "4111");
    check("forty-one hundred", "4100");
    check("two thousand, nineteen", "2019");
    check("four fours, three times seven, double the two, thrice 9", "444477722999");
    check("forty one, eleven, twentyfive", "411125");
    check("o double o nine", "0009");
}

#[test]
fn what_may_be_one_number_or_two_is_read_both_ways() {
    check_ways("sixty two", &["62", "602"]);
    check_ways("four hundred twelve", &["412", "40012"]);
    check_ways("sixty-two, one", &["621"]);
    check_ways("two thousand nine, sixty two", &["200962", "20009602", "2009602", "2000962"]);
    check_ways("soixante dix huit", &["78", "60108", "708", "6018"]);
    check_ways("four one one one", &["4111"]);
}

#[test]
fn spanish() {
    check("veinticinco noventa setenta y dos", "259072");
    check("doble cinco tres dos", "5532");
    check("cuatro mil ciento once quinientos veintitrés", "4111523");
    check("mil doscientos, tres veces el cinco", "1200555");
}

#[test]
fn german() {
    check("siebenundfünfzig fünf einundvierzig doppel null", "5754100");
    check("viertausendeinhundertelf, vierhundertzwölf", "4111412");
    check("vier und zwanzig, drei mal die Sieben", "24777");
    check("zweitausenddreißig hundertdreiundzwanzig", "2030123");
}

#[test]
fn french() {
    check("quatre-vingt-dix-sept zéro neuf dix-huit", "970918");
    check("soixante-dix-huit quatre-deux-un-un vingt et un", "78421121");
    check("quatre-vingts soixante et onze", "8071");
    check("quatre mille cent onze quatre cent douze", "4111412");
    check("septante-deux, nonante et un, trois fois le sept", "7291777");
}

#[test]
fn italian() {
    check("ventitré quarantotto zero doppio sette sessantuno tre", "2348077613");
    check("quattromilacentoundici, tre volte il cinque", "4111555");
}

#[test]
fn dutch() {
    check("vierentwintig, drieëndertig nul dubbel zeven elf", "243307711");
    check("vierduizend honderdelf, vier en twintig, drie keer de zeven", "411124777");
}

#[test]
fn portuguese() {
    check("sete-oito-nove um-nove-seis vinte e três meia", "789196236");
    check("quatro mil cento e onze, quinhentos e vinte e três", "4111523");
    check("dois mil e trinta, três vezes o cinco", "2030555");
}

#[test]
fn what_is_said_between_digits_is_no_number() {
    check("four one one one, the next four are one one one one", "41111111");
    check("four one one one and the next 4 digits are 1111", "41111111");
    check("4111 one sec 1111 hang on let me see 1111", "411111111111");
    check("vier eins, einen Moment, eins eins", "4111");
    check("quatre un, un instant, un un", "4111");
    check("cuatro uno los siguientes cuatro son uno uno uno dos", "411112");
    check("quattro uno un attimo uno uno, poi due", "41112");
}

#[test]
fn letters_are_spelt_by_name_and_by_example() {
    check("B as in Bravo, 1 2 3 C for Charlie", "B123C");
    check("A as in apple, B like boat, one two", "AB12");
    check("D wie Dora E wie Emil acht neun", "DE89");
    check("Dora Emil acht neun", "DE89");
    check("F comme François R comme Raoul sept six", "FR76");
    check("double u x one two", "WX12");
    check("jay kay one two", "JK12");
    check("my friend emil 1234", "1234");
}

#[track_caller]
fn check_way(source: &str, expected: &str) {
    let found = ways(source, &Lexicon::new());
    assert!(found.iter().any(|way| way == expected), "{source}: {found:?}");
}

#[test]
fn what_is_taken_back_may_not_count() {
    for (source, expected) in [
        ("four one one one, no sorry, one one two one", "1121"),
        ("four one one two, no sorry, one", "4111"),
        ("four five six, I mean five six seven", "4567"),
        ("four one one three wait, that's two two", "4122"),
        ("4111 1112, scratch that, 1111", "41111111"),
        ("vier eins zwei, nein, Entschuldigung, eins eins", "411"),
        ("cuatro uno dos, no, perdón, uno uno", "411"),
        ("quatre un deux non, pardon un un", "411"),
        ("quatro um dois não, desculpe, um um", "411"),
        ("quattro uno due no, scusi, uno uno", "411"),
        ("vier een twee nee, sorry, een een", "411"),
        ("four one two, let me start again, four one one one", "4111"),
        ("one two, no wait, one three four, I mean five", "135"),
    ] {
        check_way(source, expected);
    }
    check("4 3, space 6 58443 uh 9 10, sorry 8060", "436584439108060");
}

/// What a number below ten thousand is called, written apart from what reads it.
mod speller {
    /// How numbers are said.
    #[derive(Clone, Copy, Debug)]
    pub(super) struct Style {
        pub(super) language: usize,
        /// `five hundred and six`, `septante`, hyphens in French, German in several words.
        pub(super) variant: bool,
    }

    const UNITS: [&str; 7] = [
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho \
         diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve",
        "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn \
         neunzehn",
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
        "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove",
        "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette \
         diciotto diciannove",
        "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien \
         negentien",
    ];
    const TENS: [&str; 7] = [
        "twenty thirty forty fifty sixty seventy eighty ninety",
        "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
        "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
        "vingt trente quarante cinquante soixante septante huitante nonante",
        "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
        "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
        "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    ];
    const ES_HUNDREDS: &str =
        "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos";
    const PT_HUNDREDS: &str = "cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos";

    fn nth(list: &str, at: u32) -> String {
        list.split_whitespace().nth(at as usize).expect("listed").to_owned()
    }

    pub(super) fn spell(n: u32, style: Style) -> String {
        let Style { language, variant } = style;
        match n {
            0..100 => below_hundred(n, style),
            100..1000 => {
                let (hundreds, rest) = (n / 100, n % 100);
                let unit = if hundreds == 1 { String::new() } else { nth(UNITS[language], hundreds) };
                let tail = if rest == 0 { String::new() } else { below_hundred(rest, style) };
                let parts = match language {
                    0 => [
                        nth(UNITS[0], hundreds) + " hundred",
                        if variant && rest > 0 { "and".to_owned() } else { String::new() },
                        tail,
                    ],
                    1 if n == 100 => ["cien".to_owned(), String::new(), tail],
                    1 => [nth(ES_HUNDREDS, hundreds - 1), String::new(), tail],
                    4 if n == 100 => ["cem".to_owned(), String::new(), tail],
                    4 => [nth(PT_HUNDREDS, hundreds - 1), if rest > 0 { "e".to_owned() } else { String::new() }, tail],
                    3 => [unit, if hundreds > 1 && rest == 0 { "cents" } else { "cent" }.to_owned(), tail],
                    2 => return format!("{unit}hundert{tail}"),
                    5 => return format!("{unit}cento{tail}"),
                    _ => return format!("{unit}honderd{tail}"),
                };
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
            }
            _ => {
                let (thousands, rest) = (n / 1000, n % 1000);
                let tail = if rest == 0 { String::new() } else { spell(rest, style) };
                let unit = if thousands == 1 { String::new() } else { nth(UNITS[language], thousands) };
                let said = match language {
                    0 => format!(
                        "{} thousand {}{tail}",
                        nth(UNITS[0], thousands),
                        if rest > 0 && rest < 100 { "and " } else { "" }
                    ),
                    1 => format!("{unit} mil {tail}"),
                    3 => format!("{unit} mille {tail}"),
                    4 => format!("{unit} mil {}{tail}", if rest > 0 && (rest < 100 || rest % 100 == 0) { "e " } else { "" }),
                    2 if variant => format!("{unit} tausend {tail}"),
                    2 => format!("{unit}tausend{tail}"),
                    5 if thousands == 1 => format!("mille{tail}"),
                    5 => format!("{unit}mila{tail}"),
                    _ => format!("{unit}duizend {tail}"),
                };
                said.trim().to_owned()
            }
        }
    }

    fn below_hundred(n: u32, Style { language, variant }: Style) -> String {
        let (tens, unit) = (n / 10, n % 10);
        if let Some(word) = UNITS[language].split_whitespace().nth(n as usize) {
            return word.to_owned();
        }
        let ten = nth(TENS[language], tens - 2);
        match (language, tens, unit) {
            (3, 7 | 9, _) if !variant => {
                let join = if n == 71 { " et " } else { "-" };
                let head = if tens == 7 { "soixante" } else { "quatre-vingt" };
                format!("{head}{join}{}", below_hundred(10 + unit, Style { language, variant }))
            }
            (3, 8, 0) if !variant => "quatre-vingts".to_owned(),
            (3, 8, _) if !variant => format!("quatre-vingt-{}", nth(UNITS[3], unit)),
            (_, _, 0) => ten,
            (0, ..) => format!("{ten}-{}", nth(UNITS[0], unit)),
            (1, ..) => format!("{ten} y {}", nth(UNITS[1], unit)),
            (2, ..) => {
                let unit = if unit == 1 { "ein".to_owned() } else { nth(UNITS[2], unit) };
                if variant { format!("{unit} und {ten}") } else { format!("{unit}und{ten}") }
            }
            (3, _, 1) => format!("{ten} et un"),
            (3, ..) => format!("{ten}-{}", nth(UNITS[3], unit)),
            (4, ..) => format!("{ten} e {}", nth(UNITS[4], unit)),
            (5, _, 1 | 8) => format!("{}{}", &ten[..ten.len() - 1], nth(UNITS[5], unit)),
            (5, ..) => format!("{ten}{}", nth(UNITS[5], unit)),
            _ => format!("{}{}{ten}", nth(UNITS[6], unit), if matches!(unit, 2 | 3) { "ën" } else { "en" }),
        }
    }
}

mod laws {
    use proptest::prelude::*;

    use super::speller::{Style, spell};
    use super::*;

    thread_local! {
        static LEXICON: Lexicon = Lexicon::new();
    }

    /// Numbers, each below ten thousand, and how they are said.
    fn said() -> impl Strategy<Value = (Vec<u32>, Style)> {
        let number = prop_oneof![0..10_u32, 10..100_u32, 100..1000_u32, 1000..10_000_u32];
        let style = (0..LANGUAGES, any::<bool>()).prop_map(|(language, variant)| Style { language, variant });
        (proptest::collection::vec(number, 3..9), style)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn numbers_said_with_pauses_are_read_as_they_are((numbers, style) in said()) {
            let words: Vec<String> = numbers.iter().map(|n| spell(*n, style)).collect();
            let expected: String = numbers.iter().map(u32::to_string).collect();
            let source = words.join("; ").replace(';', ".");
            let found = LEXICON.with(|lexicon| ways(&source, lexicon));
            prop_assert!(found.first() == Some(&expected), "{source}: {found:?}");
        }

        #[test]
        fn digits_are_read_as_they_are_without_pauses(digits in "[0-9]{4,19}", language in 0..LANGUAGES) {
            let style = Style { language, variant: false };
            let words: Vec<String> = digits.bytes().map(|digit| spell(u32::from(digit - b'0'), style)).collect();
            let source = words.join(" ");
            let found = LEXICON.with(|lexicon| ways(&source, lexicon));
            prop_assert_eq!(&found, &[digits], "{}", source);
        }

        #[test]
        fn pairs_without_pauses_are_among_the_ways(
            pairs in proptest::collection::vec(10..100_u32, 3..9), last in proptest::option::of(1..10_u32), language in 0..LANGUAGES,
        ) {
            let style = Style { language, variant: false };
            let numbers: Vec<u32> = pairs.into_iter().chain(last).collect();
            let words: Vec<String> = numbers.iter().map(|n| spell(*n, style)).collect();
            let expected: String = numbers.iter().map(u32::to_string).collect();
            let source = words.join(" ");
            let found = LEXICON.with(|lexicon| ways(&source, lexicon));
            prop_assert!(found.contains(&expected), "{source}: {found:?}");
        }
    }
}
