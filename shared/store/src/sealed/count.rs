//! Which keys are still needed.

use std::collections::BTreeMap;

use domain::{event::payload, seal};
use uuid::Uuid;

use crate::{Db, Error};

/// Longest beginning of a sealed value that tells its key: version, length and id.
const KEY_BYTES: i32 = 34;
/// Credentials that are looked at together.
const CREDENTIALS: i64 = 1_000;
/// Dead letters that are looked at together: each holds a whole conversation.
const LETTERS: i64 = 20;

/// How much needs one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Under {
    /// Connections' credentials.
    pub credentials: u64,
    /// Consents that somebody began. They end within minutes, one way or the other.
    pub consents: u64,
    /// Dead letters with a piece under it. One with two keys counts for both.
    pub dead_letters: u64,
}

/// What rests sealed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// By the id of the key.
    pub by_key: BTreeMap<String, Under>,
    /// What tells no key: damaged, or another release's.
    pub unreadable: Under,
}

impl Counts {
    fn under(&mut self, key: Option<&str>) -> &mut Under {
        match key {
            Some(key) => self.by_key.entry(key.to_owned()).or_default(),
            None => &mut self.unreadable,
        }
    }
}

/// Looks at everything that rests sealed.
pub async fn counts(db: &Db) -> Result<Counts, Error> {
    let mut counts = Counts::default();
    credentials(db, &mut counts).await?;
    consents(db, &mut counts).await?;
    dead_letters(db, &mut counts).await?;
    Ok(counts)
}

async fn credentials(db: &Db, counts: &mut Counts) -> Result<(), Error> {
    let mut after = Uuid::nil();
    loop {
        let sql = sqlx::query!(
            r#"select id, substring(credential from 1 for $3) as "sealed!" from connections
                where id > $1 and credential is not null order by id limit $2"#,
            after,
            CREDENTIALS,
            KEY_BYTES
        );
        let rows = sql.fetch_all(db.pool()).await.map_err(Error::when("counting credentials by key"))?;
        for row in &rows {
            counts.under(seal::key_id(&row.sealed)).credentials += 1;
        }
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.id;
    }
}

/// There are few at any time.
async fn consents(db: &Db, counts: &mut Counts) -> Result<(), Error> {
    let sql = sqlx::query_scalar!(
        r#"select substring(verifier from 1 for $1) as "sealed!" from consents
            where verifier is not null and used_at is null and expires_at > now()"#,
        KEY_BYTES
    );
    let sealed = sql.fetch_all(db.pool()).await.map_err(Error::when("counting consents by key"))?;
    for sealed in &sealed {
        counts.under(seal::key_id(sealed)).consents += 1;
    }
    Ok(())
}

async fn dead_letters(db: &Db, counts: &mut Counts) -> Result<(), Error> {
    let mut after = Uuid::nil();
    loop {
        let sql = sqlx::query!("select id, sealed from dead_letters where id > $1 order by id limit $2", after, LETTERS);
        let rows = sql.fetch_all(db.pool()).await.map_err(Error::when("counting dead letters by key"))?;
        for row in &rows {
            match payload::key_ids(&row.sealed) {
                Some([head, texts]) => {
                    counts.under(Some(head)).dead_letters += 1;
                    if texts != head {
                        counts.under(Some(texts)).dead_letters += 1;
                    }
                }
                None => counts.under(None).dead_letters += 1,
            }
        }
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.id;
    }
}
