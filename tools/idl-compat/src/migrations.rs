//! Declared migrations of accounts, verified against the IDLs of both releases.
//!
//! A migration that holds is a notable finding with its sizes and rent; each check that fails is a
//! breaking one. A manifest silences nothing: the new release must still have the account type that is
//! migrated, because it reads it. Removing the type, once no account of it is left, stays breaking and
//! belongs in the accept file with the evidence as its reason.

use {
    crate::{Finding, Place, Rule, Side},
    account_layout::{Layout, Manifest, layout::Len, manifest::Migration, text::signed},
    anchor_lang_idl_spec::{
        Idl, IdlAccount, IdlInstruction, IdlInstructionAccount, IdlInstructionAccountItem,
    },
    solana_rent::Rent,
};

/// Lamports per byte that Solana has had from its start, and those that mainnet charges now.
pub const LAMPORTS_PER_BYTE: [u64; 2] = [6_960, 5_080];

rules! {
    /// The rules that only a manifest of migrations is checked by.
    RULES;

    VERIFIED: Notable, "migration-verified", "A declared migration fits both releases",
        old_client: "Live accounts are readable until they are migrated; clients of the old release cannot decode them afterwards.",
        instead: "This is the compatible way to change a layout.";
    SOURCE_MISSING: Breaking, "migration-source-missing", "A release lacks the account type that a migration starts from",
        old_client: "Live accounts of the type cannot be migrated: the new release does not know them.",
        instead: "Keep the old account type in the new release, under its old name and discriminator.";
    TARGET_MISSING: Breaking, "migration-target-missing", "The new release lacks the account type that a migration ends with",
        old_client: "Live accounts of the old type stay as they are.",
        instead: "Declare the new account type in the program, so that the IDL has it.";
    INSTRUCTION_MISSING: Breaking, "migration-instruction-missing", "The new release lacks the instruction of a migration",
        old_client: "Live accounts of the old type stay as they are.",
        instead: "Add the instruction, or name the one that migrates.";
    ACCOUNT_MISSING: Breaking, "migration-account-missing", "The instruction of a migration lacks the account to migrate",
        old_client: "Live accounts of the old type stay as they are.",
        instead: "Name the account as the instruction's accounts struct does.";
    ACCOUNT_NOT_WRITABLE: Breaking, "migration-account-not-writable", "The instruction of a migration takes the account read-only",
        old_client: "The migration fails, because the runtime rejects a change of the account.",
        instead: "Mark the account with #[account(mut)].";
    DISCRIMINATOR_AMBIGUOUS: Breaking, "migration-discriminator-ambiguous", "During a migration one account's discriminator begins with another's",
        old_client: "Nothing fails: an account of one type is taken for the other, and its bytes are misread.",
        instead: "Give every account type of both releases a discriminator that no other's begins with.";
}

/// What is found about every migration from `old` to `new`. One whose source is not in `old` but in another of
/// `olds` is none from `old`.
pub fn verify(
    manifest: &Manifest,
    old: &Idl,
    olds: &[&Idl],
    new: &Idl,
    lamports_per_byte: &[u64],
) -> Vec<Finding> {
    let has = |idl: &Idl, name: &str| account(idl, name).is_some();
    let ambiguous = ambiguous(old, new);
    let mut findings = Vec::new();
    for migration in &manifest.migrations {
        let from = &migration.from;
        if has(old, from) || !olds.iter().any(|other| has(other, from)) {
            findings.extend(verify_one(migration, old, new, lamports_per_byte));
        }
    }
    if !ambiguous.is_empty() {
        findings.retain(|finding| finding.rule != &VERIFIED);
    }
    findings.extend(ambiguous);
    findings
}

fn verify_one(
    migration: &Migration,
    old: &Idl,
    new: &Idl,
    lamports_per_byte: &[u64],
) -> Vec<Finding> {
    let Migration { from, to, .. } = migration;
    let mut findings = Vec::new();
    let mut fail = |rule, message, place| findings.push(finding(migration, rule, message, place));
    let source = layout(old, from);
    if let Err(reason) = &source {
        fail(
            &SOURCE_MISSING,
            format!("the old release cannot be migrated from: {reason}"),
            root(Side::Old),
        );
    } else if let Err(reason) = layout(new, from) {
        fail(
            &SOURCE_MISSING,
            format!("the new release cannot migrate from `{from}`: {reason}"),
            root(Side::New),
        );
    }
    let target = layout(new, to);
    if let Err(reason) = &target {
        fail(
            &TARGET_MISSING,
            format!("`{from}` cannot be migrated to `{to}`: {reason}"),
            root(Side::New),
        );
    }
    if let Some((rule, message, place)) = check_instruction(migration, new) {
        fail(rule, message, place);
    }
    if findings.is_empty()
        && let (Ok(source), Ok(target)) = (source, target)
    {
        let message = summary(migration, &source, &target, lamports_per_byte);
        let index = new.accounts.iter().position(|account| account.name == *to);
        let place = Place {
            side: Side::New,
            pointer: format!("/accounts/{}", index.unwrap_or_default()),
        };
        findings.push(finding(migration, &VERIFIED, message, place));
    }
    findings
}

fn finding(migration: &Migration, rule: &'static Rule, message: String, place: Place) -> Finding {
    Finding {
        rule,
        severity: rule.severity,
        subject: format!("{} -> {}", migration.from, migration.to),
        message,
        condition: None,
        old: None,
        new: None,
        place,
    }
}

/// What is wrong with the instruction.
fn check_instruction(migration: &Migration, new: &Idl) -> Option<(&'static Rule, String, Place)> {
    let Migration {
        instruction: name,
        account,
        ..
    } = migration;
    let mut instructions = new.instructions.iter().enumerate();
    let Some((index, instruction)) = instructions.find(|(_, one)| one.name == *name) else {
        let message = format!("the new release has no instruction `{name}`");
        return Some((&INSTRUCTION_MISSING, message, root(Side::New)));
    };
    let pointer = format!("/instructions/{index}");
    let place = |pointer| Place {
        side: Side::New,
        pointer,
    };
    match find_account(instruction, account) {
        None => {
            let message = format!("`{name}` has no account `{account}`");
            Some((&ACCOUNT_MISSING, message, place(pointer)))
        }
        Some((inner, found)) if !found.writable => {
            let message = format!("`{name}` takes `{account}` read-only");
            Some((&ACCOUNT_NOT_WRITABLE, message, place(pointer + &inner)))
        }
        Some(_) => None,
    }
}

fn summary(
    migration: &Migration,
    source: &Layout,
    target: &Layout,
    lamports_per_byte: &[u64],
) -> String {
    let rents = lamports_per_byte.iter().map(|rate| {
        let difference = rent_exempt_minimum(len(target), *rate)
            .zip(rent_exempt_minimum(len(source), *rate))
            .map(|(new, old)| signed(i128::from(new) - i128::from(old)));
        match difference {
            Some(lamports) => format!("{lamports} lamports at {rate} per byte"),
            None => format!("out of bounds at {rate} per byte"),
        }
    });
    format!(
        "`{}` ({}) becomes `{}` ({}) by `{}`; rent-exempt minimum {}",
        migration.from,
        size(source),
        migration.to,
        size(target),
        migration.instruction,
        rents.collect::<Vec<_>>().join(", ")
    )
}

/// `None` for more bytes or lamports than there can be.
fn rent_exempt_minimum(len: u64, lamports_per_byte: u64) -> Option<u64> {
    let rent = Rent {
        lamports_per_byte,
        ..Rent::default()
    };
    rent.try_minimum_balance(usize::try_from(len).ok()?)
}

fn root(side: Side) -> Place {
    Place {
        side,
        pointer: String::new(),
    }
}

fn account<'a>(idl: &'a Idl, name: &str) -> Option<&'a IdlAccount> {
    idl.accounts.iter().find(|account| account.name == name)
}

/// The layout of an account type, or why there is none.
fn layout(idl: &Idl, name: &str) -> Result<Layout, String> {
    if account(idl, name).is_none() {
        return Err(format!("it has no account type `{name}`"));
    }
    Layout::of(idl, name).map_err(|error| error.to_string())
}

/// Bytes of the smallest value with its discriminator.
fn len(layout: &Layout) -> u64 {
    layout
        .min_len
        .saturating_add(layout.discriminator.len() as u64)
}

fn size(layout: &Layout) -> String {
    let variable = |len: &Len| matches!(len, Len::Variable { .. });
    let open = !layout.exact || layout.fields.iter().any(|field| variable(&field.len));
    format!(
        "{} bytes{}",
        len(layout),
        if open { " or more" } else { "" }
    )
}

/// An instruction's account by its name or its path through composites, with the pointer to it.
fn find_account<'a>(
    instruction: &'a IdlInstruction,
    wanted: &str,
) -> Option<(String, &'a IdlInstructionAccount)> {
    let mut open = vec![(String::new(), String::new(), &instruction.accounts)];
    while let Some((path, pointer, items)) = open.pop() {
        for (index, item) in items.iter().enumerate() {
            let pointer = format!("{pointer}/accounts/{index}");
            match item {
                IdlInstructionAccountItem::Single(account) => {
                    if format!("{path}{}", account.name) == wanted {
                        return Some((pointer, account));
                    }
                }
                IdlInstructionAccountItem::Composite(group) => {
                    open.push((format!("{path}{}.", group.name), pointer, &group.accounts));
                }
            }
        }
    }
    None
}

/// Account types of both releases that one discriminator stands for, or the beginning of one.
fn ambiguous(old: &Idl, new: &Idl) -> Vec<Finding> {
    let mut accounts: Vec<_> = [(old, Side::Old), (new, Side::New)]
        .into_iter()
        .flat_map(|(idl, side)| idl.accounts.iter().map(move |account| (account, side)))
        .collect();
    accounts
        .sort_by(|(a, _), (b, _)| (&a.discriminator, &a.name).cmp(&(&b.discriminator, &b.name)));
    accounts.dedup_by(|(a, _), (b, _)| (&a.discriminator, &a.name) == (&b.discriminator, &b.name));
    // A prefix of any discriminator is one of the next in this order.
    let pairs = accounts
        .array_windows()
        .filter(|[(a, _), (b, _)]| b.discriminator.starts_with(&a.discriminator));
    pairs
        .map(|[(a, _), (b, side)]| Finding {
            rule: &DISCRIMINATOR_AMBIGUOUS,
            severity: DISCRIMINATOR_AMBIGUOUS.severity,
            subject: format!("{}, {}", a.name, b.name),
            message: format!(
                "the discriminator {:?} of `{}` begins with {:?} of `{}`",
                b.discriminator, b.name, a.discriminator, a.name
            ),
            condition: None,
            old: None,
            new: None,
            place: root(*side),
        })
        .collect()
}
