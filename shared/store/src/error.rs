//! What can go wrong, told apart by what the caller can do about it.

use std::fmt;

use domain::seal::OpenError;

/// Why a function of the store failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database could not be reached, was too slow, or gave way to another transaction. Nothing took effect, or a commit's
    /// answer was lost: trying again is right either way, since every write here may be repeated.
    #[error("the database is not available while {doing}")]
    Unavailable {
        /// What was being done.
        doing: &'static str,
        /// What the driver says.
        #[source]
        source: sqlx::Error,
    },
    /// A constraint refused the write: the caller asked for something that must not be.
    #[error("a constraint refused {doing}{}", OfConstraint(.constraint.as_deref()))]
    Constraint {
        /// What was being done.
        doing: &'static str,
        /// The constraint's name.
        constraint: Option<String>,
        /// What the driver says.
        #[source]
        source: sqlx::Error,
    },
    /// A row holds what this release cannot read.
    #[error("column {column} holds a value that cannot be read")]
    Corrupt {
        /// The table's column, as `table.column`.
        column: &'static str,
    },
    /// A sealed column does not open.
    #[error("{what} cannot be opened")]
    Sealed {
        /// What it is.
        what: &'static str,
        /// Why not.
        #[source]
        source: OpenError,
    },
    /// There is no such row, or it belongs to somebody else.
    #[error("there is no such {what}")]
    NotFound {
        /// What was looked for.
        what: &'static str,
    },
    /// The migrations could not be run.
    #[error("the migrations could not be run")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// Anything else: a defect of ours, or a schema of another release.
    #[error("the database refused {doing}")]
    Database {
        /// What was being done.
        doing: &'static str,
        /// What the driver says.
        #[source]
        source: sqlx::Error,
    },
}

impl Error {
    /// May the same call succeed later without anybody changing anything?
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Unavailable { .. })
    }

    /// Did it break the constraint of that name?
    pub(crate) fn broke(&self, name: &str) -> bool {
        matches!(self, Self::Constraint { constraint: Some(constraint), .. } if constraint == name)
    }

    /// For `map_err`: sorts the driver's error and says what was being done.
    pub(crate) fn when(doing: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| match kind(&source) {
            Kind::Unavailable => Self::Unavailable { doing, source },
            Kind::Constraint => {
                let constraint = source.as_database_error().and_then(|e| e.constraint()).map(str::to_owned);
                Self::Constraint { doing, constraint, source }
            }
            Kind::Other => Self::Database { doing, source },
        }
    }
}

enum Kind {
    Unavailable,
    Constraint,
    Other,
}

fn kind(error: &sqlx::Error) -> Kind {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Kind::Unavailable,
        sqlx::Error::Database(refusal) => match refusal.code().as_deref() {
            Some(code) => kind_of_code(code),
            None => Kind::Other,
        },
        _ => Kind::Other,
    }
}

/// SQLSTATE classes (PostgreSQL manual, appendix A).
fn kind_of_code(code: &str) -> Kind {
    match (code.get(..2).unwrap_or_default(), code) {
        // Connection gone, deadlock or serialization, out of resources, operator intervention (statement time-out and shutdown
        // among them), system error; and of other classes: a fail-over left us on a standby, lock time-out, idle in
        // transaction.
        ("08" | "40" | "53" | "57" | "58", _) | (_, "25006" | "55P03" | "25P03") => Kind::Unavailable,
        ("23", _) => Kind::Constraint,
        _ => Kind::Other,
    }
}

struct OfConstraint<'a>(Option<&'a str>);

impl fmt::Display for OfConstraint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |name| write!(f, " ({name})"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_by_itself_is_told_from_what_does_not() {
        for code in ["08006", "40P01", "40001", "53300", "57014", "57P01", "25006", "55P03"] {
            assert!(matches!(kind_of_code(code), Kind::Unavailable), "{code}");
        }
        for code in ["23505", "23503", "23514"] {
            assert!(matches!(kind_of_code(code), Kind::Constraint), "{code}");
        }
        for code in ["42P01", "22003", ""] {
            assert!(matches!(kind_of_code(code), Kind::Other), "{code}");
        }
    }
}
