//! Reads a line of the usual shape several times as fast as serde, which reads all others.
//!
//! What this accepts, serde accepts too and reads the same; what it does not know at a glance (another shape, a fault), it leaves
//! to serde. Reading was a third of the command's time with serde alone.

use std::borrow::Cow;

use super::line::{Line, Turn};

/// `None`: serde shall read it.
pub(super) fn read(line: &str) -> Option<Line<'_>> {
    let mut reader = Reader { line, at: 0 };
    let (mut id, mut turns) = (None, None);
    reader.expect(b'{')?;
    loop {
        match reader.key()? {
            "id" if id.is_none() => id = Some(reader.string()?),
            "turns" if turns.is_none() => turns = Some(reader.turns()?),
            "id" | "turns" | "summary" | "texts" => return None,
            _ => drop(reader.plain_string()?),
        }
        if !reader.goes_on(b'}')? {
            break;
        }
    }
    reader.skip_blanks();
    (reader.at == line.len()).then_some(())?;
    Some(Line { id: id?, turns: turns?, summary: None, texts: None })
}

struct Reader<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn turns(&mut self) -> Option<Vec<Turn<'a>>> {
        self.expect(b'[')?;
        // An empty list is serde's: it is rare.
        let mut turns = Vec::with_capacity(32);
        loop {
            turns.push(self.turn()?);
            if !self.goes_on(b']')? {
                return Some(turns);
            }
        }
    }

    fn turn(&mut self) -> Option<Turn<'a>> {
        self.expect(b'{')?;
        let (mut speaker, mut text) = (None, None);
        loop {
            match self.key()? {
                "speaker" if speaker.is_none() => speaker = Some(self.string()?),
                "text" if text.is_none() => text = Some(self.string()?),
                "speaker" | "text" => return None,
                _ => drop(self.plain_string()?),
            }
            if !self.goes_on(b'}')? {
                return Some(Turn { speaker: speaker?, text: text? });
            }
        }
    }

    /// After a member: `true` at a comma, `false` at this end.
    fn goes_on(&mut self, end: u8) -> Option<bool> {
        self.skip_blanks();
        let byte = *self.line.as_bytes().get(self.at)?;
        self.at += 1;
        if byte == b',' { Some(true) } else { (byte == end).then_some(false) }
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.skip_blanks();
        (*self.line.as_bytes().get(self.at)? == byte).then(|| self.at += 1)
    }

    fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.line.as_bytes().get(self.at) {
            self.at += 1;
        }
    }

    /// The name of a member, with its colon.
    fn key(&mut self) -> Option<&'a str> {
        let rest = &self.line.as_bytes()[self.at..];
        // The usual names, without looking at each byte.
        for (written, key) in [("\"text\":", "text"), ("\"speaker\":", "speaker")] {
            if rest.starts_with(written.as_bytes()) {
                self.at += written.len();
                return Some(key);
            }
        }
        let key = self.plain_string()?;
        self.expect(b':')?;
        Some(key)
    }

    /// A string without escapes.
    fn plain_string(&mut self) -> Option<&'a str> {
        self.expect(b'"')?;
        let start = self.at;
        let end = start + special(&self.line.as_bytes()[start..])?;
        self.at = end + 1;
        (self.line.as_bytes()[end] == b'"').then(|| &self.line[start..end])
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.expect(b'"')?;
        let start = self.at;
        let bytes = self.line.as_bytes();
        let mut end = start + special(&bytes[start..])?;
        if bytes[end] == b'"' {
            self.at = end + 1;
            return Some(Cow::Borrowed(&self.line[start..end]));
        }
        while bytes[end] == b'\\' {
            // Whatever is escaped, it is no end; whether it may be, serde says.
            end += 2;
            end += special(bytes.get(end..)?)?;
        }
        self.at = end + 1;
        // A control character is not for a string: serde says that too.
        serde_json::from_str(&self.line[start - 1..=end]).ok().map(Cow::Owned)
    }
}

/// Where a string ends or needs more than a glance: the first quote, backslash or control character.
fn special(bytes: &[u8]) -> Option<usize> {
    let special = |byte: u8| u8::from(byte == b'"') | u8::from(byte == b'\\') | u8::from(byte < b' ');
    let mut at = 0;
    // Without a branch for each byte, so that the compiler makes vector instructions of it.
    while let Some(chunk) = bytes[at..].first_chunk::<16>() {
        if chunk.map(special) != [0; 16] {
            break;
        }
        at += chunk.len();
    }
    while let Some(chunk) = bytes[at..].first_chunk() {
        let found = special_in_word(u64::from_le_bytes(*chunk));
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += chunk.len();
    }
    bytes[at..].iter().position(|byte| special(*byte) != 0).map(|position| at + position)
}

/// The highest bit of each special byte of eight; only the lowest that is set can be relied on.
/// (Hacker's Delight, 6-1: a borrow out of a byte shows that it was less.)
fn special_in_word(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xff;
    let less = |word: u64, than: u8| word.wrapping_sub(ONES * u64::from(than)) & !word;
    let equal = |byte: u8| less(word ^ (ONES * u64::from(byte)), 1);
    (less(word, b' ') | equal(b'"') | equal(b'\\')) & (ONES << 7)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_usual_shapes_are_read() {
        for line in [
            r#"{"id":"a","channel":"chat","turns":[{"speaker":"agent","text":"how are you, jos\u00e9?"},{"speaker":"x","text":""}]}"#,
            r#"{"turns": [{"text": "h\"i", "speaker": "agent", "at": "12:03"}], "id": "a long one, with an é"}"#,
        ] {
            assert_eq!(read(line), Some(serde_json::from_str(line).unwrap()));
        }
    }

    /// Bits of lines, so that most texts are nearly a line and some are one.
    fn nearly_a_line() -> impl Strategy<Value = String> {
        let bits = prop::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "\t",
            "\"",
            "\\",
            "\"id\":",
            "\"turns\":[",
            "\"speaker\":",
            "\"text\":",
            "\"a\"",
            "\"é\"",
            "\"\\u00e9\"",
            "\"\\ud800\"",
            "\"\\\"\"",
            "\"\\\\\"",
            "\"\u{1}\"",
            "\"seventeen letters\"",
            "1",
            "null",
            "\"summary\":",
            "\"texts\":",
            "{\"speaker\":\"a\",\"text\":\"b\"}",
            "\"turns\":[{\"speaker\":\"a\",\"text\":\"b\"}]",
            "\"id\":\"a\",",
        ]);
        prop::collection::vec(bits, 0..12).prop_map(|bits| bits.concat())
    }

    /// A line with one bit of it replaced.
    fn once_a_line() -> impl Strategy<Value = String> {
        let line = r#"{"id":"a \n","other":"é","turns":[{"speaker":"one","text":"seventeen letters and more"},{"text":"\\","speaker":"é"}]}"#;
        let places: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
        (prop::sample::select(places.clone()), prop::sample::select(places), nearly_a_line()).prop_map(move |(a, b, bit)| {
            let (from, to) = (a.min(b), if a.abs_diff(b) < 20 { a.max(b) } else { a.min(b) });
            format!("{}{bit}{}", &line[..from], &line[to..])
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_it_reads_serde_reads_the_same(line in prop_oneof![nearly_a_line(), once_a_line()]) {
            if let Some(quick) = read(&line) {
                let slow = serde_json::from_str::<Line<'_>>(&line);
                prop_assert_eq!(Some(quick), slow.ok(), "{:?}", line);
            }
        }

        #[test]
        fn no_special_byte_is_overlooked(text in "[a-zé\"\\\\\u{1}\u{7f}]{0,70}") {
            let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..b' ');
            prop_assert_eq!(special(text.as_bytes()), text.as_bytes().iter().position(is_special));
        }
    }
}
