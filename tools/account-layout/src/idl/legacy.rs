//! The format before Anchor 0.30.

use {
    anchor_lang_idl::convert::convert_idl,
    anchor_lang_idl_spec::{Idl, IdlTypeDefGeneric},
    serde_json::{Value, json},
};

/// Stands for an address that the IDL does not have; no program that is compared has it.
pub const NO_ADDRESS: &str = "11111111111111111111111111111111";

/// Lists whose elements are looked at one by one when the whole cannot be converted.
const LISTS: [&str; 6] = [
    "instructions",
    "accounts",
    "types",
    "events",
    "errors",
    "constants",
];

/// Converts it; with it comes what was assumed, in a sentence. An error is a JSON pointer and a message.
pub(super) fn convert(mut json: Value) -> Result<(Idl, Option<String>), (String, String)> {
    let mut note = None;
    if json
        .pointer("/metadata/address")
        .and_then(Value::as_str)
        .is_none()
    {
        note = Some(format!(
            "the IDL does not have the program's address (metadata.address): {NO_ADDRESS} stands for it, \
             and addresses are not compared"
        ));
        json["metadata"] = json!({ "address": NO_ADDRESS });
    }
    let mut idl = convert_value(&json).map_err(|message| (culprit(&json), message))?;
    restore_generics(&mut idl, &json);
    Ok((idl, note))
}

fn convert_value(json: &Value) -> Result<Idl, String> {
    let failed = |error: &dyn std::fmt::Display| format!("the IDL cannot be converted: {error}");
    let bytes = serde_json::to_vec(json).map_err(|error| failed(&error))?;
    convert_idl(&bytes).map_err(|error| failed(&error))
}

/// The first element that cannot be converted even if it is the only one.
fn culprit(json: &Value) -> String {
    for list in LISTS {
        let elements = json.get(list).and_then(Value::as_array);
        for (index, element) in elements.into_iter().flatten().enumerate() {
            let mut alone = json!({
                "name": "", "version": "", "instructions": [], "metadata": { "address": NO_ADDRESS },
            });
            alone[list] = json!([element]);
            if convert_value(&alone).is_err() {
                return format!("/{list}/{index}");
            }
        }
    }
    String::new()
}

/// The conversion loses the generic parameters of types.
fn restore_generics(idl: &mut Idl, json: &Value) {
    let lists = ["types", "accounts"].map(|list| json.get(list).and_then(Value::as_array));
    let written = lists.into_iter().flatten().flatten();
    for (def, written) in idl.types.iter_mut().zip(written) {
        let names = written.get("generics").and_then(Value::as_array);
        let names = names.into_iter().flatten().filter_map(Value::as_str);
        def.generics = names
            .map(|name| {
                let name = name.to_owned();
                if is_array_len(&written["type"], &name) {
                    IdlTypeDefGeneric::Const {
                        name,
                        ty: "usize".to_owned(),
                    }
                } else {
                    IdlTypeDefGeneric::Type { name }
                }
            })
            .collect();
    }
}

fn is_array_len(json: &Value, name: &str) -> bool {
    let mut open = vec![json];
    while let Some(json) = open.pop() {
        match json {
            Value::Array(elements) => open.extend(elements),
            Value::Object(members) => {
                let len = members
                    .get("genericLenArray")
                    .and_then(|array| array.get(1));
                if len.and_then(Value::as_str) == Some(name) {
                    return true;
                }
                open.extend(members.values());
            }
            _ => {}
        }
    }
    false
}
