//! The accounts that an instruction takes. They go by their place; composites are only a notation.

use {
    super::{
        Comparison, Draft,
        align::{Key, Step, align},
        excerpt::seeds,
    },
    crate::{facts::InstructionFacts, rules},
    anchor_lang_idl_spec::{
        IdlInstruction, IdlInstructionAccount, IdlInstructionAccountItem, IdlPda, IdlSeed,
    },
    std::collections::{HashMap, HashSet},
};

struct Account<'a> {
    /// `market.vault`, if it is part of a composite.
    path: String,
    pointer: String,
    item: &'a IdlInstructionAccount,
}

/// What things of the old instruction are called in the new one.
struct Names<'n> {
    accounts: HashMap<&'n str, &'n str>,
    args: &'n HashMap<String, String>,
}

pub(super) fn compare(
    c: &mut Comparison<'_, '_>,
    (i, was): (usize, &IdlInstruction),
    (j, is): (usize, &IdlInstruction),
    renamed_args: &HashMap<String, String>,
) {
    let old = flat(&was.accounts, &format!("/instructions/{i}/accounts"));
    let new = flat(&is.accounts, &format!("/instructions/{j}/accounts"));
    let mut alignment = align(&keys(&old), &keys(&new), |i, j| {
        is_alike(old[i].item, new[j].item)
    });
    // Under another name, an account of which something else is asked is another account.
    alignment.steps = alignment
        .steps
        .into_iter()
        .flat_map(|step| match step {
            Step::Pair(i, j)
                if old[i].item.name != new[j].item.name && !is_alike(old[i].item, new[j].item) =>
            {
                vec![
                    Step::Removed {
                        old: i,
                        last: false,
                    },
                    Step::Added {
                        new: j,
                        last: false,
                    },
                ]
            }
            step => vec![step],
        })
        .collect();
    let pairs = || {
        alignment.steps.iter().filter_map(|step| match step {
            Step::Pair(i, j) => Some((&old[*i], &new[*j])),
            Step::Added { .. } | Step::Removed { .. } => None,
        })
    };
    let names = Names {
        accounts: pairs()
            .map(|(old, new)| (old.item.name.as_str(), new.item.name.as_str()))
            .collect(),
        args: renamed_args,
    };
    let name = &was.name;
    if let Some((i, j)) = alignment.moved.first() {
        let (old, new) = (&old[*i], &new[*j]);
        let message = format!(
            "the account `{}` of `{name}` has another place among the others",
            old.path
        );
        let draft = Draft::new(&rules::ACCOUNTS_REORDERED, subject(name, old), message);
        c.add(draft.at_old(&old.pointer).at_new(&new.pointer));
    }
    for (old, new) in pairs() {
        compare_account(c, name, old, new, &names);
    }
    let facts = c
        .facts
        .instructions
        .get(name)
        .or_else(|| c.facts.instructions.get(&is.name));
    let mut appended = Vec::new();
    for step in &alignment.steps {
        match *step {
            Step::Pair(..) => {}
            Step::Added { new: j, last: true } => appended.push(&new[j]),
            Step::Added {
                new: j,
                last: false,
            } => {
                c.add(added(
                    name,
                    &new[j],
                    "in front of others or in place of one",
                ));
            }
            Step::Removed { old: i, last } => c.add(removed(name, &old[i], last, facts)),
        }
    }
    for draft in at_end(c, name, &appended, facts) {
        c.add(draft);
    }
}

fn is_alike(old: &IdlInstructionAccount, new: &IdlInstructionAccount) -> bool {
    (
        old.writable,
        old.signer,
        old.optional,
        &old.address,
        old.pda.is_some(),
    ) == (
        new.writable,
        new.signer,
        new.optional,
        &new.address,
        new.pda.is_some(),
    )
}

fn subject(name: &str, account: &Account<'_>) -> String {
    format!("{name}.accounts.{}", account.path)
}

fn added(name: &str, account: &Account<'_>, place: &str) -> Draft {
    let message = format!(
        "`{name}` takes an account more, {place}: `{}`",
        account.path
    );
    Draft::new(&rules::ACCOUNT_ADDED, subject(name, account), message).at_new(&account.pointer)
}

fn removed(
    name: &str,
    account: &Account<'_>,
    last: bool,
    facts: Option<&InstructionFacts>,
) -> Draft {
    let path = &account.path;
    let draft = if last {
        let message = format!("`{name}` no longer takes its last account `{path}`");
        Draft::new(
            &rules::ACCOUNT_REMOVED_LAST,
            subject(name, account),
            message,
        )
        .condition(
            facts
                .and_then(|facts| facts.uses_remaining_accounts)
                .map(|uses| !uses),
            format!("the handler of `{name}` does not use its remaining accounts"),
        )
    } else {
        let message =
            format!("`{name}` no longer takes the account `{path}`, in whose place others follow");
        Draft::new(&rules::ACCOUNT_REMOVED, subject(name, account), message)
    };
    draft.at_old(&account.pointer)
}

/// Accounts behind all those of the old release.
fn at_end(
    c: &Comparison<'_, '_>,
    name: &str,
    appended: &[&Account<'_>],
    facts: Option<&InstructionFacts>,
) -> Vec<Draft> {
    let sent = facts.map_or(&[][..], |facts| &facts.clients_send);
    let known = sent
        .iter()
        .zip(appended)
        .take_while(|(sent, account)| **sent == account.item.name)
        .count();
    let mistaken = known < sent.len() && known < appended.len();
    let required = appended.iter().rposition(|account| !account.item.optional);
    let missing_optionals = c.facts.program.allow_missing_optionals;
    let remaining = facts.and_then(|facts| facts.remaining_accounts);
    let mut drafts = Vec::new();
    for (index, account) in appended.iter().enumerate() {
        let is_optional = required.is_none_or(|required| index > required);
        let draft = if index < known {
            let mut draft =
                added(name, account, "which its clients send already").condition(Some(true), "");
            if is_optional {
                draft.rule = &rules::OPTIONAL_ACCOUNT_ADDED;
            }
            draft
        } else if !is_optional || mistaken {
            let place = if mistaken {
                "where its clients send another"
            } else {
                "at the end"
            };
            added(name, account, place)
        } else {
            let mut draft = added(name, account, "optional and at the end");
            draft.rule = &rules::OPTIONAL_ACCOUNT_ADDED;
            let sends = if sent.is_empty() {
                remaining.map(|passes| !passes)
            } else {
                Some(true)
            };
            let (holds, condition) = match (sends, missing_optionals) {
                (Some(false), _) | (_, Some(false)) => (Some(false), String::new()),
                (Some(true), Some(true)) => (Some(true), String::new()),
                (Some(true), None) => (None, MISSING_OPTIONALS.to_owned()),
                (None, feature) => {
                    let clients = format!(
                        "no client of the old release passes remaining accounts to `{name}`"
                    );
                    let more = if feature.is_none() {
                        format!(", and {MISSING_OPTIONALS}")
                    } else {
                        String::new()
                    };
                    (None, format!("{clients}{more}"))
                }
            };
            draft.condition(holds, condition)
        };
        drafts.push(draft);
    }
    drafts
}

const MISSING_OPTIONALS: &str =
    "the new release is built with anchor-lang's feature allow-missing-optionals";

fn compare_account(
    c: &mut Comparison<'_, '_>,
    name: &str,
    old: &Account<'_>,
    new: &Account<'_>,
    names: &Names<'_>,
) {
    let (was, is) = (old.item, new.item);
    let path = &old.path;
    let mut drafts = Vec::new();
    let mut tell = |rule, what: String| {
        let message = format!("the account `{path}` of `{name}` {what}");
        drafts.push(Draft::new(rule, subject(name, old), message));
    };
    if old.path != new.path {
        tell(
            &rules::ACCOUNT_RELABELLED,
            format!("is called `{}` now", new.path),
        );
    }
    match (was.writable, is.writable) {
        (false, true) => tell(&rules::ACCOUNT_MADE_WRITABLE, "must be writable".to_owned()),
        (true, false) => tell(
            &rules::ACCOUNT_MADE_READ_ONLY,
            "need not be writable any more".to_owned(),
        ),
        _ => {}
    }
    match (was.signer, is.signer) {
        (false, true) => tell(&rules::SIGNER_ADDED, "must sign".to_owned()),
        (true, false) => tell(&rules::SIGNER_REMOVED, "need not sign any more".to_owned()),
        _ => {}
    }
    match (was.optional, is.optional) {
        (true, false) => tell(
            &rules::ACCOUNT_MADE_REQUIRED,
            "is no longer optional".to_owned(),
        ),
        (false, true) => tell(&rules::ACCOUNT_MADE_OPTIONAL, "is optional now".to_owned()),
        _ => {}
    }
    match (&was.address, &is.address) {
        (Some(was), Some(is)) if was == is => {}
        (was, Some(is)) => {
            let before = was
                .as_ref()
                .map_or("any could be".to_owned(), |was| format!("it was {was}"));
            tell(
                &rules::ACCOUNT_ADDRESS_CHANGED,
                format!("must have the address {is} where {before}"),
            );
        }
        (Some(was), None) => tell(
            &rules::ACCOUNT_ADDRESS_REMOVED,
            format!("need not have the address {was} any more"),
        ),
        (None, None) => {}
    }
    let mut seeds_added = None;
    match (&was.pda, &is.pda) {
        (Some(was), Some(is)) if !same_pda(was, is, names) => {
            tell(
                &rules::PDA_SEEDS_CHANGED,
                format!("has {} where it had {}", seeds(is), seeds(was)),
            );
        }
        (Some(was), None) => tell(
            &rules::PDA_SEEDS_REMOVED,
            format!("need not have {} any more", seeds(was)),
        ),
        (None, Some(is)) => {
            let message = format!(
                "the account `{path}` of `{name}` must have the address of {}",
                seeds(is)
            );
            let condition =
                format!("every client of the old release passes that address for `{path}`");
            let draft = Draft::new(&rules::PDA_SEEDS_ADDED, subject(name, old), message);
            seeds_added = Some(draft.condition(None, condition));
        }
        (Some(_), Some(_)) | (None, None) => {}
    }
    drafts.extend(seeds_added);
    let before: HashSet<&str> = was
        .relations
        .iter()
        .map(|other| names.account(other))
        .collect();
    for other in is
        .relations
        .iter()
        .filter(|other| !before.contains(other.as_str()))
    {
        let message =
            format!("the account `{path}` of `{name}` must be the one that `{other}` names");
        let condition = format!(
            "every client of the old release passes for `{path}` the account that `{other}` names"
        );
        let draft = Draft::new(&rules::ACCOUNT_RELATION_ADDED, subject(name, old), message);
        drafts.push(draft.condition(None, condition));
    }
    for draft in drafts {
        c.add(draft.at_old(&old.pointer).at_new(&new.pointer));
    }
}

fn same_pda(old: &IdlPda, new: &IdlPda, names: &Names<'_>) -> bool {
    let program = match (&old.program, &new.program) {
        (Some(old), Some(new)) => same_seed(old, new, names),
        (old, new) => old.is_none() && new.is_none(),
    };
    program
        && old.seeds.len() == new.seeds.len()
        && old
            .seeds
            .iter()
            .zip(&new.seeds)
            .all(|(old, new)| same_seed(old, new, names))
}

fn same_seed(old: &IdlSeed, new: &IdlSeed, names: &Names<'_>) -> bool {
    match (old, new) {
        (IdlSeed::Const(old), IdlSeed::Const(new)) => old.value == new.value,
        (IdlSeed::Arg(old), IdlSeed::Arg(new)) => {
            names
                .args
                .get(&old.path)
                .map_or(old.path.as_str(), String::as_str)
                == new.path
        }
        (IdlSeed::Account(old), IdlSeed::Account(new)) => {
            let (first, rest) = split(&old.path);
            let (new_first, new_rest) = split(&new.path);
            // The type matters only if the seed is a field of the account's data.
            names.account(first) == new_first
                && rest == new_rest
                && (rest.is_none() || old.account == new.account)
        }
        _ => false,
    }
}

fn split(path: &str) -> (&str, Option<&str>) {
    path.split_once('.')
        .map_or((path, None), |(first, rest)| (first, Some(rest)))
}

impl<'n> Names<'n> {
    fn account(&self, old: &'n str) -> &'n str {
        self.accounts.get(old).copied().unwrap_or(old)
    }
}

fn keys<'k>(accounts: &'k [Account<'_>]) -> Vec<Key<'k>> {
    accounts
        .iter()
        .map(|account| Key {
            path: &account.path,
            name: &account.item.name,
        })
        .collect()
}

/// All single accounts in order.
fn flat<'a>(items: &'a [IdlInstructionAccountItem], pointer: &str) -> Vec<Account<'a>> {
    let open_all = |items: &'a [IdlInstructionAccountItem], path: &str, pointer: &str| -> Vec<_> {
        let all = items.iter().enumerate().rev();
        all.map(|(index, item)| (item, path.to_owned(), format!("{pointer}/{index}")))
            .collect()
    };
    let mut open = open_all(items, "", pointer);
    let mut accounts = Vec::new();
    while let Some((item, path, pointer)) = open.pop() {
        match item {
            IdlInstructionAccountItem::Single(item) => {
                accounts.push(Account {
                    path: format!("{path}{}", item.name),
                    pointer,
                    item,
                });
            }
            IdlInstructionAccountItem::Composite(group) => {
                let path = format!("{path}{}.", group.name);
                open.extend(open_all(
                    &group.accounts,
                    &path,
                    &format!("{pointer}/accounts"),
                ));
            }
        }
    }
    accounts
}
