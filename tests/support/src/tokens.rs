//! A mint and token accounts, made by the real token programs.

use {
    crate::{client_v2::FeeAccounts, key::key},
    anchor_lang::solana_program::{program_pack::Pack, system_instruction},
    anchor_spl::token_2022::spl_token_2022::{instruction, state},
    svm_harness::{Keypair, Pubkey, Signer, Svm},
};

/// A token with one account that pays fees and one that receives them.
pub struct Token {
    pub accounts: FeeAccounts,
}

impl Token {
    /// Mints `supply` base units to a token account of `payer`; `recipient` gets an empty one.
    /// `token_program` is SPL Token or Token-2022.
    pub async fn create(
        svm: &mut Svm,
        token_program: Pubkey,
        payer: Pubkey,
        recipient: Pubkey,
        supply: u64,
    ) -> Token {
        let [mint, source, vault] = &Self::keys(token_program);
        let authority = key("mint authority");
        let creator = key("token creator");
        svm.fund(creator.pubkey(), 1_000_000_000).await;

        let mut instructions = Vec::new();
        for (key, len) in [
            (mint, state::Mint::LEN),
            (source, state::Account::LEN),
            (vault, state::Account::LEN),
        ] {
            instructions.push(system_instruction::create_account(
                &creator.pubkey(),
                &key.pubkey(),
                svm.rent_exempt_minimum(len),
                len as u64,
                &token_program,
            ));
        }
        svm.send(&instructions, &[&creator, mint, source, vault])
            .await
            .expect_ok();

        let account = |key: &Pubkey, owner: &Pubkey| {
            instruction::initialize_account3(&token_program, key, &mint.pubkey(), owner)
        };
        let instructions = [
            instruction::initialize_mint2(
                &token_program,
                &mint.pubkey(),
                &authority.pubkey(),
                None,
                6,
            ),
            account(&source.pubkey(), &payer),
            account(&vault.pubkey(), &recipient),
            instruction::mint_to(
                &token_program,
                &mint.pubkey(),
                &source.pubkey(),
                &authority.pubkey(),
                &[],
                supply,
            ),
        ]
        .map(|instruction| instruction.expect("the arguments are valid"));
        svm.send(&instructions, &[&authority]).await.expect_ok();

        Token {
            accounts: Self::accounts_of(token_program),
        }
    }

    /// The accounts that [`create`](Self::create) makes.
    pub fn accounts_of(token_program: Pubkey) -> FeeAccounts {
        let [mint, source, vault] = Self::keys(token_program).map(|key| key.pubkey());
        FeeAccounts {
            source,
            vault,
            mint,
            token_program,
        }
    }

    fn keys(token_program: Pubkey) -> [Keypair; 3] {
        let program = &token_program.to_string()[..8];
        ["mint", "source", "vault"].map(|name| key(&format!("{name} {program}")))
    }

    /// Base units that the fee-paying account holds.
    pub async fn source_amount(&self, svm: &mut Svm) -> u64 {
        amount(svm, self.accounts.source).await
    }

    /// Base units that the fee-receiving account holds.
    pub async fn vault_amount(&self, svm: &mut Svm) -> u64 {
        amount(svm, self.accounts.vault).await
    }
}

async fn amount(svm: &mut Svm, address: Pubkey) -> u64 {
    let account = svm
        .account(address)
        .await
        .expect("the token account exists");
    state::Account::unpack_from_slice(&account.data[..state::Account::LEN])
        .expect("it is a token account")
        .amount
}
