//! A compiled file of tests.

use {
    anyhow::{Context, Result},
    serde_json::Value,
    std::{
        ffi::OsStr,
        io::{BufRead, BufReader},
        path::{Path, PathBuf},
        process::{Command, Stdio},
        sync::mpsc,
        thread,
        time::{Duration, Instant},
    },
};

/// The longest that a file of tests may take: some changes make an endless loop.
const TIME_LIMIT: Duration = Duration::from_secs(300);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestBinary {
    /// The folder of its package, in which it runs.
    folder: PathBuf,
    /// The name of its target.
    target: String,
    path: PathBuf,
}

/// What the compiler made of some tests.
pub enum Compiled {
    Tests(Vec<TestBinary>),
    /// The source does not compile.
    Nothing,
}

/// Compiles tests of the workspace at `root`; the arguments are those of `cargo test`.
pub fn compile<I: AsRef<OsStr>>(root: &Path, arguments: &[I]) -> Result<Compiled> {
    let output = Command::new("cargo")
        .current_dir(root)
        .args(["test", "--no-run", "--locked", "--message-format", "json"])
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    if !output.status.success() {
        return Ok(Compiled::Nothing);
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    Ok(Compiled::Tests(
        messages.lines().filter_map(binary).collect(),
    ))
}

/// The test binary that a message of cargo's names.
fn binary(message: &str) -> Option<TestBinary> {
    let message: Value = serde_json::from_str(message).ok()?;
    let manifest = Path::new(message["manifest_path"].as_str()?);
    Some(TestBinary {
        folder: manifest.parent()?.to_owned(),
        target: message["target"]["name"].as_str()?.to_owned(),
        path: message["executable"].as_str()?.into(),
    })
}

impl TestBinary {
    pub fn is(&self, folder: &Path, target: &str) -> bool {
        self.folder == folder && self.target == target
    }

    /// Runs its tests and returns the name of the first one that failed. `configure` adds the arguments
    /// that choose them.
    pub fn first_failure(&self, configure: impl FnOnce(&mut Command)) -> Result<Option<String>> {
        let mut command = Command::new(&self.path);
        command
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        configure(&mut command);
        let mut child = command
            .spawn()
            .with_context(|| format!("cannot run {}", self.path.display()))?;

        let output = BufReader::new(child.stdout.take().expect("it is piped"));
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            output
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| sender.send(line))
        });
        let end = Instant::now() + TIME_LIMIT;
        loop {
            let line = lines.recv_timeout(end.saturating_duration_since(Instant::now()));
            let failure = match line {
                Ok(line) => failed_test(&line),
                Err(mpsc::RecvTimeoutError::Timeout) => Some("(no end)".to_owned()),
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
            };
            if failure.is_some() {
                // It may have ended by itself meanwhile.
                child.kill().ok();
                child.wait()?;
                return Ok(failure);
            }
        }
        let passed = child.wait()?.success();
        Ok((!passed).then(|| "(crash)".to_owned()))
    }
}

/// The test whose failure this line of libtest's tells.
fn failed_test(line: &str) -> Option<String> {
    let name = line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?;
    Some(name.trim_end_matches(" - should panic").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_test_is_named() {
        let failed = "test attacks::loader::nobody ... FAILED";
        assert_eq!(failed_test(failed).unwrap(), "attacks::loader::nobody");
        let should_panic = "test batch::a_sixth_does_not_fit - should panic ... FAILED";
        assert_eq!(
            failed_test(should_panic).unwrap(),
            "batch::a_sixth_does_not_fit"
        );
        assert_eq!(failed_test("test attacks::loader::nobody ... ok"), None);
        assert_eq!(failed_test("test result: FAILED. 0 passed; 1 failed"), None);
    }

    #[test]
    fn cargo_names_what_it_compiled() {
        let message = r#"{"manifest_path": "/w/tests/Cargo.toml", "target": {"name": "rent"}, "executable": "/t/rent-1"}"#;
        assert!(binary(message).unwrap().is(Path::new("/w/tests"), "rent"));
        assert_eq!(binary(&message.replace(r#""/t/rent-1""#, "null")), None);
    }
}
