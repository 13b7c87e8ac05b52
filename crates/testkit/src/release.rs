use {
    std::path::{Path, PathBuf},
    svm_harness::{Program, native_program},
};

/// Release 1, frozen.
pub fn release_1() -> Program {
    Program {
        id: app_v1::ID,
        name: "app, release 1",
        native: native_program!(app_v1::entry),
        elf: in_workspace("releases/v1/app.so"),
    }
}

/// Release 2: what `anchor build` made last, or else the artefact in the repository.
pub fn release_2() -> Program {
    let built = in_workspace("target/deploy/app.so");
    Program {
        elf: if built.exists() {
            built
        } else {
            released_elf()
        },
        ..release_2_as_released()
    }
}

/// Release 2, always the artefact in the repository: figures come from it.
pub fn release_2_as_released() -> Program {
    Program {
        id: app::ID,
        name: "app, release 2",
        native: native_program!(app::entry),
        elf: released_elf(),
    }
}

fn released_elf() -> PathBuf {
    in_workspace("releases/v2/app.so")
}

/// A path in this workspace.
pub fn in_workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}
