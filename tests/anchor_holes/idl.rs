//! What the fixture program's IDL knows of its layouts. A client cannot read an account whose layout
//! the IDL does not know.

use {std::fs, support::workspace::in_workspace};

fn idl() -> String {
    let path = in_workspace("tests/fixtures/migration_lab.json");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names in one of the IDL's lists. The file has two spaces for each level.
fn names<'a>(idl: &'a str, list: &str) -> Vec<&'a str> {
    let (_, list) = idl
        .split_once(&format!("\n  \"{list}\": [\n"))
        .expect("the IDL has the list");
    let (list, _) = list.split_once("\n  ]").expect("the list ends");
    list.lines()
        .filter_map(|line| line.strip_prefix("      \"name\": \"")?.strip_suffix("\","))
        .collect()
}

/// Only `anchor_equal` and `anchor_prefix` use these.
#[test]
fn anchor_leaves_its_layouts_out() {
    let idl = idl();
    for layout in ["EqualDollars", "EqualCents", "PrefixDollars", "PrefixCents"] {
        assert!(!idl.contains(layout), "{layout}");
    }
}

/// Only `Pending` accounts use the counters, and only `ours_chain` the third config.
#[test]
fn ours_lists_the_old_layout_and_the_types_of_both() {
    let idl = idl();
    let (accounts, types) = (names(&idl, "accounts"), names(&idl, "types"));
    assert!(accounts.contains(&"CounterV1"), "{accounts:?}");
    for layout in ["CounterV1", "CounterV2", "ConfigV3"] {
        assert!(types.contains(&layout), "{layout}: {types:?}");
    }
}
