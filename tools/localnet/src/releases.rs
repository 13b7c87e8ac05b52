//! Releases as they lie in a folder: for each one `v1/app.so` and its IDL `v1/app.json`, and a table that names them.

use {
    anyhow::{Context, Result},
    serde::{Deserialize, de::DeserializeOwned},
    std::{
        fs,
        path::{Path, PathBuf},
    },
    svm_harness::Program,
};

/// The newest release of a folder without a table.
const NEWEST_WITHOUT_TABLE: u32 = 2;

/// A folder of releases.
#[derive(Clone, Debug)]
pub struct Releases {
    folder: PathBuf,
}

/// A row of `releases.json`.
#[derive(Deserialize)]
struct Row {
    release: u32,
}

/// What matters here of an IDL.
#[derive(Deserialize)]
struct Idl {
    address: String,
}

impl Releases {
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Release 1.
    ///
    /// # Errors
    /// When the folder does not have it.
    pub fn first(&self) -> Result<Program> {
        self.release(1)
    }

    /// The newest release that `releases.json` names, and its number.
    ///
    /// # Errors
    /// When the folder does not have it, or the table cannot be read.
    pub fn newest(&self) -> Result<(u32, Program)> {
        let table = self.folder.join("releases.json");
        let newest = if table.exists() {
            let rows: Vec<Row> = read(&table)?;
            let numbers = rows.iter().map(|row| row.release);
            numbers.max().context("releases.json names no release")?
        } else {
            NEWEST_WITHOUT_TABLE
        };
        Ok((newest, self.release(newest)?))
    }

    /// The programs of the proxy path, by their names; none in a repository without it.
    ///
    /// # Errors
    /// When a binary has no IDL beside it.
    pub fn proxy(&self) -> Result<Vec<Program>> {
        let folder = self.folder.join("proxy");
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let mut binaries = Vec::new();
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "so") {
                binaries.push(path);
            }
        }
        binaries.sort();
        let name = |elf: &PathBuf| elf.file_stem().unwrap_or_default().display().to_string();
        let programs = binaries.into_iter().map(|elf| program(name(&elf), elf));
        programs.collect()
    }

    fn release(&self, number: u32) -> Result<Program> {
        let elf = self.folder.join(format!("v{number}/app.so"));
        program(format!("app, release {number}"), elf)
    }
}

/// A binary whose IDL is beside it.
fn program(name: String, elf: PathBuf) -> Result<Program> {
    let path = elf.with_extension("json");
    let idl: Idl = read(&path)?;
    let id = idl.address.parse();
    Ok(Program {
        id: id.with_context(|| format!("{}: its address is none", path.display()))?,
        name,
        native: None,
        elf,
    })
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let json = fs::read(path).with_context(|| {
        format!(
            "cannot read {}: --releases names the folder of the releases",
            path.display()
        )
    })?;
    serde_json::from_slice(&json).with_context(|| format!("cannot read {}", path.display()))
}
