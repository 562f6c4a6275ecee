//! A bar an hour, stacked by outcome. Drawn here: no script, no library in the browser. Below it the same as a table.

use domain::ledger::Outcome;
use maud::{Markup, html};
use store::ledger::{Counts, Hour};
use time::{OffsetDateTime, macros::format_description};

use super::words;

const WIDTH: u32 = 480;
const HEIGHT: u32 = 170;
/// Room for the largest number, left of the bars.
const LEFT: u32 = 34;
/// Room for the hours, below the bars.
const BELOW: u32 = 20;
/// Room above the highest bar, for half of the largest number.
const ABOVE: u32 = 8;
/// An hour in so many is named.
const NAMED_EVERY: usize = 6;

/// The parts of a count, from the bottom of a bar to its top: class, words, number.
pub(super) fn parts(counts: &Counts) -> [(&'static str, &'static str, u64); 5] {
    let Counts { exported, skipped_no_match, withheld, failed, in_flight } = *counts;
    let ended = |outcome: Outcome, n| (outcome.as_str(), words::outcome(outcome), n);
    [
        ended(Outcome::Exported, exported),
        ended(Outcome::SkippedNoMatch, skipped_no_match),
        ended(Outcome::Withheld, withheld),
        ended(Outcome::Failed, failed),
        ("in_flight", "on the way", in_flight),
    ]
}

/// The whole figure.
pub(super) fn figure(hours: &[Hour]) -> Markup {
    let highest = hours.iter().map(|hour| hour.counts.total()).max().unwrap_or(0);
    let total: u64 = hours.iter().map(|hour| hour.counts.total()).sum();
    html! {
        @if total == 0 { p.quiet { "No conversation ended in the last 24 hours." } } @else {
            figure {
                (bars(hours, highest, total))
                ul.legend aria-hidden="true" {
                    @for (class, words, _) in parts(&Counts::default()) { li { span class={"state " (class)} { (words) } } }
                }
                details { summary { "The same as a table" } (table(hours)) }
            }
        }
    }
}

fn bars(hours: &[Hour], highest: u64, total: u64) -> Markup {
    let step = (WIDTH - LEFT) / u32::try_from(hours.len().max(1)).unwrap_or(1);
    let base = HEIGHT - BELOW;
    html! {
        svg.chart viewBox={"0 0 " (WIDTH) " " (HEIGHT)} role="img"
            aria-label={(total) " conversations ended in the last 24 hours, at most " (highest) " in one. The table below tells each hour."} {
            line.axis x1=(LEFT) y1=(base) x2=(WIDTH) y2=(base) {}
            line.axis x1=(LEFT) y1=(ABOVE) x2=(WIDTH) y2=(ABOVE) {}
            text x=(LEFT - 6) y=(ABOVE + 4) text-anchor="end" { (short(highest)) }
            text x=(LEFT - 6) y=(base) text-anchor="end" { "0" }
            @for ((i, hour), x) in hours.iter().enumerate().zip((LEFT..).step_by(step.max(1) as usize)) {
                @for (class, from, to) in stacked(hour, highest, base - ABOVE) {
                    rect class=(class) x=(x + 2) y=(base - to) width=(step.saturating_sub(3)) height=(to - from) {}
                }
                @if i % NAMED_EVERY == 0 { text x=(x) y=(HEIGHT - 5) { (clock(hour.from)) } }
            }
        }
    }
}

/// Where each part of a bar begins and ends above the base. What there is shows, however little it is.
fn stacked(hour: &Hour, highest: u64, height: u32) -> Vec<(&'static str, u32, u32)> {
    let mut reached = 0;
    let mut stacked = Vec::new();
    for (class, _, n) in parts(&hour.counts).into_iter().filter(|(_, _, n)| *n > 0) {
        let share = u128::from(n) * u128::from(height) / u128::from(highest.max(1));
        let to = (reached + u32::try_from(share).unwrap_or(height).max(1)).min(height);
        stacked.push((class, reached.min(to), to));
        reached = to;
    }
    stacked
}

fn table(hours: &[Hour]) -> Markup {
    html! {
        div.wide { table {
            thead { tr {
                th scope="col" { "Hour (UTC)" }
                @for (_, words, _) in parts(&Counts::default()) { th.figure scope="col" { (words) } }
            } }
            tbody { @for hour in hours.iter().rev() { tr {
                th scope="row" { (super::moment(hour.from)) }
                @for (_, _, n) in parts(&hour.counts) { td.figure { (n) } }
            } } }
        } }
    }
}

fn clock(at: OffsetDateTime) -> String {
    at.format(format_description!("[hour]:00")).unwrap_or_default()
}

/// A number in at most four characters.
fn short(n: u64) -> String {
    match n {
        0..10_000 => n.to_string(),
        10_000..1_000_000 => format!("{}k", n / 1000),
        _ => format!("{}M", n / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_high_as_its_share_and_shows_what_is_little() {
        let hour = |exported, failed| Hour {
            from: OffsetDateTime::UNIX_EPOCH,
            counts: Counts { exported, failed, ..Counts::default() },
        };
        assert_eq!(stacked(&hour(50, 50), 200, 140), [("exported", 0, 35), ("failed", 35, 70)]);
        assert_eq!(stacked(&hour(10_000, 1), 10_001, 140), [("exported", 0, 139), ("failed", 139, 140)]);
        assert_eq!(stacked(&hour(0, 0), 0, 140), []);
        assert!(stacked(&hour(u64::MAX / 2, 1), u64::MAX / 2, 140).iter().all(|(_, from, to)| from <= to && *to <= 140));
    }

    #[test]
    fn numbers_stay_short() {
        assert_eq!([9, 9_999, 10_000, 999_999, 2_500_000].map(short), ["9", "9999", "10k", "999k", "2M"]);
    }
}
