//! A run stops at its limits, and where the payer has no more.

use {
    crate::{
        scene::{NOW, SINCE, Scene},
        support::SLOT_TIME,
    },
    demo::key::key,
    localnet::Configs,
    svm_harness::Signer,
};

const CONFIGS: Configs = Configs {
    seed: 5,
    before_rent_fell: 0,
    since_rent_fell: 100,
};
/// Lamports of a full transaction: two signatures, and the rent of 25 configs.
const TRANSACTION: u64 = 10_000 + 25 * (NOW - SINCE);
/// Lamports that the payer's own account must keep.
const OWN: u64 = 128 * 5_080;

#[test]
fn limits() {
    let scene = Scene::new(&CONFIGS, SLOT_TIME);
    max_lamports(&scene);
    max_accounts(&scene);
    poor_payer(&scene);
}

fn max_lamports(scene: &Scene) {
    scene.fleet("plan").ends(0);
    let funds = scene.funds();
    let max = TRANSACTION - 1;
    let run = scene.fleet("run").with("--max-lamports", max.to_string());
    let printed = run.ends(1);
    let stopped = format!(
        "\n✗ Stopped: the next transaction costs up to {TRANSACTION} lamports, and {max} are left of \
         --max-lamports {max}: raise it\n"
    );
    assert!(printed.out.contains(&stopped), "{}", printed.out);
    assert_eq!((scene.migrated(), scene.funds()), (0, funds));

    let max = TRANSACTION;
    let run = scene
        .fleet("resume")
        .with("--max-lamports", max.to_string());
    let printed = run.ends(1);
    let stopped = format!(
        "\n✗ Stopped: the next transaction costs up to {TRANSACTION} lamports, and 0 are left of \
         --max-lamports {max}: raise it\n"
    );
    assert!(printed.out.contains(&stopped), "{}", printed.out);
    assert_eq!((scene.migrated(), scene.funds()), (25, funds - TRANSACTION));
}

fn max_accounts(scene: &Scene) {
    for (max, migrated) in [("5", 30), ("20", 50)] {
        let printed = scene.fleet("resume").with("--max-accounts", max).ends(1);
        let stopped = format!(
            "\n✗ Stopped: {max} accounts were taken up, as many as this run may: go on with `fleet \
             resume`\n"
        );
        assert!(printed.out.contains(&stopped), "{}", printed.out);
        assert_eq!(scene.migrated(), migrated);
    }
}

/// 50 accounts are left.
fn poor_payer(scene: &Scene) {
    let poor = key("poor");
    scene.write_key("poor.json", &poor);
    let fleet = |subcommand| {
        scene
            .fleet(subcommand)
            .with("--payer", scene.path("poor.json"))
            .with("--journal", scene.path("poor.db"))
    };
    let printed = fleet("plan").ends(1);
    let problem = format!(
        "\nTo be mended before a run\n  the payer {} has 0 lamports and needs 12,862,240: send it \
         12,862,240 lamports\n\nAccounts\n",
        poor.pubkey()
    );
    assert_eq!(2 * TRANSACTION + OWN, 12_862_240);
    assert!(printed.out.contains(&problem), "{}", printed.out);

    let before = scene.spent();
    let stopped = |balance: u64, transaction: u64| {
        format!(
            "\n✗ Stopped: the payer has {balance} lamports, and the next transaction takes up to {} \
             with the payer's own rent: fund it\n",
            transaction + OWN
        )
    };
    let printed = fleet("run").with("--canary", "3").ends(1);
    let three = 10_000 + 3 * (NOW - SINCE);
    assert!(printed.out.contains(&stopped(0, three)), "{}", printed.out);
    let canaries =
        "\n0 of 3 canaries are migrated: the report says why; go on with `fleet resume`\n";
    assert!(printed.out.ends_with(canaries), "{}", printed.out);
    assert_eq!(scene.spent(), before);

    let fund = |lamports| {
        let funded = scene.rpc.request_airdrop(&poor.pubkey(), lamports);
        funded.expect("an airdrop");
    };
    fund(TRANSACTION + OWN);
    let printed = fleet("resume").ends(1);
    assert!(
        printed.out.contains(&stopped(OWN, TRANSACTION)),
        "{}",
        printed.out
    );
    assert_eq!(scene.migrated(), 75);

    fund(TRANSACTION);
    fleet("resume").ends(0);
    assert_eq!(scene.migrated(), 100);
    assert_eq!(scene.rpc.get_balance(&poor.pubkey()).unwrap(), OWN);
}
