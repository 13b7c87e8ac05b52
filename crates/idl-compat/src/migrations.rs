//! Declared migrations of accounts, verified against the IDLs of both releases.
//!
//! A migration that holds is a notable finding with its sizes and rent; each check that fails is a
//! breaking one. A manifest silences nothing: the new release must still have the account type that is
//! migrated, because it reads it. Removing the type, once no account of it is left, stays breaking and
//! belongs in the accept file with the evidence as its reason.

use {
    crate::{
        Finding, Place, Rule, Severity, Side,
        layout::{Layout, Len},
        number::signed,
    },
    anchor_lang_idl_spec::{
        Idl, IdlAccount, IdlInstruction, IdlInstructionAccount, IdlInstructionAccountItem,
    },
    serde::Deserialize,
    thiserror::Error,
};

/// Lamports per byte that Solana has had from its start, and those that mainnet charges now.
pub const LAMPORTS_PER_BYTE: [u64; 2] = [6_960, 5_080];

macro_rules! rules {
    ($($name:ident: $severity:ident, $id:literal, $title:literal, stale: $stale:literal, instead: $instead:literal;)*) => {
        $(static $name: Rule = Rule {
            id: $id,
            title: $title,
            severity: Severity::$severity,
            stale_client: $stale,
            instead: $instead,
        };)*

        /// The rules that only a manifest of migrations is checked by.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    VERIFIED: Notable, "migration-verified", "A declared migration fits both releases",
        stale: "Live accounts are readable until they are migrated; clients of the old release cannot decode them afterwards.",
        instead: "This is the compatible way to change a layout.";
    SOURCE_MISSING: Breaking, "migration-source-missing", "A release lacks the account type that a migration starts from",
        stale: "Live accounts of the type cannot be migrated: the new release does not know them.",
        instead: "Keep the old account type in the new release, under its old name and discriminator.";
    TARGET_MISSING: Breaking, "migration-target-missing", "The new release lacks the account type that a migration ends with",
        stale: "Live accounts of the old type stay as they are.",
        instead: "Declare the new account type in the program, so that the IDL has it.";
    INSTRUCTION_MISSING: Breaking, "migration-instruction-missing", "The new release lacks the instruction of a migration",
        stale: "Live accounts of the old type stay as they are.",
        instead: "Add the instruction, or name the one that migrates.";
    ACCOUNT_MISSING: Breaking, "migration-account-missing", "The instruction of a migration lacks the account to migrate",
        stale: "Live accounts of the old type stay as they are.",
        instead: "Name the account as the instruction's accounts struct does.";
    ACCOUNT_NOT_WRITABLE: Breaking, "migration-account-not-writable", "The instruction of a migration takes the account read-only",
        stale: "The migration fails, because the runtime refuses to change the account.",
        instead: "Mark the account with #[account(mut)].";
    DISCRIMINATOR_AMBIGUOUS: Breaking, "migration-discriminator-ambiguous", "During a migration one account's discriminator begins with another's",
        stale: "Nothing fails: an account of one type is taken for the other, and its bytes are misread.",
        instead: "Give every account type of both releases a discriminator that no other's begins with.";
}

/// A manifest of migrations.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The program's name in its IDL.
    pub program: String,
    #[serde(rename = "migration")]
    pub migrations: Vec<Migration>,
    /// For the command that runs the migrations.
    #[serde(default, rename = "fleet")]
    _fleet: toml::Table,
}

/// One migration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Migration {
    pub from: String,
    pub to: String,
    pub instruction: String,
    /// The instruction's account that is migrated; one of a composite is `composite.account`.
    pub account: String,
}

/// Why a manifest is refused.
#[derive(Debug, Error)]
pub enum ManifestError {
    #[error("it is not a manifest of migrations: {0}")]
    Format(#[from] toml::de::Error),
    #[error("it is for the program `{manifest}`, but the new IDL is of `{idl}`")]
    Program { manifest: String, idl: String },
    #[error("`{0}` cannot be migrated to itself: a new layout needs an account type of its own")]
    Itself(String),
    #[error("two migrations start from `{0}`: an account can be migrated in one way only")]
    Twice(String),
}

impl Manifest {
    /// Reads a manifest for the program of `new`.
    pub fn read(text: &str, new: &Idl) -> Result<Self, ManifestError> {
        let manifest: Self = toml::from_str(text)?;
        if manifest.program != new.metadata.name {
            return Err(ManifestError::Program {
                manifest: manifest.program,
                idl: new.metadata.name.clone(),
            });
        }
        let mut sources: Vec<_> = manifest.migrations.iter().map(|one| &one.from).collect();
        sources.sort_unstable();
        if let Some([twice, _]) = sources.array_windows().find(|[a, b]| a == b) {
            return Err(ManifestError::Twice((*twice).clone()));
        }
        if let Some(one) = manifest.migrations.iter().find(|one| one.from == one.to) {
            return Err(ManifestError::Itself(one.from.clone()));
        }
        Ok(manifest)
    }

    /// What is found about every migration from `old` to `new`. One whose source is not in `old` but in
    /// another of `olds` is none from `old`.
    pub fn verify(
        &self,
        old: &Idl,
        olds: &[&Idl],
        new: &Idl,
        lamports_per_byte: &[u64],
    ) -> Vec<Finding> {
        let has = |idl: &Idl, name: &str| account(idl, name).is_some();
        let ambiguous = ambiguous(old, new);
        let mut findings = Vec::new();
        for migration in &self.migrations {
            let from = &migration.from;
            if has(old, from) || !olds.iter().any(|other| has(other, from)) {
                findings.extend(migration.verify(old, new, lamports_per_byte));
            }
        }
        if !ambiguous.is_empty() {
            findings.retain(|finding| finding.rule != &VERIFIED);
        }
        findings.extend(ambiguous);
        findings
    }
}

impl Migration {
    fn verify(&self, old: &Idl, new: &Idl, lamports_per_byte: &[u64]) -> Vec<Finding> {
        let Self { from, to, .. } = self;
        let mut findings = Vec::new();
        let mut fail = |rule, message, place| findings.push(self.finding(rule, message, place));
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
        if let Some((rule, message, place)) = self.check_instruction(new) {
            fail(rule, message, place);
        }
        if findings.is_empty()
            && let (Ok(source), Ok(target)) = (source, target)
        {
            let message = self.summary(&source, &target, lamports_per_byte);
            let index = new.accounts.iter().position(|account| account.name == *to);
            let pointer = format!("/accounts/{}", index.unwrap_or_default());
            findings.push(self.finding(
                &VERIFIED,
                message,
                Place {
                    side: Side::New,
                    pointer,
                },
            ));
        }
        findings
    }

    fn finding(&self, rule: &'static Rule, message: String, place: Place) -> Finding {
        Finding {
            rule,
            severity: rule.severity,
            subject: format!("{} -> {}", self.from, self.to),
            message,
            condition: None,
            old: None,
            new: None,
            place,
        }
    }

    /// What is wrong with the instruction.
    fn check_instruction(&self, new: &Idl) -> Option<(&'static Rule, String, Place)> {
        let Self {
            instruction: name,
            account,
            ..
        } = self;
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

    fn summary(&self, source: &Layout, target: &Layout, lamports_per_byte: &[u64]) -> String {
        let growth = i128::from(len(target)) - i128::from(len(source));
        // The 128 bytes that rent is charged for besides the data are the same before and after.
        let rents = lamports_per_byte.iter().map(|rate| {
            format!(
                "{} lamports at {rate} per byte",
                signed(growth * i128::from(*rate))
            )
        });
        format!(
            "`{}` ({}) becomes `{}` ({}) by `{}`; rent-exempt minimum {}",
            self.from,
            size(source),
            self.to,
            size(target),
            self.instruction,
            rents.collect::<Vec<_>>().join(", ")
        )
    }
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

/// Account types of both releases whose discriminators cannot be told apart.
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
