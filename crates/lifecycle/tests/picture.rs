//! The pictures that the documentation shows are drawn from the releases' IDLs.

use {
    lifecycle::pictures::{bytes, config_v1_to_v2, config_v2_to_successor, layout},
    testkit::release::in_workspace,
};

#[test]
fn layouts_have_the_lengths_of_the_programs() {
    for (idl, account, expected) in [
        ("releases/v1/app.json", "ConfigV1", 48),
        ("releases/v2/app.json", "ConfigV2", 96),
        ("releases/v2/successor.json", "SuccessorConfig", 141),
    ] {
        let layout = layout(idl, account).unwrap();
        assert_eq!(bytes(&layout), expected, "{account}");
    }
}

#[test]
fn documentation_shows_the_layouts_of_the_releases() {
    for (path, picture) in [
        ("docs/config-v1-to-v2.svg", config_v1_to_v2()),
        ("docs/config-v2-to-successor.svg", config_v2_to_successor()),
    ] {
        let picture = picture.unwrap();
        let path = in_workspace(path);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&path, &picture).expect("the picture is writable");
        }
        let found = std::fs::read_to_string(&path).expect("the picture is readable");
        assert_eq!(
            found, picture,
            "make it again: UPDATE_DOCS=1 cargo test -p lifecycle"
        );
    }
}
