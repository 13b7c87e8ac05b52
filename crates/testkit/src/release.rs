use {
    std::{
        fs, io,
        path::{Path, PathBuf},
        time::SystemTime,
    },
    svm_harness::{Program, native_program},
};

/// Release 1, frozen.
pub fn release_1() -> Program {
    Program {
        id: app_v1::ID,
        name: "app, release 1",
        native: native_program!(app_v1::entry),
        elf: in_workspace("releases/v1/app.so"),
    }
}

/// Release 2: what `anchor build` made last, or else the artefact in the repository.
///
/// # Panics
/// When what was built last is older than its source.
pub fn release_2() -> Program {
    newest_build(release_2_as_released())
}

/// Release 2, always the artefact in the repository: figures come from it.
pub fn release_2_as_released() -> Program {
    Program {
        id: app::ID,
        name: "app, release 2",
        native: native_program!(app::entry),
        elf: in_workspace("releases/v2/app.so"),
    }
}

/// The migration program; which binary as for [`release_2`].
pub fn migrator() -> Program {
    newest_build(migrator_as_released())
}

/// The migration program, always the artefact in the repository.
pub fn migrator_as_released() -> Program {
    Program {
        id: migrator::ID,
        name: "migrator",
        native: native_program!(migrator::entry),
        elf: in_workspace("releases/v2/migrator.so"),
    }
}

/// The program that takes configs over; which binary as for [`release_2`].
pub fn successor() -> Program {
    newest_build(successor_as_released())
}

/// The program that takes configs over, always the artefact in the repository.
pub fn successor_as_released() -> Program {
    Program {
        id: successor::ID,
        name: "successor",
        native: native_program!(successor::entry),
        elf: in_workspace("releases/v2/successor.so"),
    }
}

/// The program as `anchor build` made it last, if it did.
fn newest_build(released: Program) -> Program {
    let file = released.elf.file_name().expect("an artefact has a name");
    let built = in_workspace("target/deploy").join(file);
    let Ok(built_at) = modified(&built) else {
        return released;
    };
    for folder in ["programs", "crates/account-migration/src"] {
        assert!(
            newest(&in_workspace(folder)) <= built_at,
            "{} is older than {folder}: run `anchor build`, or delete target/deploy to use the \
             artefacts in releases/v2",
            built.display()
        );
    }
    Program {
        elf: built,
        ..released
    }
}

/// A path in this workspace.
pub fn in_workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

fn modified(path: &Path) -> io::Result<SystemTime> {
    fs::metadata(path)?.modified()
}

/// When a file of this folder was changed last.
fn newest(folder: &Path) -> SystemTime {
    let entries = fs::read_dir(folder).expect("the source folder is readable");
    entries
        .map(|entry| entry.expect("the source folder is readable").path())
        .map(|path| {
            if path.is_dir() {
                newest(&path)
            } else {
                modified(&path).expect("the source is readable")
            }
        })
        .max()
        .unwrap_or(SystemTime::UNIX_EPOCH)
}
