//! What every config must be, from what landed: written without the program's code.

use {
    crate::{
        fixture::rent,
        forks::Place,
        ledger::{Landing, Ledger},
        machine::Balance,
        world::{Action, Owner, operators},
    },
    demo::{client_v2::migrate_many, config, discriminator_of, releases::program_id},
    solana_account::Account,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    std::collections::BTreeMap,
};

/// A config as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    key: Pubkey,
    value: u64,
    layout: Layout,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    V1,
    V2 { revision: u32, operators: u8 },
}

const MIGRATED: Layout = Layout::V2 {
    revision: 0,
    operators: 0,
};

impl Config {
    /// A config that release 1 made.
    pub fn v1(key: Pubkey, value: u64) -> Self {
        Self {
            key,
            value,
            layout: Layout::V1,
        }
    }

    /// A config that was just migrated.
    pub fn v2(key: Pubkey, value: u64) -> Self {
        Self {
            key,
            value,
            layout: MIGRATED,
        }
    }

    pub fn is_v1(&self) -> bool {
        self.layout == Layout::V1
    }

    /// The account's data.
    pub fn bytes(&self) -> Vec<u8> {
        match self.layout {
            Layout::V1 => config::v1(&self.key, self.value),
            Layout::V2 {
                revision,
                operators: count,
            } => config::v2(&self.key, self.value, revision, &operators(count)),
        }
    }

    fn set_value(&mut self, value: u64) {
        self.value = value;
        if let Layout::V2 { revision, .. } = &mut self.layout {
            *revision += 1;
        }
    }
}

/// Every config by its address.
pub type Configs = BTreeMap<Pubkey, Config>;

/// What a transaction is, to the model.
pub enum Known<'a> {
    Other(&'a Action),
    /// A runner's.
    Fleet,
}

/// The configs after everything that landed up to `place`, and what was not as it must be on the way.
/// `changed` gets every new layout.
pub fn replay<'a>(
    mut configs: Configs,
    ledger: &Ledger,
    place: Place,
    known: impl Fn(&Signature) -> Known<'a>,
    changed: &mut dyn FnMut(Pubkey, Signature),
) -> (Configs, Vec<String>) {
    let mut problems = Vec::new();
    for landing in ledger.landings(place) {
        let before = configs.clone();
        if landing.error.is_none() {
            match known(&landing.signature()) {
                Known::Other(action) => apply(&mut configs, action),
                Known::Fleet => apply_fleet(&mut configs, landing),
            }
        }
        for (address, config) in &configs {
            let old = before.get(address);
            if old.is_some_and(|old| old.is_v1() != config.is_v1()) {
                changed(*address, landing.signature());
            }
        }
        for problem in wrong_lamports(landing, &before, &configs) {
            problems.push(format!(
                "{} in slot {}: {problem}",
                landing.signature(),
                landing.place.slot
            ));
        }
    }
    (configs, problems)
}

fn apply(configs: &mut Configs, action: &Action) {
    let mut with = |owner: &Owner, change: &dyn Fn(&mut Config)| {
        let config = configs.get_mut(&owner.config);
        change(config.expect("the program let it succeed"));
    };
    match action {
        Action::Initialize(owner, value) => {
            configs.insert(owner.config, Config::v1(owner.key, *value));
        }
        Action::Update(owner, value) => with(owner, &|config| config.set_value(*value)),
        Action::Migrate(owner) => with(owner, &|config| config.layout = MIGRATED),
        Action::SetOperators(owner, count) => with(owner, &|config| {
            if let Layout::V2 { operators, .. } = &mut config.layout {
                *operators = *count;
            }
        }),
        Action::Close(owner) => {
            configs.remove(&owner.config);
        }
        Action::Transfer { .. } => {}
    }
}

fn apply_fleet(configs: &mut Configs, landing: &Landing) {
    let message = &landing.transaction.message;
    let keys = message.static_account_keys();
    for instruction in message.instructions() {
        if keys[usize::from(instruction.program_id_index)] != program_id() {
            continue;
        }
        let accounts = instruction.accounts.iter();
        let accounts: Vec<Pubkey> = accounts.map(|index| keys[usize::from(*index)]).collect();
        let is = |name| instruction.data.starts_with(discriminator_of(name));
        let (named, layout) = if is("migrate_many") {
            (&accounts[accounts_before_configs()..], MIGRATED)
        } else if is("migrate") {
            (&accounts[..1], MIGRATED)
        } else if is("rollback") {
            (&accounts[..1], Layout::V1)
        } else {
            continue;
        };
        for address in named {
            if let Some(config) = configs.get_mut(address)
                && config.is_v1() != (layout == Layout::V1)
            {
                config.layout = layout;
            }
        }
    }
}

/// Accounts of `migrate_many` before the configs.
fn accounts_before_configs() -> usize {
    migrate_many(&[], &Pubkey::default(), 0).accounts.len()
}

/// A config that changed its layout has what it lacked at its new size, and not a lamport more; a
/// failed transaction moves its fee alone.
fn wrong_lamports(landing: &Landing, before: &Configs, after: &Configs) -> Vec<String> {
    let mut problems = Vec::new();
    let sum = |side: fn(&Balance) -> u64| -> u64 { landing.balances.iter().map(side).sum() };
    let lost = sum(|balance| balance.1) - sum(|balance| balance.2);
    if lost != landing.fee {
        problems.push(format!(
            "{lost} lamports are missing, the fee was {}",
            landing.fee
        ));
    }
    for (address, had, has) in &landing.balances {
        let (Some(old), Some(new)) = (before.get(address), after.get(address)) else {
            continue;
        };
        if old.is_v1() == new.is_v1() {
            continue;
        }
        let minimum = rent(landing.lamports_per_byte, new.bytes().len());
        let expected = minimum.max(*had);
        if *has != expected {
            problems.push(format!(
                "{address} has {has} lamports, not {expected}, after {had}"
            ));
        }
    }
    problems
}

/// How an account differs from what it must be.
pub fn difference(
    address: &Pubkey,
    account: Option<&Account>,
    config: Option<&Config>,
) -> Option<String> {
    match (account, config) {
        (None, None) => None,
        (Some(account), Some(config)) if account.data == config.bytes() => None,
        // Someone sent lamports to where a config was.
        (Some(account), None) if account.owner == Pubkey::default() => None,
        (account, config) => Some(format!(
            "{address} is {:?}, not {config:?}",
            account.map(|account| &account.data)
        )),
    }
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        crate::{operator::transition, scenario::Route},
    };

    #[test]
    fn the_model_has_the_lengths_of_both_layouts() {
        let key = Pubkey::new_from_array([9; 32]);
        let len = |config: Config| config.bytes().len() as u64;
        let transition = transition(Route::Many);
        assert_eq!(len(Config::v1(key, 1)), transition.from.data_len);
        assert_eq!(len(Config::v2(key, 1)), transition.to.data_len);
    }
}
