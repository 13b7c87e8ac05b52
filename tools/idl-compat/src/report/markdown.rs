//! The report as Markdown: a table, then each finding that asks for something, with its source and what to
//! do.

use {
    super::check::{Check, Located, notes},
    crate::Severity,
};

/// A comment for a pull request.
pub fn markdown(check: &Check) -> String {
    let mut text = format!("## IDL compatibility\n\n{}\n", prose(&check.conclusion()));
    for entry in &check.stale {
        text.push_str(&format!("\n- {}\n", prose(&entry.stale_message())));
    }
    for pair in &check.pairs {
        let located = check.located(pair);
        if located.is_empty() {
            continue;
        }
        let [old, new] = [&pair.old.read.name, &check.new.read.name].map(|name| prose(name));
        text.push_str(&format!(
            "\n### {old} to {new}\n\n| | Rule | Change |\n|---|---|---|\n"
        ));
        for Located { judged, .. } in &located {
            let finding = &judged.finding;
            text.push_str(&format!(
                "| {} | `{}` | {} |\n",
                severity(judged.accepted.is_some(), finding.severity.name()),
                finding.rule.id,
                prose(&finding.message).replace('|', "\\|")
            ));
        }
        let asking = located
            .iter()
            .filter(|located| located.judged.finding.severity > Severity::Notable);
        for located in asking {
            text.push_str(&details(located));
        }
    }
    text
}

fn severity(accepted: bool, name: &str) -> String {
    match accepted {
        true => format!("{name}, accepted"),
        false => format!("**{name}**"),
    }
}

fn details(located: &Located) -> String {
    let finding = &located.judged.finding;
    let mut text = format!(
        "\n#### {} (`{}`)\n\n{} line {}\n",
        prose(&finding.message),
        finding.rule.id,
        prose(&located.document.read.name),
        located.line
    );
    let mut source = String::new();
    for (sign, excerpt) in [('-', &finding.old), ('+', &finding.new)] {
        for line in excerpt.iter().flat_map(|excerpt| excerpt.source.lines()) {
            source.push_str(&format!("{sign} {line}\n"));
        }
    }
    if !source.is_empty() {
        let fence = fence(&source);
        text.push_str(&format!("\n{fence}diff\n{source}{fence}\n"));
    }
    text.push('\n');
    for (label, note) in notes(located.judged) {
        text.push_str(&format!("- {label}: {}\n", prose(note)));
    }
    text
}

/// More backticks than the source has in a row.
fn fence(source: &str) -> String {
    let runs = source.split(|c| c != '`').map(str::len);
    "`".repeat(runs.max().unwrap_or(0).max(2) + 1)
}

/// One line of text whose only markup is the code between its backticks.
fn prose(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let paired = text.matches('`').count().is_multiple_of(2) && !text.contains("``");
    if !paired {
        return escape(&text);
    }
    let segments = (0..).zip(text.split('`'));
    let escaped = segments.map(|(i, segment): (usize, &str)| match i % 2 {
        0 => escape(segment),
        _ => segment.to_owned(),
    });
    escaped.collect::<Vec<_>>().join("`")
}

fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '#' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use {super::*, crate::report::samples};

    #[test]
    fn a_table_then_the_details() {
        let mut check = samples::check();
        check.pairs[0].findings.truncate(1);
        let expected = "\
## IDL compatibility

1 breaking: not compatible

### old.json to new.json

| | Rule | Change |
|---|---|---|
| **breaking** | `argument-added` | `deposit` takes an argument more: `memo` |

#### `deposit` takes an argument more: `memo` (`argument-added`)

new.json line 11

```diff
- deposit(amount: u64)
+ deposit(amount: u64, memo: Option<String>)
```

- old client: fails with InstructionDidNotDeserialize (102)
- instead: add an instruction that takes it
";
        assert_eq!(markdown(&check), expected);
    }

    #[test]
    fn nothing_found_is_one_line() {
        assert_eq!(
            markdown(&samples::unchanged()),
            "## IDL compatibility\n\nnothing changed that a client or an account can see: compatible\n"
        );
    }

    #[test]
    fn names_are_no_markup() {
        assert_eq!(
            prose("a `Vec<u8>` <b> [x](y)\n# z"),
            "a `Vec<u8>` &lt;b> \\[x\\](y) \\# z"
        );
        assert_eq!(prose("`` <b>`"), "\\`\\` &lt;b>\\`");
        assert_eq!(prose("one ` <b>"), "one \\` &lt;b>");
        assert_eq!(fence("a ```` b"), "`````");
        assert_eq!(fence("a"), "```");
        let mut check = samples::check();
        check.pairs[0].findings[0].finding.message = "a | `b|c`".to_owned();
        let report = markdown(&check);
        assert!(
            report.contains("| `argument-added` | a \\| `b\\|c` |\n"),
            "{report}"
        );
    }
}
