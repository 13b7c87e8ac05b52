//! A fleet of configs that was planned in slot 10 and migrated in slot 50.

use {
    super::chain::Chain,
    crate::{
        client::{Client, Limits},
        cluster::At,
        direction::Direction,
        journal::{Attempt, Header, Journal, Outcome, State},
        report::VerifyReport,
        shard::Shard,
        transition::Transition,
        verify::verify,
    },
    solana_account::Account,
    solana_hash::Hash,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
    std::ops::Range,
    tempfile::TempDir,
};

pub const PAYER: Pubkey = Pubkey::new_from_array([4; 32]);

pub struct PlannedFleet {
    pub transition: Transition,
    pub journal: Journal,
    pub chain: Chain,
    attempts: u64,
    _folder: TempDir,
}

fn transition() -> Transition {
    Transition::read(demo::MANIFEST, demo::idl_v2(), Direction::Migrate, None).unwrap()
}

pub fn address(number: u64) -> Pubkey {
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&number.to_le_bytes());
    Pubkey::new_from_array(bytes)
}

/// Of a transaction that is not the journal's.
pub fn foreign(number: u8) -> Signature {
    Signature::from([number; 64])
}

impl PlannedFleet {
    pub fn new(planned: u64) -> Self {
        Self::with_shard(planned, Shard::ALL)
    }

    pub fn with_shard(planned: u64, shard: Shard) -> Self {
        let transition = transition();
        let folder = tempfile::tempdir().unwrap();
        let header = Header {
            program_id: transition.program_id,
            direction: transition.direction,
            from: transition.from.name.clone(),
            to: transition.to.name.clone(),
            genesis_hash: Hash::default(),
            manifest_digest: [2; 32],
            shard,
            authority: PAYER,
            payer: PAYER,
            planned_slot: 10,
            lamports_per_byte: 6_960,
            program_deploy_slot: 5,
        };
        let mut fleet = Self {
            journal: Journal::create(folder.path().join("fleet.db"), &header).unwrap(),
            transition,
            chain: Chain::default(),
            attempts: 0,
            _folder: folder,
        };
        fleet.chain.start();
        let payer = Account {
            lamports: 1_000_000_000,
            ..Account::default()
        };
        fleet.chain.facts().accounts.insert(PAYER, payer);
        let accounts: Vec<_> = (0..planned)
            .map(|number| (address(number), fleet.old(number)))
            .collect();
        let listed = At {
            slot: 10,
            value: accounts.clone(),
        };
        fleet.journal.add_planned(&[listed]).unwrap();
        fleet.chain.facts().accounts.extend(accounts);
        fleet
    }

    fn account(&self, lamports: u64, parts: &[&[u8]]) -> Account {
        Account {
            lamports,
            data: parts.concat(),
            owner: self.transition.program_id,
            ..Account::default()
        }
    }

    /// A `ConfigV1` of 48 bytes whose value is its number.
    pub fn old(&self, number: u64) -> Account {
        let value = number.to_le_bytes();
        let discriminator = &self.transition.from.discriminator;
        self.account(1_000_000, &[discriminator, &[3; 32], &value])
    }

    /// What becomes of it: a `ConfigV2` of 96 bytes.
    pub fn new_data(&self, value: u64) -> Vec<u8> {
        let value = value.to_le_bytes();
        let discriminator = &self.transition.to.discriminator;
        [discriminator, &[3; 32][..], &value, &[0; 48]].concat()
    }

    pub fn edit(&self, number: u64, edit: impl FnOnce(&mut Account)) {
        edit(
            self.chain
                .facts()
                .accounts
                .get_mut(&address(number))
                .unwrap(),
        );
    }

    pub fn close(&self, number: u64) {
        self.chain.facts().accounts.remove(&address(number));
    }

    /// Journals an attempt that expects 100 lamports of rent for each account.
    pub fn begin(&mut self, numbers: &[u64]) -> Signature {
        if self.attempts == 0 {
            let balance = At {
                slot: 20,
                value: 1_000_000_000,
            };
            self.journal.record_payer_balance(balance).unwrap();
        }
        self.attempts += 1;
        let mut bytes = [0xff; 64];
        bytes[..8].copy_from_slice(&self.attempts.to_le_bytes());
        let transaction = VersionedTransaction {
            signatures: vec![Signature::from(bytes)],
            ..VersionedTransaction::default()
        };
        let accounts = numbers
            .iter()
            .map(|number| (address(*number), 100))
            .collect();
        let attempt = Attempt::new(transaction, 200, 5_000, 200_000, accounts);
        self.journal
            .begin_attempts(std::slice::from_ref(&attempt))
            .unwrap();
        attempt.signature
    }

    /// Makes an attempt land that pays these rents, and journals what was expected.
    pub fn land(&mut self, signature: Signature, rents: &[(u64, u64)]) {
        self.land_unseen(signature, rents);
        let states = rents.iter().map(|(number, _)| {
            let state = State::Migrated {
                signature: Some(signature),
                top_up: 100,
                lamports_after: self.chain.facts().accounts[&address(*number)].lamports,
            };
            (address(*number), state)
        });
        let outcome = Outcome::Landed {
            slot: 50,
            error: None,
        };
        let finished = (signature, outcome, states.collect());
        self.journal.finish_attempts(&[finished]).unwrap();
    }

    /// Makes an attempt land.
    pub fn land_unseen(&mut self, signature: Signature, rents: &[(u64, u64)]) {
        let rent: u64 = rents.iter().map(|(_, rent)| rent).sum();
        let mut moved = vec![(PAYER, -(5_000 + i64::try_from(rent).unwrap()))];
        for (number, rent) in rents {
            let data = self.new_data(*number);
            self.edit(*number, |account| account.data = data);
            moved.push((address(*number), i64::try_from(*rent).unwrap()));
        }
        self.chain.land(signature, 50, 5_000, &moved);
    }

    /// In transactions of 28 accounts.
    pub fn migrate(&mut self, numbers: Range<u64>) {
        let numbers: Vec<u64> = numbers.collect();
        for batch in numbers.chunks(28) {
            let signature = self.begin(batch);
            let rents: Vec<_> = batch.iter().map(|number| (*number, 100)).collect();
            self.land(signature, &rents);
        }
    }

    pub fn client(&self) -> Client<Chain> {
        let limits = Limits {
            calls_per_second: 0,
            sends_per_second: 0,
            attempts: 1,
            jitter_seed: 0,
        };
        Client::new(self.chain.clone(), limits)
    }

    pub async fn verify(&mut self) -> VerifyReport {
        verify(&self.client(), &self.transition, &mut self.journal)
            .await
            .unwrap()
    }
}
