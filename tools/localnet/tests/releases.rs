//! What a folder of releases has to deploy.

use {
    demo::releases::{migrator, program_id, successor},
    localnet::Releases,
    std::{fs, path::Path},
    svm_harness::Program,
};

fn place(program: &Program) -> (String, String) {
    (program.name.clone(), program.elf.display().to_string())
}

fn elf(folder: &Path, file: &str) -> String {
    folder.join(file).display().to_string()
}

#[test]
fn without_a_table_the_newest_release_is_the_second() {
    let folder = demo::path("");
    let releases = Releases::in_folder(&folder);
    let first = releases.first().expect("release 1");
    assert_eq!(first.id, program_id());
    assert_eq!(
        place(&first),
        ("app, release 1".to_owned(), elf(&folder, "v1/app.so"))
    );
    let (number, newest) = releases.newest().expect("release 2");
    assert_eq!(number, 2);
    assert_eq!(newest.id, program_id());
    assert_eq!(
        place(&newest),
        ("app, release 2".to_owned(), elf(&folder, "v2/app.so"))
    );
    let proxy = releases.proxy().expect("both programs");
    let ids: Vec<_> = proxy.iter().map(|program| program.id).collect();
    assert_eq!(ids, [migrator().id, successor().id]);
    let names: Vec<_> = proxy.iter().map(|program| &program.name[..]).collect();
    assert_eq!(names, ["migrator", "successor"]);
}

#[test]
fn the_table_names_the_newest_release() {
    let folder = tempfile::tempdir().expect("a folder");
    let releases = Releases::in_folder(folder.path());
    for version in ["v1", "v3"] {
        fs::create_dir(folder.path().join(version)).expect("a folder");
        let idl = folder.path().join(version).join("app.json");
        fs::copy(demo::path("v2/app.json"), idl).expect("an IDL");
    }
    let table = r#"[{ "release": 1 }, { "release": 3, "profile": [] }, { "release": 2 }]"#;
    fs::write(folder.path().join("releases.json"), table).expect("a table");
    let (number, newest) = releases.newest().expect("release 3");
    assert_eq!(number, 3);
    assert_eq!(
        place(&newest),
        ("app, release 3".to_owned(), elf(folder.path(), "v3/app.so"))
    );
    assert!(releases.proxy().expect("none is needed").is_empty());
}

#[test]
fn a_folder_without_releases_is_rejected() {
    let error = Releases::in_folder(Path::new("nowhere")).first();
    assert_eq!(
        error.expect_err("there is nothing").to_string(),
        "cannot read nowhere/v1/app.json: --releases names the folder of the releases"
    );
}
