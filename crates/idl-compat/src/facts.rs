//! What IDLs do not say: facts about live accounts and deployed clients, from a TOML file.

use {
    anchor_lang_idl_spec::{Idl, IdlInstructionAccountItem},
    serde::Deserialize,
    std::collections::{BTreeMap, HashSet},
};

/// Facts by the name of what they are about. What is not told is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    #[serde(default)]
    pub program: ProgramFacts,
    #[serde(default)]
    pub accounts: BTreeMap<String, AccountFacts>,
    #[serde(default)]
    pub instructions: BTreeMap<String, InstructionFacts>,
}

/// `[program]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgramFacts {
    /// Whether the new release is built with anchor-lang's feature allow-missing-optionals.
    pub allow_missing_optionals: Option<bool>,
}

/// `[accounts.Vault]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountFacts {
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
pub struct InstructionFacts {
    /// Whether clients of the old release pass remaining accounts.
    pub remaining_accounts: Option<bool>,
    /// Whether the handler of the new release uses its remaining accounts.
    pub uses_remaining_accounts: Option<bool>,
    /// Accounts that every client already sends behind those of the old IDL, in order.
    #[serde(default)]
    pub clients_send: Vec<String>,
}

/// Facts that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FactsError {
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

impl Facts {
    /// # Errors
    /// [`FactsError::Malformed`] names the place in `text`.
    pub fn parse(text: &str) -> Result<Self, FactsError> {
        Ok(toml::from_str(text)?)
    }

    /// Checks that all facts are about something that one of the IDLs has.
    ///
    /// # Errors
    /// An unknown name, so that a misspelt fact is never taken for an absent one.
    pub fn check(&self, old: &Idl, new: &Idl) -> Result<(), FactsError> {
        self.check_any(&[old], new)
    }

    /// Like [`Facts::check`], for several old releases at once.
    ///
    /// # Errors
    /// An unknown name.
    pub fn check_any(&self, olds: &[&Idl], new: &Idl) -> Result<(), FactsError> {
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
            return Err(FactsError::UnknownAccount(name.clone()));
        }
        for (name, facts) in &self.instructions {
            let mut found = idls().flat_map(|idl| &idl.instructions);
            if !found.any(|instruction| instruction.name == *name) {
                return Err(FactsError::UnknownInstruction(name.clone()));
            }
            if facts.remaining_accounts == Some(false) && !facts.clients_send.is_empty() {
                return Err(FactsError::Contradiction(name.clone()));
            }
            let items = new
                .instructions
                .iter()
                .filter(|instruction| instruction.name == *name)
                .flat_map(|instruction| &instruction.accounts);
            let known = account_names(items.collect());
            if let Some(account) = facts
                .clients_send
                .iter()
                .find(|name| !known.contains(name.as_str()))
            {
                return Err(FactsError::UnknownInstructionAccount {
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
