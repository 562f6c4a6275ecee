//! What a scenario has found: figures in tables, bars that hold or do not, everything as JSON.

pub(crate) mod plot;

use std::fs;

use anyhow::Context as _;
use comfy_table::{CellAlignment, Table, presets::ASCII_MARKDOWN};
use serde_json::{Map, Value, json};

use crate::{
    machine::{Cost, Memory},
    options::Cli,
};

/// The most MiB that a process of a role may take.
pub(crate) const MEMORY_MAX: [(&str, f64); 4] = [("api", 96.0), ("redactor", 64.0), ("matcher", 64.0), ("poster", 64.0)];

/// What a scenario has found.
#[derive(Default)]
pub(crate) struct Report {
    scenario: &'static str,
    tables: Vec<(String, Table)>,
    bars: Vec<Bar>,
    all: Map<String, Value>,
    plot: Option<String>,
}

/// Something that must hold.
struct Bar {
    what: String,
    found: String,
    bound: String,
    holds: bool,
}

impl Report {
    pub(crate) fn new(scenario: &'static str) -> Self {
        Self { scenario, ..Self::default() }
    }

    /// A table of figures.
    pub(crate) fn table<const N: usize>(&mut self, title: &str, head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) {
        let mut table = Table::new();
        table.load_style(ASCII_MARKDOWN).set_header(head);
        for row in rows {
            table.add_row(row);
        }
        for column in table.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        self.tables.push((title.to_owned(), table));
    }

    /// A figure for the JSON.
    pub(crate) fn figure(&mut self, name: &str, value: impl Into<Value>) {
        self.all.insert(name.to_owned(), value.into());
    }

    /// Something that must hold.
    pub(crate) fn bar(&mut self, what: &str, found: impl Into<String>, bound: &str, holds: bool) {
        self.bars.push(Bar { what: what.to_owned(), found: found.into(), bound: bound.to_owned(), holds });
    }

    /// A figure that must be at least so much.
    pub(crate) fn at_least(&mut self, what: &str, found: f64, least: f64) {
        self.bar(what, format!("{found:.2}"), &format!(">= {least}"), found >= least);
    }

    /// A figure that must be at most so much.
    pub(crate) fn at_most(&mut self, what: &str, found: f64, most: f64) {
        self.bar(what, format!("{found:.2}"), &format!("<= {most}"), found <= most);
    }

    /// A count that must be zero.
    pub(crate) fn none(&mut self, what: &str, found: usize) {
        self.bar(what, found.to_string(), "0", found == 0);
    }

    /// A picture, as SVG.
    pub(crate) fn plot(&mut self, svg: String) {
        self.plot = Some(svg);
    }

    /// What processes cost while so many conversations went through.
    pub(crate) fn cost(&mut self, title: &str, cost: &Cost, conversations: usize) {
        let each = |percent: f64| format!("{:.0}", percent * cost.seconds * 1e4 / count(conversations));
        let rows =
            cost.cpu_percent.iter().map(|(name, percent)| (name.as_str(), *percent)).chain([("(others)", cost.others_percent)]);
        let rows: Vec<_> = rows.map(|(name, percent)| [name.to_owned(), format!("{percent:.0} %"), each(percent)]).collect();
        self.table(title, ["process", "of one core", "us a conversation"], rows);
        self.figure(title, json!(cost));
    }

    /// What processes hold, and what each may.
    pub(crate) fn memory(&mut self, memory: &Memory, processes: u8) {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52 bytes")]
        let megabytes = |bytes: u64| bytes as f64 / f64::from(1 << 20);
        let rows = memory
            .iter()
            .map(|(name, (now, most))| [name.clone(), format!("{:.0}", megabytes(*now)), format!("{:.0}", megabytes(*most))]);
        self.table("MiB of memory", ["process", "now", "most"], rows);
        for (role, bound) in MEMORY_MAX {
            let most = memory.get(role).map_or(0, |(_, most)| *most);
            let each = if role == "api" { 1.0 } else { f64::from(processes) };
            self.at_most(&format!("MiB of {role}"), megabytes(most) / each, bound);
        }
        self.figure("memory", json!(memory));
    }

    /// Prints, and writes the files that were asked for.
    pub(crate) fn show(&self, cli: &Cli) -> anyhow::Result<()> {
        for (title, table) in &self.tables {
            println!("\n{title}\n{table}");
        }
        let mut bars = Table::new();
        bars.load_style(ASCII_MARKDOWN).set_header(["must hold", "found", "bound", ""]);
        for Bar { what, found, bound, holds } in &self.bars {
            bars.add_row([what, found, bound, &(if *holds { "ok" } else { "BROKEN" }).to_owned()]);
        }
        println!("\n{bars}");
        if let Some(file) = &cli.json {
            let bars: Vec<_> = self
                .bars
                .iter()
                .map(|Bar { what, found, bound, holds }| json!({"what": what, "found": found, "bound": bound, "holds": holds}))
                .collect();
            let all = json!({"scenario": self.scenario, "seed": cli.seed, "scale": cli.scale, "processes": cli.processes,
                             "figures": self.all, "bars": bars, "holds": self.holds()});
            fs::write(file, format!("{all:#}\n")).with_context(|| format!("writing {}", file.display()))?;
        }
        if let Some(file) = &cli.svg {
            let plot = self.plot.as_deref().with_context(|| format!("{} draws no picture", self.scenario))?;
            fs::write(file, plot).with_context(|| format!("writing {}", file.display()))?;
        }
        Ok(())
    }

    /// Does everything hold?
    pub(crate) fn holds(&self) -> bool {
        self.bars.iter().all(|bar| bar.holds)
    }
}

/// A count as a number to calculate with.
#[expect(clippy::cast_precision_loss, reason = "counts of a run are far below 2^52")]
pub(crate) fn count(count: usize) -> f64 {
    count as f64
}
