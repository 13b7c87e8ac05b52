//! The program must be the one that was planned with.

use {
    crate::{scene::Scene, support::SLOT_TIME},
    localnet::Configs,
};

const CONFIGS: Configs = Configs {
    seed: 2,
    before_rent_fell: 5,
    since_rent_fell: 5,
};

#[test]
fn another_program_than_the_planned_one_is_not_called() {
    let mut scene = Scene::before_the_upgrade(&CONFIGS, SLOT_TIME);
    let before = scene.spent();
    let plan = scene.fleet("plan").ends(1);
    let problem = "\nTo be mended before a run\n  no simulated transaction succeeds: instruction 2: \
                   InstructionFallbackNotFound (101): Fallback functions are not supported: deploy the \
                   release that has the instruction, then plan again\n";
    assert!(plan.out.contains(problem), "{}", plan.out);
    assert!(!scene.path("fleet.db").exists());
    assert_eq!(scene.spent(), before);

    scene.upgrade();
    scene.fleet("plan").ends(0);
    scene.upgrade();
    let before = scene.spent();
    for subcommand in ["run", "resume"] {
        let rejected = scene.fleet(subcommand).ends(2);
        let (start, end) = rejected.err.split_once(" in slot ").expect("a slot");
        assert_eq!(start, "error: the program was deployed anew");
        let (slot, end) = end.split_once(", ").expect("a slot");
        assert!(slot.parse::<u64>().is_ok(), "{slot}");
        assert_eq!(
            end,
            "after the plan was made: plan again with a new journal\n"
        );
    }
    assert_eq!(scene.spent(), before);
    assert_eq!(scene.migrated(), 0);
}
