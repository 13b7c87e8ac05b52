//! Account types: what the new release, and old clients, make of accounts' data.

use {
    super::{
        change::{Change, ChangeKind, Part},
        comparison::{Comparison, Draft},
        diff::diff,
        discriminators::{Lists, add_confusions},
        types::{Subject, common_rule},
        wire::Wire,
    },
    crate::{assumptions::AccountAssumptions, rule::Severity, rules},
    account_layout::{
        flat::{Flat, flatten},
        types::{Encoding, Id, Node, Serialization, Types},
    },
    anchor_lang_idl_spec::{Idl, IdlAccount},
    std::collections::HashMap,
};

pub(super) fn compare(c: &mut Comparison<'_, '_>) {
    let (old, new) = (c.old, c.new);
    let (pairs, removed, mut added) = pair(old, new);
    for (i, j) in &pairs {
        compare_pair(c, *i, *j);
    }
    // Types of the same fields, by the length of their smallest value: not every pair is compared.
    let mut candidates: HashMap<Option<u64>, Vec<usize>> = HashMap::new();
    for j in &added {
        let root = c.wires.new.defined(&new.accounts[*j].name);
        candidates
            .entry(root.and_then(|root| c.wires.new.min_len(root)))
            .or_default()
            .push(*j);
    }
    let mut renamed = Vec::new();
    for i in removed {
        let name = &old.accounts[i].name;
        let same = renamed_to(c, name, &mut candidates);
        let at_old = format!("/accounts/{i}");
        let draft = if let Some(j) = same {
            renamed.push(j);
            let message = format!(
                "the account type `{name}` is called `{}` now, and has another discriminator",
                new.accounts[j].name
            );
            Draft::new(&rules::ACCOUNT_TYPE_RENAMED, name, message).at_new(format!("/accounts/{j}"))
        } else {
            Draft::new(
                &rules::ACCOUNT_TYPE_REMOVED,
                name,
                format!("the account type `{name}` is gone"),
            )
        };
        let live = c
            .assumptions
            .accounts
            .get(name)
            .and_then(|assumptions| assumptions.live);
        let draft = if live == Some(false) {
            draft.severity(Severity::Notable)
        } else {
            draft
        };
        c.add(draft.at_old(at_old));
    }
    renamed.sort_unstable();
    added.retain(|j| renamed.binary_search(j).is_err());
    for j in added {
        let name = &new.accounts[j].name;
        let draft = Draft::new(
            &rules::ACCOUNT_TYPE_ADDED,
            name,
            format!("the account type `{name}` is new"),
        );
        c.add(draft.at_new(format!("/accounts/{j}")));
    }
    let lists = Lists {
        key: "accounts",
        old: old.accounts.iter().map(named).collect(),
        new: new.accounts.iter().map(named).collect(),
        pairs: &pairs,
    };
    add_confusions(
        c,
        &lists,
        &rules::DISCRIMINATOR_PREFIX,
        "one is read as the other",
    );
}

/// Pairs of old and new places of one type, by name or else by discriminator; then the places of
/// those that are gone, and of those that are new.
fn pair(old: &Idl, new: &Idl) -> (Vec<(usize, usize)>, Vec<usize>, Vec<usize>) {
    let mut names: HashMap<&str, usize> = HashMap::new();
    let mut discriminators: HashMap<&[u8], usize> = HashMap::new();
    for (j, it) in new.accounts.iter().enumerate() {
        names.entry(&it.name).or_insert(j);
    }
    let mut pairs = Vec::new();
    let mut left = Vec::new();
    let mut taken = vec![false; new.accounts.len()];
    for (i, it) in old.accounts.iter().enumerate() {
        match names.remove(it.name.as_str()) {
            Some(j) => {
                taken[j] = true;
                pairs.push((i, j));
            }
            None => left.push(i),
        }
    }
    for (j, it) in new.accounts.iter().enumerate().filter(|(j, _)| !taken[*j]) {
        discriminators.entry(&it.discriminator).or_insert(j);
    }
    let mut removed = Vec::new();
    for i in left {
        match discriminators.remove(&old.accounts[i].discriminator[..]) {
            Some(j) => {
                taken[j] = true;
                pairs.push((i, j));
            }
            None => removed.push(i),
        }
    }
    let added = (0..new.accounts.len()).filter(|j| !taken[*j]).collect();
    (pairs, removed, added)
}

/// A new type with the fields of the old one. A type without a field is not looked for.
fn renamed_to(
    c: &mut Comparison<'_, '_>,
    name: &str,
    candidates: &mut HashMap<Option<u64>, Vec<usize>>,
) -> Option<usize> {
    let root = c.wires.old.defined(name)?;
    let len = c.wires.old.min_len(root).filter(|len| *len > 0)?;
    let same = candidates.get_mut(&Some(len))?;
    let new = c.new;
    let place = same.iter().take(16).position(|j| {
        let is = c.wires.new.defined(&new.accounts[*j].name);
        is.is_some_and(|is| c.wires.compare(root, is, false) == Wire::Same)
    })?;
    Some(same.remove(place))
}

fn compare_pair(c: &mut Comparison<'_, '_>, i: usize, j: usize) {
    let (was, is) = (&c.old.accounts[i], &c.new.accounts[j]);
    let name = &was.name;
    let places = (format!("/accounts/{i}"), format!("/accounts/{j}"));
    if was.name != is.name {
        let message = format!("the account type `{name}` is called `{}` now", is.name);
        let draft = Draft::new(&rules::ACCOUNT_TYPE_RELABELLED, name, message);
        c.add(draft.at_old(&places.0).at_new(&places.1));
    }
    if was.discriminator != is.discriminator {
        let message = format!(
            "the account type `{name}` has the discriminator {:?} where it was {:?}",
            is.discriminator, was.discriminator
        );
        let draft = Draft::new(&rules::ACCOUNT_DISCRIMINATOR_CHANGED, name, message);
        c.add(draft.at_old(&places.0).at_new(&places.1));
    }
    let unknown = |message: &str| {
        let message = format!("the bytes of the account type `{name}` {message}");
        Draft::new(&rules::FIELD_RETYPED, name, message)
            .at_old(&places.0)
            .at_new(&places.1)
    };
    let roots = c.wires.old.defined(name).zip(c.wires.new.defined(&is.name));
    let Some((old, new)) = roots else {
        c.add(unknown("are not known: it has no type"));
        return;
    };
    let encodings = (encoding(c.wires.old, old), encoding(c.wires.new, new));
    let serialization =
        |it: Option<Encoding<'_>>| it.map(|it| it.serialization == Serialization::Bytemuck);
    let memory = serialization(encodings.0) == Some(true);
    if encodings.0.map(|it| it.serialization) != encodings.1.map(|it| it.serialization) {
        let mut draft = reserialized(name, &places);
        if same_bytes(c, old, new) {
            draft = draft.severity(Severity::Notable);
        }
        c.add(draft);
        return;
    }
    let assumptions = c
        .assumptions
        .accounts
        .get(name)
        .or_else(|| c.assumptions.accounts.get(&is.name));
    let same = c.wires.same.by_name(old, new);
    if same && assumptions.is_none() {
        return;
    }
    let rows = (
        flatten(c.wires.old, old, &places.0),
        flatten(c.wires.new, new, &places.1),
    );
    let (Some(old_row), Some(new_row)) = rows else {
        if !same {
            c.add(unknown("are more fields than can be compared"));
        }
        return;
    };
    let row = Rows {
        name,
        places: &places,
        old: &old_row,
        new: &new_row,
        old_need: len_with(&was.discriminator, old_row.min_len),
        new_need: len_with(&is.discriminator, new_row.min_len),
        memory,
        assumptions: assumptions.cloned().unwrap_or_default(),
    };
    let mut is_too_short = false;
    if !same {
        let changes = diff(&mut c.wires, &old_row, &new_row, memory);
        let other_repr = memory && encodings.0 != encodings.1;
        let resized = old_row.min_len != new_row.min_len || !old_row.exact || !new_row.exact;
        let any = |kind| changes.iter().any(|change| change.kind == kind);
        if other_repr && (resized || any(ChangeKind::Moved)) && !any(ChangeKind::Serialization) {
            c.add(reserialized(name, &places));
        }
        is_too_short = fields(c, &row, changes);
    }
    sizes(c, &row, is_too_short);
}

fn encoding<'a>(types: &Types<'a>, id: Id) -> Option<Encoding<'a>> {
    match types.node(id) {
        Node::Struct(it) => Some(it.encoding),
        Node::Enum(it) => Some(it.encoding),
        _ => None,
    }
}

fn reserialized(name: &str, places: &(String, String)) -> Draft {
    let message = format!(
        "the account type `{name}` is laid out in bytes in another way (serialization or repr)"
    );
    Draft::new(&rules::SERIALIZATION_CHANGED, name, message)
        .at_old(&places.0)
        .at_new(&places.1)
}

/// Whether Borsh and memory give the same bytes: no padding, and no field of variable length.
fn same_bytes(c: &mut Comparison<'_, '_>, old: Id, new: Id) -> bool {
    let rows = flatten(c.wires.old, old, "").zip(flatten(c.wires.new, new, ""));
    rows.is_some_and(|(old, new)| {
        old.exact
            && new.exact
            && old.is_fixed()
            && new.is_fixed()
            && old.min_len == new.min_len
            && diff(&mut c.wires, &old, &new, true).is_empty()
    })
}

fn len_with(discriminator: &[u8], len: u64) -> u64 {
    u64::try_from(discriminator.len())
        .unwrap_or(u64::MAX)
        .saturating_add(len)
}

/// An account type in both releases.
struct Rows<'r> {
    name: &'r str,
    places: &'r (String, String),
    old: &'r Flat,
    new: &'r Flat,
    /// Bytes of data that the smallest value takes, with the discriminator.
    old_need: u64,
    new_need: u64,
    memory: bool,
    assumptions: AccountAssumptions,
}

/// Adds the changes; returns whether live accounts are known to be too short.
fn fields(c: &mut Comparison<'_, '_>, row: &Rows<'_>, changes: Vec<Change>) -> bool {
    let name = row.name;
    let subject = Subject {
        path: name.to_owned(),
        name,
        noun: "field",
    };
    let is_hard = |change: &Change| {
        !matches!(
            change.kind,
            ChangeKind::Added { last: true }
                | ChangeKind::Removed { last: true }
                | ChangeKind::Renamed
                | ChangeKind::ReservedUsed
                | ChangeKind::VariantAppended
                | ChangeKind::VariantRenamed
        )
    };
    let is_hard = changes.iter().any(is_hard);
    let is_longer = changes
        .iter()
        .any(|change| change.kind == ChangeKind::Added { last: true });
    let grown = at_end(&changes, ChangeKind::Added { last: true });
    let shrunk = at_end(&changes, ChangeKind::Removed { last: true });
    let too_short = (is_longer && !is_hard)
        .then(|| too_short(row, grown))
        .flatten();
    let is_too_short = too_short.is_some();
    if let Some(draft) = too_short {
        c.add(draft);
    }
    for change in changes {
        let (rule, condition) = match change.kind {
            ChangeKind::Added { last: true } if is_too_short => continue,
            ChangeKind::Added { last: true } => {
                let rule = if row.memory || row.old.is_fixed() {
                    &rules::FIELD_APPENDED
                } else {
                    &rules::FIELD_APPENDED_AFTER_OPTION
                };
                (rule, Some(appended(row, &change, grown)))
            }
            ChangeKind::Removed { last: true } => {
                (&rules::FIELD_REMOVED_LAST, Some(removed_last(row, shrunk)))
            }
            ChangeKind::Added { last: false } => (&rules::FIELD_INSERTED, None),
            ChangeKind::Removed { last: false } => (&rules::FIELD_REMOVED, None),
            ChangeKind::Reordered => (&rules::FIELDS_REORDERED, None),
            ChangeKind::Renamed => (&rules::FIELD_RENAMED, None),
            ChangeKind::ReservedUsed => {
                let path = change.path();
                let condition = format!(
                    "every live {name} holds zeros in the bytes of `{path}`, and zero is a valid value of it"
                );
                (
                    &rules::RESERVED_BYTES_USED,
                    Some((row.not_live(), condition)),
                )
            }
            ChangeKind::VariantAppended => {
                let condition = format!(
                    "no client of the old release reads a {name} in which the new variant is stored"
                );
                let unread = row.assumptions.variants_stored.map(|stored| !stored);
                (&rules::ENUM_VARIANT_APPENDED, Some((unread, condition)))
            }
            kind => (common_rule(kind).unwrap_or(&rules::FIELD_RETYPED), None),
        };
        let mut draft = c.draft(rule, &subject, &change);
        if let Some((known, condition)) = condition {
            draft = draft.condition(known, condition);
        }
        draft.old = draft.old.or_else(|| Some(row.places.0.clone()));
        draft.new = draft.new.or_else(|| Some(row.places.1.clone()));
        c.add(draft);
    }
    is_too_short
}

impl Rows<'_> {
    /// Whether it is known that there is no account to be misread.
    fn not_live(&self) -> Option<bool> {
        (self.assumptions.live == Some(false)).then_some(true)
    }

    /// Bytes of data that the smallest old value takes with the fields that are new.
    fn need(&self, grown: u64) -> u64 {
        if self.memory {
            return self.new_need;
        }
        let discriminator = self.new_need.saturating_sub(self.new.min_len);
        self.old
            .min_len
            .saturating_add(discriminator)
            .saturating_add(grown)
    }

    /// The same for the largest old value; `None` if there is none.
    fn enough(&self, grown: u64) -> Option<u64> {
        let largest = self
            .old
            .max_len
            .filter(|_| self.old.exact && self.new.exact)?;
        self.need(grown)
            .checked_add(largest.checked_sub(self.old.min_len)?)
    }
}

/// Bytes of the last fields that only one release has, if all are zero; `None` if they have no such value.
fn at_end(changes: &[Change], kind: ChangeKind) -> Option<u64> {
    let mut last = changes.iter().filter(|change| change.kind == kind);
    last.try_fold(0_u64, |sum, change| {
        let len = |part: &Option<Part>| part.as_ref().map_or(Some(0), |part| part.zero_len);
        sum.checked_add(len(&change.new)?.abs_diff(len(&change.old)?))
    })
}

/// Live accounts that cannot hold the new layout, or of zero-copy data that may not.
fn too_short(row: &Rows<'_>, grown: Option<u64>) -> Option<Draft> {
    let (name, need, assumptions) = (row.name, row.need(grown?), &row.assumptions);
    if assumptions.live == Some(false) {
        return None;
    }
    let message = match assumptions.allocated {
        Some(allocated) if allocated < need => {
            format!(
                "`{name}` takes at least {need} bytes of data now, and the smallest live one has {allocated}"
            )
        }
        None if row.memory && need != row.old_need => format!(
            "zero-copy `{name}` takes {need} bytes of data where it took {}: nothing says that live ones have more",
            row.old_need
        ),
        Some(_) | None => return None,
    };
    let draft = Draft::new(&rules::ACCOUNT_SIZE_INCREASED, name, message);
    Some(draft.at_old(&row.places.0).at_new(&row.places.1))
}

/// Whether fields behind the last one are known to fit, and what must hold.
fn appended(row: &Rows<'_>, change: &Change, grown: Option<u64>) -> (Option<bool>, String) {
    if let Some(known) = row.not_live() {
        return (Some(known), String::new());
    }
    let Some(grown) = grown else {
        return (Some(false), String::new());
    };
    let (name, need, assumptions) = (row.name, row.need(grown), &row.assumptions);
    let size = format!("every live {name} has at least {need} bytes of data");
    if assumptions.zero_filled == Some(false) {
        return (Some(false), size);
    }
    let fits = assumptions
        .allocated
        .zip(row.enough(grown))
        .is_some_and(|(allocated, enough)| allocated >= enough);
    let in_padding = |part: &Part| row.memory && part.offset < row.old.min_len;
    if change.new.as_ref().is_some_and(in_padding) {
        let zeros = format!("every live {name} holds zeros in the padding behind its last field");
        return if fits || need == row.old_need {
            (None, zeros)
        } else {
            (None, format!("{size}, and {zeros}"))
        };
    }
    let known = (fits && assumptions.zero_filled == Some(true)).then_some(true);
    let zeros = if row.memory || row.old.is_fixed() {
        format!("{size}, which are zero behind the old value")
    } else {
        format!("{size}, and every one has {grown} more than its value takes, which are zero")
    };
    (known, zeros)
}

/// Whether old clients are known to read accounts that the new release makes, and what must hold.
fn removed_last(row: &Rows<'_>, shrunk: Option<u64>) -> (Option<bool>, String) {
    let (name, created) = (row.name, row.assumptions.created);
    let mut known = created
        .is_some_and(|created| created < row.old_need)
        .then_some(false);
    if let (true, Some(shrunk)) = (row.new.is_fixed(), shrunk) {
        let need = if row.memory {
            row.old_need
        } else {
            let discriminator = row.old_need.saturating_sub(row.old.min_len);
            discriminator
                .saturating_add(row.new.min_len)
                .saturating_add(shrunk)
        };
        known = known.or(match created {
            Some(created) if created < need => Some(false),
            Some(_) if row.old.exact => Some(true),
            Some(_) | None => None,
        });
        let size =
            format!("every {name} that the new release makes has at least {need} bytes of data");
        return (known, size);
    }
    (
        known,
        format!("no client of the old release reads a {name} that the new release wrote"),
    )
}

/// What assumptions about sizes say, whatever the fields.
fn sizes(c: &mut Comparison<'_, '_>, row: &Rows<'_>, is_too_short: bool) {
    let (name, assumptions) = (row.name, &row.assumptions);
    let at = |draft: Draft| draft.at_old(&row.places.0).at_new(&row.places.1);
    if let (Some(reads), Some(allocated), false) =
        (assumptions.reads, assumptions.allocated, is_too_short)
        && reads > allocated
        && assumptions.live != Some(false)
    {
        let message = format!(
            "the new release reads or writes {reads} bytes of a `{name}`'s data, and the smallest live one has {allocated}"
        );
        c.add(at(Draft::new(
            &rules::ACCOUNT_SIZE_INCREASED,
            name,
            message,
        )));
    }
    let Some(created) = assumptions.created else {
        return;
    };
    if created < row.new_need {
        let message = format!(
            "the new release makes a `{name}` with {created} bytes of data, and it takes at least {}",
            row.new_need
        );
        let draft = Draft::new(&rules::ACCOUNT_SIZE_DECREASED, name, message);
        c.add(at(draft.severity(Severity::Breaking)));
    } else if let Some(allocated) = assumptions
        .allocated
        .filter(|allocated| created < *allocated)
    {
        let message = format!(
            "the new release makes a `{name}` with {created} bytes of data where live ones have {allocated} or more"
        );
        let draft = Draft::new(&rules::ACCOUNT_SIZE_DECREASED, name, message);
        let reads_more = assumptions.reads.is_some_and(|reads| reads > created);
        c.add(at(if reads_more {
            draft.severity(Severity::Breaking)
        } else {
            draft
        }));
    }
}

fn named(it: &IdlAccount) -> (&str, &[u8]) {
    (&it.name, &it.discriminator)
}
