//! Why a journal did not do what it was asked.

use {
    rusqlite::ErrorCode,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    std::path::{Path, PathBuf},
    thiserror::Error,
};

#[derive(Debug, Error)]
#[error("journal {}: {problem}", path.display())]
pub struct JournalError {
    pub path: PathBuf,
    pub problem: Box<Problem>,
}

#[derive(Debug, Error)]
pub enum Problem {
    #[error("the file exists: `fleet resume` goes on with it; a new plan needs a new file")]
    Exists,
    #[error("there is no such file: `fleet plan` makes one")]
    Missing,
    #[error(
        "another fleet command uses it: wait until it has ended, or give each worker a journal of its own"
    )]
    Locked,
    #[error("the file is no journal of fleet: name another one")]
    NotAJournal,
    #[error(
        "it has format {found}, and this fleet reads format {known}: use the fleet that made it"
    )]
    Format { found: i64, known: i64 },
    #[error(
        "the file is damaged ({0}): wait until 151 blocks have passed, so that nothing it sent can still land, then plan with a new file; which accounts are migrated is on the chain"
    )]
    Damaged(String),
    #[error("its folder does not exist: name one with --journal that does")]
    NoFolder,
    #[error(
        "the disk is full: free some space, then `fleet resume` goes on; nothing was sent that is not in the journal"
    )]
    DiskFull,
    #[error(
        "it cannot be read or written ({0}): see to the file and its disk, then `fleet resume` goes on"
    )]
    Io(String),
    #[error("it has no account {0}: it was not planned")]
    UnknownAccount(Pubkey),
    #[error("it has no attempt {0}")]
    UnknownAttempt(Signature),
    #[error("account {0} is not part of attempt {1}")]
    NotOfAttempt(Pubkey, Signature),
    #[error("the attempt {0} is in it already and can land only once")]
    AttemptedBefore(Signature),
    #[error("an attempt takes a pending account, and {0} is not pending")]
    NotPending(Pubkey),
    #[error("account {0} is part of an attempt that is open")]
    InFlight(Pubkey),
    #[error("only an attempt makes account {0} in flight")]
    NoAttempt(Pubkey),
    #[error("SQLite: {0}")]
    Sqlite(rusqlite::Error),
}

impl Problem {
    pub(super) fn of(self, path: &Path) -> JournalError {
        JournalError {
            path: path.to_owned(),
            problem: Box::new(self),
        }
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error;
        if let Error::FromSqlConversionFailure(..)
        | Error::IntegralValueOutOfRange(..)
        | Error::InvalidColumnType(..)
        | Error::QueryReturnedNoRows
        | Error::Utf8Error(..) = error
        {
            return Self::Damaged(error.to_string());
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            Some(ErrorCode::NotADatabase) => Self::NotAJournal,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(
                ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::ReadOnly
                | ErrorCode::SystemIoFailure,
            ) => Self::Io(error.to_string()),
            _ => Self::Sqlite(error),
        }
    }
}
