use {
    std::panic::Location,
    svm_harness::{Account, Instruction, InstructionError, Keypair, Pubkey, Svm, TransactionError},
};

/// Every account that the instructions name, with its exact bytes and lamports.
pub async fn snapshot(
    svm: &mut Svm,
    instructions: &[Instruction],
) -> Vec<(Pubkey, Option<Account>)> {
    let mut addresses: Vec<Pubkey> = instructions
        .iter()
        .flat_map(|instruction| &instruction.accounts)
        .map(|meta| meta.pubkey)
        .collect();
    addresses.sort();
    addresses.dedup();
    let mut accounts = Vec::new();
    for address in addresses {
        accounts.push((address, svm.account(address).await));
    }
    accounts
}

/// What a transaction comes to when its instruction at `index` fails with `code`.
pub fn failure(index: u8, code: impl Into<u32>) -> TransactionError {
    TransactionError::InstructionError(index, InstructionError::Custom(code.into()))
}

/// Sends a transaction that must fail with exactly this error and leave every account that it names
/// as it was, to the byte and the lamport.
#[track_caller]
pub fn expect_failure<'a>(
    svm: &'a mut Svm,
    instructions: &'a [Instruction],
    signers: &'a [&'a Keypair],
    error: TransactionError,
) -> impl Future<Output = ()> + 'a {
    check(svm, instructions, signers, error, Location::caller())
}

/// [`expect_failure`] of one instruction, with this error code.
#[track_caller]
pub fn expect_rejection<'a>(
    svm: &'a mut Svm,
    instruction: Instruction,
    signers: &'a [&'a Keypair],
    code: impl Into<u32>,
) -> impl Future<Output = ()> + 'a {
    let error = failure(0, code);
    let caller = Location::caller();
    async move { check(svm, &[instruction], signers, error, caller).await }
}

async fn check(
    svm: &mut Svm,
    instructions: &[Instruction],
    signers: &[&Keypair],
    error: TransactionError,
    caller: &Location<'_>,
) {
    let before = snapshot(svm, instructions).await;
    let outcome = svm.send(instructions, signers).await;
    let logs = outcome.logs.join("\n");
    assert_eq!(outcome.result, Err(error), "{caller}\n{logs}");
    assert_eq!(snapshot(svm, instructions).await, before, "{caller}");
}
