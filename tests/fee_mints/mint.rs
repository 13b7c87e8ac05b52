//! Token-2022 mints with extensions, and accounts for their tokens.

use {
    crate::scene::SUPPLY,
    anchor_lang::solana_program::system_instruction,
    anchor_spl::token_2022::{
        self,
        spl_token_2022::{extension::ExtensionType, instruction, state},
    },
    support::{client_v2::FeeAccounts, key::key, tokens::Token},
    svm_harness::{Instruction, Keypair, Pubkey, Signer, Svm},
};

/// The mint of every test.
pub fn mint() -> Pubkey {
    key("mint").pubkey()
}

/// Mints, freezes and thaws, pauses, is the permanent delegate.
pub fn mint_authority() -> Keypair {
    key("mint authority")
}

/// The extensions of a mint and of the two accounts that a fee concerns.
#[derive(Default)]
pub struct Extensions {
    /// Each with the instruction that initializes it.
    pub of_mint: Vec<(ExtensionType, Instruction)>,
    pub of_source: Vec<ExtensionType>,
    pub of_vault: Vec<ExtensionType>,
}

impl Extensions {
    /// A mint with one extension.
    pub fn of_mint(kind: ExtensionType, initialize: Instruction) -> Self {
        Self {
            of_mint: vec![(kind, initialize)],
            ..Self::default()
        }
    }

    /// Makes the mint and both accounts, thaws the source, and mints [`SUPPLY`] to it.
    pub async fn create(&self, svm: &mut Svm, payer: Pubkey, recipient: Pubkey) -> Token {
        let [mint, source, vault] = ["mint", "source", "vault"].map(key);
        let creator = key("token creator");
        let authority = mint_authority();
        for address in [creator.pubkey(), authority.pubkey()] {
            svm.fund(address, 1_000_000_000).await;
        }

        let kinds: Vec<_> = self.of_mint.iter().map(|(kind, _)| *kind).collect();
        let account_kinds = ExtensionType::get_required_init_account_extensions(&kinds);
        let account_len = |own: &[ExtensionType]| {
            ExtensionType::try_calculate_account_len::<state::Account>(
                &[&account_kinds, own].concat(),
            )
        };
        let mint_len = ExtensionType::try_calculate_account_len::<state::Mint>(&kinds);
        let create = [
            (&mint, mint_len),
            (&source, account_len(&self.of_source)),
            (&vault, account_len(&self.of_vault)),
        ]
        .map(|(key, len)| {
            let len = len.expect("the extensions go together");
            system_instruction::create_account(
                &creator.pubkey(),
                &key.pubkey(),
                svm.rent_exempt_minimum(len),
                len as u64,
                &token_2022::ID,
            )
        });
        svm.send(&create, &[&creator, &mint, &source, &vault])
            .await
            .expect_ok();

        let mut instructions: Vec<_> = self
            .of_mint
            .iter()
            .map(|(_, initialize)| initialize.clone())
            .collect();
        let account = |key: &Keypair, owner: &Pubkey| {
            instruction::initialize_account3(&token_2022::ID, &key.pubkey(), &mint.pubkey(), owner)
        };
        instructions.extend(
            [
                instruction::initialize_mint2(
                    &token_2022::ID,
                    &mint.pubkey(),
                    &authority.pubkey(),
                    Some(&authority.pubkey()),
                    6,
                ),
                account(&source, &payer),
                account(&vault, &recipient),
            ]
            .map(|instruction| instruction.expect("the arguments are valid")),
        );
        svm.send(&instructions, &[]).await.expect_ok();
        if kinds.contains(&ExtensionType::DefaultAccountState) {
            thaw(svm, source.pubkey()).await;
        }
        let mint_to = instruction::mint_to(
            &token_2022::ID,
            &mint.pubkey(),
            &source.pubkey(),
            &authority.pubkey(),
            &[],
            SUPPLY,
        );
        let mint_to = mint_to.expect("the arguments are valid");
        svm.send(&[mint_to], &[&authority]).await.expect_ok();

        Token {
            accounts: FeeAccounts {
                source: source.pubkey(),
                vault: vault.pubkey(),
                mint: mint.pubkey(),
                token_program: token_2022::ID,
            },
        }
    }
}

/// Thaws a token account.
pub async fn thaw(svm: &mut Svm, account: Pubkey) {
    let authority = mint_authority();
    let address = authority.pubkey();
    let thaw = instruction::thaw_account(&token_2022::ID, &account, &mint(), &address, &[]);
    let thaw = thaw.expect("the arguments are valid");
    svm.send(&[thaw], &[&authority]).await.expect_ok();
}
