//! The table in README.md is what really happens, the same on both backends.

use {
    integration::matrix,
    svm_harness::Backend,
    testkit::{documented::assert_section, release::in_workspace},
};

#[tokio::test]
async fn readme_shows_what_happens() {
    let table = matrix::run(Backend::Native).await;
    assert_eq!(table, matrix::run(Backend::Loader).await);
    assert_section(&in_workspace("README.md"), "matrix", &table);
}
