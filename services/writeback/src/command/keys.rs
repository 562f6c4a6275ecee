//! `writeback keys`.

use std::time::Duration;

use anyhow::ensure;
use domain::seal::KeyRing;
use store::{
    Db,
    sealed::{self, Counts, Step, Under},
};

use super::say;

/// Times that everything is gone through: what somebody worked on the first time is free the next.
const PASSES: u32 = 5;
/// Time between two of them.
const PAUSE: Duration = Duration::from_secs(1);

/// What the broker still holds is not seen here.
const BROKER: &str = "Messages in RabbitMQ keep the key they were sealed with. Before you take a key out of the ring, see that every \
    queue (writeback.*) has been empty since the last role was restarted, then run: writeback keys rotate --check";

pub(crate) async fn rotate(db: &Db, keys: &KeyRing) -> anyhow::Result<()> {
    let (mut credentials, mut dead_letters) = (0, 0);
    let mut counts = sealed::counts(db).await?;
    for pass in 0..PASSES {
        if pass > 0 {
            tokio::time::sleep(PAUSE).await;
        }
        credentials += all(async |after| sealed::reseal_credentials(db, after).await).await?;
        dead_letters += all(async |after| sealed::reseal_dead_letters(db, after).await).await?;
        counts = sealed::counts(db).await?;
        if older(&counts, keys) == 0 {
            break;
        }
    }
    let key = keys.sealing().as_str();
    say(&format!("sealed anew with {key}: {credentials} credentials, {dead_letters} dead letters"))?;
    tell(&counts, keys)?;
    say(BROKER)?;
    let left = older(&counts, keys) + strange(&counts, keys);
    ensure!(
        left == 0,
        "{left} were left: they are in use just now (then run it again), damaged, or under a key that is not in the ring"
    );
    Ok(())
}

pub(crate) async fn check(db: &Db, keys: &KeyRing) -> anyhow::Result<()> {
    let counts = sealed::counts(db).await?;
    tell(&counts, keys)?;
    let (older, strange) = (older(&counts, keys), strange(&counts, keys));
    ensure!(strange == 0, "{strange} are damaged or under a key that is not in the ring");
    ensure!(older == 0, "{older} rest under older keys; run: writeback keys rotate");
    Ok(())
}

/// Goes through all rows; how many were sealed anew.
async fn all<Id: Copy>(step: impl AsyncFn(Option<Id>) -> Result<Step<Id>, store::Error>) -> Result<u64, store::Error> {
    let (mut after, mut resealed) = (None, 0);
    loop {
        let done = step(after).await?;
        resealed += done.resealed;
        after = done.last;
        if after.is_none() {
            return Ok(resealed);
        }
    }
}

/// One line a key, the one that seals first.
fn tell(counts: &Counts, keys: &KeyRing) -> anyhow::Result<()> {
    let sealing = keys.sealing().as_str();
    let line = |key: &str, role: &str, under: &Under| {
        let Under { credentials, consents, dead_letters } = under;
        say(&format!("{key}\t{role}\t{credentials} credentials\t{consents} consents under way\t{dead_letters} dead letters"))
    };
    line(sealing, "seals", &counts.by_key.get(sealing).copied().unwrap_or_default())?;
    for (key, under) in counts.by_key.iter().filter(|(key, _)| *key != sealing) {
        line(key, if keys.has(key) { "opens" } else { "not in the ring" }, under)?;
    }
    if counts.unreadable == Under::default() { Ok(()) } else { line("?", "unreadable", &counts.unreadable) }
}

/// What the ring opens and does not seal with. Consents end by themselves within minutes.
fn older(counts: &Counts, keys: &KeyRing) -> u64 {
    let is_older = |key: &str| keys.has(key) && key != keys.sealing().as_str();
    counts.by_key.iter().filter(|(key, _)| is_older(key)).map(|(_, under)| resting(under)).sum()
}

/// What the ring does not open.
fn strange(counts: &Counts, keys: &KeyRing) -> u64 {
    let unknown = counts.by_key.iter().filter(|(key, _)| !keys.has(key)).map(|(_, under)| resting(under));
    unknown.sum::<u64>() + resting(&counts.unreadable)
}

fn resting(under: &Under) -> u64 {
    under.credentials + under.dead_letters
}
