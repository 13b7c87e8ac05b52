//! The report for a terminal, in the manner of rustc.

use {
    super::check::{Check, Located, notes},
    crate::{Excerpt, Finding, Severity},
    account_layout::text::printable,
    annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet},
    std::{
        collections::{HashMap, HashSet},
        ops::Range,
    },
};

/// Sources with more lines than this are folded around what changed.
const WHOLE_SOURCE: usize = 12;

/// All findings, each with its source and its notes; `styled` is for a terminal.
pub fn text(check: &Check, styled: bool) -> String {
    let renderer = if styled {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = String::new();
    let mut explained = HashSet::new();
    for pair in &check.pairs {
        if check.pairs.len() > 1 {
            let counts = match pair.counts().to_string() {
                none if none.is_empty() => "no change".to_owned(),
                counts => counts,
            };
            let names = [&pair.old.read.name, &check.new.read.name].map(|name| printable(name));
            text.push_str(&format!("{} -> {}: {counts}\n\n", names[0], names[1]));
        }
        let (noted, found): (Vec<_>, Vec<_>) =
            check.located(pair).into_iter().partition(is_only_noted);
        for located in found {
            let first = explained.insert(located.judged.finding.rule.id);
            text.push_str(&render(&renderer, &located, first));
            text.push_str("\n\n");
        }
        for group in by_rule(&noted) {
            text.push_str(&summarize(&renderer, &group));
            text.push_str("\n\n");
        }
    }
    for entry in &check.stale {
        let message = printable(&entry.stale_message());
        text.push_str(&format!("error: {message}\n\n"));
    }
    text.push_str(&check.conclusion());
    text.push('\n');
    text
}

/// Whether a finding asks nothing of anyone.
fn is_only_noted(located: &Located) -> bool {
    located.judged.accepted.is_none() && located.judged.finding.severity == Severity::Notable
}

/// Findings of one rule together, the rules in the order of their first finding.
fn by_rule<'l, 'a>(noted: &'l [Located<'a>]) -> Vec<Vec<&'l Located<'a>>> {
    let mut groups: Vec<Vec<&Located>> = Vec::new();
    let mut places = HashMap::new();
    for located in noted {
        let place = *places
            .entry(located.judged.finding.rule.id)
            .or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(located),
            None => groups.push(vec![located]),
        }
    }
    groups
}

/// Findings that ask nothing: what changed in a line each, and once what their rule says.
fn summarize(renderer: &Renderer, group: &[&Located]) -> String {
    let Some(Finding { rule, .. }) = group.first().map(|located| &located.judged.finding) else {
        return String::new();
    };
    let title = match group {
        [one] => printable(&one.judged.finding.message),
        _ => format!("{} ({} times)", printable(rule.title), group.len()),
    };
    let level = Level::NOTE.with_name(Some(Severity::Notable.name()));
    let rendered = renderer.render(&[Group::with_title(level.primary_title(title).id(rule.id))]);
    let mut lines = vec![rendered];
    if let [_, _, ..] = group {
        let messages = group.iter().map(|located| &located.judged.finding.message);
        lines.extend(messages.map(|message| format!("  {}", printable(message))));
    }
    lines.push(format!(" = old client: {}", rule.old_client));
    lines.join("\n")
}

/// A finding with its title, its place, its source and its notes: what its rule says only if it is the
/// `first` finding of the rule.
fn render(renderer: &Renderer, located: &Located, first: bool) -> String {
    let finding = &located.judged.finding;
    let (level, name) = match (&located.judged.accepted, finding.severity) {
        (Some(_), _) => (Level::NOTE, "accepted"),
        (None, severity @ Severity::Breaking) => (Level::ERROR, severity.name()),
        (None, severity @ Severity::Conditional) => (Level::WARNING, severity.name()),
        (None, severity @ Severity::Notable) => (Level::NOTE, severity.name()),
    };
    let title = level
        .with_name(Some(name))
        .primary_title(printable(&finding.message))
        .id(finding.rule.id);
    let explain = format!("idl-compat explain {}", finding.rule.id);
    let mut notes = notes(located.judged);
    if first {
        notes.push(("more", &explain));
    } else {
        notes.retain(|(label, _)| !["old client", "instead"].contains(label));
    }
    let notes = notes
        .into_iter()
        .map(|(label, note)| Level::NOTE.with_name(Some(label)).message(printable(note)));
    let group = Group::with_title(title)
        .elements(snippet(finding))
        .elements(notes);
    let rendered = renderer.render(&[group]);
    // The source is not that of the file, so that the renderer cannot be told the place.
    let (title, rest) = rendered.split_once('\n').unwrap_or((&rendered, ""));
    let file = printable(&located.document.read.name);
    format!("{title}\n--> {file}:{}\n{rest}", located.line)
}

/// The old source above the new one, what changed marked in both.
fn snippet<'a>(finding: &Finding) -> Option<Snippet<'a, Annotation<'a>>> {
    let mut source = String::new();
    let mut annotations = Vec::new();
    for (excerpt, label, kind) in [
        (&finding.old, "old", AnnotationKind::Context),
        (&finding.new, "new", AnnotationKind::Primary),
    ] {
        let Some(excerpt) = excerpt else { continue };
        if !source.is_empty() {
            source.push('\n');
        }
        let changed = changed(excerpt);
        let changed = source.len() + changed.start..source.len() + changed.end;
        annotations.push(kind.span(changed).label(label));
        source.push_str(excerpt.source.trim_end());
    }
    let fold = source.lines().count() > WHOLE_SOURCE;
    (!source.is_empty()).then(|| {
        Snippet::source(source)
            .line_numbering(false)
            .fold(fold)
            .annotations(annotations)
    })
}

/// What changed, within the source and between its characters.
fn changed(excerpt: &Excerpt) -> Range<usize> {
    let source = excerpt.source.trim_end();
    let start = source.floor_char_boundary(excerpt.changed.start);
    let end = source.ceil_char_boundary(excerpt.changed.end);
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        crate::report::samples::{check, unchanged},
        proptest::prelude::*,
    };

    #[test]
    fn every_finding_has_its_source_and_what_to_do() {
        let expected = "\
breaking[argument-added]: `deposit` takes an argument more: `memo`
--> new.json:11
 |
 | deposit(amount: u64)
 |                    - old
 | deposit(amount: u64, memo: Option<String>)
 |                      ^^^^^^^^^^^^^^^^^^^^ new
 |
 = old client: fails with InstructionDidNotDeserialize (102)
 = instead: add an instruction that takes it
 = more: idl-compat explain argument-added

conditional[field-appended]: `Vault` has a field more at its end: `limit`
--> old.json:16
 |
 | struct Vault {
 |     value: u64,
 |     limit: u64,
 |     ^^^^^^^^^^^ new
 | }
 |
 = old client: reads what it always read
 = condition: every live Vault has at least 18 bytes of data
 = instead: append it to accounts that have spare bytes
 = more: idl-compat explain field-appended

notable[instruction-added]: `withdraw` is new
 = old client: does not call it

1 breaking, 1 conditional, 1 notable: not compatible
";
        assert_eq!(text(&check(), false), expected);
    }

    #[test]
    fn what_a_rule_says_is_told_once() {
        let mut check = check();
        let mut again = check.pairs[0].findings[1].clone();
        again.finding.new = None;
        check.pairs[0].findings.truncate(2);
        check.pairs[0].findings.push(again);
        let expected = "\
conditional[field-appended]: `Vault` has a field more at its end: `limit`
--> old.json:16
 |
 = condition: every live Vault has at least 18 bytes of data

1 breaking, 2 conditional: not compatible
";
        assert!(text(&check, false).ends_with(expected));
    }

    #[test]
    fn what_is_only_worth_knowing_is_a_line() {
        let mut check = check();
        let mut again = check.pairs[0].findings[2].clone();
        again.finding.message = "`thaw` is new".to_owned();
        check.pairs[0].findings.push(again);
        let expected = "
notable[instruction-added]: the program has an instruction more (2 times)
  `withdraw` is new
  `thaw` is new
 = old client: does not call it

1 breaking, 1 conditional, 2 notable: not compatible
";
        let report = text(&check, false);
        assert!(report.ends_with(expected), "{report}");
    }

    #[test]
    fn accepted_and_stale_entries_are_said() {
        let mut check = check();
        check.pairs[0].findings.truncate(1);
        check.pairs[0].findings[0].accepted = Some("no client calls it".to_owned());
        let report = text(&check, false);
        assert!(report.starts_with("accepted[argument-added]"), "{report}");
        assert!(
            report.contains(" = accepted: no client calls it\n"),
            "{report}"
        );
        assert!(
            report.ends_with("\n1 accepted: compatible but for what is accepted\n"),
            "{report}"
        );
        assert!(check.passes());

        check.stale = vec![crate::accept::Acceptance {
            rule: "field-removed".to_owned(),
            subject: "Vault.x".to_owned(),
            reason: "r".to_owned(),
        }];
        let expected = "\
error: the accept file has an entry for `field-removed` of `Vault.x`, which no longer is a finding: remove it

1 accepted, 1 stale: the accept file is out of date
";
        assert!(text(&check, false).ends_with(expected));
        assert!(!check.passes());
    }

    #[test]
    fn no_finding_is_said() {
        assert_eq!(
            text(&unchanged(), false),
            "nothing changed that a client or an account can see: compatible\n"
        );
    }

    #[test]
    fn several_releases_are_kept_apart() {
        let mut check = check();
        let mut other = unchanged().pairs.remove(0);
        other.old.read.name = "older.json".to_owned();
        check.pairs.push(other);
        let report = text(&check, false);
        let first = "old.json -> new.json: 1 breaking, 1 conditional, 1 notable\n\n";
        assert!(report.starts_with(first), "{report}");
        assert!(
            report.contains("\nolder.json -> new.json: no change\n\n"),
            "{report}"
        );
    }

    #[test]
    fn names_cannot_control_the_terminal() {
        let mut check = check();
        let judged = &mut check.pairs[0].findings[0];
        judged.finding.message = "\u{1b}[2Jgone".to_owned();
        judged.finding.condition = Some("\u{1b}]0;x\u{7}".to_owned());
        judged.finding.old = None;
        check.new.read.name = "\u{1b}[31m.json".to_owned();
        assert!(!text(&check, false).contains('\u{1b}'));
        assert!(text(&check, true).contains("\u{1b}["));
    }

    proptest! {
        #[test]
        fn any_excerpt_is_drawn(source in "\\PC{0,12}[\n\té漢]{0,3}\\PC{0,12}", start in 0..40_usize, len in 0..40_usize) {
            let mut check = check();
            let excerpt = Excerpt { source, changed: start..start + len };
            check.pairs[0].findings[0].finding.old = Some(excerpt.clone());
            check.pairs[0].findings[0].finding.new = Some(excerpt);
            text(&check, true);
            text(&check, false);
        }
    }
}
