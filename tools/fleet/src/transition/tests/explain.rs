//! Errors in words. The logs are those of the runtime and of Anchor 1.2.

use {
    super::*, solana_instruction_error::InstructionError,
    solana_transaction_error::TransactionError,
};

fn custom(code: u32) -> TransactionError {
    TransactionError::InstructionError(2, InstructionError::Custom(code))
}

fn logs(said: &[&str], program: &str, error: &str) -> Vec<String> {
    let mut logs = vec![
        "Program ComputeBudget111111111111111111111111111111 invoke [1]".to_owned(),
        "Program ComputeBudget111111111111111111111111111111 success".to_owned(),
        format!("Program {} invoke [1]", app_id()),
        "Program log: Instruction: MigrateMany".to_owned(),
    ];
    logs.extend(said.iter().map(|line| (*line).to_owned()));
    logs.push(format!("Program {program} failed: {error}"));
    logs
}

#[test]
fn an_error_of_the_program_is_named_by_its_idl() {
    let transition = migrate_all();
    let said = [
        "Program log: AnchorError caused by account: remaining_accounts[3]. Error Code: Truncated. Error \
         Number: 6005. Error Message: x.",
        "Program 6kKWMmNckGur5mgBxGHDXTGcNe4XCqMcot4KAXJMcF1s consumed 2952 of 200000 compute units",
    ];
    let app = app_id().to_string();
    let message = app_message(6005);
    assert_eq!(
        transition.explain(
            &custom(6005),
            &logs(&said, &app, "custom program error: 0x1775")
        ),
        format!(
            "instruction 2: Truncated (6005): {message} [caused by account: remaining_accounts[3]]"
        )
    );
    assert_eq!(
        transition.explain(&custom(6005), &[]),
        format!("instruction 2: Truncated (6005): {message}")
    );
    let shop = shop::upgrade();
    assert_eq!(
        shop.explain(&custom(6001), &[]),
        "instruction 2: Sold (6001)"
    );
    assert_eq!(
        shop.explain(&custom(3012), &[]),
        "instruction 2: Odd (3012): A number that Anchor uses too"
    );
    assert_eq!(
        shop.explain(&custom(7000), &[]),
        "instruction 2: error 7000"
    );
}

fn app_message(code: u32) -> String {
    let errors = app().errors;
    let error = errors.iter().find(|error| error.code == code).unwrap();
    error.msg.clone().unwrap()
}

#[test]
fn errors_of_anchor_and_of_the_system_program_are_known_by_number() {
    let transition = migrate_all();
    assert_eq!(
        transition.explain(&custom(3012), &[]),
        "instruction 2: AccountNotInitialized (3012): The program expected this account to be already \
         initialized"
    );
    let system = "11111111111111111111111111111111";
    let said = ["Transfer: insufficient lamports 0, need 334080"];
    let lacks =
        "ResultWithNegativeLamports (1): account does not have enough SOL to perform the operation";
    assert_eq!(
        transition.explain(
            &custom(1),
            &logs(&said, system, "custom program error: 0x1")
        ),
        format!("instruction 2: {lacks} [Transfer: insufficient lamports 0, need 334080]")
    );
    assert_eq!(
        transition.explain(&custom(1), &[]),
        format!("instruction 2: {lacks}")
    );
    let other = "Stake11111111111111111111111111111111111111";
    let called = logs(
        &["Program log: Instruction: Give"],
        other,
        "custom program error: 0x1775",
    );
    assert_eq!(
        transition.explain(&custom(6005), &called),
        format!("instruction 2: error 6005 of program {other} [Instruction: Give]")
    );
    let called = logs(&[], other, "custom program error: 0xbc4");
    assert_eq!(
        shop::upgrade().explain(&custom(3012), &called),
        "instruction 2: AccountNotInitialized (3012): The program expected this account to be already \
         initialized [Instruction: MigrateMany]"
    );
}

#[test]
fn every_error_of_anchor_is_known_once() {
    let codes: Vec<u32> = crate::transition::explain::ANCHOR
        .iter()
        .map(|error| u32::from(*error))
        .collect();
    assert!(codes.is_sorted_by(|a, b| a < b));
    assert_eq!((codes.first(), codes.last()), (Some(&100), Some(&5000)));
}

#[test]
fn other_errors_have_their_own_words() {
    let transition = migrate_all();
    let app = app_id().to_string();
    let exceeded = "Computational budget exceeded";
    let consumed = format!("Program {app} consumed 5000 of 5000 compute units");
    let error =
        TransactionError::InstructionError(2, InstructionError::ComputationalBudgetExceeded);
    assert_eq!(
        transition.explain(&error, &logs(&[&consumed], &app, exceeded)),
        "instruction 2: Computational budget exceeded [Instruction: MigrateMany]"
    );
    assert_eq!(
        transition.explain(&TransactionError::BlockhashNotFound, &[]),
        "Blockhash not found"
    );
}
