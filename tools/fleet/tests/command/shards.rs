//! Two workers at the same time, each with its part of the fleet.

use {
    crate::{
        scene::{Fleet, Scene, command::Printed},
        support::SLOT_TIME,
    },
    fleet::shard::Shard,
    localnet::Configs,
};

const CONFIGS: Configs = Configs {
    seed: 4,
    before_rent_fell: 40,
    since_rent_fell: 40,
};

#[test]
fn two_workers_migrate_all() {
    let scene = Scene::new(&CONFIGS, SLOT_TIME);
    let workers: [Worker; 2] = [
        // The second one's authority pays itself.
        Worker::new(&scene, 1, |fleet| fleet),
        Worker::new(&scene, 2, |fleet| fleet.without("--payer")),
    ];
    for worker in &workers {
        let plan = worker.fleet(&scene, "plan");
        plan.with("--shard", worker.shard.to_string()).ends(0);
    }
    let runs = workers
        .each_ref()
        .map(|worker| worker.fleet(&scene, "run").start());
    for (worker, run) in workers.iter().zip(runs) {
        let ended = run.wait_with_output().expect("the command ends");
        let printed = Printed::of(ended, 0);
        let title = format!("Run: {} accounts from ConfigV1 to ConfigV2\n", worker.part);
        assert!(printed.out.starts_with(&title), "{}", printed.out);
        let shard = format!("\nshard         {}\n", worker.shard);
        assert!(printed.out.contains(&shard), "{}", printed.out);
    }
    assert_eq!(workers[0].part + workers[1].part, CONFIGS.count());
    assert_eq!(scene.migrated(), CONFIGS.count());
    for worker in &workers {
        let fleet = scene.fleet("verify");
        fleet.with("--journal", scene.path(&worker.journal)).ends(0);
    }
}

struct Worker {
    shard: Shard,
    journal: String,
    /// How many accounts are this worker's.
    part: usize,
    keys: fn(Fleet) -> Fleet,
}

impl Worker {
    fn new(scene: &Scene, index: u32, keys: fn(Fleet) -> Fleet) -> Self {
        let shard = Shard { index, count: 2 };
        let part = scene.addresses.iter().filter(|it| shard.has(it)).count();
        Self {
            shard,
            journal: format!("{index}.db"),
            part,
            keys,
        }
    }

    fn fleet(&self, scene: &Scene, subcommand: &'static str) -> Fleet {
        let fleet = scene.fleet(subcommand);
        (self.keys)(fleet.with("--journal", scene.path(&self.journal)))
    }
}
