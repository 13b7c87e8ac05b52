use {
    crate::{
        Outcome, Program,
        engine::Engine,
        transaction::{FEE_PAYER_LAMPORTS, fee_payer, signed, upgrade_authority},
    },
    anchor_lang::{prelude::Pubkey, solana_program::instruction::Instruction},
    litesvm::LiteSVM,
    solana_account::Account,
    solana_clock::Clock,
    solana_hash::Hash,
    solana_keypair::Keypair,
    solana_loader_v3_interface::{
        get_program_data_address,
        instruction::{self as loader, MINIMUM_EXTEND_PROGRAM_BYTES},
        state::UpgradeableLoaderState,
    },
    solana_rent::Rent,
    solana_sdk_ids::bpf_loader_upgradeable,
    solana_signer::Signer,
    solana_transaction::Transaction,
    std::fs,
};

/// Bytes of an ELF that fit one transaction beside the two signatures of a `Write`.
const CHUNK_LEN: usize = 900;

/// LiteSVM, whose features are mainnet's, running real `.so` files.
pub struct Loader {
    svm: LiteSVM,
    /// Buffers written so far; each has its own address.
    buffers: u64,
}

impl Loader {
    pub fn start(rent: &Rent) -> Self {
        let mut svm = LiteSVM::new().with_log_bytes_limit(None);
        svm.airdrop(&fee_payer().pubkey(), FEE_PAYER_LAMPORTS)
            .expect("the faucet pays");
        svm.set_sysvar(rent);
        Self { svm, buffers: 0 }
    }

    /// Sends a transaction that must succeed for `program` to be installed.
    fn install(&mut self, program: &Program, instructions: &[Instruction], signers: &[&Keypair]) {
        let blockhash = self.blockhash();
        let outcome = self.process(signed(&fee_payer(), instructions, signers, blockhash));
        if let Err(error) = outcome.result {
            let logs = outcome.logs.join("\n");
            panic!("{} was not installed: {error:?}\n{logs}", program.name);
        }
    }

    /// Writes `elf` into a new buffer of the upgrade authority and returns the buffer's address.
    fn write_buffer(&mut self, program: &Program, elf: &[u8]) -> Pubkey {
        let (payer, authority) = (fee_payer().pubkey(), upgrade_authority());
        let mut secret = *b"svm-harness: buffer number......";
        secret[24..].copy_from_slice(&self.buffers.to_le_bytes());
        self.buffers += 1;
        let buffer = Keypair::new_from_array(secret);

        let lamports = self.rent_for(UpgradeableLoaderState::size_of_buffer(elf.len()));
        let create = loader::create_buffer(
            &payer,
            &buffer.pubkey(),
            &authority.pubkey(),
            lamports,
            elf.len(),
        )
        .expect("the loader's own instruction");
        self.install(program, &create, &[&buffer]);

        for (index, chunk) in elf.chunks(CHUNK_LEN).enumerate() {
            let offset = u32::try_from(index * CHUNK_LEN).expect("an ELF below 4 GiB");
            let write = loader::write(
                &buffer.pubkey(),
                &authority.pubkey(),
                offset,
                chunk.to_vec(),
            );
            self.install(program, &[write], &[&authority]);
        }
        buffer.pubkey()
    }

    /// Extends the program's data account if `elf` does not fit it, and goes to the next slot then:
    /// the loader writes a program once per slot.
    fn make_room(&mut self, program: &Program, elf: &[u8]) {
        let address = get_program_data_address(&program.id);
        let account = self.svm.get_account(&address).unwrap_or_else(|| {
            panic!("{}: nothing is deployed at {}", program.name, program.id);
        });
        let needed = UpgradeableLoaderState::size_of_programdata(elf.len());
        let missing = needed.saturating_sub(account.data.len());
        if missing == 0 {
            return;
        }
        let missing = u32::try_from(missing).expect("an ELF below 4 GiB");
        let extend = loader::extend_program(
            &program.id,
            Some(&fee_payer().pubkey()),
            missing.max(MINIMUM_EXTEND_PROGRAM_BYTES),
        );
        self.install(program, &[extend], &[]);
        self.next_slot();
    }

    fn next_slot(&mut self) {
        let slot = self.svm.get_sysvar::<Clock>().slot;
        self.svm.warp_to_slot(slot + 1);
    }

    fn rent_for(&self, data_len: usize) -> u64 {
        self.svm.minimum_balance_for_rent_exemption(data_len)
    }
}

impl Engine for Loader {
    fn blockhash(&mut self) -> Hash {
        self.svm.expire_blockhash();
        self.svm.latest_blockhash()
    }

    fn process(&mut self, transaction: Transaction) -> Outcome {
        let (result, meta) = match self.svm.send_transaction(transaction) {
            Ok(meta) => (Ok(()), meta),
            Err(failed) => (Err(failed.err), failed.meta),
        };
        Outcome {
            result,
            compute_units: meta.compute_units_consumed,
            logs: meta.logs,
        }
    }

    fn account(&self, address: &Pubkey) -> Option<Account> {
        self.svm.get_account(address)
    }

    fn set_account(&mut self, address: Pubkey, account: Account) {
        self.svm
            .set_account(address, account)
            .unwrap_or_else(|error| panic!("{address} cannot be set: {error:?}"));
    }

    /// Creating the program account takes the signature of the program's own key, a secret no test
    /// should need. The account is therefore put where that instruction would have created it; the
    /// loader's `DeployWithMaxDataLen` runs as always.
    fn deploy(&mut self, program: &Program) {
        assert!(
            self.account(&program.id).is_none(),
            "{}: something is deployed at {} already",
            program.name,
            program.id
        );
        let elf = read_elf(program);
        let buffer = self.write_buffer(program, &elf);
        let data_len = UpgradeableLoaderState::size_of_program();
        let lamports = self.rent_for(data_len);
        self.set_account(
            program.id,
            Account::new(lamports, data_len, &bpf_loader_upgradeable::ID),
        );

        let authority = upgrade_authority();
        let [_create, deploy] = loader::deploy_with_max_program_len(
            &fee_payer().pubkey(),
            &program.id,
            &buffer,
            &authority.pubkey(),
            lamports,
            elf.len(),
            true,
        )
        .ok()
        .and_then(|instructions| instructions.try_into().ok())
        .expect("the loader's own instructions");
        self.install(program, &[deploy], &[&authority]);
        self.next_slot();
    }

    fn upgrade(&mut self, program: &Program) {
        let elf = read_elf(program);
        self.make_room(program, &elf);
        let buffer = self.write_buffer(program, &elf);
        let authority = upgrade_authority();
        let upgrade = loader::upgrade(
            &program.id,
            &buffer,
            &authority.pubkey(),
            &fee_payer().pubkey(),
            true,
        );
        self.install(program, &[upgrade], &[&authority]);
        self.next_slot();
    }

    fn set_rent(&mut self, rent: &Rent) {
        self.svm.set_sysvar(rent);
    }
}

fn read_elf(program: &Program) -> Vec<u8> {
    fs::read(&program.elf).unwrap_or_else(|error| {
        let path = program.elf.display();
        panic!("{}: {path} cannot be read: {error}", program.name)
    })
}
