//! What is written so that it can only be something else: an address of the Internet, coordinates, a date.

/// Does what begins at this byte have the form of something that stays?
pub(crate) fn is_other(source: &str, start: usize) -> bool {
    let text = source.as_bytes().get(start..).unwrap_or_default();
    if is_device(source.as_bytes(), start) {
        return true;
    }
    let next = text.iter().find(|byte| !byte.is_ascii_digit());
    text.first().is_some_and(u8::is_ascii_digit)
        && (matches!(next, Some(b'.' | b'-' | b'/' | b':'))
            && (is_date(text)
                || is_time(text)
                || is_moment(text)
                || is_coordinates(text)
                || is_address(text)
                || is_version(text))
            || is_free_of_charge(text)
            || is_book(text)
            || is_hour(text))
}

/// How many digits a text begins with, and what comes after them.
fn digits(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at(text.iter().take_while(|byte| byte.is_ascii_digit()).count())
}

fn value(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |sum: u32, digit| sum.saturating_mul(10).saturating_add(u32::from(digit - b'0')))
}

/// `2026-08-25T10`, `2026-08-25 10:03`: ISO 8601, with its time.
fn is_moment(text: &[u8]) -> bool {
    matches!(text, [b'1' | b'2', _, _, _, b'-', month @ (b'0' | b'1'), _, b'-', b'0'..=b'3', _, b'T' | b' ', hour, minute, ..]
        if month.is_ascii_digit() && hour.is_ascii_digit() && minute.is_ascii_digit())
        && matches!(text.get(13), None | Some(b':' | b'Z' | b'-' | b'+'))
}

/// Nobody owes a thousand trillions: what has more groups of three is read out so.
const THOUSANDS_MAX: usize = 4;

/// `3.794.442`, `91,199.81`: thousands apart, as in amounts; identity numbers are written so too.
pub(crate) fn is_amount(source: &str, start: usize) -> bool {
    let text = source.as_bytes().get(start..).unwrap_or_default();
    if !matches!(text, [b'0'..=b'9' | b'.' | b',', ..]) {
        return false;
    }
    let (head, mut rest) = digits(text);
    let mut thousands = 0;
    while let [b'.' | b',', after @ ..] = rest {
        let (group, after) = digits(after);
        match group.len() {
            3 => thousands += 1,
            2 if thousands > 0 => return true,
            _ => return false,
        }
        rest = after;
    }
    matches!(head.len(), 1..=3) && (1..=THOUSANDS_MAX).contains(&thousands) && !matches!(rest, [b'-' | b'/', ..])
}

/// `23:32:25`
fn is_time(text: &[u8]) -> bool {
    let (hours, rest) = digits(text);
    let minutes = rest.strip_prefix(b":").map(|rest| digits(rest).0);
    matches!(hours.len(), 1 | 2) && value(hours) < 24 && minutes.is_some_and(|minutes| minutes.len() == 2 && value(minutes) < 60)
}

/// `20h10`: French and Portuguese.
fn is_hour(text: &[u8]) -> bool {
    let (hours, rest) = digits(text);
    let minutes = rest.strip_prefix(b"h").map(digits);
    matches!(hours.len(), 1 | 2)
        && value(hours) < 24
        && minutes.is_some_and(|(minutes, rest)| {
            matches!(minutes.len(), 0 | 2) && value(minutes) < 60 && !rest.first().is_some_and(u8::is_ascii_alphanumeric)
        })
}

/// What follows the numbers of a program's version.
const RELEASES: [&[u8]; 7] = [b"build", b"beta", b"alpha", b"rc", b"snapshot", b"preview", b"dev"];

/// `118.0.2834.54`, `12.16.2590-build5309`: of a program.
fn is_version(text: &[u8]) -> bool {
    let (major, rest) = digits(text);
    let Some((minor, rest)) = rest.strip_prefix(b".").map(digits) else { return false };
    let Some((build, rest)) = rest.strip_prefix(b".").map(digits) else { return false };
    let release = rest.strip_prefix(b"-").or_else(|| rest.strip_prefix(b"+"));
    if release.is_some_and(|release| RELEASES.iter().any(|name| release.starts_with(name))) {
        return true;
    }
    let Some((patch, rest)) = rest.strip_prefix(b".").map(digits) else { return false };
    matches!(major.len(), 1..=3)
        && minor == b"0"
        && matches!(build.len(), 3..=5)
        && matches!(patch.len(), 1..=4)
        && !matches!(rest, [b'.' | b'-' | b'/', b'0'..=b'9', ..])
}

/// Area codes of North America for which nobody who calls them pays.
const FREE_OF_CHARGE: [&[u8]; 7] = [b"800", b"833", b"844", b"855", b"866", b"877", b"888"];

/// `1-800-555-0123`
fn is_free_of_charge(text: &[u8]) -> bool {
    let Some([sign @ (b'-' | b'.' | b' '), rest @ ..]) = text.strip_prefix(b"1") else { return false };
    let (area, rest) = digits(rest);
    let Some((exchange, rest)) = rest.strip_prefix(&[*sign]).map(digits) else { return false };
    let Some((line, rest)) = rest.strip_prefix(&[*sign]).map(digits) else { return false };
    FREE_OF_CHARGE.contains(&area)
        && (exchange.len(), line.len()) == (3, 4)
        && !matches!(rest, [b'.' | b'-' | b'/' | b' ', b'0'..=b'9', ..])
}

/// How many digits an ISBN has, and with what it begins.
const BOOK: usize = 13;
const BOOK_BEGINS: [&[u8]; 2] = [b"978", b"979"];

/// `978-0-306-40615-7`, with its check digit (ISO 2108).
fn is_book(text: &[u8]) -> bool {
    if !BOOK_BEGINS.iter().any(|begins| text.starts_with(begins)) {
        return false;
    }
    let (mut count, mut sum, mut rest) = (0, 0, text);
    while count < BOOK {
        let at = usize::from(count > 0 && matches!(rest, [b'-' | b' ', ..]));
        let Some((digit @ b'0'..=b'9', after)) = rest.get(at..).and_then(<[u8]>::split_first) else { return false };
        sum += u32::from(digit - b'0') * if count % 2 == 0 { 1 } else { 3 };
        count += 1;
        rest = after;
    }
    sum % 10 == 0 && !matches!(rest, [b'0'..=b'9', ..] | [b'-' | b'.' | b'/', b'0'..=b'9', ..])
}

/// `19.08.2023`, `1968-06-14`
fn is_date(text: &[u8]) -> bool {
    let (first, rest) = digits(text);
    let Some((sign @ (b'.' | b'/' | b'-'), rest)) = rest.split_first() else { return false };
    let (second, rest) = digits(rest);
    let Some(rest) = rest.strip_prefix(&[*sign]) else { return false };
    let (third, rest) = digits(rest);
    let (day, year) = if first.len() == 4 { (third, first) } else { (first, third) };
    // Some write the month first.
    let is_day = |text: &[u8]| matches!(text.len(), 1 | 2) && (1..=31).contains(&value(text));
    // `01/06/16`; with dots it may be a part of a Belgian number.
    let is_short =
        year.len() == 2 && *sign == b'/' && first.len() == 2 && second.len() == 2 && value(first).min(value(second)) <= 12;
    (is_short || year.len() == 4 && (1900..2100).contains(&value(year)))
        && is_day(day)
        && is_day(second)
        && !matches!(rest, [b'-' | b'.' | b'/', b'0'..=b'9', ..])
}

/// `20121207`, `07 07 1967`: a day without signs. Only words beside it tell it from other numbers.
pub(crate) fn is_day(text: &str) -> bool {
    let mut groups = text.split(' ').map(str::as_bytes);
    let (first, second, third) = (groups.next().unwrap_or_default(), groups.next(), groups.next());
    let (year, month, day) = match (second, third, first.len()) {
        (None, None, 8) => (&first[..4], &first[4..6], &first[6..]),
        (Some(second), Some(third), 4) => (first, second, third),
        (Some(second), Some(third), 2) => (third, second, first),
        _ => return false,
    };
    // Some write the month first.
    let (month, day) = (value_of(month, 2), value_of(day, 2));
    groups.next().is_none()
        && value_of(year, 4).is_some_and(|year| (1900..2100).contains(&year))
        && month.zip(day).is_some_and(|(month, day)| (1..=12).contains(&month.min(day)) && (1..=31).contains(&month.max(day)))
}

/// The value of so many digits.
fn value_of(text: &[u8], length: usize) -> Option<u32> {
    (text.len() == length && text.iter().all(u8::is_ascii_digit)).then(|| value(text))
}

/// The fewest decimals that coordinates have.
const DECIMALS_MIN: usize = 3;

/// `49.322268, -80.974304`
fn is_coordinates(text: &[u8]) -> bool {
    let second = |rest: &[u8]| {
        let rest = rest.strip_prefix(b",")?.trim_ascii_start();
        degrees(rest.strip_prefix(b"-").unwrap_or(rest)).map(|_| ())
    };
    degrees(text).and_then(second).is_some()
}

/// What comes after degrees with their decimals.
fn degrees(text: &[u8]) -> Option<&[u8]> {
    let (whole, rest) = digits(text);
    let (decimals, rest) = digits(rest.strip_prefix(b".")?);
    (matches!(whole.len(), 1..=3) && value(whole) <= 180 && decimals.len() >= DECIMALS_MIN).then_some(rest)
}

/// `141.93.83.155`
fn is_address(text: &[u8]) -> bool {
    let mut rest = text;
    for part in 0..4 {
        let (number, after) = digits(rest);
        if !matches!(number.len(), 1..=3) || value(number) > 255 || number.len() > 1 && number[0] == b'0' {
            return false;
        }
        rest = match (part, after.strip_prefix(b".")) {
            (3, _) => after,
            (_, Some(rest)) => rest,
            _ => return false,
        };
    }
    // `/24`: the network that it is in.
    let rest = match rest.strip_prefix(b"/").map(digits) {
        Some((network, after)) if matches!(network.len(), 1 | 2) && value(network) <= 32 => after,
        _ => rest,
    };
    !matches!(rest, [b'.' | b'-' | b'/', b'0'..=b'9', ..])
}

/// The longest address of a device in a net: eight groups of four.
const DEVICE_MAX: usize = 39;
const MAC_PAIRS: usize = 6;
const MAC_FOURS: usize = 3;
/// An hour with its seconds has fewer colons.
const COLONS_MIN: usize = 4;

/// Is it a part of `a9-f5-01-6f-5b-eb`, `a9f5.016f.5beb` or `2001:db8:ef32::4aba:f115`? Letters show it; but where they come first,
/// nothing but the signs does.
fn is_device(source: &[u8], start: usize) -> bool {
    let is_sign = |byte: u8| matches!(byte, b'-' | b':' | b'.');
    let belongs = |byte: &&u8| byte.is_ascii_hexdigit() || is_sign(**byte);
    let Some((before, after)) = source.split_at_checked(start) else { return false };
    let before = before.iter().rev().take(DEVICE_MAX + 1).take_while(belongs).count();
    let after = after.iter().take(DEVICE_MAX + 1).take_while(belongs).count();
    let Some(all) = source.get(start - before..start + after).map(|all| all.strip_suffix(b".").unwrap_or(all)) else {
        return false;
    };
    let is_word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    let Some(sign) = all.iter().copied().find(|byte| is_sign(*byte)).filter(|_| all.len() <= DEVICE_MAX) else { return false };
    let groups = || all.split(|byte| *byte == sign);
    let is_groups = |count: usize, length: usize| groups().count() == count && groups().all(|group| group.len() == length);
    let is_form = match sign {
        b'-' => is_groups(MAC_PAIRS, 2),
        b'.' => is_groups(MAC_FOURS, 4),
        _ => is_groups(MAC_PAIRS, 2) || groups().count() > COLONS_MIN && groups().all(|group| group.len() <= 4),
    };
    is_form
        && all.iter().any(u8::is_ascii_alphabetic)
        && all.iter().all(|byte| *byte == sign || byte.is_ascii_hexdigit())
        && !is_word(source.get(start + after))
        && !is_word((start - before).checked_sub(1).and_then(|last| source.get(last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(is_other(text, 0), expected, "{text}");
    }

    #[test]
    fn moments_places_and_addresses_show() {
        check("2026-08-25T10:03:22Z", true);
        check("2026-08-25 10:03", true);
        check("19.08.2023.", true);
        check("1968-06-14", true);
        check("23:32:25", true);
        check("49.322268, -80.974304.", true);
        check("51.5, 0.12", false);
        check("141.93.83.155", true);
        check("141.93.83.155/24.", true);
        check("118.0.2834.54 now", true);
        check("1-800-555-0123", true);
        check("978-0-306-40615-7", true);
        check("9780306406157.", true);
        check("20h10", true);
        check("12.16.2590-build5309", true);
        check("98-01-6f-4c-c5-06", true);
        check("00:1b:44:11:3a:b7.", true);
        check("2001:db8:ef32:d183:8151:674c:4aba:f115", true);
        assert!(is_other("label says a9-f5-01-6f-5b-eb", 17) && is_other("at a9f5.016f.5beb", 8));
    }

    #[test]
    fn amounts_show() {
        assert!(is_amount("3.794.442 no", 0) && is_amount("91,199.81 USD", 0));
        assert!(!is_amount("12.345.678-9", 0) && !is_amount("411.1", 0) && !is_amount("4111,1111", 0));
    }

    #[test]
    fn numbers_of_people_do_not() {
        check("123.456.789-09", false);
        check("141.93.083.15", false);
        check("12.165.590-b", false);
        check("98-01-64-45-56-06", false);
        check("98-01-6f-4c-c5-06-11", false);
        check("98-01-6f-4c-c5-06x", false);
        check("141.93.83.155-2", false);
        check("141.93.83.155/240", false);
        check("118.0.2834.54-2", false);
        check("118.1.2834.54", false);
        check("1-212-555-0123", false);
        check("9780306406158", false);
        check("97803064061570", false);
        check("20h10a", false);
        check("2026-0825", false);
        check("45.08.2023", false);
        check("19.08.2023-44", false);
        check("4111.1111.1111.1111", false);
        check("", false);
    }
}
