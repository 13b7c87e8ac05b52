//! The accounts that an instruction takes. They go by their place; composites are only a notation.

use {
    super::{
        align::{Key, Step, align},
        comparison::{Comparison, Draft},
        excerpt::seeds,
    },
    crate::{assumptions::InstructionAssumptions, rule::Rule, rules},
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
        let pair = AccountPair {
            instruction: name,
            old,
            new,
            names: &names,
        };
        pair.compare(c);
    }
    let assumptions = c
        .assumptions
        .instructions
        .get(name)
        .or_else(|| c.assumptions.instructions.get(&is.name));
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
            Step::Removed { old: i, last } => c.add(removed(name, &old[i], last, assumptions)),
        }
    }
    for draft in at_end(c, name, &appended, assumptions) {
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
    assumptions: Option<&InstructionAssumptions>,
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
            assumptions
                .and_then(|assumptions| assumptions.uses_remaining_accounts)
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
    assumptions: Option<&InstructionAssumptions>,
) -> Vec<Draft> {
    let sent = assumptions.map_or(&[][..], |assumptions| &assumptions.clients_send);
    let known = sent
        .iter()
        .zip(appended)
        .take_while(|(sent, account)| **sent == account.item.name)
        .count();
    let mistaken = known < sent.len() && known < appended.len();
    let required = appended.iter().rposition(|account| !account.item.optional);
    let missing_optionals = c.assumptions.program.allow_missing_optionals;
    let remaining = assumptions.and_then(|assumptions| assumptions.remaining_accounts);
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

/// An account in both releases.
struct AccountPair<'p, 'a> {
    /// The instruction's name.
    instruction: &'p str,
    old: &'p Account<'a>,
    new: &'p Account<'a>,
    names: &'p Names<'p>,
}

impl AccountPair<'_, '_> {
    fn compare(&self, c: &mut Comparison<'_, '_>) {
        let mut drafts = Vec::new();
        if self.old.path != self.new.path {
            let what = format!("is called `{}` now", self.new.path);
            drafts.push(self.draft(&rules::ACCOUNT_RELABELLED, &what));
        }
        drafts.extend(self.flags());
        drafts.extend(self.address());
        drafts.extend(self.seeds());
        drafts.extend(self.relations());
        for draft in drafts {
            c.add(draft.at_old(&self.old.pointer).at_new(&self.new.pointer));
        }
    }

    /// ``the account `vault` of `deposit` must sign``
    fn draft(&self, rule: &'static Rule, what: &str) -> Draft {
        let Self {
            instruction, old, ..
        } = self;
        let message = format!("the account `{}` of `{instruction}` {what}", old.path);
        Draft::new(rule, subject(instruction, old), message)
    }

    /// Whether it is writable, signs and may be left out.
    fn flags(&self) -> Vec<Draft> {
        let (was, is) = (self.old.item, self.new.item);
        let flags = [
            (
                (was.writable, is.writable),
                (&rules::ACCOUNT_MADE_WRITABLE, "must be writable"),
                (
                    &rules::ACCOUNT_MADE_READ_ONLY,
                    "need not be writable any more",
                ),
            ),
            (
                (was.signer, is.signer),
                (&rules::SIGNER_ADDED, "must sign"),
                (&rules::SIGNER_REMOVED, "need not sign any more"),
            ),
            (
                (was.optional, is.optional),
                (&rules::ACCOUNT_MADE_OPTIONAL, "is optional now"),
                (&rules::ACCOUNT_MADE_REQUIRED, "is no longer optional"),
            ),
        ];
        let changed = flags
            .into_iter()
            .filter_map(|(flag, set, cleared)| match flag {
                (false, true) => Some(set),
                (true, false) => Some(cleared),
                _ => None,
            });
        changed.map(|(rule, what)| self.draft(rule, what)).collect()
    }

    fn address(&self) -> Option<Draft> {
        match (&self.old.item.address, &self.new.item.address) {
            (was, Some(is)) if was.as_ref() != Some(is) => {
                let before = match was {
                    Some(was) => format!("it was {was}"),
                    None => "any could be".to_owned(),
                };
                let what = format!("must have the address {is} where {before}");
                Some(self.draft(&rules::ACCOUNT_ADDRESS_CHANGED, &what))
            }
            (Some(was), None) => {
                let what = format!("need not have the address {was} any more");
                Some(self.draft(&rules::ACCOUNT_ADDRESS_REMOVED, &what))
            }
            _ => None,
        }
    }

    fn seeds(&self) -> Option<Draft> {
        match (&self.old.item.pda, &self.new.item.pda) {
            (Some(was), Some(is)) if !same_pda(was, is, self.names) => {
                let what = format!("has {} where it had {}", seeds(is), seeds(was));
                Some(self.draft(&rules::PDA_SEEDS_CHANGED, &what))
            }
            (Some(was), None) => {
                let what = format!("need not have {} any more", seeds(was));
                Some(self.draft(&rules::PDA_SEEDS_REMOVED, &what))
            }
            (None, Some(is)) => {
                let what = format!("must have the address of {}", seeds(is));
                let condition = format!(
                    "every client of the old release passes that address for `{}`",
                    self.old.path
                );
                let draft = self.draft(&rules::PDA_SEEDS_ADDED, &what);
                Some(draft.condition(None, condition))
            }
            _ => None,
        }
    }

    /// The accounts whose data must name it.
    fn relations(&self) -> Vec<Draft> {
        let before = self.old.item.relations.iter();
        let before: HashSet<&str> = before.map(|other| self.names.account(other)).collect();
        let now = self.new.item.relations.iter();
        let added = now.filter(|other| !before.contains(other.as_str()));
        let draft = |other: &String| {
            let what = format!("must be the one that `{other}` names");
            let condition = format!(
                "every client of the old release passes for `{}` the account that `{other}` names",
                self.old.path
            );
            let draft = self.draft(&rules::ACCOUNT_RELATION_ADDED, &what);
            draft.condition(None, condition)
        };
        added.map(draft).collect()
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
