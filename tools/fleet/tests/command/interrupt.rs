//! Ctrl-C, once and twice, and a second command on the same journal.

use {
    crate::{
        scene::{Fleet, Scene, command::Printed},
        support::SLOT_TIME,
    },
    fleet::report::RunReport,
    localnet::Configs,
    std::{
        fs,
        process::{Child, Command},
        thread::sleep,
        time::Duration,
    },
};

const CONFIGS: Configs = Configs {
    seed: 6,
    before_rent_fell: 900,
    since_rent_fell: 0,
};

#[test]
fn an_interrupted_run_is_resumed() {
    let scene = Scene::new(&CONFIGS, SLOT_TIME);
    scene.fleet("plan").ends(0);
    once(&scene);
    twice(&scene);
    scene.fleet("resume").ends(0);
    assert_eq!(scene.migrated(), CONFIGS.count());
    scene.fleet("verify").ends(0);
}

fn once(scene: &Scene) {
    let fleet = slow(scene, "run").with("--json", scene.path("run.json"));
    let run = under_way(scene, &fleet);
    scene.fleet("resume").fails(&format!(
        "journal {}: another fleet command uses it: wait until it has ended, or give each worker a \
         journal of its own",
        scene.path("fleet.db").display()
    ));
    interrupt(&run);
    let ended = run.wait_with_output().expect("the command ends");
    let printed = Printed::of(ended, 1);
    let (hint, _) = printed.err.split_once('\n').expect("a line");
    assert_eq!(
        hint,
        "stopping when what was sent is final; Ctrl-C again to leave at once"
    );
    let report = fs::read(scene.path("run.json")).expect("a report");
    let report: RunReport = serde_json::from_slice(&report).expect("a report");
    assert_eq!(printed.out, report.text());
    let stopped = "\n✗ Stopped: it was interrupted: go on with `fleet resume`\n";
    assert!(printed.out.contains(stopped), "{}", printed.out);

    // Nothing is left that could still land.
    let migrated = scene.migrated();
    assert!(migrated < CONFIGS.count());
    assert_eq!(report.accounts.migrated, migrated as u64);
    let pending = CONFIGS.count() - migrated;
    assert_eq!(report.accounts.pending, pending as u64);
}

fn twice(scene: &Scene) {
    let mut run = under_way(scene, &slow(scene, "resume"));
    let status = loop {
        interrupt(&run);
        sleep(Duration::from_millis(10));
        if let Some(status) = run.try_wait().expect("a process") {
            break status;
        }
    };
    assert_eq!(status.code(), Some(130));
    assert!(scene.migrated() < CONFIGS.count());
}

/// One transaction after the other.
fn slow(scene: &Scene, subcommand: &'static str) -> Fleet {
    scene.fleet(subcommand).with("--max-in-flight", "1")
}

/// A run that has migrated something.
fn under_way(scene: &Scene, fleet: &Fleet) -> Child {
    let before = scene.migrated();
    let mut run = fleet.start();
    while scene.migrated() == before {
        assert_eq!(run.try_wait().expect("a process"), None);
        sleep(Duration::from_millis(1));
    }
    run
}

fn interrupt(run: &Child) {
    let id = run.id().to_string();
    let signalled = Command::new("kill").args(["-INT", &id]).status();
    assert!(signalled.expect("kill runs").success());
}
