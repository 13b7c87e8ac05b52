//! The picture that the page shows is of the layouts that the program has.

use {
    account_migration::Layout,
    app::state::{ConfigV1, ConfigV2},
    lifecycle::story::PICTURE,
    std::fs,
    support::workspace::in_workspace,
};

/// The picture is drawn from the IDLs.
#[test]
fn layouts_have_the_lengths_of_the_picture() {
    let picture = fs::read_to_string(in_workspace(PICTURE)).unwrap();
    assert_eq!(<ConfigV1 as Layout>::SPACE, 48);
    assert_eq!(<ConfigV2 as Layout>::SPACE, 96);
    for text in [
        ">ConfigV1<",
        ">48 bytes<",
        ">ConfigV2<",
        ">96 bytes or more<",
    ] {
        assert!(picture.contains(text), "{text}");
    }
}
