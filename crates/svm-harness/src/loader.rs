use {
    crate::{
        Features, Outcome, Program,
        engine::Engine,
        transaction::{FEE_PAYER_LAMPORTS, fee_payer, signed, upgrade_authority},
        upgradeable_loader::{self, PROGRAM_LEN, Upload, program_data_address},
    },
    anchor_lang::{prelude::Pubkey, solana_program::instruction::Instruction},
    litesvm::LiteSVM,
    solana_account::Account,
    solana_clock::Clock,
    solana_hash::Hash,
    solana_keypair::Keypair,
    solana_rent::Rent,
    solana_signer::Signer,
    solana_transaction::Transaction,
    std::fs,
};

/// LiteSVM, whose features are mainnet's, running real `.so` files.
pub struct Loader {
    svm: LiteSVM,
    /// Buffers written so far; each has its own address.
    buffers: u64,
}

impl Loader {
    pub fn start(rent: &Rent) -> Self {
        // What depends on the features is made again.
        let mut svm = LiteSVM::new()
            .with_feature_set(Features::chosen().set())
            .with_builtins()
            .with_feature_accounts()
            .with_default_programs()
            .with_log_bytes_limit(None);
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

    /// What brings `elf` to the program through a new buffer, and the buffer's key.
    fn upload<'a>(&mut self, program: &Program, elf: &'a [u8]) -> (Upload<'a>, Keypair) {
        let mut secret = *b"svm-harness: buffer number......";
        secret[24..].copy_from_slice(&self.buffers.to_le_bytes());
        self.buffers += 1;
        let buffer = Keypair::new_from_array(secret);
        let upload = Upload {
            program: program.id,
            payer: fee_payer().pubkey(),
            upgrade_authority: upgrade_authority().pubkey(),
            buffer: buffer.pubkey(),
            elf,
        };
        (upload, buffer)
    }

    fn write_buffer(&mut self, program: &Program, upload: &Upload, buffer: &Keypair) {
        let lamports = self.rent_for(upload.buffer_len());
        self.install(program, &upload.create_buffer(lamports), &[buffer]);
        for write in upload.writes() {
            self.install(program, &[write], &[&upgrade_authority()]);
        }
    }

    /// Extends the program's data account if the binary does not fit it, and goes to the next slot then.
    fn make_room(&mut self, program: &Program, upload: &Upload) {
        let account = self.svm.get_account(&program_data_address(&program.id));
        let account = account.unwrap_or_else(|| {
            panic!("{}: nothing is deployed at {}", program.name, program.id);
        });
        if let Some(extend) = upload.extend(account.data.len()) {
            self.install(program, &[extend], &[]);
            self.next_slot();
        }
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

    /// The program account is put where the instruction that takes the program's own key would have
    /// created it; the loader's `DeployWithMaxDataLen` runs as always.
    fn deploy(&mut self, program: &Program) {
        assert!(
            self.account(&program.id).is_none(),
            "{}: something is deployed at {} already",
            program.name,
            program.id
        );
        let elf = read_elf(program);
        let (upload, buffer) = self.upload(program, &elf);
        self.write_buffer(program, &upload, &buffer);
        let lamports = self.rent_for(PROGRAM_LEN);
        self.set_account(
            program.id,
            Account::new(lamports, PROGRAM_LEN, &upgradeable_loader::ID),
        );
        self.install(program, &[upload.deploy()], &[&upgrade_authority()]);
        self.next_slot();
    }

    fn upgrade(&mut self, program: &Program) {
        let elf = read_elf(program);
        let (upload, buffer) = self.upload(program, &elf);
        self.make_room(program, &upload);
        self.write_buffer(program, &upload, &buffer);
        self.install(program, &[upload.upgrade()], &[&upgrade_authority()]);
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
