use super::*;

fn read(json: &Value) -> Result<ReadIdl, IdlError> {
    ReadIdl::read(json.to_string().as_bytes(), "app.json")
}

fn idl(types: Value) -> Value {
    serde_json::json!({
        "address": "6kKWMmNckGur5mgBxGHDXTGcNe4XCqMcot4KAXJMcF1s",
        "metadata": { "name": "app", "version": "1.0.0", "spec": "0.1.0" },
        "instructions": [],
        "types": types,
    })
}

fn message(json: &Value) -> String {
    read(json).unwrap_err().to_string()
}

fn one_field(name: &str, ty: Value) -> Value {
    serde_json::json!({ "name": name, "type": { "kind": "struct", "fields": [{ "name": "f", "type": ty }] } })
}

#[test]
fn the_releases_are_read() {
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/demo/v2/app.json");
    let read = ReadIdl::read(&std::fs::read(demo).unwrap(), "app.json").unwrap();
    assert_eq!(
        (read.idl.metadata.name.as_str(), read.legacy),
        ("app", false)
    );
}

#[test]
fn a_mistake_is_named_with_line_column_and_path() {
    let text = "{\n  \"address\": \"x\",\n  \"metadata\": { \"name\": 3, \"version\": \"1\", \"spec\": \"0.1.0\" },\n  \"instructions\": []\n}";
    assert_eq!(
        ReadIdl::read(text.as_bytes(), "app.json")
            .unwrap_err()
            .to_string(),
        "app.json:3:25: invalid type: integer `3`, expected a string (at /metadata/name)"
    );
    assert_eq!(
        ReadIdl::read(b"{\"a\": [1,}", "app.json")
            .unwrap_err()
            .to_string(),
        "app.json:1:10: expected value (at /a/1)"
    );
}

#[test]
fn too_long_and_deep_texts_are_rejected() {
    let error = ReadIdl::read(&vec![b' '; MAX_LEN + 1], "app.json").unwrap_err();
    assert!(matches!(error, IdlError::TooLarge { .. }));
    let deep = vec![b'['; 100_000];
    assert!(
        ReadIdl::read(&deep, "x")
            .unwrap_err()
            .to_string()
            .contains("recursion limit")
    );
}

#[test]
fn an_unknown_specification_is_rejected() {
    let mut json = idl(Value::Null);
    json["metadata"]["spec"] = "9.0.0".into();
    assert_eq!(
        message(&json),
        "app.json: IDL specification 9.0.0 is not known; 0.1.0 is (at /metadata/spec)"
    );
}

#[test]
fn names_resolve_with_their_generics() {
    let missing = idl(serde_json::json!([one_field(
        "A",
        serde_json::json!({ "defined": { "name": "B" } })
    )]));
    assert_eq!(
        message(&missing),
        "app.json: type `B` is not defined (at /types/0/type/fields/0/type)"
    );
    let generic = serde_json::json!({
        "name": "B",
        "generics": [{ "kind": "type", "name": "T" }, { "kind": "const", "name": "N", "type": "usize" }],
        "type": { "kind": "struct", "fields": [{ "name": "f", "type": { "array": [{ "generic": "T" }, { "generic": "N" }] } }] },
    });
    let with = |generics: Value| {
        let user = one_field(
            "A",
            serde_json::json!({ "defined": { "name": "B", "generics": generics } }),
        );
        idl(serde_json::json!([user, generic]))
    };
    let fits = with(
        serde_json::json!([{ "kind": "type", "type": "u8" }, { "kind": "const", "value": "4" }]),
    );
    assert!(read(&fits).is_ok());
    assert!(message(&with(serde_json::json!([]))).contains("has 2 generic parameters, not 0"));
    let word = with(
        serde_json::json!([{ "kind": "type", "type": "u8" }, { "kind": "const", "value": "x" }]),
    );
    assert!(message(&word).contains("array length `x` is not a number"));
}

#[test]
fn accounts_have_types_and_names_are_unique() {
    let mut json = idl(serde_json::json!([]));
    json["accounts"] = serde_json::json!([{ "name": "Vault", "discriminator": [1] }]);
    assert_eq!(
        message(&json),
        "app.json: account type `Vault` has no type among `types` (at /accounts/0)"
    );
    let twice = idl(serde_json::json!([
        one_field("A", "u8".into()),
        one_field("A", "u8".into())
    ]));
    assert_eq!(
        message(&twice),
        "app.json: there are two of the type `A` (at /types/1)"
    );
}

#[test]
fn a_type_may_contain_itself_through_a_vec_but_not_without_end() {
    let this = serde_json::json!({ "defined": { "name": "A" } });
    let through_vec = one_field("A", serde_json::json!({ "vec": this }));
    assert!(read(&idl(serde_json::json!([through_vec]))).is_ok());
    assert!(
        message(&idl(serde_json::json!([one_field("A", this.clone())])))
            .contains("contains itself without end")
    );
    let tree = serde_json::json!({ "name": "A", "type": { "kind": "enum", "variants": [
        { "name": "Leaf" }, { "name": "Node", "fields": [this, this] },
    ] } });
    assert!(read(&idl(serde_json::json!([tree]))).is_ok());
}

#[test]
fn aliases_in_a_circle_and_endless_generics_are_errors() {
    let alias = |name: &str, to: &str| serde_json::json!({ "name": name, "type": { "kind": "type", "alias": { "defined": { "name": to } } } });
    let circle = idl(serde_json::json!([
        alias("A", "B"),
        alias("B", "A"),
        one_field("C", serde_json::json!({ "defined": { "name": "A" } }))
    ]));
    assert!(
        message(&circle).contains("stands for itself"),
        "{}",
        message(&circle)
    );
    let inner = serde_json::json!({ "option": { "generic": "T" } });
    let growing = serde_json::json!({
        "name": "G",
        "generics": [{ "kind": "type", "name": "T" }],
        "type": { "kind": "struct", "fields": [{ "name": "f", "type": { "vec": { "defined": {
            "name": "G", "generics": [{ "kind": "type", "type": inner }],
        } } } }] },
    });
    let user = one_field(
        "A",
        serde_json::json!({ "defined": { "name": "G", "generics": [{ "kind": "type", "type": "u8" }] } }),
    );
    assert!(message(&idl(serde_json::json!([user, growing]))).contains("expand to more than"));
}

#[test]
fn a_type_that_doubles_with_each_name_is_rejected_at_once() {
    let mut types = vec![one_field("T0", "u8".into())];
    for n in 1..60 {
        let part = serde_json::json!({ "defined": { "name": format!("T{}", n - 1) } });
        types.push(serde_json::json!({ "name": format!("T{n}"), "type": { "kind": "struct", "fields": [part, part] } }));
    }
    let mut json = idl(Value::Array(types));
    assert!(read(&json).is_ok());
    json["accounts"] = serde_json::json!([{ "name": "T59", "discriminator": [1] }]);
    assert!(message(&json).contains("expands to more than 65536 fields"));
}

#[test]
fn array_lengths_do_not_overflow() {
    let huge = serde_json::json!({ "array": [{ "array": ["u64", u64::MAX] }, u64::MAX] });
    assert!(message(&idl(serde_json::json!([one_field("A", huge)]))).contains("too long to count"));
}

#[test]
fn the_format_before_anchor_0_30_is_converted() {
    let mut json = serde_json::json!({
        "version": "0.1.0",
        "name": "old_app",
        "instructions": [{
            "name": "setValue",
            "accounts": [{ "name": "theVault", "isMut": true, "isSigner": false }],
            "args": [{ "name": "newValue", "type": "u64" }],
        }],
        "accounts": [{ "name": "Vault", "type": { "kind": "struct", "fields": [{ "name": "owner", "type": "publicKey" }] } }],
    });
    let read_idl = read(&json).unwrap();
    assert!(read_idl.legacy);
    assert_eq!(read_idl.idl.address, legacy::NO_ADDRESS);
    assert!(read_idl.notes[0].contains("does not have the program's address"));
    assert_eq!(read_idl.idl.instructions[0].name, "set_value");
    json["instructions"][0]["args"][0]["type"] = "u65".into();
    assert!(message(&json).ends_with("(at /instructions/0)"));
}
