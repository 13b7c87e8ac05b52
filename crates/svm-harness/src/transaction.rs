//! The harness's own keys, and transactions paid with them.

use {
    anchor_lang::solana_program::instruction::Instruction, solana_hash::Hash,
    solana_keypair::Keypair, solana_message::Message, solana_packet::PACKET_DATA_SIZE,
    solana_signer::Signer, solana_transaction::Transaction, std::sync::LazyLock,
};

/// What the fee payer starts with, in lamports: 500,000 SOL.
pub const FEE_PAYER_LAMPORTS: u64 = 500_000_000_000_000;

/// Pays every fee, so that no test account does.
pub fn fee_payer() -> Keypair {
    // To find the public key of a secret takes longer than to sign with it.
    static KEY: LazyLock<Keypair> =
        LazyLock::new(|| Keypair::new_from_array(*b"svm-harness: pays every fee, yes"));
    KEY.insecure_clone()
}

/// The upgrade authority of every program.
pub fn upgrade_authority() -> Keypair {
    Keypair::new_from_array(*b"svm-harness: upgrades a program.")
}

/// A transaction of `instructions`, signed by `fee_payer` and by `signers`. A signature nobody gave
/// stays empty, for the runtime to reject.
///
/// # Panics
///
/// Panics if a signer is not asked for by any instruction, or if the transaction is too large.
#[track_caller]
pub fn signed(
    fee_payer: &Keypair,
    instructions: &[Instruction],
    signers: &[&Keypair],
    blockhash: Hash,
) -> Transaction {
    let message = Message::new(instructions, Some(&fee_payer.pubkey()));
    let mut transaction = Transaction::new_unsigned(message);
    for signer in [&[fee_payer], signers].concat() {
        transaction
            .try_partial_sign(&[signer], blockhash)
            .unwrap_or_else(|error| panic!("{} cannot sign: {error}", signer.pubkey()));
    }
    // One byte counts the signatures, which are 64 bytes each.
    let len = 1 + 64 * transaction.signatures.len() + transaction.message_data().len();
    assert!(
        len <= PACKET_DATA_SIZE,
        "the transaction has {len} bytes, {PACKET_DATA_SIZE} are allowed"
    );
    transaction
}
