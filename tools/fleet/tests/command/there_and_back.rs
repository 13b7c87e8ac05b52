//! From the plan to the last check, and back again.

use {
    crate::{
        scene::{BEFORE, NOW, SINCE, Scene},
        support::SLOT_TIME,
    },
    fleet::report::{PlanReport, RunReport, VerifyReport},
    localnet::Configs,
    serde::de::DeserializeOwned,
    std::fs,
    svm_harness::Signer,
};

const CONFIGS: Configs = Configs {
    seed: 3,
    before_rent_fell: 20,
    since_rent_fell: 40,
};
/// Lamports that a config lacks that was made since rent fell.
const LACK: u64 = NOW - SINCE;
/// Two signatures.
const FEE: u64 = 10_000;
/// Transactions with at most 25 configs each.
const TRANSACTIONS: u64 = 3;

#[test]
fn there_and_back() {
    let scene = Scene::new(&CONFIGS, SLOT_TIME);
    let before = scene.data();
    let funds = scene.funds();
    plan(&scene);
    dry_run(&scene);
    assert_eq!(scene.funds(), funds);
    canary(&scene);
    resume(&scene, funds);
    roll_back(&scene, &before);
}

fn plan(scene: &Scene) {
    let before = scene.spent();
    let page = scene.path("plan.html");
    let markdown = scene.path("plan.md");
    let authority = scene.localnet.upgrade_authority().pubkey();
    // Nothing is signed, so addresses will do.
    let plan = scene
        .fleet("plan")
        .with("--authority", authority.to_string())
        .with("--payer", scene.payer.pubkey().to_string())
        .with("--json", scene.path("plan.json"))
        .with("--markdown", &markdown)
        .with("--html", &page);
    let printed = plan.ends(0);
    assert_eq!(scene.spent(), before);
    let report: PlanReport = read(scene, "plan.json");
    assert_eq!(printed.out, report.text());
    assert_eq!(printed.err, "");
    assert_eq!(fs::read_to_string(markdown).unwrap(), report.markdown());
    let page = fs::read_to_string(page).unwrap();
    let title = "<title>Plan: 60 accounts from ConfigV1 to ConfigV2</title>";
    assert!(page.contains(title), "{page}");

    assert_eq!((report.from.accounts, report.to.accounts), (60, 0));
    assert_eq!((report.rent.short, report.rent.top_up), (40, 40 * LACK));
    assert_eq!(report.rent.surplus, 20 * (BEFORE - NOW));
    assert_eq!(report.cost(), 40 * LACK + TRANSACTIONS * FEE);
}

fn dry_run(scene: &Scene) {
    let before = scene.spent();
    let printed = scene.fleet("run").with("--dry-run", "").ends(0);
    assert_eq!(scene.spent(), before);
    let (counts, rest) = printed.out.split_once(" of up to ").unwrap();
    assert_eq!(
        counts,
        format!("60 accounts in {TRANSACTIONS} transactions")
    );
    let (_, costs) = rest.split_once(" compute units, ").unwrap();
    let lamports = 40 * LACK + TRANSACTIONS * FEE;
    assert_eq!(
        costs,
        format!("for {lamports} lamports; nothing was sent\n")
    );
    assert_eq!(printed.err, "");
}

fn canary(scene: &Scene) {
    let printed = scene.fleet("run").with("--canary", "7").ends(0);
    assert_eq!(scene.migrated(), 7);
    assert!(
        printed.out.ends_with(
            "\ncanaries: 7 checked, 7 equal their snapshot, 0 were changed by their users since\n\
             the canaries are sound: go on with `fleet resume`\n"
        ),
        "{}",
        printed.out
    );

    // The others are left in the old layout.
    let verify = scene.fleet("verify").with("--json", scene.path("v.json"));
    let printed = verify.ends(1);
    let report: VerifyReport = read(scene, "v.json");
    assert_eq!(printed.out, report.text());
    assert_eq!(report.accounts.equal, 7);
    let left: Vec<u64> = report
        .left_over
        .iter()
        .map(|it| it.accounts.count)
        .collect();
    assert_eq!(left, [53, 53]);
}

fn resume(scene: &Scene, funds: u64) {
    let resume = scene.fleet("resume").with("--json", scene.path("r.json"));
    let printed = resume.ends(0);
    let report: RunReport = read(scene, "r.json");
    assert_eq!(printed.out, report.text());
    assert_eq!((report.accounts.migrated, report.accounts.pending), (60, 0));
    let mut expected = vec![(BEFORE, 96); 20];
    expected.resize(60, (NOW, 96));
    assert_eq!(scene.configs(), expected);
    let spent = report.lamports.fees + report.lamports.top_up;
    assert_eq!(report.lamports.top_up, 40 * LACK);
    assert_eq!(scene.funds(), funds - spent);
    scene.fleet("verify").ends(0);
}

fn roll_back(scene: &Scene, before: &[Vec<u8>]) {
    let lamports = |scene: &Scene| scene.configs().into_iter().map(|(lamports, _)| lamports);
    let after: Vec<u64> = lamports(scene).collect();
    let journal = scene.path("rollback.db");
    let rollback = scene.fleet("rollback").with("--journal", &journal);
    let printed = rollback.ends(0);
    let plan = "Plan: 60 accounts from ConfigV2 to ConfigV1\n";
    assert!(printed.out.starts_with(plan), "{}", printed.out);
    let done = "\nRun: 60 accounts from ConfigV2 to ConfigV1\n✓ Every account is rolled back.\n";
    assert!(printed.out.contains(done), "{}", printed.out);
    assert_eq!(scene.data(), before);
    // What the rent of the new layout added stays for the next migration.
    assert_eq!(lamports(scene).collect::<Vec<_>>(), after);
    scene.fleet("verify").with("--journal", &journal).ends(0);
}

fn read<T: DeserializeOwned>(scene: &Scene, file: &str) -> T {
    let json = fs::read(scene.path(file)).expect("a report");
    serde_json::from_slice(&json).expect("a report")
}
