//! Where the catalogue's files are.

use std::path::{Path, PathBuf};

/// The folder of the catalogue.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of a program.
pub fn program(name: &str) -> PathBuf {
    root().join("programs").join(name)
}

/// A file that was built from a program: its binary (`so`) or its IDL (`json`).
pub fn artefact(name: &str, extension: &str) -> PathBuf {
    let library = name.replace('-', "_");
    let file = root().join("artefacts").join(library);
    file.with_extension(extension)
}
