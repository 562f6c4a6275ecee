//! International bank account numbers: ISO 13616-1, with the lengths of SWIFT's IBAN registry.

#[rustfmt::skip]
/// Country and length, in order of country.
const LENGTHS: &[(&[u8; 2], usize)] = &[
    (b"AD", 24), (b"AE", 23), (b"AL", 28), (b"AT", 20), (b"AZ", 28), (b"BA", 20), (b"BE", 16), (b"BG", 22), (b"BH", 22),
    (b"BI", 27), (b"BR", 29), (b"BY", 28), (b"CH", 21), (b"CR", 22), (b"CY", 28), (b"CZ", 24), (b"DE", 22), (b"DJ", 27),
    (b"DK", 18), (b"DO", 28), (b"EE", 20), (b"EG", 29), (b"ES", 24), (b"FI", 18), (b"FK", 18), (b"FO", 18), (b"FR", 27),
    (b"GB", 22), (b"GE", 22), (b"GI", 23), (b"GL", 18), (b"GR", 27), (b"GT", 28), (b"HN", 28), (b"HR", 21), (b"HU", 28),
    (b"IE", 22), (b"IL", 23), (b"IQ", 23), (b"IS", 26), (b"IT", 27), (b"JO", 30), (b"KW", 30), (b"KZ", 20), (b"LB", 28),
    (b"LC", 32), (b"LI", 21), (b"LT", 20), (b"LU", 20), (b"LV", 21), (b"LY", 25), (b"MC", 27), (b"MD", 24), (b"ME", 22),
    (b"MK", 19), (b"MN", 20), (b"MR", 27), (b"MT", 31), (b"MU", 30), (b"NI", 28), (b"NL", 18), (b"NO", 15), (b"OM", 23),
    (b"PK", 24), (b"PL", 28), (b"PS", 29), (b"PT", 25), (b"QA", 29), (b"RO", 24), (b"RS", 22), (b"RU", 33), (b"SA", 24),
    (b"SC", 31), (b"SD", 18), (b"SE", 24), (b"SI", 19), (b"SK", 24), (b"SM", 27), (b"SO", 23), (b"ST", 25), (b"SV", 28),
    (b"TL", 23), (b"TN", 24), (b"TR", 26), (b"UA", 29), (b"VA", 22), (b"VG", 24), (b"XK", 20), (b"YE", 30),
];

/// How long an IBAN is that begins with these letters.
pub(crate) fn length(country: [u8; 2]) -> Option<usize> {
    let at = LENGTHS.binary_search_by(|(code, _)| (*code).cmp(&country)).ok()?;
    LENGTHS.get(at).map(|(_, length)| *length)
}

/// Country, length and the check digits of ISO 7064 mod 97-10, for capitals and digits.
pub(crate) fn is_iban(code: &[u8]) -> bool {
    let Some((head, account)) = code.split_at_checked(4) else { return false };
    let &[a, b, x, y] = head else { return false };
    if length([a, b]) != Some(code.len()) || !x.is_ascii_digit() || !y.is_ascii_digit() {
        return false;
    }
    account.iter().chain(head).fold(0, |sum, c| match c {
        b'0'..=b'9' => (sum * 10 + u32::from(c - b'0')) % 97,
        _ => (sum * 100 + u32::from(c.to_ascii_uppercase().saturating_sub(b'A')) + 10) % 97,
    }) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_registry_are_right() {
        for iban in [
            "AD1200012030200359100100",
            "AT611904300234573201",
            "BE68539007547034",
            "BR1800360305000010009795493C1",
            "CH9300762011623852957",
            "DE89370400440532013000",
            "ES9121000418450200051332",
            "FR1420041010050500013M02606",
            "GB29NWBK60161331926819",
            "NL91ABNA0417164300",
            "NO9386011117947",
            "PL61109010140000071219812874",
            "PT50000201231234567890154",
            "SA0380000000608010167519",
            "TR330006100519786457841326",
        ] {
            assert!(is_iban(iban.as_bytes()), "{iban}");
        }
        assert!(LENGTHS.is_sorted());
    }

    #[test]
    fn a_changed_digit_or_length_is_refused() {
        assert!(!is_iban(b"DE89370400440532013001"));
        assert!(!is_iban(b"DE8937040044053201300"));
        assert!(!is_iban(b"XX89370400440532013000"));
        assert!(!is_iban(b"DE"));
    }
}
