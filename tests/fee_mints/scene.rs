use {
    crate::mint::{Extensions, mint},
    integration::{rejection::expect_failure, scene::Scene},
    support::{client_v1, client_v2, key::key, tokens::Token},
    svm_harness::{
        Backend, Instruction, InstructionError, Keypair, Pubkey, Signer, TransactionError,
    },
};

pub const FEE: u64 = 250_000;

/// What the source holds at first.
pub const SUPPLY: u64 = 1_000_000;

/// A config that charges [`FEE`], and an operator who owns the source.
pub struct FeeScene {
    pub scene: Scene,
    pub operator: Keypair,
    pub token: Token,
}

impl FeeScene {
    pub async fn start(backend: Backend, extensions: &Extensions) -> Self {
        let mut scene = Scene::with_v2_account(backend, 1).await;
        let operator = key("operator");
        let authority = scene.authority.pubkey();
        let token = extensions
            .create(&mut scene.svm, operator.pubkey(), authority)
            .await;
        let instructions = [
            client_v2::set_operators(&authority, vec![operator.pubkey()]),
            client_v2::set_fee(&authority, FEE, mint()),
        ];
        let outcome = scene.svm.send(&instructions, &[&scene.authority]).await;
        outcome.expect_ok();
        Self {
            scene,
            operator,
            token,
        }
    }

    /// `update_v2` to the value 2 by this signer.
    pub fn update_by(&self, signer: &Pubkey) -> Instruction {
        client_v2::update_v2_with(
            &self.scene.config,
            signer,
            2,
            None,
            FEE,
            Some(self.token.accounts),
        )
    }

    /// `update_v2` to the value 2 by the operator.
    pub fn update(&self) -> Instruction {
        self.update_by(&self.operator.pubkey())
    }

    /// Asserts that the operator's update is accepted, and what source and vault hold then.
    pub async fn expect_charged(&mut self, source: u64, vault: u64) {
        let (update, operator) = (self.update(), self.operator.insecure_clone());
        self.expect_charged_by(&[update], &operator, source, vault)
            .await;
    }

    /// Asserts the same of a transaction of this signer.
    pub async fn expect_charged_by(
        &mut self,
        instructions: &[Instruction],
        signer: &Keypair,
        source: u64,
        vault: u64,
    ) {
        let outcome = self.scene.svm.send(instructions, &[signer]).await;
        outcome.expect_ok();
        assert_eq!(self.scene.read_v2().await.value, 2);
        assert_eq!(self.token.source_amount(&mut self.scene.svm).await, source);
        assert_eq!(self.token.vault_amount(&mut self.scene.svm).await, vault);
    }

    /// Asserts that the operator's update is rejected, and that what charges no fee works all the same.
    pub async fn expect_rejected(&mut self, error: InstructionError) {
        let update = self.update();
        self.expect_all_rejected(&[update], error).await;
        self.expect_others_accepted().await;
    }

    /// Asserts that a transaction of the operator is rejected in its last instruction.
    pub async fn expect_all_rejected(
        &mut self,
        instructions: &[Instruction],
        error: InstructionError,
    ) {
        let last = u8::try_from(instructions.len() - 1).expect("it is short");
        let error = TransactionError::InstructionError(last, error);
        let operator = self.operator.insecure_clone();
        expect_failure(&mut self.scene.svm, instructions, &[&operator], error).await;
    }

    /// The authority updates and ends the fee, and the operator then updates.
    async fn expect_others_accepted(&mut self) {
        let scene = &mut self.scene;
        let authority = scene.authority.pubkey();
        for (instruction, signer) in [
            (client_v1::update(&authority, 3), &scene.authority),
            (
                client_v2::set_fee(&authority, 0, Pubkey::default()),
                &scene.authority,
            ),
            (
                client_v2::update_v2(&scene.config, &self.operator.pubkey(), 4, None),
                &self.operator,
            ),
        ] {
            let outcome = scene.svm.send(&[instruction], &[signer]).await;
            outcome.expect_ok();
        }
        assert_eq!(scene.read_v2().await.value, 4);
        assert_eq!(self.token.source_amount(&mut scene.svm).await, SUPPLY);
        assert_eq!(self.token.vault_amount(&mut scene.svm).await, 0);
    }
}
