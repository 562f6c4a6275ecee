//! The input in pieces of whole lines.

use std::io::{ErrorKind, Read};

use anyhow::Context as _;

/// What one read asks for: large enough that reading and handing over cost nothing, small enough that memory stays small. A
/// pipe gives less, and what it gave is worked on at once.
const READ_BYTES: usize = 128 * 1024;

/// The longest line; longer than any conversation that the API takes.
pub(super) const LINE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Whole lines, and the number of the first.
#[derive(Default)]
pub(super) struct Piece {
    pub(super) first_line: u64,
    pub(super) lines: Vec<u8>,
    /// The piece is one line that was longer than [`LINE_BYTES_MAX`] and is not there.
    pub(super) is_too_long: bool,
}

pub(super) struct Pieces<R> {
    input: R,
    next_line: u64,
    /// The start of the next line, read with the end of the last piece.
    rest: Vec<u8>,
}

impl<R: Read> Pieces<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, next_line: 1, rest: Vec::new() }
    }

    /// Puts the next lines into `piece`, whose buffer is used again. `false`: there are no more.
    pub(super) fn next(&mut self, piece: &mut Piece) -> anyhow::Result<bool> {
        piece.first_line = self.next_line;
        piece.is_too_long = false;
        piece.lines.clear();
        piece.lines.append(&mut self.rest);
        loop {
            let before = piece.lines.len();
            if !self.read(&mut piece.lines)? {
                // The last line may have no end.
                self.next_line += 1;
                return Ok(before > 0);
            }
            if let Some(last) = memchr::memrchr(b'\n', &piece.lines[before..]) {
                self.rest.extend_from_slice(&piece.lines[before + last + 1..]);
                piece.lines.truncate(before + last + 1);
                self.next_line += memchr::memchr_iter(b'\n', &piece.lines).count() as u64;
                return Ok(true);
            }
            if piece.lines.len() > LINE_BYTES_MAX {
                piece.is_too_long = true;
                piece.lines = Vec::new();
                self.skip_line()?;
                return Ok(true);
            }
        }
    }

    /// Adds what one read gives. `false`: the input has ended.
    fn read(&mut self, lines: &mut Vec<u8>) -> anyhow::Result<bool> {
        let before = lines.len();
        lines.resize(before + READ_BYTES, 0);
        let read = loop {
            match self.input.read(&mut lines[before..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read.context("cannot read the input")?,
            }
        };
        lines.truncate(before + read);
        Ok(read > 0)
    }

    fn skip_line(&mut self) -> anyhow::Result<()> {
        self.next_line += 1;
        let mut read = Vec::new();
        while self.read(&mut read)? {
            if let Some(end) = memchr::memchr(b'\n', &read) {
                self.rest = read.split_off(end + 1);
                break;
            }
            read.clear();
        }
        Ok(())
    }
}
