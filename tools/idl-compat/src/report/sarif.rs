//! The report as SARIF 2.1.0, for code scanning.

use {
    super::check::{Check, Located, notes},
    crate::{Rule, Severity},
    serde_sarif::sarif::{
        ArtifactLocation, Invocation, Location, LogicalLocation, Message, MultiformatMessageString,
        Notification, NotificationLevel, PhysicalLocation, Region, ReportingConfiguration,
        ReportingConfigurationLevel, ReportingDescriptor, Result as SarifResult, ResultLevel, Run,
        SCHEMA_URL, Sarif, Suppression, Tool, ToolComponent,
    },
    std::collections::{BTreeMap, btree_map::Entry},
};

/// The report as one SARIF log with one run.
pub fn sarif(check: &Check) -> serde_json::Result<String> {
    let pairs = check.pairs.iter();
    let located: Vec<_> = pairs.flat_map(|pair| check.located(pair)).collect();
    let mut rules = BTreeMap::new();
    for Located { judged, .. } in &located {
        if let Entry::Vacant(entry) = rules.entry(judged.finding.rule.id) {
            entry.insert(descriptor(judged.finding.rule)?);
        }
    }
    let indices: BTreeMap<_, _> = (0..).zip(rules.keys()).map(|(i, id)| (*id, i)).collect();
    let results = located
        .iter()
        .map(|located| result(check, located, indices[located.judged.finding.rule.id]));
    let driver = ToolComponent::builder()
        .name(env!("CARGO_PKG_NAME"))
        .version(env!("CARGO_PKG_VERSION"))
        .rules(rules.into_values().collect::<Vec<_>>())
        .build();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .results(results.collect::<Vec<_>>())
        .invocations(vec![invocation(check)?])
        .build();
    let log = Sarif::builder()
        .schema(SCHEMA_URL)
        .version(serde_json::json!("2.1.0"))
        .runs(vec![run])
        .build();
    Ok(serde_json::to_string_pretty(&log)? + "\n")
}

/// The run itself, with the entries of the accept file that are no result.
fn invocation(check: &Check) -> serde_json::Result<Invocation> {
    let level = serde_json::to_value(NotificationLevel::Error)?;
    let notifications = check.stale.iter().map(|entry| {
        Notification::builder()
            .message(Message::builder().text(entry.stale_message()).build())
            .level(level.clone())
            .build()
    });
    Ok(Invocation::builder()
        .execution_successful(true)
        .tool_execution_notifications(notifications.collect::<Vec<_>>())
        .build())
}

fn descriptor(rule: &Rule) -> serde_json::Result<ReportingDescriptor> {
    let level = match rule.severity {
        Severity::Breaking => ReportingConfigurationLevel::Error,
        Severity::Conditional => ReportingConfigurationLevel::Warning,
        Severity::Notable => ReportingConfigurationLevel::Note,
    };
    let level = serde_json::to_value(level)?;
    let help = format!(
        "Old client: {}\nInstead: {}\nMore: idl-compat explain {}",
        rule.old_client, rule.instead, rule.id
    );
    Ok(ReportingDescriptor::builder()
        .id(rule.id)
        .short_description(text(rule.title))
        .help(text(&help))
        .default_configuration(ReportingConfiguration::builder().level(level).build())
        .build())
}

fn text(text: &str) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(text).build()
}

fn result(check: &Check, located: &Located, rule_index: i64) -> SarifResult {
    let finding = &located.judged.finding;
    let level = match finding.severity {
        Severity::Breaking => ResultLevel::Error,
        Severity::Conditional => ResultLevel::Warning,
        Severity::Notable => ResultLevel::Note,
    };
    let notes = notes(located.judged).into_iter();
    let lines = notes.map(|(label, note)| format!("\n{label}: {note}"));
    let message = finding.message.clone() + &lines.collect::<String>();
    let (file, line) = check.openable(located);
    let suppressions = match &located.judged.accepted {
        None => vec![],
        Some(reason) => vec![
            Suppression::builder()
                .kind("external")
                .justification(reason)
                .build(),
        ],
    };
    let region = Region::builder().start_line(line as i64).build();
    let place = PhysicalLocation::builder()
        .artifact_location(ArtifactLocation::builder().uri(uri(file)).build())
        .region(region)
        .build();
    let subject = LogicalLocation::builder()
        .fully_qualified_name(&finding.subject)
        .build();
    let location = Location::builder()
        .physical_location(place)
        .logical_locations(vec![subject])
        .build();
    let fingerprint = format!("{}:{}", finding.rule.id, finding.subject);
    SarifResult::builder()
        .rule_id(finding.rule.id)
        .rule_index(rule_index)
        .level(level)
        .message(Message::builder().text(message).build())
        .locations(vec![location])
        .partial_fingerprints(BTreeMap::from([(
            "ruleAndSubject/v1".to_owned(),
            fingerprint,
        )]))
        .suppressions(suppressions)
        .build()
}

/// A path as a URI: relative as it is, absolute with the scheme `file`.
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        crate::{accept::Acceptance, report::samples},
    };

    fn log(check: &Check) -> Run {
        let mut log: Sarif = serde_json::from_str(&sarif(check).unwrap()).unwrap();
        assert_eq!(log.version, "2.1.0");
        log.runs.remove(0)
    }

    #[test]
    fn a_finding_is_a_result_of_a_rule_at_a_line() {
        let run = log(&samples::check());
        let rules = run.tool.driver.rules.unwrap();
        let results = run.results.unwrap();
        assert_eq!(results.len(), 3);
        let first = &results[0];
        assert_eq!(first.level, Some(ResultLevel::Error));
        assert_eq!(first.rule_id.as_deref(), Some("argument-added"));
        let rule = &rules[first.rule_index.unwrap() as usize];
        assert_eq!(rule.id, "argument-added");
        let help = &rule.help.as_ref().unwrap().text;
        let expected = "Old client: fails with InstructionDidNotDeserialize (102)\n\
                        Instead: add an instruction that takes it\n\
                        More: idl-compat explain argument-added";
        assert_eq!(help, expected);
        let location = &first.locations.as_ref().unwrap()[0];
        let place = location.physical_location.as_ref().unwrap();
        let uri = &place.artifact_location.as_ref().unwrap().uri;
        assert_eq!(uri.as_deref(), Some("new.json"));
        assert_eq!(place.region.as_ref().unwrap().start_line, Some(11));
        let subject = &location.logical_locations.as_ref().unwrap()[0];
        assert_eq!(
            subject.fully_qualified_name.as_deref(),
            Some("deposit.args.memo")
        );
        assert_eq!(results[1].level, Some(ResultLevel::Warning));
        assert_eq!(results[2].level, Some(ResultLevel::Note));
    }

    #[test]
    fn an_accepted_finding_is_suppressed_with_its_reason() {
        let mut check = samples::check();
        check.pairs[0].findings[0].accepted = Some("no client calls it".to_owned());
        let results = log(&check).results.unwrap();
        let suppressions = results[0].suppressions.as_ref().unwrap();
        let reason = suppressions[0].justification.as_deref();
        assert_eq!(reason, Some("no client calls it"));
        assert!(results[1].suppressions.as_ref().unwrap().is_empty());
    }

    #[test]
    fn a_stale_entry_is_a_notification() {
        let mut check = samples::check();
        check.stale = vec![Acceptance {
            rule: "field-removed".to_owned(),
            subject: "Vault.x".to_owned(),
            reason: "r".to_owned(),
        }];
        let invocations = log(&check).invocations.unwrap();
        let notifications = invocations[0]
            .tool_execution_notifications
            .as_ref()
            .unwrap();
        let expected = "the accept file has an entry for `field-removed` of `Vault.x`, \
                        which no longer is a finding: remove it";
        assert_eq!(notifications[0].message.text.as_deref(), Some(expected));
    }

    #[test]
    fn no_finding_is_a_run_without_results() {
        assert!(log(&samples::unchanged()).results.unwrap().is_empty());
    }

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("a b/ü.json"), "a%20b/%C3%BC.json");
        assert_eq!(uri("/x/y%.json"), "file:///x/y%25.json");
    }
}
