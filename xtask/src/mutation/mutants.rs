//! Every mutant that cargo-mutants makes of the programs and the library is killed, or is on a list with
//! a reason.

use {
    super::workbench::{Change, Verdict, Workbench},
    crate::workspace,
    anyhow::{Context, Result, ensure},
    clap::Args,
    serde::Deserialize,
    std::{
        collections::{BTreeMap, BTreeSet},
        fs,
        process::Command,
        time::Instant,
    },
};

/// The lists of mutants that need not be killed. One whose package was deleted is left out.
const ACCEPTED: &[&str] = &["tests/mutants.toml", "tests/proxy/mutants.toml"];

/// The sources that mutants are made of.
const MUTATED: &[&str] = &["programs/*/src/**", "crates/account-migration/src/**"];

/// Kills every mutant of the programs and the library, or fails.
#[derive(Args)]
pub struct Mutants {
    /// Only those whose name contains this
    name: Option<String>,
    /// Only a part of them: `1/4`
    #[arg(long, value_name = "K/N")]
    shard: Option<String>,
}

/// What a list says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AcceptedMutants {
    accepted: Vec<Accepted>,
}

/// Mutants that no test kills, and why none needs to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    reason: String,
    mutants: Vec<String>,
}

/// As cargo-mutants lists it.
#[derive(Deserialize)]
struct Mutant {
    name: String,
    file: String,
    replacement: String,
    span: Span,
}

#[derive(Clone, Copy, Deserialize)]
struct Span {
    start: Position,
    end: Position,
}

/// Both count from 1, the column in characters.
#[derive(Clone, Copy, Deserialize)]
struct Position {
    line: usize,
    column: usize,
}

pub fn run(options: &Mutants) -> Result<()> {
    let accepted = accepted()?;
    let mutants: Vec<_> = named(list(options.shard.as_deref())?)
        .into_iter()
        .filter(|(name, _)| options.name.as_ref().is_none_or(|part| name.contains(part)))
        .collect();
    if options.name.is_none() && options.shard.is_none() {
        let names: BTreeSet<_> = mutants.iter().map(|(name, _)| name).collect();
        for name in &accepted {
            ensure!(
                names.contains(name),
                "what is accepted is no mutant: {name}"
            );
        }
    }

    let workbench = Workbench::set_up()?;
    workbench.check_unchanged()?;
    let mut counts = BTreeMap::new();
    let mut problems = Vec::new();
    for (name, mutant) in &mutants {
        let began = Instant::now();
        let original = fs::read_to_string(workspace::root().join(&mutant.file))?;
        let verdict = workbench.find(&Change {
            file: &mutant.file,
            text: &mutant.apply(&original)?,
        })?;
        let (what, by) = match (&verdict, accepted.contains(name)) {
            (Verdict::Unviable, false) => ("unviable", ""),
            (Verdict::Found(by), false) => ("killed", by.as_str()),
            (Verdict::Missed, true) => ("accepted", ""),
            (Verdict::Missed, false) => ("SURVIVED", ""),
            (Verdict::Found(by), true) => ("NOT TO BE LISTED: killed", by.as_str()),
            (Verdict::Unviable, true) => ("NOT TO BE LISTED: unviable", ""),
        };
        println!("{what:<9} {:>4} s  {name}  {by}", began.elapsed().as_secs());
        *counts.entry(what).or_insert(0) += 1;
        if !["unviable", "killed", "accepted"].contains(&what) {
            problems.push(format!("{what}: {name}"));
        }
    }
    println!("{} mutants: {counts:?}", mutants.len());
    ensure!(
        problems.is_empty(),
        "write a test, or a reason in {}:\n{}",
        ACCEPTED[0],
        problems.join("\n")
    );
    Ok(())
}

/// The mutants that the lists accept.
fn accepted() -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for file in ACCEPTED {
        let path = workspace::root().join(file);
        if !path.exists() {
            continue;
        }
        let list: AcceptedMutants = toml::from_str(&fs::read_to_string(&path)?)
            .with_context(|| format!("cannot read {file}"))?;
        for Accepted { reason, mutants } in list.accepted {
            ensure!(!reason.trim().is_empty(), "{file}: a reason is missing");
            for name in mutants {
                ensure!(names.insert(name.clone()), "{file} lists again: {name}");
            }
        }
    }
    Ok(names)
}

fn list(shard: Option<&str>) -> Result<Vec<Mutant>> {
    let mut command = Command::new("cargo");
    command
        .current_dir(workspace::root())
        .args(["mutants", "--workspace", "--list", "--json"]);
    for pattern in MUTATED {
        command.args(["--file", pattern]);
    }
    if let Some(shard) = shard {
        command.args(["--sharding", "round-robin", "--shard", shard]);
    }
    let output = command.output().context("cannot run cargo")?;
    ensure!(
        output.status.success(),
        "cargo mutants does not run (cargo install cargo-mutants --locked):\n{}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Each mutant by a name that stays the same when lines move: without its place, and where that is
/// not enough with its number among those of the name.
fn named(mutants: Vec<Mutant>) -> Vec<(String, Mutant)> {
    let mut numbers = BTreeMap::new();
    let name = |mutant: Mutant| {
        let what = mutant.name.splitn(4, ':').nth(3).unwrap_or_default();
        let name = format!("{}:{what}", mutant.file);
        let number = numbers.entry(name.clone()).or_insert(0);
        *number += 1;
        match *number {
            1 => (name, mutant),
            number => (format!("{name} #{number}"), mutant),
        }
    };
    mutants.into_iter().map(name).collect()
}

impl Mutant {
    /// The mutated file.
    fn apply(&self, original: &str) -> Result<String> {
        let (start, end) = (
            offset(original, self.span.start),
            offset(original, self.span.end),
        );
        let (start, end) = start
            .zip(end)
            .with_context(|| format!("no such place: {}", self.name))?;
        Ok([&original[..start], &self.replacement, &original[end..]].concat())
    }
}

/// The byte at a position.
fn offset(text: &str, position: Position) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let before: usize = lines.by_ref().take(position.line - 1).map(str::len).sum();
    let (column, _) = lines.next()?.char_indices().nth(position.column - 1)?;
    Some(before + column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mutant(name: &str, start: (usize, usize), end: (usize, usize)) -> Mutant {
        let position = |(line, column)| Position { line, column };
        Mutant {
            name: name.to_owned(),
            file: "a.rs".to_owned(),
            replacement: "!=".to_owned(),
            span: Span {
                start: position(start),
                end: position(end),
            },
        }
    }

    #[test]
    fn a_mutant_replaces_its_span() {
        let mutant = mutant("", (2, 8), (2, 10));
        let original = "fn f() {\n 'é' a == b;\n}\n";
        assert_eq!(
            mutant.apply(original).unwrap(),
            "fn f() {\n 'é' a != b;\n}\n"
        );
    }

    #[test]
    fn a_name_does_not_depend_on_the_line() {
        let place = ((1, 1), (1, 1));
        let mutants = [
            "a.rs:1:2: replace == with != in A::f",
            "a.rs:3:4: replace == with != in A::f",
        ]
        .map(|name| mutant(name, place.0, place.1));
        let names: Vec<_> = named(mutants.into())
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(
            names,
            [
                "a.rs: replace == with != in A::f",
                "a.rs: replace == with != in A::f #2"
            ]
        );
    }

    #[test]
    fn the_lists_can_be_read() {
        accepted().unwrap();
    }
}
