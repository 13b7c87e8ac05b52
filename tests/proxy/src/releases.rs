//! The two programs of the proxy path, as something to deploy.

use {
    support::{last_built::last_built, workspace::in_workspace},
    svm_harness::{Program, Svm, native_program},
};

/// The migration program: what `anchor build` made last, or else the artefact in the repository.
///
/// # Panics
/// When what was built last is older than its source.
pub fn migrator() -> Program {
    last_built(migrator_as_released())
}

/// The migration program, always the artefact in the repository: figures come from it.
pub fn migrator_as_released() -> Program {
    Program {
        id: migrator::ID,
        name: "migrator".to_owned(),
        native: Some(native_program!(migrator::entry)),
        elf: in_workspace("releases/proxy/migrator.so"),
    }
}

/// The program that takes configs over; which binary as for [`migrator()`].
///
/// # Panics
/// As [`migrator()`] does.
pub fn successor() -> Program {
    last_built(successor_as_released())
}

/// The program that takes configs over, always the artefact in the repository.
pub fn successor_as_released() -> Program {
    Program {
        id: successor::ID,
        name: "successor".to_owned(),
        native: Some(native_program!(successor::entry)),
        elf: in_workspace("releases/proxy/successor.so"),
    }
}

/// Deploys the migration program and the successor.
pub async fn deploy(svm: &mut Svm) {
    svm.deploy(&migrator()).await;
    svm.deploy(&successor()).await;
}
