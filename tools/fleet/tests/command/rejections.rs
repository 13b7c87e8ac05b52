//! What cannot be done is reported, with what to do, before anything is sent.

use {
    crate::{scene::Scene, support::SLOT_TIME},
    demo::{MANIFEST, key::key, releases::program_id},
    localnet::Configs,
    std::fs,
    svm_harness::Signer,
};

const CONFIGS: Configs = Configs {
    seed: 1,
    before_rent_fell: 10,
    since_rent_fell: 10,
};

#[test]
fn what_cannot_be_done_is_reported() {
    let scene = Scene::new(&CONFIGS, SLOT_TIME);
    files(&scene);
    keys(&scene);
    manifests(&scene);
    programs(&scene);
    scene.fleet("plan").ends(0);
    plans_of_others(&scene);
    runs_twice(&scene);
}

fn files(scene: &Scene) {
    let journal = scene.path("fleet.db").display().to_string();
    for subcommand in ["run", "resume", "verify"] {
        scene.rejects(
            &scene.fleet(subcommand),
            &format!("journal {journal}: there is no such file: `fleet plan` makes one"),
        );
    }
    let plan = scene.fleet("plan");
    scene.rejects(
        &plan.clone().with("--manifest", "nothing.toml"),
        "cannot read the manifest nothing.toml: No such file or directory (os error 2)",
    );
    scene.rejects(
        &plan.clone().with("--idl", "nothing.json"),
        "cannot read the IDL nothing.json: `anchor build` makes one: No such file or directory (os error 2)",
    );
    scene.rejects(
        &plan.with("--idl", "README.md"),
        "the IDL cannot be read: `anchor build` makes one: README.md:1:1: expected value",
    );
    scene.rejects(
        &scene.fleet("run").with("--journal", "README.md"),
        "journal README.md: the file is no journal of fleet: name another one",
    );
}

fn keys(scene: &Scene) {
    let plan = scene.fleet("plan");
    for option in ["--authority", "--payer"] {
        scene.rejects(
            &plan.clone().with(option, "README.md"),
            &format!(
                "{option} README.md: this is neither a key file nor an address; give a file that \
                 `solana-keygen` made, or the address of its key"
            ),
        );
    }
    let run = scene.fleet("run");
    scene.rejects(
        &run.clone().with("--authority", "README.md"),
        "README.md: this is no key file (Input must be a JSON array); --authority takes a file that \
         `solana-keygen` made, which holds 64 numbers",
    );
    scene.rejects(
        &run.with("--payer", "nothing.json"),
        "nothing.json: there is no such key file; name that of your payer with --payer, or make one \
         with `solana-keygen new --outfile PATH`",
    );
    let program = program_id();
    let [right, wrong] = [
        scene.localnet.upgrade_authority().pubkey(),
        scene.payer.pubkey(),
    ];
    scene.rejects(
        &plan.with("--authority", scene.path("payer.json")),
        &format!(
            "nothing was sent: the upgrade authority of {program} is {right}, and --authority is \
             {wrong}: take the key of {right}"
        ),
    );
}

fn manifests(scene: &Scene) {
    let unfit = [
        (
            MANIFEST.replace("to = \"ConfigV2\"", "to = \"ConfigV3\""),
            "the IDL has no account type `ConfigV3`; it has `ConfigV1`, `ConfigV2`",
        ),
        (
            MANIFEST.replace(", payer = \"payer\"", ""),
            "accounts.payer is missing: `migrate_many` takes it; it may be \"authority\" or \"payer\"",
        ),
        (
            MANIFEST.replace("args = { max_top_up = \"top_up\" }", ""),
            "args.max_top_up is missing: it is of type u64",
        ),
    ];
    let path = scene.path("manifest.toml");
    let plan = scene.fleet("plan").with("--manifest", &path);
    let path = path.display();
    for (unfit, defect) in unfit {
        assert_ne!(unfit, MANIFEST);
        fs::write(scene.path("manifest.toml"), unfit).expect("a manifest");
        scene.rejects(
            &plan,
            &format!(
                "{path}: [fleet.ConfigV1.migrate] of the manifest does not fit the IDL of `app`:\n- {defect}"
            ),
        );
    }
    scene.rejects(
        &plan.with("--from", "ConfigV0"),
        &format!(
            "{path}: the manifest cannot be used: it declares no migration from `ConfigV0`; those that it \
             declares are from `ConfigV1`"
        ),
    );
}

fn programs(scene: &Scene) {
    let idl = fs::read_to_string(demo::path("v2/app.json")).expect("the IDL");
    let nowhere = key("nowhere").pubkey();
    for (address, message) in [
        (
            nowhere,
            format!(
                "no program is deployed at {nowhere} on this cluster: deploy the release that migrates, \
                 or name another cluster with --url"
            ),
        ),
        (
            scene.payer.pubkey(),
            format!(
                "{} is an account, but no program that can be called: see whether the IDL has the \
                 address of your program",
                scene.payer.pubkey()
            ),
        ),
    ] {
        let elsewhere = idl.replace(&program_id().to_string(), &address.to_string());
        fs::write(scene.path("app.json"), elsewhere).expect("an IDL");
        scene.rejects(
            &scene.fleet("plan").with("--idl", scene.path("app.json")),
            &format!("nothing was sent: {message}"),
        );
    }
}

fn plans_of_others(scene: &Scene) {
    let journal = scene.path("fleet.db").display().to_string();
    scene.rejects(
        &scene.fleet("plan"),
        &format!(
            "nothing was sent: journal {journal}: the file exists: `fleet resume` goes on with it; a \
             new plan needs a new file"
        ),
    );
    let [authority, payer] = [
        scene.localnet.upgrade_authority().pubkey(),
        scene.payer.pubkey(),
    ];
    for (option, role, file, planned, given) in [
        ("--authority", "authority", "payer.json", authority, payer),
        ("--payer", "payer", "authority.json", payer, authority),
    ] {
        for subcommand in ["run", "resume"] {
            scene.rejects(
                &scene.fleet(subcommand).with(option, scene.path(file)),
                &format!(
                    "the plan was made for the {role} {planned}, and {option} is {given}: take the key of \
                     {planned}, or plan again with a new --journal"
                ),
            );
        }
    }
    fs::write(scene.path("manifest.toml"), format!("{MANIFEST}\n")).expect("a manifest");
    for subcommand in ["run", "resume", "verify"] {
        scene.rejects(
            &scene
                .fleet(subcommand)
                .with("--manifest", scene.path("manifest.toml")),
            &format!(
                "the manifest or the IDL is not the one that {journal} was planned with: take the files \
                 as they were then, or plan again with a new --journal"
            ),
        );
    }
    scene.rejects(
        &scene.fleet("rollback"),
        &format!("{journal} is the journal of a migration: name another with --journal"),
    );
}

fn runs_twice(scene: &Scene) {
    scene.fleet("run").ends(0);
    scene.rejects(
        &scene.fleet("run"),
        &format!(
            "{} was run already: go on with `fleet resume`",
            scene.path("fleet.db").display()
        ),
    );
}
