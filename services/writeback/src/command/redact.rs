//! `writeback redact`: JSON lines in, the same lines scrubbed out, in the same order, in bounded memory.

use std::{
    borrow::Cow,
    io::{BufRead, Write},
    num::NonZeroUsize,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use anyhow::{Context as _, bail};
use redaction::Redactor;
use serde::{Deserialize, Serialize};

/// Lines are handed to the workers in pieces of about this many bytes: large enough that handing over costs nothing, small
/// enough that memory stays small.
const PIECE_BYTES: usize = 128 * 1024;

/// The longest line; longer than any conversation that the API takes.
const LINE_BYTES: usize = 16 * 1024 * 1024;

/// Pieces that wait for one worker, and results that wait to be written.
const WAITING: usize = 2;

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    turns: Vec<Turn<'a>>,
}

#[derive(Deserialize, Serialize)]
struct Turn<'a> {
    #[serde(borrow)]
    speaker: Cow<'a, str>,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct Scrubbed<'a> {
    id: &'a str,
    turns: Vec<Turn<'a>>,
}

/// Whole lines, and the number of the first.
struct Piece {
    first_line: u64,
    lines: Vec<u8>,
}

/// What became of a piece.
#[derive(Default)]
struct Done {
    out: Vec<u8>,
    faults: Vec<String>,
}

/// Scrubs `input` to `output`. A line that cannot be read is named on `errors` and left out; the others go on.
pub(crate) fn run(
    threads: Option<NonZeroUsize>,
    input: impl BufRead,
    mut output: impl Write,
    mut errors: impl Write,
) -> anyhow::Result<()> {
    let threads = threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get).min(256);
    let mut faults = 0_usize;
    thread::scope(|scope| {
        let mut workers: Vec<(SyncSender<Piece>, Receiver<Done>)> = Vec::with_capacity(threads);
        for _ in 0..threads {
            let (to_worker, pieces) = sync_channel::<Piece>(WAITING);
            let (done, from_worker) = sync_channel::<Done>(WAITING);
            scope.spawn(move || {
                let redactor = Redactor::new();
                while let Ok(piece) = pieces.recv() {
                    if done.send(scrub_piece(&redactor, &piece)).is_err() {
                        return;
                    }
                }
            });
            workers.push((to_worker, from_worker));
        }
        // Pieces go round the workers and results are taken in the same round, so the order is kept without sorting.
        let mut pieces = Pieces { input, next_line: 1 };
        let (mut sent, mut written) = (0_usize, 0_usize);
        loop {
            let piece = pieces.next()?;
            let ended = piece.is_none();
            if let Some(piece) = piece {
                workers[sent % threads].0.send(piece).ok().context("a worker stopped")?;
                sent += 1;
            }
            while written < sent && (ended || sent - written >= threads * WAITING) {
                let done = workers[written % threads].1.recv().context("a worker stopped")?;
                written += 1;
                output.write_all(&done.out).context("cannot write the output")?;
                faults += done.faults.len();
                for fault in done.faults {
                    writeln!(errors, "{fault}").context("cannot write to standard error")?;
                }
            }
            if ended {
                break output.flush().context("cannot write the output");
            }
        }
    })?;
    if faults > 0 {
        bail!("{faults} lines could not be read and were left out");
    }
    Ok(())
}

struct Pieces<R> {
    input: R,
    next_line: u64,
}

impl<R: BufRead> Pieces<R> {
    fn next(&mut self) -> anyhow::Result<Option<Piece>> {
        let mut piece = Piece { first_line: self.next_line, lines: Vec::with_capacity(PIECE_BYTES + PIECE_BYTES / 8) };
        while piece.lines.len() < PIECE_BYTES {
            let before = piece.lines.len();
            let mut limited = std::io::Read::take(&mut self.input, LINE_BYTES as u64);
            let read = limited.read_until(b'\n', &mut piece.lines).context("cannot read the input")?;
            if read == 0 {
                break;
            }
            if read == LINE_BYTES && piece.lines.last() != Some(&b'\n') {
                bail!("line {} is longer than {LINE_BYTES} bytes", self.next_line);
            }
            if piece.lines.last() != Some(&b'\n') {
                piece.lines.push(b'\n');
            }
            debug_assert!(piece.lines.len() > before);
            self.next_line += 1;
        }
        Ok((!piece.lines.is_empty()).then_some(piece))
    }
}

fn scrub_piece(redactor: &Redactor, piece: &Piece) -> Done {
    let mut done = Done { out: Vec::with_capacity(piece.lines.len()), faults: Vec::new() };
    for (line, number) in piece.lines.split(|b| *b == b'\n').zip(piece.first_line..) {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match serde_json::from_slice::<Line<'_>>(line) {
            Ok(line) => scrub_line(redactor, &line, &mut done.out),
            // serde's message may quote the input, so only what and where is said.
            Err(error) => done.faults.push(format!(
                "line {number}, column {}: not a conversation ({:?} error); expected {{\"id\", \"turns\": [{{\"speaker\", \"text\"}}]}}",
                error.column(),
                error.classify()
            )),
        }
    }
    done
}

fn scrub_line(redactor: &Redactor, line: &Line<'_>, out: &mut Vec<u8>) {
    let turns: Vec<_> = line.turns.iter().map(|turn| redaction::Turn { speaker: &turn.speaker, text: &turn.text }).collect();
    let redacted = redactor.redact_conversation(redaction::Conversation { turns: &turns, texts: &[] });
    let turns =
        line.turns.iter().zip(redacted.turns).map(|(turn, text)| Turn { speaker: Cow::Borrowed(&turn.speaker), text }).collect();
    serde_json::to_writer(&mut *out, &Scrubbed { id: &line.id, turns }).expect("strings serialise into memory");
    out.push(b'\n');
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn run_over(input: &str, threads: usize) -> (String, String, bool) {
        let (mut out, mut errors) = (Vec::new(), Vec::new());
        let ok = run(NonZeroUsize::new(threads), input.as_bytes(), &mut out, &mut errors).is_ok();
        (String::from_utf8(out).unwrap(), String::from_utf8(errors).unwrap(), ok)
    }

    #[test]
    fn lines_are_scrubbed_and_keep_their_order_on_any_number_of_threads() {
        let line = |i| json!({"id": format!("c{i}"), "channel": "chat", "turns": [{"speaker": "customer", "text": format!("card 4242 4242 4242 4242, é {i}")}]});
        let input = (0..5000).map(|i| line(i).to_string()).collect::<Vec<_>>().join("\n");
        let (one, _, ok) = run_over(&input, 1);
        assert!(ok && !one.contains("4242 4242") && one.lines().count() == 5000);
        for (i, line) in one.lines().enumerate() {
            assert!(line.starts_with(&format!("{{\"id\":\"c{i}\",")), "{line}");
        }
        for threads in [2, 7] {
            assert_eq!(run_over(&input, threads).0, one);
        }
    }

    #[test]
    fn a_bad_line_is_named_and_the_others_go_on() {
        let input = "{\"id\":\"a\",\"turns\":[]}\n\n{\"id\": 4242424242424242}\nnonsense\n{\"id\":\"b\",\"turns\":[]}";
        let (out, errors, ok) = run_over(input, 2);
        assert!(!ok);
        assert_eq!(out, "{\"id\":\"a\",\"turns\":[]}\n{\"id\":\"b\",\"turns\":[]}\n");
        assert!(errors.contains("line 3,") && errors.contains("line 4,") && !errors.contains("4242"), "{errors}");
    }
}
