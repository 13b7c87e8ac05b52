//! Changes of enums and of names, which mean the same wherever the type is used.

use {
    super::{
        change::{Change, ChangeKind, Part},
        comparison::{Comparison, Draft},
    },
    crate::{rule::Rule, rules},
};

/// Who is affected by a change: what the messages speak of.
pub(super) struct Subject<'s> {
    /// What findings' subjects begin with: `deposit.args`, `Vault`.
    pub path: String,
    /// `Vault`
    pub name: &'s str,
    /// `field` or `argument`
    pub noun: &'static str,
}

impl Subject<'_> {
    /// `Vault.limits.per_day`
    pub fn of(&self, change: &Change) -> String {
        let path = change.path();
        if path.is_empty() {
            self.path.clone()
        } else {
            format!("{}.{path}", self.path)
        }
    }

    /// ``the field `per_day` of `Vault` ``
    fn part(&self, path: &str) -> String {
        if path.is_empty() {
            format!("`{}`", self.name)
        } else {
            format!("the {} `{path}` of `{}`", self.noun, self.name)
        }
    }

    /// What happened, in a sentence.
    pub fn message(&self, change: &Change) -> String {
        let Self { name, noun, .. } = self;
        let path = change.path();
        match (&change.old, &change.new) {
            (Some(old), Some(new)) => self.changed(change.kind, old, new),
            (None, Some(new)) => {
                let ty = &new.ty;
                match change.kind {
                    ChangeKind::Added { last: true } => {
                        format!("`{name}` has a new last {noun}: `{path}: {ty}`")
                    }
                    ChangeKind::ReservedUsed => {
                        format!("reserved bytes of `{name}` are a {noun} now: `{path}: {ty}`")
                    }
                    ChangeKind::VariantAppended => {
                        format!("an enum of `{name}` has a new last variant: `{path}`")
                    }
                    ChangeKind::VariantInserted => {
                        format!(
                            "an enum of `{name}` has a new variant in front of others: `{path}`"
                        )
                    }
                    _ => format!(
                        "`{name}` has a new {noun} in front of others or in place of them: `{path}: {ty}`"
                    ),
                }
            }
            (Some(old), None) => match change.kind {
                ChangeKind::Removed { last: true } => {
                    format!(
                        "`{name}` no longer has its last {noun}: `{path}: {}`",
                        old.ty
                    )
                }
                ChangeKind::VariantRemoved => {
                    format!("an enum of `{name}` no longer has the variant `{path}`")
                }
                _ => format!("`{name}` no longer has the {noun} `{path}: {}`", old.ty),
            },
            (None, None) => format!("`{name}` changed"),
        }
    }

    fn changed(&self, kind: ChangeKind, old: &Part, new: &Part) -> String {
        let part = self.part(&old.path);
        match kind {
            ChangeKind::Added { .. } | ChangeKind::Removed { .. } => {
                format!(
                    "{part} is `{}` where it was `{}`, and nothing follows it",
                    new.ty, old.ty
                )
            }
            ChangeKind::Renamed => format!("{part} is called `{}` now", new.path),
            ChangeKind::VariantRenamed => format!(
                "the variant `{}` of `{}` is called `{}` now",
                old.path, self.name, new.ty
            ),
            ChangeKind::Reordered => format!("{part} has another place among the others"),
            ChangeKind::VariantsReordered => {
                format!(
                    "the variant `{}` of `{}` has another place among the others",
                    old.path, self.name
                )
            }
            ChangeKind::VariantChanged => format!(
                "the variant `{}` of `{}` has other fields",
                old.path, self.name
            ),
            ChangeKind::Moved => format!(
                "{part} begins at byte {} where it began at byte {}",
                new.offset, old.offset
            ),
            ChangeKind::Serialization => format!("{part} is serialized in another way"),
            _ if old.ty == new.ty => format!("{part} is other bytes than it was"),
            _ => format!("{part} is `{}` where it was `{}`", new.ty, old.ty),
        }
    }
}

/// The rule of a change that means the same wherever it happens.
pub(super) fn common_rule(kind: ChangeKind) -> Option<&'static Rule> {
    match kind {
        ChangeKind::Serialization | ChangeKind::Moved => Some(&rules::SERIALIZATION_CHANGED),
        ChangeKind::VariantInserted => Some(&rules::ENUM_VARIANT_INSERTED),
        ChangeKind::VariantRemoved => Some(&rules::ENUM_VARIANT_REMOVED),
        ChangeKind::VariantsReordered => Some(&rules::ENUM_VARIANTS_REORDERED),
        ChangeKind::VariantChanged => Some(&rules::ENUM_VARIANT_CHANGED),
        ChangeKind::VariantRenamed => Some(&rules::ENUM_VARIANT_RENAMED),
        ChangeKind::Added { .. }
        | ChangeKind::Removed { .. }
        | ChangeKind::Retyped
        | ChangeKind::Reordered
        | ChangeKind::Renamed
        | ChangeKind::ReservedUsed
        | ChangeKind::VariantAppended => None,
    }
}

impl Comparison<'_, '_> {
    /// A finding about one change, as severe as its rule.
    pub fn draft(&self, rule: &'static Rule, subject: &Subject<'_>, change: &Change) -> Draft {
        let mut draft = Draft::new(rule, subject.of(change), subject.message(change));
        let pointer = |part: &Option<Part>| {
            part.as_ref()
                .map(|part| part.pointer.clone())
                .filter(|it| !it.is_empty())
        };
        draft.old = pointer(&change.old);
        draft.new = pointer(&change.new);
        draft
    }
}
