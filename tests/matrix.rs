//! The table in README.md is what really happens, the same on both backends.

use {integration::matrix, svm_harness::Backend, testkit::release::in_workspace};

const BEGIN: &str =
    "<!-- matrix: made by `UPDATE_DOCS=1 cargo test -p integration --test matrix` -->\n";
const END: &str = "<!-- /matrix -->";

#[tokio::test]
async fn readme_shows_what_happens() {
    let table = matrix::run(Backend::Native).await;
    assert_eq!(table, matrix::run(Backend::Loader).await);

    let path = in_workspace("README.md");
    let readme = std::fs::read_to_string(&path).expect("README.md is readable");
    let (before, rest) = readme
        .split_once(BEGIN)
        .expect("README.md has the matrix's first mark");
    let (found, after) = rest
        .split_once(END)
        .expect("README.md has the matrix's last mark");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}"))
            .expect("README.md is writable");
    } else {
        assert_eq!(found, table);
    }
}
