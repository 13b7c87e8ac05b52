//! Instructions: what calls of the old release's clients become.

use {
    super::{
        change::ChangeKind,
        comparison::{Comparison, Draft},
        diff::diff,
        discriminators::{Lists, add_confusions},
        excerpt::rust,
        instruction_accounts,
        types::{Subject, common_rule},
        wire::Wire,
    },
    crate::rules,
    account_layout::{
        flat::{Flat, Start, flatten_all},
        types::{Id, Types},
    },
    anchor_lang_idl_spec::{Idl, IdlField, IdlInstruction, IdlInstructionAccountItem},
    std::collections::{HashMap, HashSet},
};

pub(super) fn compare(c: &mut Comparison<'_, '_>) {
    let (old, new) = (c.old, c.new);
    let (pairs, removed, mut added) = pair(old, new);
    for (i, j) in &pairs {
        compare_pair(c, *i, *j);
    }
    let mut candidates: HashMap<String, Vec<usize>> = HashMap::new();
    for j in added.iter().rev() {
        candidates
            .entry(signature(&new.instructions[*j]))
            .or_default()
            .push(*j);
    }
    let mut renamed = HashSet::new();
    for i in removed {
        let was = &old.instructions[i];
        let name = &was.name;
        let same = candidates.get_mut(&signature(was)).and_then(Vec::pop);
        let at_old = format!("/instructions/{i}");
        let draft = if let Some(j) = same {
            renamed.insert(j);
            let message = format!(
                "`{name}` is gone, and `{}` takes the same arguments and accounts: its discriminator is another",
                new.instructions[j].name
            );
            Draft::new(&rules::INSTRUCTION_RENAMED, name, message)
                .at_new(format!("/instructions/{j}"))
        } else {
            Draft::new(
                &rules::INSTRUCTION_REMOVED,
                name,
                format!("the instruction `{name}` is gone"),
            )
        };
        c.add(draft.at_old(at_old));
    }
    added.retain(|j| !renamed.contains(j));
    for j in added {
        let name = &new.instructions[j].name;
        let draft = Draft::new(
            &rules::INSTRUCTION_ADDED,
            name,
            format!("the instruction `{name}` is new"),
        );
        c.add(draft.at_new(format!("/instructions/{j}")));
    }
    let lists = Lists {
        key: "instructions",
        old: old.instructions.iter().map(named).collect(),
        new: new.instructions.iter().map(named).collect(),
        pairs: &pairs,
    };
    add_confusions(
        c,
        &lists,
        &rules::INSTRUCTION_DISCRIMINATOR_SHADOWED,
        "a call of one can reach the other",
    );
}

/// Pairs of old and new places of one instruction, by name or else by discriminator; then the places
/// of those that are gone, and of those that are new.
fn pair(old: &Idl, new: &Idl) -> (Vec<(usize, usize)>, Vec<usize>, Vec<usize>) {
    let mut names: HashMap<&str, usize> = HashMap::new();
    for (j, it) in new.instructions.iter().enumerate() {
        names.entry(&it.name).or_insert(j);
    }
    let mut pairs = Vec::new();
    let mut left = Vec::new();
    let mut taken = vec![false; new.instructions.len()];
    for (i, it) in old.instructions.iter().enumerate() {
        match names.remove(it.name.as_str()) {
            Some(j) => {
                taken[j] = true;
                pairs.push((i, j));
            }
            None => left.push(i),
        }
    }
    let mut discriminators: HashMap<&[u8], usize> = HashMap::new();
    for (j, it) in new
        .instructions
        .iter()
        .enumerate()
        .filter(|(j, _)| !taken[*j])
    {
        discriminators.entry(&it.discriminator).or_insert(j);
    }
    let mut removed = Vec::new();
    for i in left {
        match discriminators.remove(&old.instructions[i].discriminator[..]) {
            Some(j) => {
                taken[j] = true;
                pairs.push((i, j));
            }
            None => removed.push(i),
        }
    }
    let added = (0..new.instructions.len()).filter(|j| !taken[*j]).collect();
    (pairs, removed, added)
}

/// Equal for instructions that differ in name and discriminator only.
fn signature(instruction: &IdlInstruction) -> String {
    let args: Vec<String> = instruction
        .args
        .iter()
        .map(|arg| format!("{}: {}", arg.name, rust(&arg.ty)))
        .collect();
    let mut accounts = String::new();
    let mut open: Vec<&IdlInstructionAccountItem> = instruction.accounts.iter().rev().collect();
    while let Some(item) = open.pop() {
        match item {
            IdlInstructionAccountItem::Composite(group) => open.extend(group.accounts.iter().rev()),
            IdlInstructionAccountItem::Single(it) => {
                let flags = (it.writable, it.signer, it.optional, &it.address);
                accounts.push_str(&format!("{} {flags:?};", it.name));
            }
        }
    }
    let returns = instruction.returns.as_ref().map(rust);
    format!("{} {accounts} {returns:?}", args.join(","))
}

fn compare_pair(c: &mut Comparison<'_, '_>, i: usize, j: usize) {
    let (was, is) = (&c.old.instructions[i], &c.new.instructions[j]);
    let name = &was.name;
    let places = (format!("/instructions/{i}"), format!("/instructions/{j}"));
    if was.name != is.name {
        let message = format!(
            "`{name}` is called `{}` now, and keeps its discriminator",
            is.name
        );
        let draft = Draft::new(&rules::INSTRUCTION_RELABELLED, name, message);
        c.add(draft.at_old(&places.0).at_new(&places.1));
    }
    if was.discriminator != is.discriminator {
        let message = format!(
            "`{name}` has the discriminator {:?} where it was {:?}",
            is.discriminator, was.discriminator
        );
        let draft = Draft::new(&rules::INSTRUCTION_DISCRIMINATOR_CHANGED, name, message);
        c.add(draft.at_old(&places.0).at_new(&places.1));
    }
    let renamed = compare_args(c, (i, was), (j, is));
    compare_returns(c, (i, was), (j, is));
    instruction_accounts::compare(c, (i, was), (j, is), &renamed);
}

/// Returns the new names of arguments that have another.
fn compare_args(
    c: &mut Comparison<'_, '_>,
    (i, was): (usize, &IdlInstruction),
    (j, is): (usize, &IdlInstruction),
) -> HashMap<String, String> {
    if same_args(c, &was.args, &is.args) {
        return HashMap::new();
    }
    let name = &was.name;
    let rows = (
        row(c.wires.old, i, &was.args),
        row(c.wires.new, j, &is.args),
    );
    let (Some(old_row), Some(new_row)) = rows else {
        let message =
            format!("the arguments of `{name}` expand to more fields than can be compared");
        let draft = Draft::new(&rules::ARGUMENT_RETYPED, format!("{name}.args"), message);
        c.add(
            draft
                .at_old(format!("/instructions/{i}"))
                .at_new(format!("/instructions/{j}")),
        );
        return HashMap::new();
    };
    let subject = Subject {
        path: format!("{name}.args"),
        name,
        noun: "argument",
    };
    let has = |args: &[IdlField], path: &str| {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        !rest.is_empty() && args.iter().any(|arg| arg.name == first)
    };
    let mut renamed = HashMap::new();
    for change in diff(&mut c.wires, &old_row, &new_row, false) {
        let (mut rule, mut message) = (&rules::ARGUMENT_RETYPED, None);
        match (change.kind, &change.old, &change.new) {
            (ChangeKind::Added { .. }, None, Some(part)) => {
                if has(&was.args, &part.path) {
                    message = Some(format!(
                        "an argument of `{name}` has a field more: `{}: {}`",
                        part.path, part.ty
                    ));
                } else {
                    rule = &rules::ARGUMENT_ADDED;
                    message = Some(format!(
                        "`{name}` takes an argument more: `{}: {}`",
                        part.path, part.ty
                    ));
                }
            }
            (ChangeKind::Removed { last: true }, ..) => rule = &rules::ARGUMENT_REMOVED_LAST,
            (ChangeKind::Removed { last: false }, Some(part), _) if !has(&is.args, &part.path) => {
                rule = &rules::ARGUMENT_REMOVED;
            }
            (ChangeKind::Reordered, ..) => rule = &rules::ARGUMENTS_REORDERED,
            (ChangeKind::Renamed, Some(old), Some(new)) => {
                rule = &rules::ARGUMENT_RENAMED;
                renamed.insert(old.path.clone(), new.path.clone());
            }
            (ChangeKind::VariantAppended, ..) => rule = &rules::ARGUMENT_VARIANT_APPENDED,
            (kind, ..) => rule = common_rule(kind).unwrap_or(rule),
        }
        let mut draft = c.draft(rule, &subject, &change);
        if let Some(message) = message {
            draft.message = message;
        }
        c.add(draft);
    }
    renamed
}

/// The quick answer for most instructions.
fn same_args(c: &mut Comparison<'_, '_>, old: &[IdlField], new: &[IdlField]) -> bool {
    let (old_types, new_types): (&Types<'_>, &Types<'_>) = (c.wires.old, c.wires.new);
    old.len() == new.len()
        && old.iter().zip(new).all(|(was, is)| {
            let types = old_types.of(&was.ty).zip(new_types.of(&is.ty));
            was.name == is.name && types.is_some_and(|(old, new)| c.wires.same.by_name(old, new))
        })
}

fn row(types: &Types<'_>, instruction: usize, args: &[IdlField]) -> Option<Flat> {
    let starts: Option<Vec<Start<'_>>> = args
        .iter()
        .enumerate()
        .map(|(index, arg)| {
            Some(Start {
                name: Some(&arg.name),
                ty: types.of(&arg.ty)?,
                pointer: format!("/instructions/{instruction}/args/{index}"),
            })
        })
        .collect();
    flatten_all(types, starts?)
}

fn compare_returns(
    c: &mut Comparison<'_, '_>,
    (i, was): (usize, &IdlInstruction),
    (j, is): (usize, &IdlInstruction),
) {
    // What was not returned before is not read by an old client.
    let Some(old) = &was.returns else { return };
    let name = &was.name;
    let message = match &is.returns {
        None => format!("`{name}` returns nothing where it returned `{}`", rust(old)),
        Some(new) => {
            let ids = c.wires.old.of(old).zip(c.wires.new.of(new));
            let same = ids.is_some_and(|(old, new)| {
                c.wires.same.by_name(old, new)
                    || c.wires.compare(old, new, false) == Wire::Same && same_order(c, old, new)
            });
            if same {
                return;
            }
            let (old, new) = (rust(old), rust(new));
            if old == new {
                format!("`{name}` returns a `{new}`, which is other bytes than it was")
            } else {
                format!("`{name}` returns `{new}` where it returned `{old}`")
            }
        }
    };
    let draft = Draft::new(
        &rules::RETURN_TYPE_CHANGED,
        format!("{name}.returns"),
        message,
    );
    let draft = draft.at_old(format!("/instructions/{i}/returns"));
    c.add(if is.returns.is_some() {
        draft.at_new(format!("/instructions/{j}/returns"))
    } else {
        draft
    });
}

/// Whether equal bytes also have their names in the same order.
fn same_order(c: &mut Comparison<'_, '_>, old: Id, new: Id) -> bool {
    let Some((old, new)) = c.wires.rows(old, new, false) else {
        return false;
    };
    let changes = diff(&mut c.wires, &old, &new, false);
    changes.iter().all(|change| {
        matches!(
            change.kind,
            ChangeKind::Renamed | ChangeKind::VariantRenamed
        )
    })
}

fn named(it: &IdlInstruction) -> (&str, &[u8]) {
    (&it.name, &it.discriminator)
}
