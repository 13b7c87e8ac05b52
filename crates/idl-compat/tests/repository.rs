//! This repository's own releases are compatible, and README.md says so in the words of the command.

use {assert_cmd::Command, std::fs};

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

#[test]
fn readme_shows_what_the_command_says_of_the_two_releases() {
    let checked = Command::cargo_bin("idl-compat")
        .unwrap()
        .current_dir(WORKSPACE)
        .args(["check", "releases/v1/app.json", "releases/v2/app.json"])
        .args(["--elf", "releases/v2/app.so"])
        .args(["--migrations", "migrations/config-v1-to-v2.toml"])
        .assert()
        .success();
    let printed = String::from_utf8(checked.get_output().stdout.clone()).unwrap();

    let readme = fs::read_to_string(format!("{WORKSPACE}/README.md")).unwrap();
    let (_, section) = readme
        .split_once("<!-- idl-compat: ")
        .expect("a first mark");
    let (section, _) = section
        .split_once("<!-- /idl-compat -->")
        .expect("a last mark");
    let (_, shown) = section.split_once("```text\n").expect("a block");
    let (shown, _) = shown.split_once("```").expect("the block's end");

    let mut rest = printed.lines();
    for line in shown.lines() {
        assert!(
            rest.any(|printed| printed == line),
            "README.md shows, and the command does not print:\n{line}\nIt prints:\n{printed}"
        );
    }
    assert_eq!(rest.next(), None, "README.md shows the last line");
}
