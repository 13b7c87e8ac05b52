//! Release 1 of the program as the harness's own guinea pig.

use {
    anchor_lang::{AccountDeserialize, InstructionData, ToAccountMetas, system_program},
    std::path::Path,
    svm_harness::{Instruction, Keypair, Program, Pubkey, Signer, Svm, native_program},
};

/// Lamports a test's authority starts with.
pub const FUNDS: u64 = 1_000_000_000;

pub fn app() -> Program {
    Program {
        id: app_v1::ID,
        name: "app, release 1".to_owned(),
        native: Some(native_program!(app_v1::entry)),
        elf: Path::new(env!("CARGO_MANIFEST_DIR")).join("../../releases/v1/app.so"),
    }
}

pub fn keypair(seed: u8) -> Keypair {
    Keypair::new_from_array([seed; 32])
}

pub fn config_of(authority: &Keypair) -> Pubkey {
    let authority = authority.pubkey();
    Pubkey::find_program_address(&[app_v1::CONFIG_SEED, authority.as_ref()], &app_v1::ID).0
}

/// A funded authority.
pub async fn authority(svm: &mut Svm) -> Keypair {
    let authority = keypair(1);
    svm.fund(authority.pubkey(), FUNDS).await;
    authority
}

pub async fn config(svm: &mut Svm, authority: &Keypair) -> app_v1::ConfigV1 {
    let account = svm.account(config_of(authority)).await.expect("a config");
    assert_eq!(account.owner, app_v1::ID);
    app_v1::ConfigV1::try_deserialize(&mut account.data.as_slice()).expect("a ConfigV1")
}

pub fn initialize(authority: &Keypair, value: u64) -> Instruction {
    Instruction {
        program_id: app_v1::ID,
        accounts: app_v1::accounts::Initialize {
            config: config_of(authority),
            authority: authority.pubkey(),
            system_program: system_program::ID,
        }
        .to_account_metas(None),
        data: app_v1::instruction::Initialize { value }.data(),
    }
}

/// An update of `config` that `authority` signs, whether or not it is its authority.
pub fn update(config: Pubkey, authority: &Keypair, value: u64) -> Instruction {
    Instruction {
        program_id: app_v1::ID,
        accounts: app_v1::accounts::Update {
            config,
            authority: authority.pubkey(),
        }
        .to_account_metas(None),
        data: app_v1::instruction::Update { value }.data(),
    }
}

pub fn close(authority: &Keypair) -> Instruction {
    Instruction {
        program_id: app_v1::ID,
        accounts: app_v1::accounts::Close {
            config: config_of(authority),
            authority: authority.pubkey(),
        }
        .to_account_metas(None),
        data: app_v1::instruction::Close {}.data(),
    }
}
