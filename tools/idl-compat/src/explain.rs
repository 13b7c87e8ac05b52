//! The rules, for people.

use {
    crate::{Rule, Severity, examples::EXAMPLES, migrations, rules::RULES},
    std::fmt::Write,
};

/// Every rule that a finding can name.
pub fn all_rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().chain(migrations::RULES).copied()
}

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    all_rules().find(|rule| rule.id == id)
}

/// What a rule says, and where its change is executed.
pub fn explain(rule: &Rule) -> String {
    let mut text = format!(
        "{} ({})\n\n{}.\n\nAn old client: {}\n\nInstead: {}\n",
        rule.id,
        rule.severity.name(),
        rule.title,
        rule.old_client,
        rule.instead
    );
    if rule.severity == Severity::Conditional {
        text.push_str(
            "\nThe finding says what must hold; an assumptions file (--assumptions) can say that it does.\n",
        );
    }
    for example in EXAMPLES.iter().filter(|example| example.rule == rule.id) {
        text.push('\n');
        text.push_str(&example.describe());
    }
    text
}

/// All rules, one a line.
pub fn list() -> String {
    let width = all_rules().map(|rule| rule.id.len()).max().unwrap_or(0);
    all_rules().fold(String::new(), |mut text, rule| {
        let (id, severity) = (rule.id, rule.severity.name());
        writeln!(text, "{id:<width$}  {severity:<11}  {}", rule.title)
            .expect("a String takes all text");
        text
    })
}

#[cfg(test)]
mod tests {
    use {super::*, std::collections::HashSet};

    #[test]
    fn every_rule_has_an_id_of_its_own_and_is_found_by_it() {
        let mut ids = HashSet::new();
        for known in all_rules() {
            assert!(ids.insert(known.id), "{}", known.id);
            assert_eq!(rule(known.id), Some(known));
        }
        assert_eq!(rule("argument"), None);
    }

    #[test]
    fn a_rule_is_explained() {
        let expected = "\
migration-account-not-writable (breaking)

The instruction of a migration takes the account read-only.

An old client: The migration fails, because the runtime rejects a change of the account.

Instead: Mark the account with #[account(mut)].
";
        assert_eq!(
            explain(rule("migration-account-not-writable").unwrap()),
            expected
        );
    }

    #[test]
    fn a_rule_is_explained_by_what_an_old_client_met() {
        let text = explain(rule("optional-account-added").unwrap());
        assert!(
            text.ends_with(
                "
Executed in catalogue/programs/optional-account-added-remaining: An optional account is added to an instruction that reads remaining accounts.
  No client passes remaining accounts: compatible
  A client passes remaining accounts, the first of which is taken for the optional one: breaking
    tally_remaining: silently wrong: vault.value
"
            ),
            "{text}"
        );
    }

    #[test]
    fn the_list_has_a_line_for_every_rule() {
        let list = list();
        assert_eq!(list.lines().count(), all_rules().count());
        assert!(list.contains("argument-added "), "{list}");
    }
}
