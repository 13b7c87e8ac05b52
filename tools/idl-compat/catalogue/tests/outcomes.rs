//! Four tests for each folder of the catalogue: what an old client meets on the real `.so` is what
//! `change.toml` says; natively it meets the same; the checker's verdict is what happened, by the
//! rule that the manifest names.

use {
    anyhow::{Result, ensure},
    catalogue::{
        manifest::{Case, Manifest, Verdict},
        observation::Difference,
        run,
    },
    idl_compat::Assumptions,
    std::collections::{BTreeMap, BTreeSet},
    svm_harness::{Backend, block_on},
};

macro_rules! change {
    ($name:ident, $folder:literal) => {
        mod $name {
            #[test]
            fn meets_on_the_binary_what_the_manifest_says() {
                super::every_case($folder, super::loader);
            }

            #[test]
            fn meets_on_the_source_the_same() {
                super::every_case($folder, super::native);
            }

            #[test]
            fn is_what_the_checker_says() {
                super::every_case($folder, super::checker);
            }

            #[test]
            fn is_found_by_its_rule() {
                super::rule($folder).unwrap();
            }
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/tests.rs"));

fn every_case(folder: &str, test: fn(&str, &Case) -> Result<()>) {
    for case in Manifest::read(folder).unwrap().cases {
        let condition = case.condition.as_deref().unwrap_or("the only case");
        test(folder, &case).unwrap_or_else(|error| panic!("{folder}: {condition}: {error:#}"));
    }
}

/// Every probe ends as the manifest says, and so does the case.
fn loader(folder: &str, case: &Case) -> Result<()> {
    let differences = block_on(run::differences(folder, case, Backend::Loader))?;
    let verdict = match differences.is_empty() {
        true => Verdict::Compatible,
        false => Verdict::Breaking,
    };
    let observed: BTreeMap<_, _> = differences
        .into_iter()
        .map(|(probe, difference)| (probe, difference.to_string()))
        .collect();
    ensure!(
        observed == case.observed && verdict == case.verdict,
        "an old client meets {verdict}: {observed:#?}\nchange.toml says {}: {:#?}",
        case.verdict,
        case.observed,
    );
    Ok(())
}

/// The program's source does what its binary does, where native execution can show it.
fn native(folder: &str, case: &Case) -> Result<()> {
    if case.loader_only.is_some() {
        return Ok(());
    }
    let [native, loader] = [Backend::Native, Backend::Loader]
        .map(|backend| block_on(run::differences(folder, case, backend)).map(nameless));
    let (native, loader) = (native?, loader?);
    ensure!(native == loader, "native: {native:#?}\nloader: {loader:#?}");
    Ok(())
}

fn nameless(differences: BTreeMap<String, Difference>) -> BTreeMap<String, Difference> {
    let nameless = differences
        .into_iter()
        .map(|(probe, it)| (probe, it.nameless()));
    nameless.collect()
}

/// The checker's verdict is what an old client meets; without the assumptions of the case it is never
/// better, but where the manifest says why.
fn checker(folder: &str, case: &Case) -> Result<()> {
    let verdict = Verdict::from(run::check(folder, &case.assumptions)?.severity());
    ensure!(
        verdict == case.verdict,
        "the checker says {verdict}, an old client meets {}",
        case.verdict
    );
    let without_assumptions =
        Verdict::from(run::check(folder, &Assumptions::default())?.severity());
    let misled = case.verdict == Verdict::Breaking && without_assumptions == Verdict::Compatible;
    ensure!(
        misled == case.needs_assumptions.is_some(),
        "without assumptions the checker says {without_assumptions}, an old client meets {}, and needs_assumptions is {:?}",
        case.verdict,
        case.needs_assumptions
    );
    Ok(())
}

/// The checker finds the change by the rule that the manifest names, and nothing as severe by another.
fn rule(folder: &str) -> Result<()> {
    let manifest = Manifest::read(folder)?;
    let mut rules = BTreeSet::new();
    for case in &manifest.cases {
        let report = run::check(folder, &case.assumptions)?;
        let worst = report.severity();
        let findings = report.findings.iter();
        rules.extend(
            findings
                .filter(|it| Some(it.severity) == worst)
                .map(|it| (it.severity, it.rule.id)),
        );
    }
    let worst = rules.last().map(|(severity, _)| *severity);
    rules.retain(|(severity, _)| Some(*severity) == worst);
    let rules: Vec<_> = rules.into_iter().map(|(_, rule)| rule).collect();
    let expected: Vec<_> = manifest.rule.as_deref().into_iter().collect();
    ensure!(
        rules == expected,
        "the checker finds {rules:?}, change.toml says {expected:?}"
    );
    Ok(())
}
