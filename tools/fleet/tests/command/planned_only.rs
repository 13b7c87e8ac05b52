//! The payer pays for what was planned, once, and for nothing else.

use {
    crate::{
        scene::{NOW, SINCE, Scene},
        support::SLOT_TIME,
    },
    demo::client_v1::{close, config_address, initialize},
    fleet::report::VerifyReport,
    localnet::Configs,
    solana_transaction::Transaction,
    std::fs,
    svm_harness::{Pubkey, Signer},
};

const PLANNED: Configs = Configs {
    seed: 7,
    before_rent_fell: 0,
    since_rent_fell: 30,
};
const MADE_LATER: Configs = Configs {
    seed: 8,
    before_rent_fell: 0,
    since_rent_fell: 20,
};
/// What each round of farming would move.
const LACK: u64 = NOW - SINCE;
/// Two signatures.
const FEE: u64 = 10_000;

#[test]
fn planned_only() {
    let scene = Scene::new(&PLANNED, SLOT_TIME);
    scene.fleet("plan").ends(0);
    let made = scene.localnet.make_configs(&MADE_LATER);
    made.expect("an old client makes configs");
    runs(&scene);
    pays_once(&scene);
    is_chosen_by_the_first_run(&scene);
}

fn runs(scene: &Scene) {
    let funds = scene.funds();
    let run = scene.fleet("run").with("--planned-only", "");
    run.with("--canary", "5").ends(0);
    // It need not be told again.
    let printed = scene.fleet("resume").ends(0);
    let done = "\n✓ Every planned account is migrated.\n";
    assert!(printed.out.contains(done), "{}", printed.out);
    assert_eq!(scene.migrated(), PLANNED.count());
    let spent = PLANNED.count() as u64 * LACK + 2 * FEE;
    assert_eq!(scene.funds(), funds - spent);
    assert_eq!(later(scene), vec![(SINCE, 48); MADE_LATER.count()]);
}

fn pays_once(scene: &Scene) {
    make_anew(scene, 0);
    let before = scene.spent();
    let resume = scene.fleet("resume").with("--planned-only", "");
    resume.ends(0);
    assert_eq!(scene.spent(), before);

    let verify = scene.fleet("verify").with("--json", scene.path("v.json"));
    let printed = verify.ends(0);
    let report = fs::read(scene.path("v.json")).expect("a report");
    let report: VerifyReport = serde_json::from_slice(&report).expect("a report");
    for listing in &report.left_over {
        assert_eq!((listing.accounts.count, listing.others.count), (0, 21));
    }
    assert_eq!(report.accounts.changed.count, 1);
    let found = "0 left, 21 not of the plan\n";
    assert!(printed.out.contains(found), "{}", printed.out);
    let title = "\nNot of the plan: their owners can migrate them\n";
    assert!(printed.out.contains(title), "{}", printed.out);
}

fn is_chosen_by_the_first_run(scene: &Scene) {
    let funds = scene.funds();
    let journal = scene.path("all.db");
    let fleet = |subcommand| scene.fleet(subcommand).with("--journal", &journal);
    fleet("plan").ends(0);
    fleet("run").ends(0);
    assert_eq!(scene.funds(), funds - 21 * LACK - FEE);
    scene.rejects(
        &fleet("resume").with("--planned-only", ""),
        &format!(
            "{} was run without --planned-only and may hold accounts that were made after the plan: \
             resume without it, or plan again with a new --journal",
            journal.display()
        ),
    );
}

/// Lamports and length of each config that was made after the plan.
fn later(scene: &Scene) -> Vec<(u64, usize)> {
    let addresses: Vec<Pubkey> = (0..MADE_LATER.count())
        .map(|index| config_address(&MADE_LATER.authority(index).pubkey()))
        .collect();
    let accounts = scene.rpc.get_multiple_accounts(&addresses);
    let accounts = accounts.expect("accounts").into_iter().flatten();
    accounts
        .map(|account| (account.lamports, account.data.len()))
        .collect()
}

/// A planned config is closed, which pays out its rent, and made anew.
fn make_anew(scene: &Scene, index: usize) {
    let authority = PLANNED.authority(index);
    let key = authority.pubkey();
    let transaction = Transaction::new_signed_with_payer(
        &[close(&key), initialize(&key, 1)],
        Some(&key),
        &[&authority],
        scene.rpc.get_latest_blockhash().expect("a blockhash"),
    );
    let sent = scene.rpc.send_and_confirm_transaction(&transaction);
    sent.expect("the owner may");
    assert_eq!(scene.configs()[index], (SINCE, 48));
}
