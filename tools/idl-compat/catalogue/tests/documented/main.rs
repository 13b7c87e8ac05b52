//! compatibility.md shows what happens, and `idl-compat explain` what was met.

mod section;

use {
    catalogue::{examples, folders, table},
    section::assert_section,
    std::{env, fs},
    svm_harness::block_on,
};

#[test]
fn the_page_shows_what_happens() {
    let table = block_on(table::render()).unwrap();
    assert_section(
        &folders::root().join("compatibility.md"),
        "catalogue",
        &table,
    );
}

#[test]
fn the_checker_explains_by_these_changes() {
    let examples = examples::examples().unwrap();
    let text = serde_json::to_string_pretty(&examples).unwrap() + "\n";
    let path = folders::root().join("../src/examples.json");
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path, text).unwrap();
    } else {
        let found = fs::read_to_string(path).unwrap();
        assert!(
            found == text,
            "UPDATE_DOCS=1 cargo test -p catalogue --test documented writes src/examples.json of idl-compat"
        );
    }
}
