//! A copy of the workspace in which sources may be changed.

use {
    crate::workspace,
    anyhow::{Context, Result},
    std::{
        fs,
        path::{Path, PathBuf},
    },
};

/// What cargo needs of the repository to build a program and the tests of its package.
const COPIED: &[&str] = &[
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "crates",
    "programs",
    "releases",
    "tests",
    "xtask",
];

pub struct WorkspaceCopy {
    pub root: PathBuf,
}

impl WorkspaceCopy {
    /// Makes the copy, or brings it up to date: a file that is as it was keeps its time, so that cargo
    /// builds only what has changed.
    pub fn make() -> Result<Self> {
        let root = workspace::root().join("target/mutation");
        for name in COPIED {
            copy(&workspace::root().join(name), &root.join(name))?;
        }
        Ok(Self { root })
    }

    pub fn read(&self, file: &str) -> Result<String> {
        fs::read_to_string(self.root.join(file)).with_context(|| format!("cannot read {file}"))
    }

    pub fn write(&self, file: &str, text: &str) -> Result<()> {
        fs::write(self.root.join(file), text).with_context(|| format!("cannot write {file}"))
    }
}

/// Makes `to` what `from` is, whether that is a file or a folder.
fn copy(from: &Path, to: &Path) -> Result<()> {
    if !from.is_dir() {
        let bytes = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
        if fs::read(to).ok().as_ref() != Some(&bytes) {
            fs::write(to, bytes).with_context(|| format!("cannot write {}", to.display()))?;
        }
        return Ok(());
    }
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        if !from.join(entry.file_name()).exists() {
            match entry.file_type()?.is_dir() {
                true => fs::remove_dir_all(entry.path())?,
                false => fs::remove_file(entry.path())?,
            }
        }
    }
    for entry in fs::read_dir(from)? {
        let name = entry?.file_name();
        copy(&from.join(&name), &to.join(&name))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_becomes_what_the_original_is() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        for (file, text) in [
            ("from/a.rs", "new"),
            ("from/b/same.rs", "same"),
            ("to/a.rs", "old"),
            ("to/b/same.rs", "same"),
            ("to/b/gone.rs", ""),
            ("to/gone/c.rs", ""),
        ] {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let same = to.join("b/same.rs");
        let modified = fs::metadata(&same).unwrap().modified().unwrap();

        copy(&from, &to).unwrap();

        assert_eq!(fs::read_to_string(to.join("a.rs")).unwrap(), "new");
        assert_eq!(fs::metadata(&same).unwrap().modified().unwrap(), modified);
        assert!(!to.join("b/gone.rs").exists());
        assert!(!to.join("gone").exists());
    }
}
