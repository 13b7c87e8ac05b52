//! Manifests that do not say what to do.

use super::*;

fn rejected(manifest: &str, direction: Direction, from: Option<&str>) -> String {
    let idl = shop::idl(&shop::json());
    Transition::read(manifest, &idl, direction, from)
        .unwrap_err()
        .to_string()
}

#[test]
fn what_is_said_of_the_migrations_is_checked_first() {
    let migrate = |manifest: &str, from| rejected(manifest, Direction::Migrate, from);
    let second = "\n[[migration]]\nfrom = \"Receipt\"\nto = \"ItemV1\"\ninstruction = \"tidy\"\naccount = \"item\"\n";
    let two = format!("{}{second}", shop::MANIFEST);
    for (manifest, from, message) in [
        (
            shop::MANIFEST.replace("\"shop\"", "\"app\""),
            None,
            "it is for the program `app`, but the new IDL is of `shop`",
        ),
        (
            shop::MANIFEST.replace("\"ItemV2\"", "\"ItemV1\""),
            None,
            "`ItemV1` cannot be migrated to itself: a new layout needs an account type of its own",
        ),
        (
            format!("{}{}", shop::MANIFEST, second.replace("Receipt", "ItemV1")),
            None,
            "two migrations start from `ItemV1`: an account can be migrated in one way only",
        ),
        (
            "program = \"shop\"\nmigration = []".to_owned(),
            None,
            "it declares no migration: add a [[migration]]",
        ),
        (
            two.clone(),
            None,
            "it declares migrations from `ItemV1`, `Receipt`: say which one with --from",
        ),
        (
            two.clone(),
            Some("ItemV2"),
            "it declares no migration from `ItemV2`; those that it declares are from `ItemV1`, `Receipt`",
        ),
        (
            shop::MANIFEST.replace("fleet.ItemV1", "fleet.ItemV3"),
            None,
            "[fleet.ItemV3] belongs to no migration; those that it declares are from `ItemV1`",
        ),
        (
            shop::MANIFEST.replace("size = 200", "account = \"item\""),
            None,
            "[fleet.ItemV1.migrate] has an `account` but no `instruction` that takes it",
        ),
    ] {
        assert_eq!(
            migrate(&manifest, from),
            format!("the manifest cannot be used: {message}")
        );
    }
    let idl = shop::idl(&shop::json());
    let of_several = Transition::read(&two, &idl, Direction::Migrate, Some("ItemV1")).unwrap();
    assert_eq!(of_several.from.name, "ItemV1");
}

#[test]
fn what_is_not_understood_is_shown() {
    for (line, caret, message) in [
        (
            "sise = 200",
            "12 | sise = 200\n   | ^^^^",
            "unknown field `sise`, expected one of `instruction`, `account`, `accounts`, `args`, `data_len`, `size`",
        ),
        (
            "size = -1",
            "12 | size = -1\n   |        ^^",
            "invalid value: integer `-1`, expected u64",
        ),
    ] {
        let manifest = shop::MANIFEST.replace("size = 200", line);
        assert_eq!(
            rejected(&manifest, Direction::Migrate, None),
            format!(
                "the manifest cannot be used: its [fleet] tables cannot be read: TOML parse error at line \
                 12, column {}\n   |\n{caret}\n{message}\n",
                if line.starts_with("sise") { 1 } else { 8 }
            )
        );
    }
    assert!(
        rejected("program = ", Direction::Migrate, None)
            .starts_with("the manifest cannot be used: it is not a manifest of migrations: TOML parse error at line 1")
    );
}

#[test]
fn a_rollback_has_its_own_table() {
    assert_eq!(
        rejected(shop::MANIFEST, Direction::Rollback, None),
        "the manifest cannot be used: it does not say how a `ItemV2` becomes a `ItemV1` again: add \
         [fleet.ItemV1.rollback]"
    );
    let manifest = format!("{}\n[fleet.ItemV1.rollback]\nsize = 3\n", shop::MANIFEST);
    assert_eq!(
        rejected(&manifest, Direction::Rollback, None),
        "the manifest cannot be used: [fleet.ItemV1.rollback] has no `instruction`"
    );
}
