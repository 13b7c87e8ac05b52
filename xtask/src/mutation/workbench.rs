//! Applies a change and looks for the test that finds it.

use {
    super::{
        copy::WorkspaceCopy,
        programs::{BuiltProgram, Programs},
        suites::{Suite, Tests, suites},
        test_binary::{self, Compiled, TestBinary},
    },
    crate::workspace,
    anyhow::{Context, Result, bail},
    std::{
        collections::BTreeMap,
        fs,
        path::{Path, PathBuf},
    },
};

/// The variable that hands the folder of programs to the tests: see `support::last_built`.
const TESTED_PROGRAMS: &str = "TESTED_PROGRAMS";

/// A changed file of the workspace.
pub struct Change<'a> {
    pub file: &'a str,
    /// All of it.
    pub text: &'a str,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The first test that failed, behind the folder of its package.
    Found(String),
    /// Every test that runs what the change is in passed.
    Missed,
    /// The changed source does not compile.
    Unviable,
}

pub struct Workbench {
    copy: WorkspaceCopy,
    programs: Programs,
    /// The unchanged programs: bytes by the name of the ELF.
    unchanged: BTreeMap<String, Vec<u8>>,
    binaries: Vec<TestBinary>,
    /// Where the tests look for programs.
    tested: PathBuf,
}

impl Workbench {
    /// Builds the programs and the tests as they are.
    pub fn set_up() -> Result<Self> {
        let copy = WorkspaceCopy::make()?;
        let mut programs = Programs::of(&copy.root)?;
        programs
            .all
            .retain(|program| suites().any(|suite| suite.runs().contains(&&*program.elf)));
        let tested = copy.root.join("programs-under-test");
        fs::create_dir_all(&tested)?;
        let mut unchanged = BTreeMap::new();
        for program in &programs.all {
            let bytes = programs.build(program)?;
            fs::write(tested.join(&program.elf), &bytes)?;
            unchanged.insert(program.elf.clone(), bytes);
        }
        let mut arguments = vec!["--workspace"];
        for suite in suites() {
            if let Tests::OfPrograms { target, .. } = suite.tests {
                arguments.extend(["--test", target]);
            }
        }
        let Compiled::Tests(binaries) = test_binary::compile(workspace::root(), &arguments)? else {
            bail!("the tests do not compile");
        };
        Ok(Self {
            copy,
            programs,
            unchanged,
            binaries,
            tested,
        })
    }

    /// Fails if a test does not pass on the programs as they are.
    pub fn check_unchanged(&self) -> Result<()> {
        for suite in suites() {
            let failure = match &suite.tests {
                Tests::OfPrograms { target, .. } => self.run(suite, target)?,
                Tests::OfSource { arguments, .. } => match self.run_source(suite, arguments)? {
                    Some(failure) => failure,
                    None => bail!("{}: the tests do not compile", suite.package),
                },
            };
            if let Some(test) = failure {
                bail!("{}: {test} fails without a change", suite.package);
            }
        }
        Ok(())
    }

    /// Whether this one test fails on the programs as they are (`None`) or with a change.
    pub fn fails(
        &self,
        change: Option<&Change>,
        package: &str,
        target: &str,
        test: &str,
    ) -> Result<bool> {
        let suite = suites().find(|suite| {
            suite.package == package
                && matches!(suite.tests, Tests::OfPrograms { target: name, .. } if name == target)
        });
        let suite = suite.with_context(|| format!("no suite is {package}/{target}"))?;
        let Tests::OfPrograms { runs, .. } = suite.tests else {
            unreachable!("it was looked for")
        };
        let run = || {
            let failure = self.binary(package, target)?.first_failure(|command| {
                command
                    .env(TESTED_PROGRAMS, &self.tested)
                    .args(["--exact", test]);
            })?;
            Ok(failure.is_some())
        };
        let Some(change) = change else { return run() };
        self.applied(change, |built| {
            for program in self.affected(change, runs) {
                if !self.build(program, built)? {
                    return Ok(false);
                }
            }
            run()
        })
    }

    /// Looks for a test that fails with the change.
    pub fn find(&self, change: &Change) -> Result<Verdict> {
        self.applied(change, |built| {
            for suite in suites() {
                let failure = match &suite.tests {
                    Tests::OfSource { changed, arguments } => {
                        let folder = Path::new(suite.package).join(changed);
                        if !Path::new(change.file).starts_with(folder) {
                            continue;
                        }
                        match self.run_source(suite, arguments)? {
                            Some(failure) => failure,
                            None => return Ok(Verdict::Unviable),
                        }
                    }
                    Tests::OfPrograms { target, runs } => {
                        let mut changed = false;
                        for program in self.affected(change, runs) {
                            if !self.build(program, built)? {
                                return Ok(Verdict::Unviable);
                            }
                            changed |= built[&program.elf] != self.unchanged[&program.elf];
                        }
                        if !changed {
                            continue;
                        }
                        self.run(suite, target)?
                    }
                };
                if let Some(test) = failure {
                    return Ok(Verdict::Found(format!("{} {test}", suite.package)));
                }
            }
            Ok(Verdict::Missed)
        })
    }

    /// Does something while the change is applied. `built` begins empty: the programs that were built
    /// with it.
    fn applied<T>(
        &self,
        change: &Change,
        act: impl FnOnce(&mut BTreeMap<String, Vec<u8>>) -> Result<T>,
    ) -> Result<T> {
        let original = self.copy.read(change.file)?;
        self.copy.write(change.file, change.text)?;
        let mut built = BTreeMap::new();
        let result = act(&mut built);
        self.copy.write(change.file, &original)?;
        for elf in built.keys() {
            fs::write(self.tested.join(elf), &self.unchanged[elf])?;
        }
        result
    }

    /// Of the programs that a suite runs, those that the changed file is a source of.
    fn affected<'a>(
        &'a self,
        change: &'a Change,
        runs: &'a [&str],
    ) -> impl Iterator<Item = &'a BuiltProgram> {
        self.programs.all.iter().filter(|program| {
            runs.contains(&program.elf.as_str()) && self.programs.is_made_from(program, change.file)
        })
    }

    /// Builds a program once per change; `false` when it does not compile.
    fn build(&self, program: &BuiltProgram, built: &mut BTreeMap<String, Vec<u8>>) -> Result<bool> {
        if built.contains_key(&program.elf) {
            return Ok(true);
        }
        let Ok(bytes) = self.programs.build(program) else {
            return Ok(false);
        };
        fs::write(self.tested.join(&program.elf), &bytes)?;
        built.insert(program.elf.clone(), bytes);
        Ok(true)
    }

    fn run(&self, suite: &Suite, target: &str) -> Result<Option<String>> {
        self.binary(suite.package, target)?
            .first_failure(|command| {
                command
                    .env(TESTED_PROGRAMS, &self.tested)
                    .args(["--skip", "native::"]);
            })
    }

    /// The first failure of a package's own tests, compiled from the copy; `None` when they do not
    /// compile.
    fn run_source(&self, suite: &Suite, arguments: &[&str]) -> Result<Option<Option<String>>> {
        let manifest = self.copy.root.join(suite.package).join("Cargo.toml");
        let manifest = manifest.to_str().context("the path is not UTF-8")?;
        let arguments = [&["--manifest-path", manifest], arguments].concat();
        let Compiled::Tests(binaries) = test_binary::compile(&self.copy.root, &arguments)? else {
            return Ok(None);
        };
        for binary in binaries {
            if let Some(test) = binary.first_failure(|_| ())? {
                return Ok(Some(Some(test)));
            }
        }
        Ok(Some(None))
    }

    fn binary(&self, package: &str, target: &str) -> Result<&TestBinary> {
        let folder = workspace::root().join(package);
        let mut binaries = self.binaries.iter();
        binaries
            .find(|binary| binary.is(&folder, target))
            .with_context(|| format!("{package} has no tests {target}"))
    }
}
