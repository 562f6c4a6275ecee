//! What processes cost: seconds of CPU and memory, from `/proc`.

use std::{collections::BTreeMap, time::Instant};

use procfs::{
    CurrentSI as _, KernelStats,
    net::dev_status,
    process::{Process, all_processes},
};

/// Who is looked at: a name, and the process with all its children.
pub(crate) struct Watched {
    pub(crate) name: String,
    pub(crate) pid: u32,
    /// Its children are counted with it: PostgreSQL's.
    pub(crate) with_children: bool,
}

/// What was read at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    at: Instant,
    /// Seconds of CPU by name.
    cpu: BTreeMap<String, f64>,
    /// All of the machine's.
    busy: f64,
    /// Bytes through the loopback interface.
    loopback: u64,
}

/// What something has cost between two moments.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub(crate) struct Cost {
    pub(crate) seconds: f64,
    /// Of one core, by name.
    pub(crate) cpu_percent: BTreeMap<String, f64>,
    /// Of one core, what nobody who is watched has used.
    pub(crate) others_percent: f64,
    pub(crate) loopback_bytes: u64,
}

/// Memory in bytes by name: now, and the most there ever was. Of processes that share memory each has its share of that, and only
/// what they have now is known.
pub(crate) type Memory = BTreeMap<String, (u64, u64)>;

/// Threads of this process are told apart by the beginning of their name.
const THREADS: [&str; 2] = ["driver", "simulator"];

pub(crate) fn read(watched: &[Watched]) -> Reading {
    let tick = f64::from(u32::try_from(procfs::ticks_per_second()).unwrap_or(100));
    #[expect(clippy::cast_precision_loss, reason = "ticks since the machine started, far below 2^52")]
    let seconds = |ticks: u64| ticks as f64 / tick;
    let mut cpu = BTreeMap::new();
    for one in watched {
        let sum: u64 = family(one).iter().filter_map(|process| process.stat().ok()).map(|stat| stat.utime + stat.stime).sum();
        // What children had used that have ended since.
        let ended = family(one).first().and_then(|process| process.stat().ok()).map_or(0, |stat| stat.cutime + stat.cstime);
        let ended = if one.with_children { u64::try_from(ended).unwrap_or_default() } else { 0 };
        *cpu.entry(one.name.clone()).or_default() += seconds(sum + ended);
    }
    for task in Process::myself().and_then(|me| me.tasks()).into_iter().flatten().flatten() {
        if let Ok(stat) = task.stat()
            && let Some(name) = THREADS.into_iter().find(|name| stat.comm.starts_with(name))
        {
            *cpu.entry(name.to_owned()).or_default() += seconds(stat.utime + stat.stime);
        }
    }
    let busy = KernelStats::current().map_or(0.0, |all| {
        let total = all.total;
        seconds(total.user + total.nice + total.system + total.irq.unwrap_or(0) + total.softirq.unwrap_or(0))
    });
    let loopback = dev_status().ok().and_then(|devices| devices.get("lo").map(|lo| lo.sent_bytes)).unwrap_or(0);
    Reading { at: Instant::now(), cpu, busy, loopback }
}

impl Reading {
    /// What it has cost since.
    pub(crate) fn until(&self, now: &Self) -> Cost {
        let seconds = now.at.duration_since(self.at).as_secs_f64();
        let percent = |used: f64| used.max(0.0) / seconds * 100.0;
        let used = |name: &String, cpu: &f64| cpu - self.cpu.get(name).copied().unwrap_or_default();
        let cpu_percent: BTreeMap<_, _> = now.cpu.iter().map(|(name, cpu)| (name.clone(), percent(used(name, cpu)))).collect();
        let others_percent = percent(now.busy - self.busy) - cpu_percent.values().sum::<f64>();
        Cost { seconds, cpu_percent, others_percent: others_percent.max(0.0), loopback_bytes: now.loopback - self.loopback }
    }
}

pub(crate) fn memory(watched: &[Watched]) -> Memory {
    let mut memory = Memory::new();
    for one in watched {
        let entry = memory.entry(one.name.clone()).or_default();
        for process in family(one) {
            if one.with_children {
                let maps = process.smaps_rollup().map(|rollup| rollup.memory_map_rollup);
                let share = maps.ok().and_then(|maps| maps.0.first()?.extension.map.get("Pss").copied()).unwrap_or(0);
                entry.0 += share;
                entry.1 += share;
            } else if let Ok(status) = process.status() {
                entry.0 += status.vmrss.unwrap_or(0) * 1024;
                entry.1 += status.vmhwm.unwrap_or(0) * 1024;
            }
        }
    }
    memory
}

fn family(one: &Watched) -> Vec<Process> {
    let Ok(pid) = i32::try_from(one.pid) else { return Vec::new() };
    let mut family: Vec<_> = Process::new(pid).into_iter().collect();
    if one.with_children {
        let is_child = |process: &Process| process.stat().is_ok_and(|stat| stat.ppid == pid);
        family.extend(all_processes().into_iter().flatten().flatten().filter(is_child));
    }
    family
}
