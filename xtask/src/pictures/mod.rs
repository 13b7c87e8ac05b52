//! The pictures of the documentation, drawn from the releases' IDLs by `idl-compat layout`.

mod proxy;

use {
    crate::workspace,
    anyhow::{Context, Result, ensure},
    std::{fs, process::Command},
};

const PICTURES: &[Picture] = &[
    Picture {
        file: "docs/config-v1-to-v2.svg",
        old: ("releases/v1/app.json", "ConfigV1"),
        new: ("releases/v2/app.json", "ConfigV2"),
        kept: "kept where it was",
        added: "new, written with defaults",
        more: &[],
    },
    proxy::CONFIG_V2_TO_SUCCESSOR,
];

/// Two layouts of an account in one picture.
struct Picture {
    file: &'static str,
    /// An IDL and the name of the account type in it.
    old: (&'static str, &'static str),
    new: (&'static str, &'static str),
    /// What the legend says of fields that both layouts have.
    kept: &'static str,
    /// What the legend says of fields that only the new layout has.
    added: &'static str,
    /// Further options of `idl-compat layout`.
    more: &'static [&'static str],
}

/// Draws all pictures and writes them, or compares them with those that are committed.
pub fn run(check: bool) -> Result<()> {
    for picture in PICTURES {
        let Picture { file, .. } = picture;
        let svg = picture.draw()?;
        let path = workspace::root().join(file);
        if check {
            let found = fs::read(&path).with_context(|| format!("cannot read {file}"))?;
            ensure!(found == svg, "{file} is stale; run: cargo xtask pictures");
            println!("{file}: up to date");
        } else {
            fs::write(&path, svg).with_context(|| format!("cannot write {file}"))?;
            println!("{file}: written");
        }
    }
    Ok(())
}

impl Picture {
    fn draw(&self) -> Result<Vec<u8>> {
        let output = Command::new("cargo")
            .current_dir(workspace::root())
            .args(["run", "--quiet", "--manifest-path", "tools/Cargo.toml"])
            .args(["--package", "idl-compat", "--", "layout"])
            .args(self.arguments())
            .output()
            .context("cannot run cargo")?;
        ensure!(
            output.status.success(),
            "{}: idl-compat, which is in tools, cannot draw it\n{}",
            self.file,
            String::from_utf8_lossy(&output.stderr).trim()
        );
        Ok(output.stdout)
    }

    /// The arguments of `idl-compat layout`.
    fn arguments(&self) -> Vec<&str> {
        let mut arguments = vec![self.old.0, self.old.1, self.new.0, self.new.1];
        arguments.extend(["--format", "svg", "--rent"]);
        arguments.extend(["--kept", self.kept, "--added", self.added]);
        arguments.extend(self.more);
        arguments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_of_idls_that_are_committed() {
        for picture in PICTURES {
            for file in [picture.file, picture.old.0, picture.new.0] {
                assert!(workspace::root().join(file).is_file(), "{file}");
            }
        }
    }

    #[test]
    fn arguments_begin_with_both_layouts() {
        let arguments = PICTURES[0].arguments();
        assert_eq!(
            arguments[..4],
            [
                "releases/v1/app.json",
                "ConfigV1",
                "releases/v2/app.json",
                "ConfigV2"
            ]
        );
    }
}
