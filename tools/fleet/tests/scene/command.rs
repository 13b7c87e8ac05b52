//! The command, with its options as a user writes them.

use {
    demo::manifest_path,
    std::{
        collections::BTreeMap,
        ffi::OsString,
        fs, io,
        os::unix::fs::symlink,
        path::{Path, PathBuf},
        process::{Child, Command, Output, Stdio},
    },
};

#[derive(Clone)]
pub struct Fleet {
    pub subcommand: &'static str,
    pub options: BTreeMap<&'static str, OsString>,
}

impl Fleet {
    pub fn new(subcommand: &'static str, url: &str) -> Self {
        let fleet = Self {
            subcommand,
            options: BTreeMap::new(),
        };
        fleet.with("--url", url).with("--calls-per-second", "10000")
    }

    /// The last value of an option counts.
    pub fn with(mut self, option: &'static str, value: impl Into<OsString>) -> Self {
        self.options.insert(option, value.into());
        self
    }

    pub fn start(&self) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fleet"));
        command
            .current_dir(project())
            .env_remove("RUST_LOG")
            .arg(self.subcommand)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for (option, value) in &self.options {
            command.arg(option);
            // A flag has no value.
            if !value.is_empty() {
                command.arg(value);
            }
        }
        command.spawn().expect("the command starts")
    }

    /// Runs the command to its end, which must have this exit status; what it printed.
    #[track_caller]
    pub fn ends(&self, status: i32) -> Printed {
        let ended = self.start().wait_with_output().expect("the command ends");
        Printed::of(ended, status)
    }
}

/// A folder as users have it: files where the command looks for them by default, and one that is
/// neither JSON nor a journal.
fn project() -> PathBuf {
    let project = Path::new(env!("CARGO_TARGET_TMPDIR")).join("project");
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    for (name, file) in [
        ("migrations/config-v1-to-v2.toml", manifest_path()),
        ("releases/v2/app.json", demo::path("v2/app.json")),
        ("README.md", readme),
    ] {
        let link = project.join(name);
        let folder = link.parent().expect("a folder");
        fs::create_dir_all(folder).expect("a folder");
        // Other tests may have made it.
        if let Err(error) = symlink(&file, &link) {
            assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        }
    }
    project
}

/// What a command wrote to the standard output and to the standard error stream.
pub struct Printed {
    pub out: String,
    pub err: String,
}

impl Printed {
    #[track_caller]
    pub fn of(ended: Output, status: i32) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("text");
        let printed = Self {
            out: text(ended.stdout),
            err: text(ended.stderr),
        };
        let Self { out, err } = &printed;
        assert_eq!(ended.status.code(), Some(status), "{out}{err}");
        printed
    }
}
