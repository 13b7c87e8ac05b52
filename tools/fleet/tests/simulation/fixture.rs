//! The programs, the keys, and configs that the real release 1 made.

use {
    crate::{
        machine::Machine,
        world::{Action, Owner},
    },
    demo::{
        client_v1::config_address,
        key::key,
        releases::{release_1, release_2},
    },
    solana_account::Account,
    solana_hash::Hash,
    solana_keypair::Keypair,
    solana_pubkey::Pubkey,
    solana_rent::Rent,
    solana_signer::Signer,
    std::{collections::BTreeMap, fs, path::PathBuf, sync::OnceLock},
};

/// Configs that a schedule can choose from.
pub const MOST_CONFIGS: usize = 72;
pub const SOL: u64 = 1_000_000_000;

/// What every schedule begins with a copy of.
pub struct Fixture {
    pub machines: (Machine, Machine),
    pub owners: Vec<Owner>,
    /// The config of each owner as release 1 made it, with value 0 and a rent of 6,960.
    pub configs: Vec<Account>,
}

pub fn fixture() -> &'static Fixture {
    static FIXTURE: OnceLock<Fixture> = OnceLock::new();
    FIXTURE.get_or_init(make)
}

/// The program's upgrade authority.
pub fn authority() -> Keypair {
    key("fleet authority")
}

pub fn payer(runner: usize) -> Keypair {
    key(&format!("fleet payer {runner}"))
}

/// Has lamports for everybody.
pub fn donor() -> Pubkey {
    key("donor").pubkey()
}

/// An account of the system program.
pub fn wallet(lamports: u64) -> Account {
    Account::new(lamports, 0, &Pubkey::default())
}

/// Lamports that keep an account with so many bytes.
pub fn rent(lamports_per_byte: u64, data_len: usize) -> u64 {
    Rent::with_lamports_per_byte(lamports_per_byte).minimum_balance(data_len)
}

fn make() -> Fixture {
    let elf = |path: PathBuf| fs::read(path).expect("a release");
    let authority = authority().pubkey();
    let mut one = Machine::with(&elf(release_1().elf), &authority);
    let two = Machine::with(&elf(release_2().elf), &authority);
    let owners: Vec<Owner> = (0..MOST_CONFIGS).map(owner).collect();
    let configs = owners.iter().map(|owner| initialize(&mut one, owner));
    let configs = configs.collect();
    Fixture {
        machines: (one, two),
        owners,
        configs,
    }
}

fn owner(number: usize) -> Owner {
    let key = key(&format!("owner {number}")).pubkey();
    Owner {
        key,
        config: config_address(&key),
    }
}

fn initialize(machine: &mut Machine, owner: &Owner) -> Account {
    let transaction = Action::Initialize(*owner, 0).transaction(0, Hash::default());
    let done = machine.execute(&transaction, |address| {
        (*address == owner.key).then(|| wallet(SOL))
    });
    assert_eq!(done.result, Ok(()), "{:?}", done.logs);
    let mut accounts: BTreeMap<_, _> = done.accounts.into_iter().collect();
    let config = accounts.remove(&owner.config).flatten();
    config.expect("release 1 makes a config")
}
