//! International bank account numbers: ISO 13616-1, with the forms of SWIFT's IBAN registry (release 101), and of the
//! countries that use IBANs without being in it.

/// Country and form of the account number after the check digits: `9` a digit, `A` a letter, `X` either. In order of country.
const FORMS: &[(&[u8; 2], &str)] = &[
    (b"AD", "99999999XXXXXXXXXXXX"),
    (b"AE", "9999999999999999999"),
    (b"AL", "99999999XXXXXXXXXXXXXXXX"),
    (b"AO", "999999999999999999999"),
    (b"AT", "9999999999999999"),
    (b"AZ", "AAAAXXXXXXXXXXXXXXXXXXXX"),
    (b"BA", "9999999999999999"),
    (b"BE", "999999999999"),
    (b"BF", "XX9999999999999999999999"),
    (b"BG", "AAAA999999XXXXXXXX"),
    (b"BH", "AAAAXXXXXXXXXXXXXX"),
    (b"BI", "99999999999999999999999"),
    (b"BJ", "XX9999999999999999999999"),
    (b"BR", "99999999999999999999999AX"),
    (b"BY", "XXXX9999XXXXXXXXXXXXXXXX"),
    (b"CF", "99999999999999999999999"),
    (b"CG", "99999999999999999999999"),
    (b"CH", "99999XXXXXXXXXXXX"),
    (b"CI", "XX9999999999999999999999"),
    (b"CM", "99999999999999999999999"),
    (b"CR", "999999999999999999"),
    (b"CV", "999999999999999999999"),
    (b"CY", "99999999XXXXXXXXXXXXXXXX"),
    (b"CZ", "99999999999999999999"),
    (b"DE", "999999999999999999"),
    (b"DJ", "99999999999999999999999"),
    (b"DK", "99999999999999"),
    (b"DO", "XXXX99999999999999999999"),
    (b"DZ", "9999999999999999999999"),
    (b"EE", "9999999999999999"),
    (b"EG", "9999999999999999999999999"),
    (b"ES", "99999999999999999999"),
    (b"FI", "99999999999999"),
    (b"FK", "AA999999999999"),
    (b"FO", "99999999999999"),
    (b"FR", "9999999999XXXXXXXXXXX99"),
    (b"GA", "99999999999999999999999"),
    (b"GB", "AAAA99999999999999"),
    (b"GE", "AA9999999999999999"),
    (b"GI", "AAAAXXXXXXXXXXXXXXX"),
    (b"GL", "99999999999999"),
    (b"GQ", "99999999999999999999999"),
    (b"GR", "9999999XXXXXXXXXXXXXXXX"),
    (b"GT", "XXXXXXXXXXXXXXXXXXXXXXXX"),
    (b"GW", "XX9999999999999999999"),
    (b"HN", "AAAA99999999999999999999"),
    (b"HR", "99999999999999999"),
    (b"HU", "999999999999999999999999"),
    (b"IE", "AAAA99999999999999"),
    (b"IL", "9999999999999999999"),
    (b"IQ", "AAAA999999999999999"),
    (b"IR", "9999999999999999999999"),
    (b"IS", "9999999999999999999999"),
    (b"IT", "A9999999999XXXXXXXXXXXX"),
    (b"JO", "AAAA9999XXXXXXXXXXXXXXXXXX"),
    (b"KM", "99999999999999999999999"),
    (b"KW", "AAAAXXXXXXXXXXXXXXXXXXXXXX"),
    (b"KZ", "999XXXXXXXXXXXXX"),
    (b"LB", "9999XXXXXXXXXXXXXXXXXXXX"),
    (b"LC", "AAAAXXXXXXXXXXXXXXXXXXXXXXXX"),
    (b"LI", "99999XXXXXXXXXXXX"),
    (b"LT", "9999999999999999"),
    (b"LU", "999XXXXXXXXXXXXX"),
    (b"LV", "AAAAXXXXXXXXXXXXX"),
    (b"LY", "999999999999999999999"),
    (b"MA", "999999999999999999999999"),
    (b"MC", "9999999999XXXXXXXXXXX99"),
    (b"MD", "XXXXXXXXXXXXXXXXXXXX"),
    (b"ME", "999999999999999999"),
    (b"MG", "99999999999999999999999"),
    (b"MK", "999XXXXXXXXXX99"),
    (b"ML", "XX9999999999999999999999"),
    (b"MN", "9999999999999999"),
    (b"MR", "99999999999999999999999"),
    (b"MT", "AAAA99999XXXXXXXXXXXXXXXXXX"),
    (b"MU", "AAAA9999999999999999999AAA"),
    (b"MZ", "999999999999999999999"),
    (b"NE", "XX9999999999999999999999"),
    (b"NI", "AAAA99999999999999999999"),
    (b"NL", "AAAA9999999999"),
    (b"NO", "99999999999"),
    (b"OM", "999XXXXXXXXXXXXXXXX"),
    (b"PK", "AAAAXXXXXXXXXXXXXXXX"),
    (b"PL", "999999999999999999999999"),
    (b"PS", "AAAAXXXXXXXXXXXXXXXXXXXXX"),
    (b"PT", "999999999999999999999"),
    (b"QA", "AAAAXXXXXXXXXXXXXXXXXXXXX"),
    (b"RO", "AAAAXXXXXXXXXXXXXXXX"),
    (b"RS", "999999999999999999"),
    (b"RU", "99999999999999XXXXXXXXXXXXXXX"),
    (b"SA", "99XXXXXXXXXXXXXXXXXX"),
    (b"SC", "AAAA99999999999999999999AAA"),
    (b"SD", "99999999999999"),
    (b"SE", "99999999999999999999"),
    (b"SI", "999999999999999"),
    (b"SK", "99999999999999999999"),
    (b"SM", "A9999999999XXXXXXXXXXXX"),
    (b"SN", "XX9999999999999999999999"),
    (b"SO", "9999999999999999999"),
    (b"ST", "999999999999999999999"),
    (b"SV", "AAAA99999999999999999999"),
    (b"TD", "99999999999999999999999"),
    (b"TG", "XX9999999999999999999999"),
    (b"TL", "9999999999999999999"),
    (b"TN", "99999999999999999999"),
    (b"TR", "999999XXXXXXXXXXXXXXXX"),
    (b"UA", "999999XXXXXXXXXXXXXXXXXXX"),
    (b"VA", "999999999999999999"),
    (b"VG", "AAAA9999999999999999"),
    (b"XK", "9999999999999999"),
    (b"YE", "AAAA9999XXXXXXXXXXXXXXXXXX"),
];

/// How many signs come before the account number: country and check digits.
pub(crate) const HEAD: usize = 4;

/// The shortest and longest (ISO 13616-1 allows 34; Saint Lucia's have 32, Russia's 33).
pub(crate) const LENGTHS: std::ops::RangeInclusive<usize> = 15..=34;

/// The form of the account number in an IBAN that begins with these letters.
pub(crate) fn form(country: [u8; 2]) -> Option<&'static str> {
    let at = FORMS.binary_search_by(|(code, _)| (*code).cmp(&country)).ok()?;
    FORMS.get(at).map(|(_, form)| *form)
}

/// The same for a word of two letters in any case.
pub(crate) fn form_of(word: &str) -> Option<&'static str> {
    match word.as_bytes() {
        [a, b] => form([a.to_ascii_uppercase(), b.to_ascii_uppercase()]),
        _ => None,
    }
}

fn fits(form: &str, account: &[u8]) -> bool {
    form.len() == account.len()
        && form.bytes().zip(account).all(|(place, c)| match place {
            b'9' => c.is_ascii_digit(),
            b'A' => c.is_ascii_uppercase(),
            _ => c.is_ascii_alphanumeric(),
        })
}

/// Country, form and the check digits of ISO 7064 mod 97-10, for capitals and digits.
pub(crate) fn is_iban(code: &[u8]) -> bool {
    let Some((head, account)) = code.split_at_checked(HEAD) else { return false };
    let &[a, b, x, y] = head else { return false };
    let is_formed = form([a, b]).is_some_and(|form| fits(form, account));
    if !is_formed || !x.is_ascii_digit() || !y.is_ascii_digit() {
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
            "CI93CI0080111301134291200589",
            "FI2112345600000785",
            "IE29AIBK93115212345678",
            "IT60X0542811101000000123456",
            "MT84MALT011000012345MTLCAST001S",
            "MU17BOMM0101101030300200000MUR",
            "OM810180000001299123456",
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
        assert!(FORMS.is_sorted());
    }

    #[test]
    fn a_changed_digit_or_length_is_refused() {
        assert!(!is_iban(b"DE89370400440532013001"));
        assert!(!is_iban(b"DE8937040044053201300"));
        assert!(!is_iban(b"XX89370400440532013000"));
        assert!(!is_iban(b"DE"));
        // Right check digits over letters where the country has digits, and the other way round.
        assert!(!is_iban(b"GB69012360161331926819"));
        assert!(!is_iban(b"DE85A70400440532013000"));
    }
}
