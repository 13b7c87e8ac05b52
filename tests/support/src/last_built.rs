//! What `anchor build` made last, in place of the artefacts in the repository.

use {
    crate::workspace::in_workspace,
    std::{env, fs, io, path::Path, time::SystemTime},
    svm_harness::Program,
};

/// The program in the folder that `TESTED_PROGRAMS` names, if it does: `cargo xtask mutants` and
/// `planted-bugs` look whether the tests find what is wrong with those.
pub fn tested(program: &Program) -> Option<Program> {
    let folder = env::var_os("TESTED_PROGRAMS")?;
    Some(Program {
        elf: Path::new(&folder).join(program.elf.file_name()?),
        ..program.clone()
    })
}

/// The program as `anchor build` made it last, or as it was released when nothing was built.
///
/// # Panics
/// When what was built last is older than its source.
pub fn last_built(released: Program) -> Program {
    if let Some(tested) = tested(&released) {
        return tested;
    }
    let file = released.elf.file_name().expect("an artefact has a name");
    let built = in_workspace("target/deploy").join(file);
    let Ok(built_at) = modified(&built) else {
        return released;
    };
    for folder in ["programs", "crates/account-migration/src"] {
        assert!(
            last_change(&in_workspace(folder)) <= built_at,
            "{} is older than {folder}: run `anchor build`, or delete target/deploy to use the \
             artefacts in releases",
            built.display()
        );
    }
    Program {
        elf: built,
        ..released
    }
}

/// When a file of this folder was changed last.
fn last_change(folder: &Path) -> SystemTime {
    let entries = fs::read_dir(folder).expect("the source folder is readable");
    entries
        .map(|entry| entry.expect("the source folder is readable").path())
        .map(|path| {
            if path.is_dir() {
                last_change(&path)
            } else {
                modified(&path).expect("the source is readable")
            }
        })
        .max()
        .unwrap_or(SystemTime::UNIX_EPOCH)
}

fn modified(path: &Path) -> io::Result<SystemTime> {
    fs::metadata(path)?.modified()
}
