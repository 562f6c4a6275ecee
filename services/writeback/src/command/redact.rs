//! `writeback redact`: JSON lines in, the same lines scrubbed out, in the same order, in bounded memory.

mod explain;
mod line;
mod pieces;
mod quick;
mod scrub;

use std::{
    fs::File,
    io::{Read, Write},
    num::NonZeroUsize,
    os::fd::AsFd as _,
    path::Path,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use anyhow::{Context as _, bail};
use redaction::Redactor;

use pieces::{Piece, Pieces};
use scrub::{Done, Scrubber};

use crate::cli::Redact;

/// Pieces that wait for one worker, and results that wait to be written.
const WAITING: usize = 2;

/// More would only cost memory.
const THREADS_MAX: usize = 256;

/// Scrubs standard input to standard output.
pub(crate) fn run(redact: &Redact) -> anyhow::Result<()> {
    // The plain files, since pieces are large: Rust's own handles would copy each once more.
    let input = File::from(std::io::stdin().as_fd().try_clone_to_owned().context("cannot read the input")?);
    let output = File::from(std::io::stdout().as_fd().try_clone_to_owned().context("cannot write the output")?);
    let removals = redact.explain.as_deref().map(removals_to).transpose()?;
    let threads = redact.threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    scrub(threads, input, Outputs { lines: output, removals, faults: std::io::stderr(), fault_count: 0 })
}

fn removals_to(path: &Path) -> anyhow::Result<Box<dyn Write>> {
    if path == "-" {
        return Ok(Box::new(std::io::stderr()));
    }
    Ok(Box::new(File::create(path).with_context(|| format!("cannot write {}", path.display()))?))
}

/// A line that cannot be read is named and left out; the others go on.
fn scrub(
    threads: usize,
    input: impl Read + Send,
    mut outputs: Outputs<impl Write, impl Write, impl Write>,
) -> anyhow::Result<()> {
    let scrubber = Scrubber::new(Redactor::new(), outputs.removals.is_some());
    let pieces = Pieces::new(input);
    match threads.min(THREADS_MAX) {
        0 | 1 => scrub_here(pieces, &scrubber, &mut outputs)?,
        threads => scrub_on(threads, pieces, &scrubber, &mut outputs)?,
    }
    outputs.finish()
}

/// Without another thread, whose switches would only cost.
fn scrub_here(
    mut pieces: Pieces<impl Read>,
    scrubber: &Scrubber,
    outputs: &mut Outputs<impl Write, impl Write, impl Write>,
) -> anyhow::Result<()> {
    let (mut piece, mut done) = (Piece::default(), Done::default());
    while pieces.next(&mut piece)? {
        scrubber.scrub(&piece, &mut done);
        outputs.write(&done)?;
    }
    Ok(())
}

/// One thread reads, these scrub, this one writes.
fn scrub_on(
    threads: usize,
    mut pieces: Pieces<impl Read + Send>,
    scrubber: &Scrubber,
    outputs: &mut Outputs<impl Write, impl Write, impl Write>,
) -> anyhow::Result<()> {
    thread::scope(|scope| {
        let (mut to_workers, mut from_workers): (Vec<SyncSender<Piece>>, Vec<Receiver<Done>>) = (Vec::new(), Vec::new());
        for _ in 0..threads {
            let (to_worker, pieces) = sync_channel::<Piece>(WAITING);
            let (to_writer, from_worker) = sync_channel::<Done>(WAITING);
            scope.spawn(move || {
                for piece in pieces {
                    let mut done = Done::default();
                    scrubber.scrub(&piece, &mut done);
                    if to_writer.send(done).is_err() {
                        return;
                    }
                }
            });
            to_workers.push(to_worker);
            from_workers.push(from_worker);
        }
        // Pieces go round the workers and results are taken in the same round, so the order is kept without sorting.
        let reader = scope.spawn(move || {
            for to_worker in to_workers.iter().cycle() {
                let mut piece = Piece::default();
                if !pieces.next(&mut piece)? || to_worker.send(piece).is_err() {
                    break;
                }
            }
            anyhow::Ok(())
        });
        // The first worker without a result has no piece either, and none after it has: the input has ended, or the reader or a
        // worker has failed, which the join and the scope tell.
        for from_worker in from_workers.iter().cycle() {
            let Ok(done) = from_worker.recv() else { break };
            outputs.write(&done)?;
        }
        drop(from_workers);
        reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Where everything goes.
struct Outputs<L, R, F> {
    lines: L,
    /// Where it is said why each number went, if it is asked for.
    removals: Option<R>,
    faults: F,
    fault_count: usize,
}

impl<L: Write, R: Write, F: Write> Outputs<L, R, F> {
    fn write(&mut self, done: &Done) -> anyhow::Result<()> {
        self.lines.write_all(&done.lines).context("cannot write the output")?;
        if let Some(removals) = &mut self.removals {
            removals.write_all(&done.removals).context("cannot write why numbers went")?;
        }
        self.fault_count += done.faults.len();
        for fault in &done.faults {
            writeln!(self.faults, "{fault}").context("cannot write to standard error")?;
        }
        Ok(())
    }

    fn finish(mut self) -> anyhow::Result<()> {
        self.lines.flush().context("cannot write the output")?;
        if let Some(removals) = &mut self.removals {
            removals.flush().context("cannot write why numbers went")?;
        }
        match self.fault_count {
            0 => Ok(()),
            1 => bail!("1 line could not be read and was left out"),
            faults => bail!("{faults} lines could not be read and were left out"),
        }
    }
}

#[cfg(test)]
mod tests;
