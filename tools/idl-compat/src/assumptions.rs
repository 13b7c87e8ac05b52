//! What IDLs do not say: assumptions about live accounts and deployed clients, from a TOML file.

use {
    anchor_lang_idl_spec::{Idl, IdlInstructionAccountItem},
    serde::Deserialize,
    std::collections::{BTreeMap, HashSet},
};

/// Assumptions by the name of what they are about. What they do not name is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assumptions {
    #[serde(default)]
    pub program: ProgramAssumptions,
    #[serde(default)]
    pub accounts: BTreeMap<String, AccountAssumptions>,
    #[serde(default)]
    pub instructions: BTreeMap<String, InstructionAssumptions>,
}

/// `[program]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgramAssumptions {
    /// Whether the new release is built with anchor-lang's feature allow-missing-optionals.
    pub allow_missing_optionals: Option<bool>,
}

/// `[accounts.Vault]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountAssumptions {
    /// Whether an account of this type exists.
    pub live: Option<bool>,
    /// Data length in bytes of the smallest live account.
    pub allocated: Option<u64>,
    /// Data length in bytes of accounts that the new release makes.
    pub created: Option<u64>,
    /// Bytes of an account's data that the new release reads or writes, when its code goes past the layout.
    pub reads: Option<u64>,
    /// Whether every live account holds zeros behind the value.
    pub zero_filled: Option<bool>,
    /// Whether accounts hold enum variants that the old release does not know.
    pub variants_stored: Option<bool>,
}

/// `[instructions.tally]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstructionAssumptions {
    /// Whether clients of the old release pass remaining accounts.
    pub remaining_accounts: Option<bool>,
    /// Whether the handler of the new release uses its remaining accounts.
    pub uses_remaining_accounts: Option<bool>,
    /// Accounts that every client already sends behind those of the old IDL, in order.
    #[serde(default)]
    pub clients_send: Vec<String>,
}

/// Assumptions that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AssumptionsError {
    #[error("{0}")]
    Malformed(#[from] toml::de::Error),
    #[error("accounts.{0}: neither IDL has an account type of this name")]
    UnknownAccount(String),
    #[error("instructions.{0}: neither IDL has an instruction of this name")]
    UnknownInstruction(String),
    #[error(
        "instructions.{instruction}.clients_send: `{account}` is no account of the instruction in the new IDL"
    )]
    UnknownInstructionAccount {
        instruction: String,
        account: String,
    },
    #[error(
        "instructions.{0}: remaining_accounts is false, but clients_send names accounts that clients \
         pass behind those of the old IDL; remove one of the two"
    )]
    Contradiction(String),
}

impl Assumptions {
    /// # Errors
    /// [`AssumptionsError::Malformed`] names the place in `text`.
    pub fn parse(text: &str) -> Result<Self, AssumptionsError> {
        Ok(toml::from_str(text)?)
    }

    /// Checks that all assumptions are about something that one of the IDLs has.
    ///
    /// # Errors
    /// An unknown name, so that a misspelt assumption is never taken for an absent one.
    pub fn check(&self, old: &Idl, new: &Idl) -> Result<(), AssumptionsError> {
        self.check_any(&[old], new)
    }

    /// Like [`Assumptions::check`], for several old releases at once.
    ///
    /// # Errors
    /// An unknown name.
    pub fn check_any(&self, olds: &[&Idl], new: &Idl) -> Result<(), AssumptionsError> {
        let idls = || olds.iter().copied().chain([new]);
        let accounts: HashSet<&str> = idls()
            .flat_map(|idl| &idl.accounts)
            .map(|account| account.name.as_str())
            .collect();
        if let Some(name) = self
            .accounts
            .keys()
            .find(|name| !accounts.contains(name.as_str()))
        {
            return Err(AssumptionsError::UnknownAccount(name.clone()));
        }
        for (name, assumptions) in &self.instructions {
            let mut found = idls().flat_map(|idl| &idl.instructions);
            if !found.any(|instruction| instruction.name == *name) {
                return Err(AssumptionsError::UnknownInstruction(name.clone()));
            }
            if assumptions.remaining_accounts == Some(false) && !assumptions.clients_send.is_empty()
            {
                return Err(AssumptionsError::Contradiction(name.clone()));
            }
            let items = new
                .instructions
                .iter()
                .filter(|instruction| instruction.name == *name)
                .flat_map(|instruction| &instruction.accounts);
            let known = account_names(items.collect());
            if let Some(account) = assumptions
                .clients_send
                .iter()
                .find(|name| !known.contains(name.as_str()))
            {
                return Err(AssumptionsError::UnknownInstructionAccount {
                    instruction: name.clone(),
                    account: account.clone(),
                });
            }
        }
        Ok(())
    }
}

/// The names of all single accounts, also those in composites.
fn account_names(mut open: Vec<&IdlInstructionAccountItem>) -> HashSet<&str> {
    let mut names = HashSet::new();
    while let Some(item) = open.pop() {
        match item {
            IdlInstructionAccountItem::Single(account) => {
                names.insert(account.name.as_str());
            }
            IdlInstructionAccountItem::Composite(group) => open.extend(&group.accounts),
        }
    }
    names
}
