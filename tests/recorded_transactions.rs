//! Instructions that release-1 clients sent, byte for byte, replayed on release 2. They are frozen
//! with release 1; a fork that freezes its own records them with
//! `REFREEZE=1 cargo test -p integration --test recorded_transactions`.

use {
    integration::scene::Scene,
    support::{client_v1, workspace::in_workspace},
    svm_harness::{Backend, Instruction, Signer, on_both_backends},
};

on_both_backends!(recorded_instructions_work_on_release_2);

/// What the release-1 client sends, one line per instruction: its name, then the account flags
/// (s = signer, w = writable) and the data in hexadecimal.
fn recording() -> String {
    let authority = integration::scene::authority().pubkey();
    let mut lines = String::new();
    for (name, instruction) in [
        ("initialize", client_v1::initialize(&authority, 7)),
        ("update", client_v1::update(&authority, u64::MAX)),
        ("close", client_v1::close(&authority)),
    ] {
        let accounts: Vec<String> = instruction
            .accounts
            .iter()
            .map(|meta| {
                let signer = if meta.is_signer { "s" } else { "-" };
                let writable = if meta.is_writable { "w" } else { "-" };
                format!("{}:{signer}{writable}", meta.pubkey)
            })
            .collect();
        let data: String = instruction
            .data
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        lines.push_str(&format!("{name} {} {data}\n", accounts.join(",")));
    }
    lines
}

fn replay(line: &str) -> Instruction {
    let mut words = line.split(' ').skip(1);
    let accounts = words.next().expect("a line has accounts");
    let data = words.next().expect("a line has data");
    Instruction {
        program_id: app::ID,
        accounts: accounts
            .split(',')
            .map(|account| {
                let (address, flags) = account.split_once(':').expect("an account has flags");
                anchor_lang::prelude::AccountMeta {
                    pubkey: address.parse().expect("an account has an address"),
                    is_signer: flags.starts_with('s'),
                    is_writable: flags.ends_with('w'),
                }
            })
            .collect(),
        data: (0..data.len())
            .step_by(2)
            .map(|i| u8::from_str_radix(&data[i..i + 2], 16).expect("data is hexadecimal"))
            .collect(),
    }
}

#[test]
fn the_release_1_client_still_sends_what_was_recorded() {
    let path = in_workspace("releases/v1/instructions.txt");
    if std::env::var_os("REFREEZE").is_some() {
        std::fs::write(&path, recording()).expect("the recording is writable");
    }
    let recorded = std::fs::read_to_string(path).expect("the recording is readable");
    assert_eq!(recording(), recorded);
}

async fn recorded_instructions_work_on_release_2(backend: Backend) {
    let path = in_workspace("releases/v1/instructions.txt");
    let recorded = std::fs::read_to_string(path).expect("the recording is readable");
    let mut lines = recorded.lines();
    let mut next = || replay(lines.next().expect("the recording has three lines"));
    let (initialize, update, close) = (next(), next(), next());

    let mut scene = Scene::without_account(backend).await;
    let authority = scene.authority.insecure_clone();
    scene
        .svm
        .send(&[initialize], &[&authority])
        .await
        .expect_ok();
    assert_eq!(scene.read_v1().await.value, 7);
    scene
        .svm
        .send(std::slice::from_ref(&update), &[&authority])
        .await
        .expect_ok();
    assert_eq!(scene.read_v1().await.value, u64::MAX);
    scene.migrate().await;
    scene.svm.send(&[update], &[&authority]).await.expect_ok();
    let config = scene.read_v2().await;
    assert_eq!((config.value, config.revision), (u64::MAX, 1));
    scene.svm.send(&[close], &[&authority]).await.expect_ok();
    assert_eq!(scene.svm.account(scene.config).await, None);
}
