//! Words without case and accents.

/// One letter folded.
pub(crate) fn fold_letter(c: char) -> Option<u8> {
    if c.is_ascii_alphabetic() {
        return u8::try_from(c.to_ascii_lowercase()).ok();
    }
    let mut folded = [0; 1];
    fold(c.encode_utf8(&mut [0; 4]), &mut folded)?.bytes().next()
}

/// Lower case without accents, for the Latin letters of our seven languages and of those in which identity numbers have their
/// names. `None`: no such word can be in the lexicon.
pub(super) fn fold<'a, const N: usize>(word: &str, buffer: &'a mut [u8; N]) -> Option<&'a str> {
    let mut length = 0;
    for c in word.chars() {
        let folded = match c {
            'a'..='z' => c,
            'A'..='Z' => c.to_ascii_lowercase(),
            'à'..='å' | 'À'..='Å' | 'Ā'..='ą' => 'a',
            'ç' | 'Ç' | 'Ć'..='č' => 'c',
            'Ď'..='đ' => 'd',
            'è'..='ë' | 'È'..='Ë' | 'Ē'..='ě' => 'e',
            'Ĝ'..='ģ' => 'g',
            'ì'..='ï' | 'Ì'..='Ï' | 'Ĩ'..='ı' => 'i',
            'Ķ' | 'ķ' => 'k',
            'Ĺ'..='ł' => 'l',
            'ñ' | 'Ñ' | 'Ń'..='ň' => 'n',
            'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'º' | '°' | 'Ō'..='ő' => 'o',
            'Ŕ'..='ř' => 'r',
            'ß' | 'Ś'..='š' | 'Ș' | 'ș' => 's',
            'Ţ'..='ť' | 'Ț' | 'ț' => 't',
            'ù'..='ü' | 'Ù'..='Ü' | 'Ũ'..='ų' => 'u',
            'Ý' | 'ý' | 'ÿ' => 'y',
            'Ź'..='ž' => 'z',
            'Ａ'..='Ｚ' | 'ａ'..='ｚ' => crate::word::wide(c)?.to_ascii_lowercase(),
            // Combining accents: the same word, decomposed.
            '\u{300}'..='\u{36f}' => continue,
            _ => return None,
        };
        *buffer.get_mut(length)? = u8::try_from(folded).ok()?;
        length += 1;
    }
    std::str::from_utf8(buffer.get(..length)?).ok()
}
