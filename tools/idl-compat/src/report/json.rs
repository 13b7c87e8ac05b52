//! The report for programs. Its schema only ever gains members within one `schema` number:
//!
//! - `schema`: 1;
//! - `verdict`: `breaking`, `conditional` or `compatible`, by the worst finding that is not accepted;
//! - `passed`: what the exit status says; `failOn`: the least severity that makes it fail;
//! - `counts`: findings by severity (`breaking`, `conditional`, `notable`) and those `accepted`;
//! - `stale`: entries of the accept file that name no finding, as `rule`, `subject`, `reason`;
//! - `new`: the new IDL; `releases`: for each IDL compared with it, `old`, `verdict`, `counts` and
//!   `findings`: a finding with `rule`, `severity`, `subject`, `message`, `condition`, `old` and `new`
//!   (`source` and the bytes `changed`), `place` (`side`, `pointer`), `file`, `line`, and the reason
//!   for which it is `accepted` or null.

use {
    super::check::{Check, Counts, Located, Pair, Verdict},
    crate::{
        Severity,
        accept::{Acceptance, Judged},
    },
    serde::Serialize,
};

const SCHEMA: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Output<'a> {
    schema: u32,
    verdict: Verdict,
    passed: bool,
    fail_on: Severity,
    counts: Counts,
    stale: &'a [Acceptance],
    new: &'a str,
    releases: Vec<Release<'a>>,
}

#[derive(Serialize)]
struct Release<'a> {
    old: &'a str,
    verdict: Verdict,
    counts: Counts,
    findings: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Found<'a> {
    #[serde(flatten)]
    judged: &'a Judged,
    file: &'a str,
    line: usize,
}

/// The report as one JSON document.
pub fn json(check: &Check) -> serde_json::Result<String> {
    let output = Output {
        schema: SCHEMA,
        verdict: check.counts().verdict(),
        passed: check.passes(),
        fail_on: check.fail_on,
        counts: check.counts(),
        stale: &check.stale,
        new: &check.new.read.name,
        releases: check
            .pairs
            .iter()
            .map(|pair| release(check, pair))
            .collect(),
    };
    Ok(serde_json::to_string_pretty(&output)? + "\n")
}

fn release<'a>(check: &'a Check, pair: &'a Pair) -> Release<'a> {
    let found = |Located {
                     judged,
                     document,
                     line,
                 }| Found {
        judged,
        file: &document.read.name,
        line,
    };
    Release {
        old: &pair.old.read.name,
        verdict: pair.counts().verdict(),
        counts: pair.counts(),
        findings: check.located(pair).into_iter().map(found).collect(),
    }
}

#[cfg(test)]
mod tests {
    use {
        crate::report::samples::{check, unchanged},
        serde_json::{Value, json},
    };

    #[test]
    fn the_schema_is_as_documented() {
        let output: Value = serde_json::from_str(&super::json(&check()).unwrap()).unwrap();
        let mut head = output.clone();
        head["releases"][0]["findings"]
            .as_array_mut()
            .unwrap()
            .truncate(1);
        let counts = json!({ "breaking": 1, "conditional": 1, "notable": 1, "accepted": 0 });
        let expected = json!({
            "schema": 1,
            "verdict": "breaking",
            "passed": false,
            "failOn": "breaking",
            "counts": counts,
            "stale": [],
            "new": "new.json",
            "releases": [{
                "old": "old.json",
                "verdict": "breaking",
                "counts": counts,
                "findings": [{
                    "rule": {
                        "id": "argument-added",
                        "title": "an instruction takes an argument more",
                        "severity": "breaking",
                        "stale_client": "fails with InstructionDidNotDeserialize (102)",
                        "instead": "add an instruction that takes it",
                    },
                    "severity": "breaking",
                    "subject": "deposit.args.memo",
                    "message": "`deposit` takes an argument more: `memo`",
                    "condition": null,
                    "old": {
                        "source": "deposit(amount: u64)",
                        "changed": { "start": 19, "end": 19 },
                    },
                    "new": {
                        "source": "deposit(amount: u64, memo: Option<String>)",
                        "changed": { "start": 21, "end": 41 },
                    },
                    "place": { "side": "new", "pointer": "/instructions/0/args/1" },
                    "accepted": null,
                    "file": "new.json",
                    "line": 11,
                }],
            }],
        });
        assert_eq!(head, expected);
    }

    #[test]
    fn nothing_found_is_compatible() {
        let output: Value = serde_json::from_str(&super::json(&unchanged()).unwrap()).unwrap();
        assert_eq!(output["verdict"], "compatible");
        assert_eq!(output["passed"], true);
        assert_eq!(output["releases"][0]["findings"], json!([]));
    }
}
