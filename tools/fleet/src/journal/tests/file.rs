use {
    super::support::*,
    crate::journal::{Journal, JournalError, Problem},
    rusqlite::Connection,
    std::{fs, path::Path},
};

#[test]
fn a_folder_that_is_not_there_is_named() {
    let (folder, _journal) = journal(0);
    let created = Journal::create(folder.path().join("none/fleet.db"), &header());
    assert!(matches!(problem(created), Problem::NoFolder));
}

#[test]
fn a_journal_is_never_overwritten() {
    let (_folder, journal) = journal(3);
    let path = journal.path().to_owned();
    assert!(matches!(
        problem(Journal::create(&path, &header())),
        Problem::Exists
    ));
    drop(journal);
    assert!(matches!(
        problem(Journal::create(&path, &header())),
        Problem::Exists
    ));
    assert_eq!(Journal::open(&path).unwrap().totals().planned, 3);
}

#[test]
fn a_journal_that_is_not_there_says_what_to_do() {
    let (_folder, path) = new_path();
    let error = Journal::open(&path).unwrap_err();
    assert!(matches!(*error.problem, Problem::Missing));
    assert_eq!(
        error.to_string(),
        format!(
            "journal {}: there is no such file: `fleet plan` makes one",
            path.display()
        )
    );
    assert!(!path.exists());
}

#[test]
fn other_files_are_left_alone() {
    for contents in [&b""[..], b"hello", &[0; 4_096], &[b'x'; 10_000]] {
        let (_folder, path) = new_path();
        fs::write(&path, contents).unwrap();
        assert!(matches!(
            problem(Journal::open(&path)),
            Problem::NotAJournal
        ));
        assert!(fs::read(&path).unwrap() == contents);
    }
}

#[test]
fn other_databases_are_left_alone() {
    let (_folder, path) = new_path();
    let other = Connection::open(&path).unwrap();
    other
        .execute_batch("CREATE TABLE account (id INTEGER)")
        .unwrap();
    drop(other);
    assert!(matches!(
        problem(Journal::open(&path)),
        Problem::NotAJournal
    ));
}

#[test]
fn another_format_is_named() {
    let (_folder, journal) = journal(1);
    journal
        .connection
        .pragma_update(None, "user_version", 3)
        .unwrap();
    let path = journal.path().to_owned();
    drop(journal);
    assert!(matches!(
        problem(Journal::open(path)),
        Problem::Format { found: 3, known: 2 }
    ));
}

#[test]
fn one_command_at_a_time_has_it_open() {
    let (_folder, journal) = journal(1);
    let path = journal.path().to_owned();
    let rejected = || problem(Journal::open(&path));
    assert!(matches!(rejected(), Problem::Locked));
    // Reading and writing keep the lock.
    assert_eq!(journal.pending(0, 9).unwrap().0.len(), 1);
    assert!(matches!(rejected(), Problem::Locked));
    let mut journal = journal;
    journal.begin_attempts(&[attempt(1, &[0])]).unwrap();
    assert!(matches!(rejected(), Problem::Locked));
    drop(journal);
    let second = Journal::open(&path).unwrap();
    assert_eq!(second.totals().in_flight, 1);
    assert!(matches!(rejected(), Problem::Locked));
}

#[test]
fn a_full_disk_changes_nothing() {
    let (_folder, mut journal) = journal(200);
    journal.begin_attempts(&[attempt(1, &[0, 1])]).unwrap();
    let before = Image::of(&journal, 200);
    let size = fs::metadata(journal.path()).unwrap().len();
    journal.limit_size(size).unwrap();
    let full =
        |result: Result<(), JournalError>| assert!(matches!(problem(result), Problem::DiskFull));
    full(add_planned(&mut journal, &accounts(200..400), 11).map(drop));
    let many: Vec<_> = (0..30).map(|seed| attempt(seed + 2, &[seed + 2])).collect();
    full(journal.begin_attempts(&many));
    assert_eq!(Image::of(&journal, 200), before);

    // With space again it goes on.
    journal.limit_size(u64::MAX).unwrap();
    journal.begin_attempts(&many).unwrap();
    assert_eq!(journal.totals(), totals_by_sql(&journal));
    assert_eq!(reopen(journal).totals().open, 31);
}

#[test]
fn a_full_disk_is_survived_by_a_restart() {
    let (_folder, mut journal) = journal(200);
    let before = Image::of(&journal, 200);
    journal.limit_size(1).unwrap();
    let added = add_planned(&mut journal, &accounts(200..400), 11);
    assert!(matches!(problem(added), Problem::DiskFull));
    assert_eq!(Image::of(&reopen(journal), 200), before);
}

#[test]
fn half_a_journal_is_not_left_behind() {
    // A folder in the place of SQLite's `-journal` keeps it from writing.
    let (folder, path) = new_path();
    fs::create_dir(folder.path().join("fleet.db-journal")).unwrap();
    assert!(matches!(
        problem(Journal::create(&path, &header())),
        Problem::Io(_)
    ));
    assert!(!path.exists());
}

/// The file as it is on disk now, as a killed command leaves it.
fn as_killed(path: &Path, to: &Path) {
    fs::copy(path, to).unwrap();
    let beside = |path: &Path| {
        path.with_file_name(format!("{}-journal", path.file_name().unwrap().display()))
    };
    if beside(path).exists() {
        fs::copy(beside(path), beside(to)).unwrap();
    }
}

#[test]
fn a_change_that_is_cut_short_did_not_happen() {
    let (folder, mut journal) = journal(500);
    journal.begin_attempts(&[attempt(1, &[0, 1])]).unwrap();
    let before = Image::of(&journal, 600);
    let killed = folder.path().join("killed.db");
    // With no cache, changes reach the file before they are committed.
    journal
        .connection
        .pragma_update(None, "cache_size", 0)
        .unwrap();
    let path = journal.path().to_owned();
    let unchanged = fs::read(&path).unwrap();
    let cut_short = journal.change(|connection, totals| -> Result<(), Problem> {
        for (address, state) in (2..500).map(closed) {
            crate::journal::accounts::set_state(connection, totals, &address, &state, None)?;
        }
        as_killed(&path, &killed);
        Err(Problem::DiskFull)
    });
    assert!(matches!(problem(cut_short), Problem::DiskFull));
    assert!(fs::read(&killed).unwrap() != unchanged);
    assert_eq!(Image::of(&Journal::open(killed).unwrap(), 600), before);
    assert_eq!(Image::of(&journal, 600), before);
}

#[test]
fn a_change_is_on_disk_when_its_method_returns() {
    let (folder, mut journal) = journal(20);
    type Write = Box<dyn Fn(&mut Journal)>;
    let mut writes: Vec<Write> = Vec::new();
    for seed in 0..10 {
        writes.push(Box::new(move |journal| {
            journal.begin_attempts(&[attempt(seed, &[seed])]).unwrap();
        }));
        writes.push(Box::new(move |journal| {
            let states = vec![migrated(seed, seed, 3)];
            journal
                .finish_attempts(&[(signature(seed), landed(50), states)])
                .unwrap();
        }));
    }
    for (number, write) in writes.iter().enumerate() {
        write(&mut journal);
        let killed = folder.path().join(format!("killed{number}.db"));
        as_killed(journal.path(), &killed);
        let found = Journal::open(killed).unwrap();
        assert_eq!(Image::of(&found, 20), Image::of(&journal, 20));
    }
}
