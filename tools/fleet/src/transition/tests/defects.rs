//! Manifests that do not fit the IDL: all that is wrong is reported at once.

use {super::*, serde_json::json};

/// What is said of the shop's manifest after `changes` to it and to its IDL.
fn defects(changes: &[(&str, &str)], json: &serde_json::Value) -> Vec<String> {
    let mut manifest = shop::MANIFEST.to_owned();
    for (from, to) in changes {
        assert!(manifest.contains(from), "{from}");
        manifest = manifest.replace(from, to);
    }
    let error =
        Transition::read(&manifest, &shop::idl(json), Direction::Migrate, None).unwrap_err();
    let text = error.to_string();
    let mut lines = text.split("\n- ").map(str::to_owned);
    assert_eq!(
        lines.next().unwrap(),
        "[fleet.ItemV1.migrate] of the manifest does not fit the IDL of `shop`:"
    );
    lines.collect()
}

#[test]
fn accounts_that_do_not_fit() {
    let has = "it has `item`, `owner`, `admin.key`, `admin.payer`, `clerk`, `vault`, `log`, `system_program`";
    let any = r#""authority", "payer", "field:NAME" or an address"#;
    for (from, to, message) in [
        (
            "clerk = \"field:staff.clerk\"",
            "",
            format!("accounts.clerk is missing: `upgrade` takes it; it may be {any}"),
        ),
        (
            "log = \"omitted\"",
            "",
            "accounts.log is missing: `upgrade` takes it; it may be \"authority\", \"payer\", \"field:NAME\", \
             \"omitted\" or an address"
                .to_owned(),
        ),
        (
            "admin.key = \"authority\"",
            "",
            "accounts.admin.key is missing: `upgrade` takes it; it may be \"authority\" or \"payer\"".to_owned(),
        ),
        (
            "log = \"omitted\"",
            "log = \"omitted\"\nlogg = \"payer\"",
            format!("accounts.logg: `upgrade` has no such account; {has}"),
        ),
        (
            "log = \"omitted\"",
            "log = \"omitted\"\nitem = \"payer\"",
            "accounts.item: remove it, because this account is the migrated one".to_owned(),
        ),
        (
            "log = \"omitted\"",
            "log = \"omitted\"\nsystem_program = \"payer\"",
            "accounts.system_program: remove it, because the IDL gives this account the address \
             11111111111111111111111111111111"
                .to_owned(),
        ),
        (
            "\"field:owner\"",
            "\"omitted\"",
            "accounts.owner = \"omitted\": `upgrade` does not work without it".to_owned(),
        ),
        (
            "log = \"omitted\"",
            "log = \"omitted\"\nsystem_program = \"omitted\"",
            "accounts.system_program = \"omitted\": `upgrade` does not work without it".to_owned(),
        ),
        (
            "\"field:owner\"",
            "\"Owner\"",
            format!("accounts.owner = \"Owner\": it may be {any}"),
        ),
        (
            "\"field:owner\"",
            "3",
            format!("accounts.owner = 3: it may be {any}"),
        ),
        (
            "admin.key = \"authority\"",
            "admin.key = \"field:owner\"",
            "accounts.admin.key: it signs, so it may be \"authority\" or \"payer\", not \"field:owner\"".to_owned(),
        ),
        (
            "field:owner",
            "field:price",
            "accounts.owner = \"field:price\": `ItemV1` has no address under this name; it has `owner`, \
             `staff.clerk`"
                .to_owned(),
        ),
    ] {
        assert_eq!(defects(&[(from, to)], &shop::json()), [message]);
    }
}

#[test]
fn arguments_that_do_not_fit() {
    for (from, to, message) in [
        ("mode = 3, ", "", "args.mode is missing: it is of type u8"),
        (
            "mode = 3",
            "mode = 256",
            "args.mode = 256: the argument is of type u8",
        ),
        (
            "mode = 3",
            "mode = true",
            "args.mode = true: the argument is of type u8",
        ),
        (
            "mode = 3",
            "mode = \"top_up\"",
            "args.mode = \"top_up\": the argument is of type u8",
        ),
        (
            "\"top_up\"",
            "-1",
            "args.limit = -1: the argument is of type u64",
        ),
        (
            "note = \"moved\"",
            "note = 1",
            "args.note = 1: the argument is of type Option<String>",
        ),
        (
            "mode = 3",
            "mode = 3, mood = 1",
            "args.mood: `upgrade` has no such argument; it has `mode`, `note`, `limit`",
        ),
    ] {
        assert_eq!(defects(&[(from, to)], &shop::json()), [message]);
    }
    let mut json = shop::json();
    json["instructions"][0]["args"][0]["type"] = json!({ "vec": "u8" });
    assert_eq!(
        defects(&[], &json),
        ["args.mode = 3: the argument is of type Vec<u8>"]
    );
}

#[test]
fn instructions_that_do_not_fit() {
    let instruction = |name: &str| format!("instruction = \"{name}\"\naccount = \"item\"\n");
    let fleet = shop::MANIFEST.split_once("size = 200").unwrap().1;
    let call = |text: &str, json: &serde_json::Value| defects(&[(fleet, text)], json);
    assert_eq!(
        defects(&[("size = 200", &instruction("upgraded"))], &shop::json()),
        [
            "the IDL has no instruction `upgraded`; it has `upgrade`, `upgrade_all`, `tidy`, `peek`, `own`"
        ]
    );
    assert_eq!(
        call(
            &format!("\n{}", instruction("tidy").replace("item", "thing")),
            &shop::json()
        ),
        [
            "account = \"thing\": `tidy` has no such account; it has `item`",
            "accounts.item is missing: `tidy` takes it; it may be \"authority\", \"payer\", \"field:NAME\" or an \
             address",
        ]
    );
    assert_eq!(
        call(&format!("\n{}", instruction("peek")), &shop::json()),
        ["account = \"item\": `peek` takes it read-only, so it cannot migrate it"]
    );
    assert_eq!(
        call(&format!("\n{}", instruction("own")), &shop::json()),
        [
            "account = \"item\": `own` wants its signature, and no key signs for it",
            "accounts.rent: the IDL gives this account the address \"rent\", which is none",
        ]
    );
    let batch = r#"
instruction = "upgrade_all"
accounts = { key = "authority", witness = "omitted", guide = "field:owner" }
"#;
    assert_eq!(
        call(batch, &shop::json()),
        [
            "accounts.guide = \"field:owner\": this takes one account for each instruction, which `account` names"
        ]
    );
}

#[test]
fn types_that_do_not_fit() {
    let mut json = shop::json();
    json["accounts"].as_array_mut().unwrap().remove(1);
    assert_eq!(
        defects(&[], &json),
        ["the IDL has no account type `ItemV2`; it has `ItemV1`, `Receipt`"]
    );

    let mut json = shop::json();
    json["accounts"][2]["discriminator"] = json!([10]);
    json["accounts"][1]["discriminator"] = json!([10, 1, 5]);
    let begins = |name: &str, discriminator: &str, prefix: &str, shorter: &str| {
        format!(
            "the discriminator {discriminator} of `{name}` begins with {prefix} of `{shorter}`: their accounts \
             cannot be told apart"
        )
    };
    assert_eq!(
        defects(&[], &json),
        [
            begins("ItemV2", "[10, 1, 5]", "[10, 1]", "ItemV1"),
            begins("ItemV1", "[10, 1]", "[10]", "Receipt"),
            begins("ItemV2", "[10, 1, 5]", "[10]", "Receipt"),
        ]
    );

    let mut json = shop::json();
    json["accounts"].as_array_mut().unwrap().extend(
        [("Staff", [12]), ("Notice", [12])]
            .map(|(name, discriminator)| json!({ "name": name, "discriminator": discriminator })),
    );
    json["types"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "name": "Notice", "type": { "kind": "struct" } }));
    let idl = shop::idl(&json);
    assert!(Transition::read(shop::MANIFEST, &idl, Direction::Migrate, None).is_ok());

    let mut json = shop::json();
    json["types"][1]["serialization"] = json!("bytemuck");
    assert_eq!(
        defects(&[], &json),
        [
            "accounts of type `ItemV2` cannot be read: shop: the IDL does not determine the bytes of `owner` in \
          `ItemV2`: they are neither Borsh nor at the same place with every toolchain (at /types)"
        ]
    );

    let mut json = shop::json();
    json["address"] = json!("11111111111111111111111111111111");
    assert_eq!(
        defects(&[], &json),
        ["the IDL does not have the program's address: write it into its `address`"]
    );
}

#[test]
fn all_that_is_wrong_is_reported_at_once() {
    let changes = [
        ("to = \"ItemV2\"", "to = \"ItemV3\""),
        ("log = \"omitted\"", "log = \"omit\""),
        ("\"field:owner\"", "\"omitted\""),
        ("mode = 3", "mode = -3"),
    ];
    assert_eq!(
        defects(&changes, &shop::json()),
        [
            "the IDL has no account type `ItemV3`; it has `ItemV1`, `ItemV2`, `Receipt`",
            "accounts.owner = \"omitted\": `upgrade` does not work without it",
            "accounts.log = \"omit\": it may be \"authority\", \"payer\", \"field:NAME\", \"omitted\" or an address",
            "args.mode = -3: the argument is of type u8",
        ]
    );
}
