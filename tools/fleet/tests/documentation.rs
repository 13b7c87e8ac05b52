//! What the pages show is what there is.

use {
    demo::{MANIFEST, documented::assert_section},
    std::path::Path,
};

#[test]
fn the_runbook_shows_the_manifest() {
    assert_section(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"),
        "manifest",
        &format!("```toml\n{MANIFEST}```\n"),
    );
}
