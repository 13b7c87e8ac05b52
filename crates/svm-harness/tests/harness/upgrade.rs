//! One release takes another's place; accounts stay.

use {
    crate::common::{app, authority, config, config_of, initialize, keypair, update},
    anchor_lang::{error::ErrorCode, solana_program::program_error::ProgramError},
    solana_account::ReadableAccount,
    std::{
        fs,
        path::{Path, PathBuf},
        str::from_utf8,
        sync::LazyLock,
    },
    svm_harness::{Backend, Instruction, Program, Svm},
};

svm_harness::on_both_backends!(
    an_upgrade_replaces_the_code_and_keeps_accounts,
    a_further_program_is_deployed,
);

/// A program that is not the app and smaller: the memo program the runtime brings with it, which
/// takes every UTF-8 string as an instruction.
fn memo() -> Program {
    // Tests run at once: one of them writes the file, none reads half of it.
    static ELF: LazyLock<PathBuf> = LazyLock::new(write_memo);
    Program {
        id: app_v1::ID,
        name: "memo".to_owned(),
        native: Some(|_, _, data| match from_utf8(data) {
            Ok(_) => Ok(()),
            Err(_) => Err(ProgramError::InvalidInstructionData),
        }),
        elf: ELF.clone(),
    }
}

fn write_memo() -> PathBuf {
    let id = "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr"
        .parse()
        .expect("an address");
    let (_, account) = solana_program_binaries::spl_programs(&Default::default())
        .into_iter()
        .find(|(address, _)| *address == id)
        .expect("it is bundled");
    let elf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("memo.so");
    fs::write(&elf, account.data()).expect("cargo made the directory");
    elf
}

fn say_hello(program: &Program) -> Instruction {
    Instruction::new_with_bytes(program.id, b"hello there", Vec::new())
}

async fn an_upgrade_replaces_the_code_and_keeps_accounts(backend: Backend) {
    let mut svm = Svm::start(backend, &memo()).await;
    svm.send(&[say_hello(&memo())], &[]).await.expect_ok();

    svm.upgrade(&app()).await;
    let rejected = svm.send(&[say_hello(&app())], &[]).await;
    assert_eq!(
        rejected.custom_error(),
        Some(ErrorCode::InstructionFallbackNotFound.into())
    );
    let authority = authority(&mut svm).await;
    svm.send(&[initialize(&authority, 7)], &[&authority])
        .await
        .expect_ok();

    svm.upgrade(&memo()).await;
    svm.send(&[say_hello(&memo())], &[]).await.expect_ok();
    assert_eq!(config(&mut svm, &authority).await.value, 7);

    svm.upgrade(&app()).await;
    let eight = update(config_of(&authority), &authority, 8);
    svm.send(&[eight], &[&authority]).await.expect_ok();
    assert_eq!(config(&mut svm, &authority).await.value, 8);
}

async fn a_further_program_is_deployed(backend: Backend) {
    let mut svm = Svm::start(backend, &app()).await;
    let other = Program {
        id: config_of(&keypair(5)),
        ..memo()
    };
    svm.deploy(&other).await;
    svm.send(&[say_hello(&other)], &[]).await.expect_ok();
}
