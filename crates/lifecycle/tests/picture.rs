//! The picture that README.md shows is drawn from the releases' IDLs.

use {
    lifecycle::{idl, ruler},
    testkit::release::in_workspace,
};

#[test]
fn readme_shows_the_layouts_of_the_releases() {
    let old = idl::account_fields(&in_workspace("releases/v1/app.json"), "ConfigV1").unwrap();
    let new = idl::account_fields(&in_workspace("releases/v2/app.json"), "ConfigV2").unwrap();
    assert_eq!(old.iter().map(|field| field.len).sum::<usize>(), 48);
    assert_eq!(new.iter().map(|field| field.len).sum::<usize>(), 96);

    let picture = ruler::draw(("ConfigV1", &old), ("ConfigV2", &new));
    let path = in_workspace("docs/config-v1-to-v2.svg");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &picture).expect("the picture is writable");
    }
    let found = std::fs::read_to_string(&path).expect("the picture is readable");
    assert_eq!(
        found, picture,
        "make it again: UPDATE_DOCS=1 cargo test -p lifecycle"
    );
}
