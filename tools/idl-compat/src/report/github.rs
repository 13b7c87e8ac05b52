//! The report as workflow commands, which GitHub Actions shows beside the lines of a pull request.

use {
    super::check::{Check, Located, notes},
    crate::Severity,
};

/// One command per finding, and one per stale entry of the accept file.
pub fn github(check: &Check) -> String {
    let mut text = String::new();
    for pair in &check.pairs {
        for located in check.located(pair) {
            text.push_str(&command(check, &located));
        }
    }
    for entry in &check.stale {
        let message = data(&entry.stale_message());
        text.push_str(&format!("::error title=stale accept entry::{message}\n"));
    }
    text.push_str(&data(&check.conclusion()));
    text.push('\n');
    text
}

fn command(check: &Check, located: &Located) -> String {
    let finding = &located.judged.finding;
    let (level, severity) = match (&located.judged.accepted, finding.severity) {
        (Some(_), _) => ("notice", "accepted"),
        (None, severity) => (level(severity), severity.name()),
    };
    let (file, line) = check.openable(located);
    let notes = notes(located.judged).into_iter();
    let lines = notes.map(|(label, note)| format!("\n{label}: {note}"));
    let message = finding.message.clone() + &lines.collect::<String>();
    format!(
        "::{level} file={},line={line},title={}::{}\n",
        property(file),
        property(&format!("{severity}[{}]", finding.rule.id)),
        data(&message)
    )
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Breaking => "error",
        Severity::Conditional => "warning",
        Severity::Notable => "notice",
    }
}

/// Text as the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Text as the value of a command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use {super::*, crate::report::samples};

    #[test]
    fn a_finding_is_a_command() {
        let expected = "\
::error file=new.json,line=11,title=breaking[argument-added]::`deposit` takes an argument more: `memo`\
%0Aold client: fails with InstructionDidNotDeserialize (102)%0Ainstead: add an instruction that takes it
::warning file=old.json,line=16,title=conditional[field-appended]::`Vault` has a field more at its end: `limit`\
%0Aold client: reads what it always read%0Acondition: every live Vault has at least 18 bytes of data\
%0Ainstead: append it to accounts that have spare bytes
::notice file=new.json,line=4,title=notable[instruction-added]::`withdraw` is new%0Aold client: does not call it
1 breaking, 1 conditional, 1 notable: not compatible
";
        assert_eq!(github(&samples::check()), expected);
    }

    #[test]
    fn text_cannot_end_a_command_or_begin_another() {
        let mut check = samples::check();
        check.pairs[0].findings.truncate(1);
        check.pairs[0].findings[0].finding.message = "50%\r\n::error::x".to_owned();
        check.new.read.name = "a,b.json".to_owned();
        let report = github(&check);
        let expected = "::error file=a%2Cb.json,line=11,title=breaking[argument-added]::50%25%0D%0A::error::x%0A";
        assert!(report.starts_with(expected), "{report}");
        assert_eq!(report.lines().count(), 2);
        assert_eq!(property("a:b"), "a%3Ab");
    }

    #[test]
    fn what_is_not_checked_out_is_shown_at_the_new_idl() {
        let mut check = samples::check();
        check.pairs[0].old.is_file = false;
        let report = github(&check);
        assert!(
            report.contains("::warning file=new.json,line=1,"),
            "{report}"
        );
    }

    #[test]
    fn a_place_in_what_an_older_format_was_converted_to_has_no_line() {
        let mut check = samples::check();
        check.new.read.legacy = true;
        let report = github(&check);
        assert!(
            report.starts_with("::error file=new.json,line=1,"),
            "{report}"
        );
    }
}
