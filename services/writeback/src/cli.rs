//! The command line.

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{Args, Parser, Subcommand};
use domain::{AccountId, AgentId, ApiKeyId, ConversationId, DeadLetterId, Email, Region, scope::Scope};

/// Connects voice and chat agents to HubSpot: puts finished conversations on the right contact's timeline.
///
/// One binary, several roles. Roles read their configuration from WRITEBACK_* variables (see the README's table) and keep no
/// state: start as many of each as you need. Each serves /healthz, /readyz and /metrics on `WRITEBACK_OPS_LISTEN` and
/// stops in order on SIGTERM.
#[derive(Debug, Parser)]
#[command(name = "writeback", version, propagate_version = true, after_help = EXIT)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT: &str = "Exit codes: 0 done, 1 it failed (stderr says why), 2 the command line is wrong.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the HTTP API.
    Api,
    /// Scrub and summarise accepted conversations.
    Redactor,
    /// Find or create each conversation's contact.
    Matcher,
    /// Write Calls and Notes to HubSpot.
    Poster,
    /// Run every role in one process: for small installs and for trying it out.
    All,
    /// Bring the database's schema up to date; run it before a new release starts.
    Migrate {
        /// Only say whether the schema is up to date; fails if it is not.
        #[arg(long)]
        check: bool,
    },
    /// Customers of the platform.
    #[command(subcommand)]
    Account(Account),
    /// API keys.
    #[command(subcommand)]
    Key(Key),
    /// People who sign in to the console.
    #[command(subcommand)]
    User(User),
    /// Links to HubSpot portals.
    #[command(subcommand)]
    Connection(Connection),
    /// Scrub conversations: JSON lines on standard input to JSON lines on standard output.
    ///
    /// A line in: `{"id": "c1", "turns": [{"speaker": "agent", "text": "..."}], "summary": "...", "texts": ["..."]}`, of which
    /// "summary" and "texts" (whatever else is said of the conversation) may be missing. The same comes out, scrubbed, in the same
    /// order. All other fields are left out: nothing leaves that was not looked at. A line that cannot be read is named on standard
    /// error and left out, and the exit code is 1.
    Redact(Redact),
    /// Keys that seal what rests (`WRITEBACK_SEALING_KEYS`).
    #[command(subcommand)]
    Keys(Keys),
    /// Conversations that were given up: look at them, try them again, or drop them.
    #[command(subcommand)]
    DeadLetters(DeadLetters),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Account {
    /// Make an account; prints its id.
    Create {
        /// What people call it.
        #[arg(long)]
        name: String,
        /// Country of numbers that are written without a country code, such as US or DE.
        #[arg(long, default_value = "US")]
        region: Region,
    },
    /// List accounts.
    List,
    /// Name telephone numbers of the account's own, which are never taken for a customer's.
    OwnNumbers {
        #[arg(long)]
        account: AccountId,
        /// Numbers to add, best in E.164.
        #[arg(long = "add")]
        add: Vec<String>,
        /// Numbers to remove.
        #[arg(long = "remove")]
        remove: Vec<String>,
    },
    /// Name an agent of the account.
    Agent {
        #[arg(long)]
        account: AccountId,
        /// The platform's id of the agent.
        #[arg(long)]
        id: AgentId,
        /// What people call it.
        #[arg(long)]
        name: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Key {
    /// Make an API key; prints the secret, which is shown this once.
    Create {
        #[arg(long)]
        account: AccountId,
        /// What it is for.
        #[arg(long, default_value = "default")]
        name: String,
        /// Scopes separated by commas, or "all".
        #[arg(long, value_parser = scopes)]
        scopes: Scopes,
    },
    /// List an account's keys, never the secrets.
    List {
        #[arg(long)]
        account: AccountId,
    },
    /// Make a key useless at once.
    Revoke {
        #[arg(long)]
        account: AccountId,
        #[arg(long)]
        key: ApiKeyId,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Let somebody sign in to an account's console; prints the password, unless it was given.
    Create {
        #[arg(long)]
        account: AccountId,
        /// What they sign in with.
        #[arg(long, value_parser = Email::parse)]
        email: Email,
        #[command(flatten)]
        password: GivenPassword,
        /// They sign in through the OpenID Connect provider only.
        #[arg(long, conflicts_with = "password_stdin")]
        no_password: bool,
    },
    /// List who may sign in to an account's console.
    List {
        #[arg(long)]
        account: AccountId,
    },
    /// Give somebody another password, and sign them out everywhere; prints it, unless it was given.
    Password {
        #[arg(long)]
        account: AccountId,
        #[arg(long, value_parser = Email::parse)]
        email: Email,
        #[command(flatten)]
        password: GivenPassword,
    },
    /// Let somebody sign in no more, and sign them out everywhere.
    Remove {
        #[arg(long)]
        account: AccountId,
        #[arg(long, value_parser = Email::parse)]
        email: Email,
    },
}

/// Where a password comes from.
#[derive(Debug, Args)]
pub(crate) struct GivenPassword {
    /// Read the password from standard input (its first line) instead of making one.
    #[arg(long)]
    pub(crate) password_stdin: bool,
}

/// The scopes of a key.
#[derive(Debug, Clone)]
pub(crate) struct Scopes(pub(crate) Vec<Scope>);

fn scopes(text: &str) -> Result<Scopes, String> {
    if text == "all" {
        return Ok(Scopes(Scope::ALL.to_vec()));
    }
    let known = || Scope::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", ");
    let parse = |name: &str| name.trim().parse().map_err(|_| format!("{name:?} is no scope; known are {}", known()));
    text.split(',').map(parse).collect::<Result<_, _>>().map(Scopes)
}

#[derive(Debug, Subcommand)]
pub(crate) enum Connection {
    /// Connect an account to a portal with tokens that you already have; prints the connection's id.
    ///
    /// For installs without a browser. FILE (or standard input, with -) is JSON: {"portalId": 123, "accessToken": "..."} for a
    /// private app's token or a service key; with "refreshToken" and "expiresIn" (seconds) for an OAuth app's tokens. "scopes"
    /// and "uiDomain" are looked up in HubSpot where they are missing.
    Import {
        #[arg(long)]
        account: AccountId,
        file: PathBuf,
    },
    /// Find out again what the portal allows (unique properties), and store it.
    Probe {
        #[arg(long)]
        account: AccountId,
    },
    /// Show an account's connection.
    Show {
        #[arg(long)]
        account: AccountId,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Redact {
    /// Threads to work with; all cores by default. The order of the lines is kept.
    #[arg(long)]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Also say why each number went: JSON lines to FILE, or to standard error without one.
    ///
    /// One object for each removed number, never the number itself: "id" of the line; "kind" and "label", what it was; "why"
    /// (checksum, named, form, `next_to_card` or echo) and "because", the same in words; "pieces", where it stood: a "turn" or "text"
    /// (from 0) or the "summary", and the characters "from" and "to" in it (code points from 0; "to" is the first that stayed).
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, default_missing_value = "-")]
    pub(crate) explain: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Seal anew, with the first key of the ring, what rests in PostgreSQL under older ones.
    ///
    /// Put the new key first in `WRITEBACK_SEALING_KEYS` and restart every role, then run this. Everything goes on meanwhile, and it
    /// may be stopped and run again at any time. It says what was sealed anew and what rests under which key, and fails if something
    /// was left under another one. See the README's operating notes for when the old key can go.
    Rotate {
        /// Only count, by key; fails if something rests under another key than the first.
        #[arg(long)]
        check: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum DeadLetters {
    /// List an account's dead letters, newest first.
    List {
        #[arg(long)]
        account: AccountId,
        /// At most so many.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
    },
    /// Show one, scrubbed, without telephone numbers and addresses.
    Show {
        #[arg(long)]
        account: AccountId,
        id: DeadLetterId,
    },
    /// Send them back to the stage that gave them up.
    Replay(Selection),
    /// Forget them for good.
    Drop(Selection),
}

/// Which dead letters of an account.
#[derive(Debug, Args)]
pub(crate) struct Selection {
    #[arg(long)]
    pub(crate) account: AccountId,
    #[command(flatten)]
    pub(crate) which: Which,
}

/// These, those of one conversation, or all.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Which {
    /// Their ids.
    pub(crate) ids: Vec<DeadLetterId>,
    /// Those of this conversation.
    #[arg(long)]
    pub(crate) conversation: Option<ConversationId>,
    /// All of the account.
    #[arg(long)]
    pub(crate) all: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn scopes_are_read_by_name() {
        assert_eq!(scopes("events:write, integrations:read").unwrap().0, [Scope::EventsWrite, Scope::IntegrationsRead]);
        assert_eq!(scopes("all").unwrap().0.len(), Scope::ALL.len());
        assert!(scopes("events:write,root").unwrap_err().contains("root"));
    }
}
