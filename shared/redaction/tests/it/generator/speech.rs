//! Numbers as words, from zero to 9999, in the five languages (Italian and Dutch speak single digits only).

use super::random::Random;

/// How a language says a number below ten thousand.
pub(super) type Say = fn(usize, &mut Random) -> String;

fn join(parts: &[&str], with: &str) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(with)
}

const EN: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

pub(super) fn en(n: usize, random: &mut Random) -> String {
    let tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    match n {
        0..20 => EN[n].to_owned(),
        20..100 if n.is_multiple_of(10) => tens[n / 10].to_owned(),
        20..100 => format!("{}{}{}", tens[n / 10], if random.chance(75) { "-" } else { " " }, EN[n % 10]),
        100..1000 if n.is_multiple_of(100) => format!("{} hundred", EN[n / 100]),
        100..1000 => format!("{} hundred {}{}", EN[n / 100], if random.chance(40) { "and " } else { "" }, en(n % 100, random)),
        _ if n.is_multiple_of(1000) => format!("{} thousand", EN[n / 1000]),
        _ if n.is_multiple_of(100) && !n.is_multiple_of(1000) && random.chance(60) => format!("{} hundred", en(n / 100, random)),
        _ => format!("{} thousand {}{}", EN[n / 1000], if n % 1000 < 100 { "and " } else { "" }, en(n % 1000, random)),
    }
}

const ES: [&str; 30] = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];

pub(super) fn es(n: usize, random: &mut Random) -> String {
    let tens = ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
    let hundreds = [
        "",
        "ciento",
        "doscientos",
        "trescientos",
        "cuatrocientos",
        "quinientos",
        "seiscientos",
        "setecientos",
        "ochocientos",
        "novecientos",
    ];
    match n {
        // Typed or recognised without its accent.
        0..30 if random.chance(8) => ES[n].replace('é', "e").replace('ó', "o"),
        0..30 => ES[n].to_owned(),
        30..100 if n.is_multiple_of(10) => tens[n / 10].to_owned(),
        30..100 => format!("{} y {}", tens[n / 10], ES[n % 10]),
        100 => "cien".to_owned(),
        101..1000 if n.is_multiple_of(100) => hundreds[n / 100].to_owned(),
        101..1000 => format!("{} {}", hundreds[n / 100], es(n % 100, random)),
        _ => {
            let head = if n / 1000 == 1 { String::new() } else { es(n / 1000, random) };
            let tail = if n.is_multiple_of(1000) { String::new() } else { es(n % 1000, random) };
            join(&[&head, "mil", &tail], " ")
        }
    }
}

const DE: [&str; 20] = [
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
];

pub(super) fn de(n: usize, random: &mut Random) -> String {
    let tens = ["", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];
    let one = |n: usize| if n == 1 { "ein" } else { DE[n] };
    match n {
        0..20 => DE[n].to_owned(),
        // Switzerland has no ß.
        30..40 if random.chance(15) => de(n, random).replace('ß', "ss"),
        20..100 if n.is_multiple_of(10) => tens[n / 10].to_owned(),
        20..100 => format!("{}und{}", one(n % 10), tens[n / 10]),
        100..1000 if n.is_multiple_of(100) => format!("{}hundert", one(n / 100)),
        100..1000 => format!("{}hundert{}", one(n / 100), de(n % 100, random)),
        _ if n.is_multiple_of(1000) => format!("{}tausend", one(n / 1000)),
        _ => format!("{}tausend{}", one(n / 1000), de(n % 1000, random)),
    }
}

const FR: [&str; 20] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze",
    "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
];

pub(super) fn fr(n: usize, random: &mut Random) -> String {
    let tens = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante"];
    match n {
        0..20 => FR[n].to_owned(),
        20..70 if n.is_multiple_of(10) => tens[n / 10].to_owned(),
        20..70 if n % 10 == 1 => format!("{} et un", tens[n / 10]),
        20..70 => format!("{}-{}", tens[n / 10], FR[n % 10]),
        // In Belgium and Switzerland.
        70 | 90 if random.chance(10) => if n == 70 { "septante" } else { "nonante" }.to_owned(),
        72..80 if random.chance(10) => format!("septante-{}", FR[n - 70]),
        92..100 if random.chance(10) => format!("nonante-{}", FR[n - 90]),
        71 => "soixante et onze".to_owned(),
        70..80 => format!("soixante-{}", FR[n - 60]),
        80 => "quatre-vingts".to_owned(),
        81..100 => format!("quatre-vingt-{}", FR[n - 80]),
        100 => "cent".to_owned(),
        101..200 => format!("cent {}", fr(n - 100, random)),
        200..1000 if n.is_multiple_of(100) => format!("{} cents", FR[n / 100]),
        200..1000 => format!("{} cent {}", FR[n / 100], fr(n % 100, random)),
        _ => {
            let head = if n / 1000 == 1 { "" } else { FR[n / 1000] };
            let tail = if n.is_multiple_of(1000) { String::new() } else { fr(n % 1000, random) };
            join(&[head, "mille", &tail], " ")
        }
    }
}

const PT: [&str; 20] = [
    "zero",
    "um",
    "dois",
    "três",
    "quatro",
    "cinco",
    "seis",
    "sete",
    "oito",
    "nove",
    "dez",
    "onze",
    "doze",
    "treze",
    "catorze",
    "quinze",
    "dezesseis",
    "dezessete",
    "dezoito",
    "dezenove",
];

pub(super) fn pt(n: usize, random: &mut Random) -> String {
    let tens = ["", "", "vinte", "trinta", "quarenta", "cinquenta", "sessenta", "setenta", "oitenta", "noventa"];
    let hundreds = [
        "",
        "cento",
        "duzentos",
        "trezentos",
        "quatrocentos",
        "quinhentos",
        "seiscentos",
        "setecentos",
        "oitocentos",
        "novecentos",
    ];
    match n {
        16 if random.chance(20) => "dezasseis".to_owned(),
        0..20 => PT[n].to_owned(),
        20..100 if n.is_multiple_of(10) => tens[n / 10].to_owned(),
        20..100 => format!("{} e {}", tens[n / 10], PT[n % 10]),
        100 => "cem".to_owned(),
        101..1000 if n.is_multiple_of(100) => hundreds[n / 100].to_owned(),
        101..1000 => format!("{} e {}", hundreds[n / 100], pt(n % 100, random)),
        _ => {
            let head = if n / 1000 == 1 { "" } else { PT[n / 1000] };
            let tail = if n.is_multiple_of(1000) { String::new() } else { pt(n % 1000, random) };
            join(&[head, "mil", &tail], " ")
        }
    }
}
