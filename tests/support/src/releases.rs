//! The releases of the program by number, as `releases/releases.json` lists them.

use {
    crate::{last_built::last_built, workspace::in_workspace},
    serde_json::Value,
    std::{
        fs,
        path::{Path, PathBuf},
    },
    svm_harness::{NativeProgram, Program, native_program},
};

/// The releases in one folder: a table and, for each release, a folder of artefacts.
#[derive(Clone, Debug)]
pub struct Releases {
    root: PathBuf,
    /// Ascending.
    numbers: Vec<u64>,
}

impl Releases {
    /// Reads `releases.json` in `root`.
    ///
    /// # Panics
    /// When the file is not a table of at least one release whose numbers ascend.
    pub fn read(root: &Path) -> Self {
        let path = root.join("releases.json");
        let numbers = fs::read(&path)
            .map_err(|error| error.to_string())
            .and_then(|table| numbers(&table))
            .unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
        Self {
            root: root.to_owned(),
            numbers,
        }
    }

    /// The numbers of all releases, ascending.
    pub fn numbers(&self) -> &[u64] {
        &self.numbers
    }

    /// The number of the newest release, whose source is `programs/app`.
    pub fn newest(&self) -> u64 {
        *self.numbers.last().expect("there is a release")
    }

    /// A release, always the artefact.
    ///
    /// # Panics
    /// When there is no release of this number.
    pub fn program(&self, number: u64) -> Program {
        assert!(
            self.numbers.contains(&number),
            "there is no release {number} in {}",
            self.root.display()
        );
        Program {
            id: app::ID,
            name: format!("app, release {number}"),
            native: self.native(number),
            elf: self.root.join(format!("v{number}/app.so")),
        }
    }

    /// The Rust source of a release, as far as this package depends on it.
    fn native(&self, number: u64) -> Option<NativeProgram> {
        match number {
            newest if newest == self.newest() => Some(native_program!(app::entry)),
            1 => Some(native_program!(app_v1::entry)),
            _ => None,
        }
    }
}

/// The releases of this workspace.
pub fn releases() -> Releases {
    Releases::read(&in_workspace("releases"))
}

/// A release of this workspace, always the artefact in the repository.
///
/// # Panics
/// When there is no release of this number.
pub fn release(number: u64) -> Program {
    releases().program(number)
}

/// The newest release: what `anchor build` made last, or else the artefact in the repository.
///
/// # Panics
/// When what was built last is older than its source.
pub fn newest() -> Program {
    last_built(newest_as_released())
}

/// The newest release, always the artefact in the repository: figures come from it.
pub fn newest_as_released() -> Program {
    let releases = releases();
    releases.program(releases.newest())
}

fn numbers(table: &[u8]) -> Result<Vec<u64>, String> {
    let table: Vec<Value> = serde_json::from_slice(table).map_err(|error| error.to_string())?;
    let numbers: Vec<u64> = table
        .iter()
        .map(|release| release["release"].as_u64())
        .collect::<Option<_>>()
        .ok_or("a release has no number")?;
    if numbers.is_empty() {
        return Err("there is no release".to_owned());
    }
    if !numbers.is_sorted_by(|a, b| a < b) {
        return Err("the numbers of the releases do not ascend".to_owned());
    }
    Ok(numbers)
}
