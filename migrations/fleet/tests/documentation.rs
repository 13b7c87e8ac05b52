//! What the pages show is what there is.

use {
    std::fs,
    testkit::{documented::assert_section, release::in_workspace},
};

#[test]
fn the_runbook_shows_the_manifest() {
    let manifest = fs::read_to_string(in_workspace("migrations/config-v1-to-v2.toml")).unwrap();
    assert_section(
        &in_workspace("docs/fleet.md"),
        "manifest",
        &format!("```toml\n{manifest}```\n"),
    );
}
