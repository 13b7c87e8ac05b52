//! The report as a picture: the bytes of every account type whose layout changed, and of every one that
//! is migrated to another, before and after.

use {
    super::check::Check,
    account_layout::{
        IdlError, Layout,
        diagram::{Diagram, stack},
        manifest::Migration,
    },
    anchor_lang_idl_spec::{Idl, IdlAccount},
};

/// One SVG with a diagram per changed account type and per migration.
///
/// # Errors
/// An account type cannot be laid out.
pub fn svg(check: &Check, migrations: &[Migration]) -> Result<String, IdlError> {
    let mut changed = Vec::new();
    let new_idl = &check.new.read.idl;
    for pair in &check.pairs {
        let old_idl = &pair.old.read.idl;
        let releases = format!("{} to {}", pair.old.read.name, check.new.read.name);
        for account in &old_idl.accounts {
            if let Some(successor) = successor(account, new_idl) {
                let old = Layout::of(old_idl, &account.name)?;
                let new = Layout::of(new_idl, &successor.name)?;
                if (&old.discriminator, &old.fields, old.min_len)
                    != (&new.discriminator, &new.fields, new.min_len)
                {
                    changed.push((old, new, releases.clone()));
                }
            }
            if let Some((migration, target)) = target(account, migrations, new_idl) {
                changed.push((
                    Layout::of(old_idl, &account.name)?,
                    Layout::of(new_idl, &target.name)?,
                    format!("{releases}, by instruction {}", migration.instruction),
                ));
            }
        }
    }
    let diagrams: Vec<_> = changed
        .iter()
        .map(|(old, new, caption)| Diagram {
            caption,
            ..Diagram::new(old, new)
        })
        .collect();
    Ok(stack(&diagrams, "No account type has another layout."))
}

/// The account type that reads accounts of an old one: by name, otherwise by discriminator.
fn successor<'a>(old: &IdlAccount, new: &'a Idl) -> Option<&'a IdlAccount> {
    let find =
        |is: fn(&IdlAccount, &IdlAccount) -> bool| new.accounts.iter().find(|new| is(old, new));
    find(|old, new| old.name == new.name)
        .or_else(|| find(|old, new| old.discriminator == new.discriminator))
}

/// The migration of an account type of an old release, and the account type that it ends with. One that is missing is a
/// finding.
fn target<'a>(
    old: &IdlAccount,
    migrations: &'a [Migration],
    new: &'a Idl,
) -> Option<(&'a Migration, &'a IdlAccount)> {
    let migration = migrations.iter().find(|one| one.from == old.name)?;
    let mut accounts = new.accounts.iter();
    Some((migration, accounts.find(|new| new.name == migration.to)?))
}

#[cfg(test)]
mod tests {
    use {super::*, crate::report::samples};

    #[test]
    fn a_changed_account_type_is_drawn_before_and_after() {
        let svg = svg(&samples::check(), &[]).unwrap();
        assert!(
            svg.contains("aria-label=\"The bytes of Vault and Vault\""),
            "{svg}"
        );
        assert!(
            svg.contains("10 bytes") && svg.contains("18 bytes"),
            "{svg}"
        );
        assert!(svg.contains("old.json to new.json"), "{svg}");
    }

    #[test]
    fn an_equal_layout_is_not_drawn() {
        let mut check = samples::unchanged();
        check.new.read.idl = check.pairs[0].old.read.idl.clone();
        let svg = svg(&check, &[]).unwrap();
        assert!(svg.contains("No account type has another layout."), "{svg}");
    }
}
