//! The table in docs/compatibility.md is what happens.

use {
    catalogue::table,
    svm_harness::block_on,
    testkit::{documented::assert_section, release::in_workspace},
};

#[test]
fn the_page_shows_what_happens() {
    let table = block_on(table::render()).unwrap();
    assert_section(&in_workspace("docs/compatibility.md"), "catalogue", &table);
}
