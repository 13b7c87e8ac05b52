//! Accounts and transactions at every place of every fork.

use {
    crate::{
        forks::{Bank, Forks, Place, Versions},
        machine::{Balance, Executed, Machine, Release},
    },
    demo::releases::program_id,
    fleet::cluster::{BLOCKHASH_LIFETIME, Commitment, Lookup, RECENT_BLOCKS, Status},
    solana_account::{Account, ReadableAccount},
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
    solana_transaction_error::TransactionError,
    std::{
        collections::{BTreeMap, BTreeSet, HashMap},
        sync::Arc,
    },
    svm_harness::upgradeable_loader::program_data_address,
};

/// A transaction in a block.
#[derive(Clone, Debug)]
pub struct Landing {
    pub place: Place,
    pub transaction: Arc<VersionedTransaction>,
    /// Lamports.
    pub fee: u64,
    pub error: Option<TransactionError>,
    pub balances: Vec<Balance>,
    /// The rent when it landed.
    pub lamports_per_byte: u64,
}

impl Landing {
    pub fn signature(&self) -> Signature {
        self.transaction.signatures[0]
    }

    /// What the fee payer lost.
    pub fn cost(&self) -> u64 {
        let (_, before, after) = self.balances[0];
        before.saturating_sub(after)
    }
}

/// Why a transaction is not in a block that is produced now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    LandedBefore,
    /// Its blockhash is too old, or of another fork.
    NoBlockhash,
    /// The payer cannot pay its fee.
    NotCharged,
}

/// What is deployed, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deployed {
    pub release: Release,
    pub slot: u64,
}

impl Deployed {
    /// Bytes 4 to 12 of a program's data say when it was deployed.
    fn write_slot(&self, data: &mut [u8]) {
        let slot = self.slot.to_le_bytes();
        for (byte, written) in data.iter_mut().skip(4).zip(slot) {
            *byte = written;
        }
    }
}

pub struct Ledger {
    pub forks: Forks,
    head: Place,
    one: Machine,
    two: Machine,
    accounts: BTreeMap<Pubkey, Versions<Option<Account>>>,
    rent: Versions<u64>,
    deployed: Versions<Deployed>,
    landings: Vec<Landing>,
    by_signature: HashMap<Signature, Vec<usize>>,
}

impl Ledger {
    /// At slot 0, with these accounts.
    pub fn new(
        (one, two): (Machine, Machine),
        accounts: impl IntoIterator<Item = (Pubkey, Account)>,
        lamports_per_byte: u64,
    ) -> Self {
        let head = Place { fork: 0, slot: 0 };
        let mut ledger = Self {
            forks: Forks::new(),
            head,
            one,
            two,
            accounts: BTreeMap::new(),
            rent: Versions::default(),
            deployed: Versions::default(),
            landings: Vec::new(),
            by_signature: HashMap::new(),
        };
        ledger.rent.set(head, lamports_per_byte);
        ledger.deploy(Release::Two);
        for (address, account) in accounts {
            let versions = ledger.accounts.entry(address).or_default();
            versions.set(head, Some(account));
        }
        ledger
    }

    pub fn head(&self) -> Bank {
        self.forks.bank(self.head)
    }

    /// Where blocks are added; between a fork and its first block that is no bank of its own.
    pub fn tip(&self) -> Place {
        self.head
    }

    /// Adds a block at `slot`. The transactions that follow land in it.
    pub fn begin_block(&mut self, slot: u64, confirm_after: u64, finalize_after: u64) -> Bank {
        let bank = self
            .forks
            .extend(self.head, slot, confirm_after, finalize_after);
        self.head = bank.place;
        bank
    }

    /// Executes the transaction in the newest block, if it can be part of it.
    pub fn land(&mut self, transaction: &Arc<VersionedTransaction>) -> Result<&Landing, NotNow> {
        let place = self.head;
        if self.landing(&transaction.signatures[0], place).is_some() {
            return Err(NotNow::LandedBefore);
        }
        let age = self.age(transaction, place);
        // The newest hash that a block knows is its parent's, so that one more block may use it.
        if age.is_none_or(|age| age > BLOCKHASH_LIFETIME + 1) {
            return Err(NotNow::NoBlockhash);
        }
        let lamports_per_byte = self.rent(place);
        let (machine, state) = self.machine(place);
        let done = machine.execute(transaction, state);
        if done.fee == 0 {
            return Err(NotNow::NotCharged);
        }
        for (address, account) in done.accounts {
            let versions = self.accounts.entry(address).or_default();
            versions.set(place, account);
        }
        let signature = transaction.signatures[0];
        let landings = self.by_signature.entry(signature).or_default();
        landings.push(self.landings.len());
        self.landings.push(Landing {
            place,
            transaction: transaction.clone(),
            fee: done.fee,
            error: done.result.err(),
            balances: done.balances,
            lamports_per_byte,
        });
        Ok(self.landings.last().expect("just added"))
    }

    /// What the transaction would do at this place.
    pub fn simulate(&mut self, transaction: &VersionedTransaction, place: Place) -> Executed {
        let (machine, state) = self.machine(place);
        machine.simulate(transaction, state)
    }

    /// Blocks since the one whose hash the transaction names; `None` when that is of another fork.
    pub fn age(&self, transaction: &VersionedTransaction, place: Place) -> Option<u64> {
        let named = self
            .forks
            .bank_of(transaction.message.recent_blockhash())
            .filter(|named| self.forks.covers(place, named.place))?;
        Some(self.forks.bank(place).height - named.height)
    }

    /// Leaves the blocks behind `slot` to an abandoned fork, and returns what had landed in them.
    pub fn fork(&mut self, slot: u64) -> Vec<Arc<VersionedTransaction>> {
        let old = self.head;
        self.head = self.forks.branch(Place {
            fork: old.fork,
            slot,
        });
        let undone = self.landings.iter().filter(|landing| {
            self.forks.covers(old, landing.place) && !self.forks.covers(self.head, landing.place)
        });
        undone.map(|landing| landing.transaction.clone()).collect()
    }

    pub fn set_rent(&mut self, lamports_per_byte: u64) {
        self.rent.set(self.head, lamports_per_byte);
    }

    pub fn deploy(&mut self, release: Release) {
        let slot = self.head.slot;
        self.deployed.set(self.head, Deployed { release, slot });
    }

    /// Lamports per byte.
    pub fn rent(&self, place: Place) -> u64 {
        *self.rent.at(&self.forks, place).expect("from slot 0 on")
    }

    pub fn deployed(&self, place: Place) -> Deployed {
        *self
            .deployed
            .at(&self.forks, place)
            .expect("from slot 0 on")
    }

    pub fn account(&self, address: &Pubkey, place: Place) -> Option<Account> {
        match self.accounts.get(address) {
            Some(versions) => versions.at(&self.forks, place).cloned().flatten(),
            None => self.fixed_account(address, place),
        }
    }

    /// The first `len` bytes of the account's data.
    pub fn start(&self, address: &Pubkey, len: usize, place: Place) -> Option<Vec<u8>> {
        let first = |data: &[u8]| data[..len.min(data.len())].to_vec();
        if let Some(versions) = self.accounts.get(address) {
            let account = versions.at(&self.forks, place)?.as_ref()?;
            return Some(first(&account.data));
        }
        let deployed = self.deployed(place);
        let mut start = first(self.fixed(deployed.release).fixed(address)?.data());
        if *address == app_program_data() {
            deployed.write_slot(&mut start);
        }
        Some(start)
    }

    /// Every account that a transaction can change, with its address.
    pub fn accounts(&self, place: Place) -> impl Iterator<Item = (&Pubkey, &Account)> {
        self.accounts.iter().filter_map(move |(address, versions)| {
            let account = versions.at(&self.forks, place)?.as_ref()?;
            Some((address, account))
        })
    }

    /// The transaction, if it landed before or at this place.
    pub fn landing(&self, signature: &Signature, place: Place) -> Option<&Landing> {
        let known = self.by_signature.get(signature)?;
        let mut landings = known.iter().map(|index| &self.landings[*index]);
        landings.rfind(|landing| self.forks.covers(place, landing.place))
    }

    /// Everything that landed before or at this place, oldest first.
    pub fn landings(&self, place: Place) -> impl DoubleEndedIterator<Item = &Landing> {
        let landings = self.landings.iter();
        landings.filter(move |landing| self.forks.covers(place, landing.place))
    }

    /// The newest bank that a node at `view` serves at this commitment.
    pub fn committed(&self, view: Place, commitment: Commitment) -> Bank {
        let bank = self.forks.bank(view);
        self.forks.bank(match commitment {
            Commitment::Confirmed => bank.confirmed,
            Commitment::Finalized => bank.finalized,
        })
    }

    pub fn status(&self, signature: &Signature, view: Place, lookup: Lookup) -> Option<Status> {
        let landing = self.landing(signature, view)?;
        let bank = self.forks.bank(view);
        let is_old = self.forks.bank(landing.place).height + RECENT_BLOCKS < bank.height;
        if is_old && lookup == Lookup::Recent {
            return None;
        }
        let commitment = if landing.place.slot <= bank.finalized.slot {
            Some(Commitment::Finalized)
        } else if landing.place.slot <= bank.confirmed.slot {
            Some(Commitment::Confirmed)
        } else {
            None
        };
        Some(Status {
            slot: landing.place.slot,
            error: landing.error.clone(),
            commitment,
        })
    }

    fn fixed_account(&self, address: &Pubkey, place: Place) -> Option<Account> {
        let deployed = self.deployed(place);
        let account = self.fixed(deployed.release).fixed(address)?;
        let mut account = Account::from(account.clone());
        if *address == app_program_data() {
            deployed.write_slot(&mut account.data);
        }
        Some(account)
    }

    fn fixed(&self, release: Release) -> &Machine {
        match release {
            Release::One => &self.one,
            Release::Two => &self.two,
        }
    }

    /// The machine that executes at this place, and the accounts that it needs.
    fn machine(&mut self, place: Place) -> (&mut Machine, impl Fn(&Pubkey) -> Option<Account>) {
        let release = self.deployed(place).release;
        let lamports_per_byte = self.rent(place);
        let machine = match release {
            Release::One => &mut self.one,
            Release::Two => &mut self.two,
        };
        machine.set_rent(lamports_per_byte);
        let (accounts, forks) = (&self.accounts, &self.forks);
        let state = move |address: &Pubkey| {
            let versions = accounts.get(address)?;
            versions.at(forks, place).cloned().flatten()
        };
        (machine, state)
    }
}

pub fn app_program_data() -> Pubkey {
    program_data_address(&program_id())
}

/// Whether the transaction asks for write access to this one of its accounts.
pub fn is_writable(transaction: &VersionedTransaction, index: usize) -> bool {
    let reserved: Option<&BTreeSet<Pubkey>> = None;
    let message = &transaction.message;
    message.is_maybe_writable_with_reserved_addresses(index, reserved)
}
