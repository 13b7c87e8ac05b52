use {
    super::{
        case::{Case, Form, Lengths, Who},
        keys::Keys,
        kind::Kind,
        ledger::Ledger,
        sample::Sample,
    },
    crate::scene::account,
    anchor_lang::prelude::AccountMeta,
    std::thread,
    support::releases::newest,
    svm_harness::{
        Account, Backend, Instruction, InstructionError, Program, Pubkey, Signer, Svm,
        TransactionError, block_on,
    },
};

/// The account that a subject is tried on.
pub struct Target {
    /// The program whose account it should be.
    pub program: Pubkey,
    pub address: fn(&Keys) -> Pubkey,
    pub lengths: Lengths,
    /// The data of an account of this kind and length.
    pub data: fn(Kind, &Keys, usize) -> Vec<u8>,
}

/// A config of `app` at the address of a key.
pub const CONFIG: Target = Target {
    program: app::ID,
    address: |keys| keys.config.pubkey(),
    lengths: [
        0, 1, 7, 8, 9, 40, 47, 48, 49, 95, 96, 97, 127, 128, 129, 607, 608, 609, 10_240,
    ],
    data: Kind::data,
};

/// A config of `app` at the address derived from its authority's, where nothing signs.
pub const DERIVED_CONFIG: Target = Target {
    address: |keys| keys.derived_config,
    ..CONFIG
};

/// One instruction under test.
pub struct Subject {
    pub target: Target,
    /// Beside `app`.
    pub programs: fn() -> Vec<Program>,
    /// Other accounts that are there before the instruction; those of an earlier case are not.
    pub others: fn(&Keys, &Case) -> Vec<(Pubkey, Account)>,
    pub build: fn(&Keys, &Case) -> Instruction,
    /// Makes of the accounts what the instruction must, or answers its error.
    pub expect: fn(&Keys, &Case, &mut Ledger) -> Result<(), InstructionError>,
}

impl Subject {
    /// Executes the instruction on the cases of the sample.
    ///
    /// # Panics
    /// At the first case that ends in another way than expected, or when none is accepted.
    pub fn run(&self) {
        let sample = Sample::from_environment();
        let numbers = sample.numbers(Case::COUNT);
        let rate = |number: &usize| Case::numbered(*number, &self.target.lengths).lamports_per_byte;
        let accepted = block_on(async {
            let mut accepted = 0;
            for numbers in numbers.chunk_by(|a, b| rate(a) == rate(b)) {
                accepted += self.run_at(rate(&numbers[0]), numbers, &sample).await;
            }
            accepted
        });
        assert!(accepted > 0, "no case is accepted: they show nothing");
        println!(
            "{} of {} cases, {accepted} of them accepted",
            numbers.len(),
            Case::COUNT
        );
    }

    /// Executes the cases of one rent and returns how many are accepted.
    async fn run_at(&self, rate: u64, numbers: &[usize], sample: &Sample) -> usize {
        let mut svm = Svm::start_with_rent(Backend::Loader, &newest(), rate).await;
        for program in (self.programs)() {
            svm.deploy(&program).await;
        }
        let keys = Keys::new(&svm);
        let mut accepted = 0;
        for number in numbers {
            let case = Case::numbered(*number, &self.target.lengths);
            let name = || {
                format!(
                    "case {number}: {case:?}\n{} cargo test --workspace --test bad_input {}",
                    sample.variables(),
                    thread::current().name().unwrap_or_default(),
                )
            };
            accepted += usize::from(self.check(&mut svm, &keys, &case, name).await);
        }
        accepted
    }

    /// Executes one case; returns whether the instruction was accepted.
    async fn check(
        &self,
        svm: &mut Svm,
        keys: &Keys,
        case: &Case,
        name: impl Fn() -> String,
    ) -> bool {
        self.set_accounts(svm, keys, case).await;
        let instruction = self.instruction(keys, case);
        let before = Ledger::read(svm, &instruction).await;
        let mut after = before.clone();
        let expected = (self.expect)(keys, case, &mut after);

        let signers = keys.of(&instruction);
        let instructions = [instruction];
        let outcome = svm.send(&instructions, &signers).await;
        let found = Ledger::read(svm, &instructions[0]).await;
        let logs = || outcome.logs.join("\n");
        match expected {
            Err(error) => {
                let rejected = Err(TransactionError::InstructionError(0, error));
                assert_eq!(outcome.result, rejected, "{}\n{}", name(), logs());
                assert!(found == before, "rejected, but changed: {}", name());
                false
            }
            Ok(()) => {
                assert_eq!(outcome.result, Ok(()), "{}\n{}", name(), logs());
                assert_eq!(found, after.swept(), "{}", name());
                true
            }
        }
    }

    async fn set_accounts(&self, svm: &mut Svm, keys: &Keys, case: &Case) {
        keys.fund(svm).await;
        for (address, other) in (self.others)(keys, case) {
            svm.set_account(address, other).await;
        }
        let owner = case.owner.address(self.target.program);
        let data = (self.target.data)(case.kind, keys, case.len);
        let target = account(owner, data, case.lamports());
        svm.set_account((self.target.address)(keys), target).await;
    }

    /// The instruction in its form, without its first signature when nobody signs.
    fn instruction(&self, keys: &Keys, case: &Case) -> Instruction {
        let mut instruction = (self.build)(keys, case);
        let accounts = &mut instruction.accounts;
        if case.form == Form::ConfigBehind {
            let target = (self.target.address)(keys);
            accounts.push(AccountMeta::new_readonly(target, false));
        }
        if case.who == Who::Nobody {
            let signer = accounts.iter().find(|meta| meta.is_signer);
            let signer = signer.map(|meta| meta.pubkey);
            for meta in accounts {
                meta.is_signer &= Some(meta.pubkey) != signer;
            }
        }
        instruction
    }
}

/// For a subject that needs nothing beside `app` and its config.
pub const NO_PROGRAMS: fn() -> Vec<Program> = Vec::new;
pub const NO_OTHERS: fn(&Keys, &Case) -> Vec<(Pubkey, Account)> = |_, _| Vec::new();
