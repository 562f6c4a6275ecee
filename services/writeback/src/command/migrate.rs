//! `writeback migrate`.

use anyhow::bail;
use store::Db;

use super::say;

pub(crate) async fn run(db: &Db, check: bool) -> anyhow::Result<()> {
    let pending = db.migrations_pending().await?;
    if check && !pending.is_empty() {
        bail!("{} migrations are pending; run: writeback migrate", pending.len());
    }
    if !pending.is_empty() {
        db.migrate().await?;
    }
    say(&format!("the schema is up to date ({} migrations applied now)", pending.len()))
}
