//! What changed between two enums.

use {
    super::{Diff, join},
    crate::compare::change::{Change, ChangeKind, Part},
    account_layout::types::Enum,
    std::collections::HashMap,
};

/// An enum in both releases.
struct EnumPair<'p, 'a> {
    /// From the subject to the field that has the type.
    path: &'p str,
    old: &'p Enum<'a>,
    new: &'p Enum<'a>,
    /// The variants' numbers by their names.
    old_numbers: HashMap<&'a str, usize>,
    new_numbers: HashMap<&'a str, usize>,
}

impl<'a> Diff<'_, '_, 'a> {
    /// Returns whether something about the enum changed.
    pub(super) fn enums(&mut self, path: &str, old: &Enum<'a>, new: &Enum<'a>) -> bool {
        let pair = EnumPair::new(path, old, new);
        let mut found = false;
        if old.encoding.serialization != new.encoding.serialization {
            let (was, is) = (pair.whole(old), pair.whole(new));
            found |= self.push(ChangeKind::Serialization, Some(was), Some(is));
        }
        let removed = pair.removed();
        for i in &removed {
            found |= self.push(ChangeKind::VariantRemoved, Some(pair.part(old, *i)), None);
        }
        let added = pair.added();
        let is_last = |j: &usize| *j >= old.variants.len();
        for j in &added {
            let kind = match is_last(j) {
                true => ChangeKind::VariantAppended,
                false => ChangeKind::VariantInserted,
            };
            found |= self.push(kind, None, Some(pair.part(new, *j)));
        }
        if removed.is_empty()
            && added.iter().all(is_last)
            && let Some((i, j)) = pair.moved()
        {
            let (was, is) = (pair.part(old, i), pair.part(new, j));
            found |= self.push(ChangeKind::VariantsReordered, Some(was), Some(is));
        }
        for number in 0..old.variants.len().min(new.variants.len()) {
            if pair.is_one_variant(number) {
                found |= self.variant(&pair, number);
            }
        }
        found
    }

    /// Returns whether the variant of a number changed.
    fn variant(&mut self, pair: &EnumPair<'_, 'a>, number: usize) -> bool {
        let (was, is) = (&pair.old.variants[number], &pair.new.variants[number]);
        let parts = || {
            let (was, is) = (pair.part(pair.old, number), pair.part(pair.new, number));
            (Some(was), Some(is))
        };
        let before = self.changes.len();
        let mut found = match self.wires.fields(&was.fields, &is.fields) {
            Some((old, new)) => self.rows(&join(pair.path, was.name), &old, &new, false),
            None => {
                let (was, is) = parts();
                self.push(ChangeKind::VariantChanged, was, is)
            }
        };
        let inner = self.changes.split_off(before);
        let (old_part, new_part) = parts();
        if inner.iter().any(|change| change.kind.is_hard()) {
            return found | self.push(ChangeKind::VariantChanged, old_part, new_part);
        }
        let inner = inner.into_iter();
        self.changes
            .extend(inner.map(|change| pair.point_at(change, number)));
        if was.name != is.name {
            found |= self.push(ChangeKind::VariantRenamed, old_part, new_part);
        }
        found
    }
}

impl<'p, 'a> EnumPair<'p, 'a> {
    fn new(path: &'p str, old: &'p Enum<'a>, new: &'p Enum<'a>) -> Self {
        let numbers = |it: &Enum<'a>| {
            let variants = it.variants.iter().enumerate();
            variants.map(|(number, it)| (it.name, number)).collect()
        };
        Self {
            path,
            old,
            new,
            old_numbers: numbers(old),
            new_numbers: numbers(new),
        }
    }

    /// The old variants that are gone. A name that is only old, at the place of one that is only new, is a
    /// renaming.
    fn removed(&self) -> Vec<usize> {
        let is_only_new = |number: usize| {
            let is = self.new.variants.get(number);
            is.is_some_and(|is| !self.old_numbers.contains_key(is.name))
        };
        let variants = self.old.variants.iter().enumerate();
        let removed = variants
            .filter(|(i, was)| !self.new_numbers.contains_key(was.name) && !is_only_new(*i));
        removed.map(|(i, _)| i).collect()
    }

    /// The new variants that are no renaming of an old one.
    fn added(&self) -> Vec<usize> {
        let is_only_old = |number: usize| {
            let was = self.old.variants.get(number);
            was.is_some_and(|was| !self.new_numbers.contains_key(was.name))
        };
        let variants = self.new.variants.iter().enumerate();
        let added =
            variants.filter(|(j, is)| !self.old_numbers.contains_key(is.name) && !is_only_old(*j));
        added.map(|(j, _)| j).collect()
    }

    /// The first variant that has another number.
    fn moved(&self) -> Option<(usize, usize)> {
        self.old.variants.iter().enumerate().find_map(|(i, was)| {
            let j = *self.new_numbers.get(was.name)?;
            (i != j).then_some((i, j))
        })
    }

    /// Whether the variants of a number are one, perhaps renamed: neither name is elsewhere in the other enum.
    fn is_one_variant(&self, number: usize) -> bool {
        let (was, is) = (
            self.old.variants[number].name,
            self.new.variants[number].name,
        );
        was == is || !self.new_numbers.contains_key(was) && !self.old_numbers.contains_key(is)
    }

    /// A variant of one of the two.
    fn part(&self, whose: &Enum<'_>, number: usize) -> Part {
        let name = whose.variants[number].name;
        Part {
            path: join(self.path, name),
            pointer: format!("/types/{}/type/variants/{number}", whose.def),
            ty: name.to_owned(),
            offset: 0,
            zero_len: None,
        }
    }

    /// One of the two.
    fn whole(&self, whose: &Enum<'_>) -> Part {
        Part {
            path: self.path.to_owned(),
            pointer: format!("/types/{}", whose.def),
            ty: whose.name.to_owned(),
            offset: 0,
            zero_len: None,
        }
    }

    /// Fields of a variant get the variant's pointer, since rows of fields have none.
    fn point_at(&self, mut change: Change, number: usize) -> Change {
        for (part, def) in [
            (&mut change.old, self.old.def),
            (&mut change.new, self.new.def),
        ] {
            if let Some(part) = part
                && part.pointer.is_empty()
            {
                part.pointer = format!("/types/{def}/type/variants/{number}");
            }
        }
        change
    }
}
