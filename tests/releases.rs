//! A further release is a folder and a line.

use {
    integration::scene::authority,
    std::{fs, path::Path},
    support::{
        client_v1,
        releases::{Releases, releases},
        workspace::in_workspace,
    },
    svm_harness::{Backend, Signer, Svm, block_on},
    tempfile::TempDir,
};

/// A copy of the releases with one more, which has the program of the newest; and the number that the
/// newest had.
fn with_a_further_release() -> (TempDir, u64) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    copy(&in_workspace("releases"), folder.path());
    let newest = Releases::read(folder.path()).newest();
    let further = newest + 1;
    let of = |number: u64| folder.path().join(format!("v{number}"));
    copy(&of(newest), &of(further));
    let table = folder.path().join("releases.json");
    let lines = fs::read_to_string(&table).expect("the table is readable");
    let line = format!(",\n  {{ \"release\": {further} }}\n]");
    let with_a_line = lines.replace("\n]", &line);
    assert_ne!(with_a_line, lines);
    fs::write(table, with_a_line).expect("the table is writable");
    (folder, newest)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the folder is readable") {
        let path = entry.expect("the folder is readable").path();
        let to = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, to).expect("the file can be copied");
        }
    }
}

#[test]
fn the_first_and_the_newest_release_have_their_source_here() {
    let releases = releases();
    assert_eq!(releases.numbers()[0], 1);
    assert!(releases.newest() > 1);
    for number in [1, releases.newest()] {
        assert!(releases.program(number).native.is_some(), "{number}");
    }
}

#[test]
fn a_further_release_is_deployed_and_called() {
    let (folder, newest) = with_a_further_release();
    let before = releases();
    let after = Releases::read(folder.path());
    let further = newest + 1;
    assert_eq!(after.numbers(), [before.numbers(), &[further]].concat());
    assert_eq!(after.newest(), further);
    let program = after.program(further);
    assert!(program.elf.starts_with(folder.path()));

    block_on(async {
        let mut svm = Svm::start(Backend::Loader, &after.program(newest)).await;
        svm.upgrade(&program).await;
        let authority = authority();
        svm.fund(authority.pubkey(), 1_000_000_000).await;
        let initialize = client_v1::initialize(&authority.pubkey(), 7);
        svm.send(&[initialize], &[&authority]).await.expect_ok();
    });
}

/// As SECURITY.md says of them. What `security_txt!` makes begins with this mark.
#[test]
fn no_binary_holds_contact_data() {
    const MARK: &[u8] = b"=======BEGIN SECURITY.TXT V1=======";
    let releases = releases();
    for number in releases.numbers() {
        let elf = fs::read(releases.program(*number).elf).expect("the binary is readable");
        let held = elf.windows(MARK.len()).any(|bytes| bytes == MARK);
        assert!(!held, "{number}: SECURITY.md says that it holds none");
    }
}

/// `programs/app` is the source of the newest release alone.
#[test]
#[should_panic(expected = "its Rust source is not here")]
fn a_release_that_is_no_longer_the_newest_has_no_source_here() {
    let (folder, newest) = with_a_further_release();
    let releases = Releases::read(folder.path());
    assert!(releases.program(newest + 1).native.is_some());
    block_on(Svm::start(Backend::Native, &releases.program(newest)));
}

#[test]
#[should_panic(expected = "there is no release ")]
fn a_folder_without_a_line_is_no_release() {
    let (folder, newest) = with_a_further_release();
    let without = in_workspace("releases/releases.json");
    fs::copy(without, folder.path().join("releases.json")).expect("the table can be copied");
    Releases::read(folder.path()).program(newest + 1);
}

#[test]
#[should_panic(expected = "the numbers of the releases do not ascend")]
fn the_numbers_of_the_releases_ascend() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let table = r#"[{ "release": 2 }, { "release": 1 }]"#;
    fs::write(folder.path().join("releases.json"), table).expect("the table is writable");
    Releases::read(folder.path());
}
