//! `writeback user`.

use std::io::{BufRead as _, Read as _};

use anyhow::{Context as _, bail};
use api::password::Password;
use secrecy::{ExposeSecret as _, SecretString};
use store::{
    Db,
    secret::{self, Mark},
    users,
};

use super::{account::known, say};
use crate::cli::{GivenPassword, User};

/// The longest line that is read as a password, in bytes.
const LINE_MAX: u64 = 2048;

pub(crate) async fn run(db: &Db, command: User) -> anyhow::Result<()> {
    match command {
        User::Create { account, email, password, no_password } => {
            known(db, account).await?;
            let (hash, made) =
                if no_password { (None, None) } else { hashed(&password).map(|(hash, made)| (Some(hash), made))? };
            if users::create(db, account, &email, hash.as_ref()).await?.is_none() {
                bail!("somebody signs in with this address already");
            }
            tell(made)
        }
        User::List { account } => {
            known(db, account).await?;
            let users = users::list(db, account).await?;
            users.iter().try_for_each(|user| say(&format!("{}\t{}\t{}", user.id, user.created_at, user.email.as_str())))
        }
        User::Password { account, email, password } => {
            let (hash, made) = hashed(&password)?;
            if !users::set_password(db, account, &email, &hash).await? {
                bail!("account {account} has no such user");
            }
            tell(made)
        }
        User::Remove { account, email } => {
            if !users::remove(db, account, &email).await? {
                bail!("account {account} has no such user");
            }
            Ok(())
        }
    }
}

/// A password's hash, and the password where it was made here.
fn hashed(given: &GivenPassword) -> anyhow::Result<(SecretString, Option<SecretString>)> {
    let password = if given.password_stdin { read()? } else { secret::make(Mark::Password) };
    let hash = Password::parse(password.clone()).context("the password")?.hash()?;
    Ok((hash, (!given.password_stdin).then_some(password)))
}

fn read() -> anyhow::Result<SecretString> {
    let mut line = String::new();
    std::io::stdin().lock().take(LINE_MAX).read_line(&mut line).context("reading a password from standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).into())
}

fn tell(made: Option<SecretString>) -> anyhow::Result<()> {
    made.map_or(Ok(()), |password| say(password.expose_secret()))
}
