//! Bugs as they were reported elsewhere, each planted in the real program and found by a test.

use {
    super::workbench::{Change, Verdict, Workbench},
    crate::workspace,
    anyhow::{Context, Result, ensure},
    serde::Deserialize,
    std::{collections::BTreeSet, fs, path::Path},
};

const PAGE: &str = "docs/planted-bugs.md";

/// The tables, each with the title of its section of the page. One whose package was deleted is left
/// out.
const TABLES: &[(&str, &str)] = &[
    ("tests/planted-bugs.toml", "The program and the library"),
    ("tests/proxy/planted-bugs.toml", "The proxy path"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    bug: Vec<Bug>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Bug {
    name: String,
    /// The instruction that has it.
    instruction: String,
    file: String,
    /// What it replaces, which stands in the file once.
    find: String,
    replace: String,
    /// What goes wrong.
    wrong: String,
    /// Where such a bug was reported, in Markdown; `-` when that is not known.
    reported: String,
    /// The test that finds it: `tests/attacks: migrate::loader::…`.
    found_by: String,
}

/// Plants the named bugs, or all, which writes the page as well.
pub fn run(names: &[String]) -> Result<()> {
    let tables = tables(workspace::root())?;
    let all: Vec<&Bug> = tables.iter().flat_map(|(_, table)| &table.bug).collect();
    for name in names {
        ensure!(all.iter().any(|bug| bug.name == *name), "no bug is {name}");
    }
    let chosen: Vec<&Bug> = all
        .into_iter()
        .filter(|bug| names.is_empty() || names.contains(&bug.name))
        .collect();
    for bug in &chosen {
        bug.planted(workspace::root())?;
    }

    let workbench = Workbench::set_up()?;
    let tests: BTreeSet<_> = chosen.iter().map(|bug| &bug.found_by).collect();
    for test in tests {
        let (package, target, name) = parts(test)?;
        ensure!(
            !workbench.fails(None, package, target, name)?,
            "{test} fails without a bug"
        );
    }
    let mut missed = 0;
    for bug in &chosen {
        let found = bug.is_found(&workbench)?;
        missed += usize::from(!found);
    }
    ensure!(
        missed == 0,
        "{missed} of {} bugs are not found",
        chosen.len()
    );
    println!("all {} bugs are found", chosen.len());
    if names.is_empty() {
        fs::write(workspace::root().join(PAGE), page(&tables)?)
            .with_context(|| format!("cannot write {PAGE}"))?;
    }
    Ok(())
}

impl Bug {
    /// The file with the bug.
    fn planted(&self, root: &Path) -> Result<String> {
        let text = fs::read_to_string(root.join(&self.file))
            .with_context(|| format!("{}: cannot read {}", self.name, self.file))?;
        let times = text.matches(&self.find).count();
        ensure!(
            times == 1,
            "{}: what it replaces stands {times} times in {}",
            self.name,
            self.file
        );
        Ok(text.replace(&self.find, &self.replace))
    }

    /// Whether its test finds it. Of a bug that it misses, this prints who finds it instead.
    fn is_found(&self, workbench: &Workbench) -> Result<bool> {
        let change = Change {
            file: &self.file,
            text: &self.planted(workspace::root())?,
        };
        let (package, target, test) = parts(&self.found_by)?;
        if workbench.fails(Some(&change), package, target, test)? {
            println!("found   {}", self.name);
            return Ok(true);
        }
        match workbench.find(&change)? {
            Verdict::Found(by) => println!("missed  {}: found by {by} instead", self.name),
            Verdict::Missed => println!("missed  {}: by every test", self.name),
            Verdict::Unviable => println!("missed  {}: it does not compile", self.name),
        }
        Ok(false)
    }
}

/// The folder of a test's package, its target and its name.
fn parts(found_by: &str) -> Result<(&str, &str, &str)> {
    found_by
        .split_once(": ")
        .and_then(|(target, test)| {
            let (package, target) = target.rsplit_once('/')?;
            Some((package, target, test))
        })
        .with_context(|| format!("no test is named so: {found_by}"))
}

/// The tables of the repository at `root`, each with its title.
fn tables(root: &Path) -> Result<Vec<(&'static str, Table)>> {
    let mut tables = Vec::new();
    for (file, title) in TABLES {
        let path = root.join(file);
        if path.parent().is_some_and(Path::exists) {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {file}"))?;
            let table = toml::from_str(&text).with_context(|| format!("cannot read {file}"))?;
            tables.push((*title, table));
        }
    }
    Ok(tables)
}

fn page(tables: &[(&str, Table)]) -> Result<String> {
    let mut page = "\
# Planted bugs

Each row is a bug that was planted in the source; the program was built with it, and the test ran that `.so` and
failed. `cargo xtask planted-bugs` does it again and makes this page.
"
    .to_owned();
    for (title, table) in tables {
        page += &format!(
            "\n## {title}\n\n\
             | bug | instruction | what goes wrong | reported | the test that finds it |\n\
             | --- | --- | --- | --- | --- |\n"
        );
        for bug in &table.bug {
            let (_, target, test) = parts(&bug.found_by)?;
            let test = test.rsplit("::").next().unwrap_or(test);
            page += &format!(
                "| {} | `{}` | {} | {} | {target}: `{test}` |\n",
                bug.name, bug.instruction, bug.wrong, bug.reported
            );
        }
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bug_can_be_planted_and_names_a_test() {
        let root = workspace::root();
        let mut names = BTreeSet::new();
        for bug in tables(root)
            .unwrap()
            .iter()
            .flat_map(|(_, table)| &table.bug)
        {
            assert!(names.insert(bug.name.clone()), "two bugs are {}", bug.name);
            assert_ne!(
                bug.planted(root).unwrap(),
                fs::read_to_string(root.join(&bug.file)).unwrap()
            );
            let (package, _, test) = parts(&bug.found_by).unwrap();
            let function = format!("fn {}(", test.rsplit("::").next().unwrap());
            assert!(
                defines(&root.join(package), &function),
                "{}: {}",
                bug.name,
                bug.found_by
            );
        }
    }

    #[test]
    fn the_page_is_what_the_tables_give() {
        let root = workspace::root();
        let page = page(&tables(root).unwrap()).unwrap();
        assert_eq!(
            fs::read_to_string(root.join(PAGE)).unwrap(),
            page,
            "cargo xtask planted-bugs"
        );
    }

    /// Whether a file of Rust in the folder contains this.
    fn defines(folder: &Path, function: &str) -> bool {
        fs::read_dir(folder).unwrap().any(|entry| {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => defines(&path, function),
                false => {
                    path.extension().is_some_and(|extension| extension == "rs")
                        && fs::read_to_string(path).unwrap().contains(function)
                }
            }
        })
    }
}
