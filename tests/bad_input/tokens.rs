//! The accounts of the fee: a mint, a token account of the signer and one of the config's authority,
//! their bytes written out.

use {
    integration::{
        bad_input::{Case, Keys, Ledger},
        scene::account,
    },
    support::client_v2::FeeAccounts,
    svm_harness::{Account, Pubkey, Signer},
};

const MINT_LEN: usize = 82;
const ACCOUNT_LEN: usize = 165;

/// Where a token account has its amount.
const AMOUNT: std::ops::Range<usize> = 64..72;

/// Base units that the signer has.
const SUPPLY: u64 = 1_000;

const SOURCE: Pubkey = Pubkey::new_from_array([21; 32]);
const VAULT: Pubkey = Pubkey::new_from_array([22; 32]);

pub fn fee_accounts(keys: &Keys) -> FeeAccounts {
    FeeAccounts {
        source: SOURCE,
        vault: VAULT,
        mint: keys.fee_mint,
        token_program: anchor_spl::token::ID,
    }
}

/// The three accounts before the instruction.
pub fn accounts(keys: &Keys, case: &Case, signer: Pubkey) -> Vec<(Pubkey, Account)> {
    let owned = |data: Vec<u8>| {
        let lamports = case.minimum(data.len());
        account(anchor_spl::token::ID, data, lamports)
    };
    let token_account = |owner, amount| owned(token_account(keys.fee_mint, owner, amount));
    vec![
        (keys.fee_mint, owned(mint())),
        (SOURCE, token_account(signer, SUPPLY)),
        (VAULT, token_account(keys.authority.pubkey(), 0)),
    ]
}

/// The fee goes from the signer to the authority.
pub fn pay(ledger: &mut Ledger, fee: u64) {
    if fee == 0 {
        return;
    }
    ledger.account(SOURCE).data[AMOUNT].copy_from_slice(&(SUPPLY - fee).to_le_bytes());
    ledger.account(VAULT).data[AMOUNT].copy_from_slice(&fee.to_le_bytes());
}

/// Nobody mints any more; 6 decimals.
fn mint() -> Vec<u8> {
    let mut data = vec![0; MINT_LEN];
    data[36..44].copy_from_slice(&SUPPLY.to_le_bytes());
    data[44] = 6;
    data[45] = 1;
    data
}

/// An initialized account without a delegate.
fn token_account(mint: Pubkey, owner: Pubkey, amount: u64) -> Vec<u8> {
    let mut data = vec![0; ACCOUNT_LEN];
    data[..32].copy_from_slice(&mint.to_bytes());
    data[32..64].copy_from_slice(&owner.to_bytes());
    data[AMOUNT].copy_from_slice(&amount.to_le_bytes());
    data[108] = 1;
    data
}
