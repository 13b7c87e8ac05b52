//! What native code can do beyond what release 1 does: resize, call token programs, call another
//! native program. Each program here is a function.

use {
    crate::common::{app, authority, config, config_of, initialize, keypair, update},
    anchor_lang::{
        error::ErrorCode,
        prelude::AccountInfo,
        solana_program::{
            entrypoint::ProgramResult, instruction::AccountMeta, program::invoke,
            program_error::ProgramError, system_instruction::create_account,
        },
    },
    anchor_spl::token_2022::spl_token_2022::instruction as token,
    std::path::PathBuf,
    svm_harness::{
        Account, Backend, Instruction, InstructionError, Keypair, NativeProgram, Program, Pubkey,
        Signer, Svm, TransactionError, block_on,
    },
};

const PROGRAM: Pubkey = Pubkey::new_from_array([42; 32]);

fn program(native: NativeProgram) -> Program {
    Program {
        id: PROGRAM,
        name: "test function".to_owned(),
        native: Some(native),
        elf: PathBuf::new(),
    }
}

/// Resizes its account to the length in its instruction.
fn resize(_: &Pubkey, accounts: &[AccountInfo], data: &[u8]) -> ProgramResult {
    let len: [u8; 8] = data
        .try_into()
        .map_err(|_| ProgramError::InvalidInstructionData)?;
    accounts[0].resize(usize::from_le_bytes(len))
}

#[test]
fn an_account_is_resized_within_the_runtimes_rules() {
    block_on(async {
        let mut svm = Svm::start(Backend::Native, &program(resize)).await;
        let address = keypair(1).pubkey();
        let to = |len: usize| Instruction {
            program_id: PROGRAM,
            accounts: vec![AccountMeta::new(address, false)],
            data: len.to_le_bytes().to_vec(),
        };
        let exempt = svm.rent_exempt_minimum(8);
        svm.set_account(address, Account::new(exempt, 8, &PROGRAM))
            .await;

        let unpaid = svm.send(&[to(9)], &[]).await;
        assert_eq!(
            unpaid.result,
            Err(TransactionError::InsufficientFundsForRent { account_index: 1 })
        );

        let largest = 8 + 10_240;
        let missing = svm.rent_exempt_minimum(largest) - exempt;
        svm.fund(address, missing).await;
        let too_large = svm.send(&[to(largest + 1)], &[]).await;
        assert_eq!(
            too_large.result,
            Err(TransactionError::InstructionError(
                0,
                InstructionError::InvalidRealloc
            ))
        );
        for len in [largest, 3] {
            svm.send(&[to(len)], &[]).await.expect_ok();
            let account = svm.account(address).await.expect("funded");
            assert_eq!(account.data, vec![0; len]);
        }
    });
}

/// Writes to its account, whatever it may.
fn scribble(_: &Pubkey, accounts: &[AccountInfo], _: &[u8]) -> ProgramResult {
    accounts[0].try_borrow_mut_data()?[0] = 1;
    Ok(())
}

#[test]
fn a_write_to_a_readonly_account_fails() {
    block_on(async {
        let mut svm = Svm::start(Backend::Native, &program(scribble)).await;
        let address = keypair(1).pubkey();
        let exempt = svm.rent_exempt_minimum(8);
        svm.set_account(address, Account::new(exempt, 8, &PROGRAM))
            .await;
        let write = |account| Instruction::new_with_bytes(PROGRAM, &[], vec![account]);

        let readonly = write(AccountMeta::new_readonly(address, false));
        assert_eq!(
            svm.send(&[readonly], &[]).await.result,
            Err(TransactionError::InstructionError(
                0,
                InstructionError::ReadonlyDataModified
            ))
        );
        let writable = write(AccountMeta::new(address, false));
        svm.send(&[writable], &[]).await.expect_ok();
        assert_eq!(svm.account(address).await.expect("written").data[0], 1);
    });
}

/// Transfers 3 tokens: source, mint, destination, authority, token program.
fn transfer(_: &Pubkey, accounts: &[AccountInfo], _: &[u8]) -> ProgramResult {
    let [source, mint, destination, authority, token_program] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    let transfer = token::transfer_checked(
        token_program.key,
        source.key,
        mint.key,
        destination.key,
        authority.key,
        &[],
        3,
        0,
    )?;
    invoke(&transfer, accounts)
}

#[test]
fn the_token_programs_are_called() {
    for token_program in [anchor_spl::token::ID, anchor_spl::token_2022::ID] {
        block_on(tokens_are_transferred(token_program));
    }
}

async fn tokens_are_transferred(token_program: Pubkey) {
    let mut svm = Svm::start(Backend::Native, &program(transfer)).await;
    let owner = authority(&mut svm).await;
    let [mint, source, destination] = [2, 3, 4].map(keypair);
    let (mint_rent, token_rent) = (svm.rent_exempt_minimum(82), svm.rent_exempt_minimum(165));
    let create = |new: &Keypair, rent, len| {
        create_account(&owner.pubkey(), &new.pubkey(), rent, len, &token_program)
    };
    let initialize_account = |new: &Keypair| {
        token::initialize_account3(
            &token_program,
            &new.pubkey(),
            &mint.pubkey(),
            &owner.pubkey(),
        )
    };
    let instructions = [
        Ok(create(&mint, mint_rent, 82)),
        token::initialize_mint2(&token_program, &mint.pubkey(), &owner.pubkey(), None, 0),
        Ok(create(&source, token_rent, 165)),
        initialize_account(&source),
        Ok(create(&destination, token_rent, 165)),
        initialize_account(&destination),
        token::mint_to(
            &token_program,
            &mint.pubkey(),
            &source.pubkey(),
            &owner.pubkey(),
            &[],
            10,
        ),
    ]
    .map(|instruction| instruction.expect("the token program's own instruction"));
    svm.send(&instructions, &[&owner, &mint, &source, &destination])
        .await
        .expect_ok();

    let by_cpi = Instruction {
        program_id: PROGRAM,
        accounts: vec![
            AccountMeta::new(source.pubkey(), false),
            AccountMeta::new_readonly(mint.pubkey(), false),
            AccountMeta::new(destination.pubkey(), false),
            AccountMeta::new_readonly(owner.pubkey(), true),
            AccountMeta::new_readonly(token_program, false),
        ],
        data: Vec::new(),
    };
    svm.send(&[by_cpi], &[&owner]).await.expect_ok();

    for (holder, amount) in [(source, 7u64), (destination, 3)] {
        let account = svm.account(holder.pubkey()).await.expect("a token account");
        // A token account's amount follows its mint and its owner.
        assert_eq!(account.data[64..72], amount.to_le_bytes());
    }
}

/// Passes its instruction on to release 1.
fn pass_on(_: &Pubkey, accounts: &[AccountInfo], data: &[u8]) -> ProgramResult {
    let [config, authority, _app] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    let instruction = Instruction {
        program_id: app_v1::ID,
        accounts: vec![
            AccountMeta::new(*config.key, false),
            AccountMeta::new_readonly(*authority.key, true),
        ],
        data: data.to_vec(),
    };
    invoke(&instruction, accounts)
}

#[test]
fn a_native_program_calls_another() {
    block_on(async {
        let mut svm = Svm::start(Backend::Native, &app()).await;
        svm.deploy(&program(pass_on)).await;
        let authority = authority(&mut svm).await;
        svm.send(&[initialize(&authority, 7)], &[&authority])
            .await
            .expect_ok();
        let through_proxy = |signer: &Keypair| {
            let mut update = update(config_of(&authority), signer, 8);
            update.program_id = PROGRAM;
            update
                .accounts
                .push(AccountMeta::new_readonly(app_v1::ID, false));
            update
        };

        let stranger = keypair(2);
        let rejected = svm.send(&[through_proxy(&stranger)], &[&stranger]).await;
        assert_eq!(
            rejected.custom_error(),
            Some(ErrorCode::ConstraintSeeds.into())
        );
        assert_eq!(config(&mut svm, &authority).await.value, 7);

        svm.send(&[through_proxy(&authority)], &[&authority])
            .await
            .expect_ok();
        assert_eq!(config(&mut svm, &authority).await.value, 8);
    });
}
