use svm_harness::{Account, Instruction, Keypair, Pubkey, Svm};

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

/// Sends one instruction that must fail with exactly this error code and leave every account that it
/// names as it was, to the byte and the lamport.
#[track_caller]
pub fn expect_rejection<'a>(
    svm: &'a mut Svm,
    instruction: Instruction,
    signers: &'a [&'a Keypair],
    code: impl Into<u32>,
) -> impl Future<Output = ()> + 'a {
    let code = code.into();
    let caller = std::panic::Location::caller();
    async move {
        let instructions = [instruction];
        let before = snapshot(svm, &instructions).await;
        let outcome = svm.send(&instructions, signers).await;
        assert_eq!(
            outcome.custom_error(),
            Some(code),
            "{caller}: {:?}\n{}",
            outcome.result,
            outcome.logs.join("\n")
        );
        assert_eq!(snapshot(svm, &instructions).await, before, "{caller}");
    }
}
