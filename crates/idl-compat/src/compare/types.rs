//! Changes of enums and of names, which mean the same wherever the type is used.

use {
    super::{
        Comparison, Draft,
        diff::{Change, Kind, Part},
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
                    Kind::Added { last: true } => {
                        format!("`{name}` has a new last {noun}: `{path}: {ty}`")
                    }
                    Kind::ReservedUsed => {
                        format!("reserved bytes of `{name}` are a {noun} now: `{path}: {ty}`")
                    }
                    Kind::VariantAppended => {
                        format!("an enum of `{name}` has a new last variant: `{path}`")
                    }
                    Kind::VariantInserted => {
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
                Kind::Removed { last: true } => {
                    format!(
                        "`{name}` no longer has its last {noun}: `{path}: {}`",
                        old.ty
                    )
                }
                Kind::VariantRemoved => {
                    format!("an enum of `{name}` no longer has the variant `{path}`")
                }
                _ => format!("`{name}` no longer has the {noun} `{path}: {}`", old.ty),
            },
            (None, None) => format!("`{name}` changed"),
        }
    }

    fn changed(&self, kind: Kind, old: &Part, new: &Part) -> String {
        let part = self.part(&old.path);
        match kind {
            Kind::Added { .. } | Kind::Removed { .. } => {
                format!(
                    "{part} is `{}` where it was `{}`, and nothing follows it",
                    new.ty, old.ty
                )
            }
            Kind::Renamed => format!("{part} is called `{}` now", new.path),
            Kind::VariantRenamed => format!(
                "the variant `{}` of `{}` is called `{}` now",
                old.path, self.name, new.ty
            ),
            Kind::Reordered => format!("{part} has another place among the others"),
            Kind::VariantsReordered => {
                format!(
                    "the variant `{}` of `{}` has another place among the others",
                    old.path, self.name
                )
            }
            Kind::VariantChanged => format!(
                "the variant `{}` of `{}` has other fields",
                old.path, self.name
            ),
            Kind::Moved => format!(
                "{part} begins at byte {} where it began at byte {}",
                new.offset, old.offset
            ),
            Kind::Serialization => format!("{part} is serialized in another way"),
            _ if old.ty == new.ty => format!("{part} is other bytes than it was"),
            _ => format!("{part} is `{}` where it was `{}`", new.ty, old.ty),
        }
    }
}

impl Change {
    /// The old path, by which a finding is known; the new one for what is new.
    pub fn path(&self) -> &str {
        self.old
            .as_ref()
            .or(self.new.as_ref())
            .map_or("", |part| &part.path)
    }
}

/// The rule of a change that is told in the same way wherever it happens.
pub(super) fn common_rule(kind: Kind) -> Option<&'static Rule> {
    match kind {
        Kind::Serialization | Kind::Moved => Some(&rules::SERIALIZATION_CHANGED),
        Kind::VariantInserted => Some(&rules::ENUM_VARIANT_INSERTED),
        Kind::VariantRemoved => Some(&rules::ENUM_VARIANT_REMOVED),
        Kind::VariantsReordered => Some(&rules::ENUM_VARIANTS_REORDERED),
        Kind::VariantChanged => Some(&rules::ENUM_VARIANT_CHANGED),
        Kind::VariantRenamed => Some(&rules::ENUM_VARIANT_RENAMED),
        Kind::Added { .. }
        | Kind::Removed { .. }
        | Kind::Retyped
        | Kind::Reordered
        | Kind::Renamed
        | Kind::ReservedUsed
        | Kind::VariantAppended => None,
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
