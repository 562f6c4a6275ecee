//! A score as tables for a terminal.

use std::fmt;

use crate::score::{Score, Share};

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = |f: &mut fmt::Formatter<'_>, name: &str, share: Share| {
            writeln!(f, "{name:<34} {:>6} / {:<6} {:>7.2}%", share.right, share.all, share.rate() * 100.0)
        };
        let tables = [
            ("recall by kind", &self.by_kind),
            ("recall by class and format", &self.by_format),
            ("recall by context", &self.by_context),
            ("recall by language and what it is", &self.by_language),
            ("kept by kind", &self.kept_by_kind),
            ("recall by class", &self.by_class),
        ];
        for (name, shares) in tables {
            writeln!(f, "-- {name}")?;
            for (name, share) in shares {
                row(f, name, *share)?;
            }
        }
        writeln!(f, "-- together")?;
        row(f, "recall", self.recall)?;
        row(f, "hard negatives kept", self.kept)?;
        row(f, "precision", self.precision)?;
        row(f, "conversations without a leak", self.tight)?;
        writeln!(f, "{:<34} {:>6}", "collateral words", self.collateral_words)
    }
}
