//! The demo's two releases are compatible, and README.md shows what the command prints of them.

use {
    assert_cmd::Command,
    std::{env, fs},
};

const CRATE: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn readme_shows_what_the_command_prints_of_the_two_releases() {
    let checked = Command::cargo_bin("idl-compat")
        .unwrap()
        .current_dir(format!("{CRATE}/../fixtures/demo"))
        .args(["check", "v1/app.json", "v2/app.json"])
        .args(["--elf", "v2/app.so"])
        .args(["--migrations", "config-v1-to-v2.toml"])
        .assert()
        .success();
    let printed = String::from_utf8(checked.get_output().stdout.clone()).unwrap();

    let path = format!("{CRATE}/README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let section = || {
        let (before, rest) = readme.split_once("<!-- idl-compat: ")?;
        let (command, rest) = rest.split_once("```text\n")?;
        let (shown, after) = rest.split_once("```\n<!-- /idl-compat -->")?;
        Some((before, command, shown, after))
    };
    let (before, command, shown, after) = section().expect("README.md has the marks of idl-compat");
    if env::var_os("UPDATE_DOCS").is_some() {
        let text = format!(
            "{before}<!-- idl-compat: {command}```text\n{printed}```\n<!-- /idl-compat -->{after}"
        );
        fs::write(path, text).unwrap();
    } else {
        assert_eq!(shown, printed, "UPDATE_DOCS=1 writes README.md");
    }
}
