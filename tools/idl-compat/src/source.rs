//! Where files come from: a path, a revision of git, a directory of releases.

use {
    account_layout::{ReadIdl, idl::MAX_LEN},
    anyhow::{Context, Result, bail, ensure},
    idl_compat::report::Document,
    serde_json::Value,
    std::{
        fs::{self, File},
        io::Read,
        path::{Path, PathBuf},
        process::{Command, Stdio},
    },
};

/// The bytes of a file of at most [`MAX_LEN`].
pub fn bytes(path: &Path) -> Result<Vec<u8>> {
    let name = path.display();
    let read = || -> std::io::Result<Vec<u8>> { limited(File::open(path)?) };
    let bytes = read().with_context(|| format!("cannot read {name}"))?;
    ensure!(
        bytes.len() <= MAX_LEN,
        "{name} has more than {} MiB: pass another file",
        MAX_LEN >> 20
    );
    Ok(bytes)
}

/// The text of a file of at most [`MAX_LEN`].
pub fn text(path: &Path) -> Result<String> {
    String::from_utf8(bytes(path)?)
        .with_context(|| format!("{} is not text in UTF-8", path.display()))
}

/// An IDL in a file.
pub fn file(path: &Path) -> Result<Document> {
    document(bytes(path)?, path.display().to_string(), true)
}

/// An IDL in a revision of git, as `REF:PATH`.
pub fn git(object: &str) -> Result<Document> {
    ensure!(
        object
            .split_once(':')
            .is_some_and(|(_, path)| !path.is_empty()),
        "`{object}` names no file of a revision: --git takes REF:PATH, for example v1.0.0:target/idl/app.json"
    );
    let mut git = Command::new("git")
        .args(["show", "--no-textconv", "--end-of-options", object])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot run git: install it, or pass the IDL as a file")?;
    let bytes = git.stdout.take().map(limited).transpose();
    if bytes
        .as_ref()
        .is_ok_and(|bytes| bytes.as_ref().is_some_and(|bytes| bytes.len() > MAX_LEN))
    {
        // It would wait for someone to read the rest.
        git.kill().ok();
        git.wait().ok();
        bail!(
            "{object} has more than {} MiB: pass another file",
            MAX_LEN >> 20
        );
    }
    let output = git.wait_with_output().context("cannot run git")?;
    let reason = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "cannot read {object} from git: {}",
        reason.trim()
    );
    let bytes = bytes.with_context(|| format!("cannot read {object} from git"))?;
    document(bytes.unwrap_or_default(), object.to_owned(), false)
}

/// The IDLs of a program in a directory and in the folders directly in it, by path; `new` is not one
/// of them.
pub fn releases(directory: &Path, new: &Path, program: &str) -> Result<Vec<Document>> {
    let new = fs::canonicalize(new).ok();
    let mut found = Vec::new();
    let mut others = Vec::new();
    for path in json_files(directory)? {
        if fs::canonicalize(&path).ok() == new {
            continue;
        }
        let bytes = bytes(&path)?;
        if is_other_json(&bytes) {
            continue;
        }
        let document = document(bytes, path.display().to_string(), true)?;
        match &document.read.idl.metadata.name {
            name if name == program => found.push(document),
            name => others.push(name.clone()),
        }
    }
    if found.is_empty() {
        others.sort();
        others.dedup();
        let others = match &others[..] {
            [] => "it has no other IDL".to_owned(),
            others => format!("it has IDLs of {}", others.join(", ")),
        };
        bail!(
            "{} has no deployed IDL of the program `{program}` ({others}): add the one that is deployed, \
             or pass a file",
            directory.display()
        );
    }
    Ok(found)
}

fn document(bytes: Vec<u8>, name: String, is_file: bool) -> Result<Document> {
    let read = ReadIdl::read(&bytes, &name)?;
    let text = String::from_utf8(bytes).with_context(|| format!("{name} is not text in UTF-8"))?;
    Ok(Document {
        read,
        text,
        is_file,
    })
}

/// At most one byte more than [`MAX_LEN`].
fn limited(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_LEN as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Files `*.json` in a directory and in the folders directly in it, sorted.
fn json_files(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in entries(directory)? {
        let inner = if path.is_dir() {
            entries(&path)?
        } else {
            vec![path]
        };
        let is_json =
            |path: &PathBuf| path.extension().is_some_and(|end| end == "json") && path.is_file();
        files.extend(inner.into_iter().filter(is_json));
    }
    files.sort();
    Ok(files)
}

fn entries(directory: &Path) -> Result<Vec<PathBuf>> {
    let read = || {
        fs::read_dir(directory)?
            .map(|entry| Ok(entry?.path()))
            .collect()
    };
    let entries: std::io::Result<_> = read();
    entries.with_context(|| format!("cannot read {}", directory.display()))
}

/// Whether it is JSON that is no IDL, such as a package.json. What cannot be parsed is read as an IDL, so
/// that a damaged release is not passed over.
fn is_other_json(bytes: &[u8]) -> bool {
    serde_json::from_slice(bytes).is_ok_and(|value: Value| value.get("instructions").is_none())
}
