//! The file: made whole, opened by one command at a time, and read only when nothing of it is damaged.

use {
    super::{Header, Problem, Totals, totals, value::damaged},
    rusqlite::{
        Connection, OpenFlags,
        functions::{Context, FunctionFlags},
        types::ValueRef,
    },
    std::{
        fs::{self, File},
        io::ErrorKind,
        path::Path,
        time::Duration,
    },
};

/// The tables of format 1, and the one that format 2 has beside them.
const SCHEMA: &str = include_str!("schema.sql");
const SCOPE: &str = include_str!("scope.sql");
/// "flee": what a journal has and other SQLite files have not.
const APPLICATION_ID: i64 = 0x666c_6565;
/// Goes up when a fleet of the format before can no longer read the file.
const FORMAT: i64 = 2;
/// What a file of this format lacks is added when it is opened.
const FORMAT_WITHOUT_SCOPE: i64 = 1;
/// KiB of pages that SQLite keeps in memory.
const CACHE: i64 = 16 * 1024;
/// Statements that stay prepared.
const STATEMENTS: usize = 64;

pub fn create(path: &Path, header: &Header) -> Result<Connection, Problem> {
    File::create_new(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Problem::Exists,
        ErrorKind::NotFound => Problem::NoFolder,
        ErrorKind::StorageFull => Problem::DiskFull,
        _ => Problem::Io(error.to_string()),
    })?;
    let created = fill(path, header);
    if created.is_err() {
        // Half a journal would only be in the way of the next attempt to make one.
        let _ = fs::remove_file(path);
    }
    created
}

fn fill(path: &Path, header: &Header) -> Result<Connection, Problem> {
    let mut connection = connect(path)?;
    lock(&connection)?;
    let transaction = connection.transaction()?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    transaction.execute_batch(SCHEMA)?;
    transaction.execute_batch(SCOPE)?;
    header.insert(&transaction)?;
    transaction.commit()?;
    Ok(connection)
}

pub fn open(path: &Path) -> Result<(Connection, Header, Totals), Problem> {
    if !path.exists() {
        return Err(Problem::Missing);
    }
    read(path).map_err(|problem| match problem {
        // The same statements succeed on a journal that is whole.
        Problem::Sqlite(error) => damaged(error),
        problem => problem,
    })
}

fn read(path: &Path) -> Result<(Connection, Header, Totals), Problem> {
    let connection = connect(path)?;
    let format = identify(&connection)?;
    lock(&connection)?;
    check(&connection, format)?;
    if format == FORMAT_WITHOUT_SCOPE {
        add_scope(&connection)?;
    }
    let header = Header::select(&connection)?;
    let totals = totals::count(&connection)?;
    Ok((connection, header, totals))
}

fn identify(connection: &Connection) -> Result<i64, Problem> {
    let number = |pragma| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    if number("application_id")? != APPLICATION_ID {
        return Err(Problem::NotAJournal);
    }
    match number("user_version")? {
        format @ (FORMAT | FORMAT_WITHOUT_SCOPE) => Ok(format),
        found => Err(Problem::Format {
            found,
            known: FORMAT,
        }),
    }
}

/// A run of format 1 migrated whatever it found.
fn add_scope(connection: &Connection) -> Result<(), Problem> {
    let transaction = connection.unchecked_transaction()?;
    transaction.execute_batch(SCOPE)?;
    transaction
        .execute_batch("INSERT INTO scope (id, planned_only) SELECT 1, false FROM payer_balance")?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    Ok(transaction.commit()?)
}

/// Writes nothing, so that a file of someone else stays as it is.
fn connect(path: &Path) -> Result<Connection, Problem> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::ZERO)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "cache_size", -CACHE)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("crc32", -1, flags, |values| Ok(crc32(values)))?;
    Ok(connection)
}

/// Keeps all others out until the connection is closed.
fn lock(connection: &Connection) -> Result<(), Problem> {
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.execute_batch("BEGIN EXCLUSIVE; COMMIT")?;
    connection.pragma_update(None, "journal_mode", "PERSIST")?;
    connection.pragma_update(None, "journal_size_limit", CACHE * 1024)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(())
}

/// CRC-32 of the values, each with its type and length.
fn crc32(values: &Context) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for index in 0..values.len() {
        let mut add = |kind: u8, bytes: &[u8]| {
            hasher.update(&[kind]);
            hasher.update(&bytes.len().to_le_bytes());
            hasher.update(bytes);
        };
        match values.get_raw(index) {
            ValueRef::Null => add(0, &[]),
            ValueRef::Integer(number) => add(1, &number.to_le_bytes()),
            ValueRef::Real(number) => add(2, &number.to_le_bytes()),
            ValueRef::Text(bytes) => add(3, bytes),
            ValueRef::Blob(bytes) => add(4, bytes),
        }
    }
    hasher.finalize()
}

/// Reads all of the file once: its structure, its indexes, and the checksum of each row.
fn check(connection: &Connection, format: i64) -> Result<(), Problem> {
    // A changed schema could check less.
    let expected = Connection::open_in_memory()?;
    expected.create_scalar_function("crc32", -1, FunctionFlags::SQLITE_DETERMINISTIC, |_| Ok(0))?;
    expected.execute_batch(SCHEMA)?;
    if format != FORMAT_WITHOUT_SCOPE {
        expected.execute_batch(SCOPE)?;
    }
    if schema(connection)? != schema(&expected)? {
        return Err(damaged("its tables are not those of a journal"));
    }
    let found: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found == "ok" {
        Ok(())
    } else {
        Err(damaged(found))
    }
}

fn schema(connection: &Connection) -> Result<Vec<(String, String, Option<String>)>, Problem> {
    let mut statement =
        connection.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY name")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub fn limit_size(connection: &Connection, bytes: u64) -> Result<(), Problem> {
    let page_size: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    // SQLite takes 0 for no change.
    let pages = (i64::try_from(bytes).unwrap_or(i64::MAX) / page_size).max(1);
    connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
    Ok(())
}
