//! The tests that find changes, those first that find most of them soonest.

use crate::workspace;

/// Tests of one package.
#[derive(Debug, PartialEq, Eq)]
pub struct Suite {
    /// The folder of the package.
    pub package: &'static str,
    pub tests: Tests,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Tests {
    /// A file of tests that run these programs, by their ELFs. It is compiled once, for all changes.
    OfPrograms {
        target: &'static str,
        runs: &'static [&'static str],
    },
    /// Tests of the package's own source, by the arguments of `cargo test`. They are compiled for each
    /// change in this folder of it.
    OfSource {
        changed: &'static str,
        arguments: &'static [&'static str],
    },
}

/// The suites whose packages are here: the proxy path may have been deleted.
pub fn suites() -> impl Iterator<Item = &'static Suite> {
    let exists = |suite: &&Suite| workspace::root().join(suite.package).is_dir();
    SUITES.iter().filter(exists)
}

impl Suite {
    /// The programs that it runs, by their ELFs.
    pub fn runs(&self) -> &'static [&'static str] {
        match self.tests {
            Tests::OfPrograms { runs, .. } => runs,
            Tests::OfSource { .. } => &[],
        }
    }
}

const LIBRARY: &str = "crates/account-migration";
const LIBRARY_TESTS: &[&str] = &[
    "--lib",
    "--test=core_properties",
    "--test=announced_lengths",
];

const SUITES: &[Suite] = &[
    of_source(LIBRARY, "src/core", LIBRARY_TESTS),
    of_app("matrix"),
    of_app("operators"),
    of_app("lengths"),
    of_app("fees"),
    of_app("attacks"),
    of_app("migrate_many"),
    of_app("recorded_transactions"),
    of_app("rent"),
    of_app("fee_mints"),
    of_proxy("matrix"),
    of_proxy("proxy"),
    of_lab("library"),
    of_lab("anchor_holes"),
    of_source(LIBRARY, "src/anchor", LIBRARY_TESTS),
    of_proxy("bad_input"),
    of_app("bad_input"),
    of_source(LIBRARY, "src", &["--test=contracts"]),
];

const fn of_source(
    package: &'static str,
    changed: &'static str,
    arguments: &'static [&'static str],
) -> Suite {
    Suite {
        package,
        tests: Tests::OfSource { changed, arguments },
    }
}

const fn of_app(target: &'static str) -> Suite {
    Suite {
        package: "tests",
        tests: Tests::OfPrograms {
            target,
            runs: &["app.so"],
        },
    }
}

const fn of_lab(target: &'static str) -> Suite {
    Suite {
        package: "tests",
        tests: Tests::OfPrograms {
            target,
            runs: &["migration_lab.so"],
        },
    }
}

const fn of_proxy(target: &'static str) -> Suite {
    Suite {
        package: "tests/proxy",
        tests: Tests::OfPrograms {
            target,
            runs: &["app.so", "migrator.so", "successor.so"],
        },
    }
}
