use super::*;

/// A chain of types, each with two of the one before it.
fn doubling(container: Option<&str>, leaf: &str) -> Idl {
    let mut types = vec![record("T0", vec![field("x", leaf)])];
    for n in 1..40 {
        let part = defined(&format!("T{}", n - 1));
        let part = container.map_or(part.clone(), |container| json!({ container: part }));
        types.push(record(
            &format!("T{n}"),
            vec![field("a", part.clone()), field("b", part)],
        ));
    }
    let accounts = json!([{ "name": "T39", "discriminator": [1] }]);
    serde_json::from_value(json!({
        "address": "a",
        "metadata": { "name": "app", "version": "1.0.0", "spec": "0.1.0" },
        "instructions": [],
        "accounts": accounts,
        "types": types,
    }))
    .unwrap()
}

#[test]
fn types_that_double_take_no_more_time_than_others() {
    for container in [None, Some("vec"), Some("option")] {
        let (old, new) = (doubling(container, "u8"), doubling(container, "u16"));
        assert!(compare(&old, &old, &Assumptions::default()).is_empty());
        let found = compare(&old, &new, &Assumptions::default());
        assert!(
            found.iter().any(|finding| finding.severity == B),
            "{container:?}"
        );
    }
}

#[test]
fn a_type_that_contains_itself_is_compared_once() {
    let tree = |leaf: &str, names: &[&str]| {
        let mut all = vec![
            json!({ "name": "Leaf", "fields": [leaf] }),
            json!({ "name": "Node", "fields": [{ "vec": defined("Tree") }] }),
        ];
        all.extend(variants(names));
        vault(
            vec![field("tree", defined("Tree"))],
            vec![choice("Tree", all)],
        )
    };
    expect(&tree("u8", &[]), &tree("u8", &[]), &[]);
    expect(
        &tree("u8", &[]),
        &tree("u16", &[]),
        &[("enum-variant-changed", B, "Vault.tree.Leaf")],
    );
    expect(
        &tree("u8", &[]),
        &tree("u8", &["More"]),
        &[("enum-variant-appended", C, "Vault.tree.More")],
    );
}

#[test]
fn what_cannot_be_resolved_is_breaking() {
    let mut old = vault(vec![field("a", "u64")], vec![]);
    let sane = old.clone();
    old.types.clear();
    let found = compare(&old, &sane, &Assumptions::default());
    assert_eq!(brief(&found), [("field-retyped", B, "Vault")]);
    let found = compare(&old, &old, &Assumptions::default());
    assert_eq!(brief(&found), [("field-retyped", B, "Vault")]);
}

#[test]
fn many_changes_are_cut_but_stay_breaking() {
    let old: Vec<Value> = (0..2000).map(|n| field(&format!("f{n}"), "u8")).collect();
    let mut new: Vec<Value> = (0..2000).map(|n| field(&format!("g{n}"), "u8")).collect();
    new[1999] = field("g1999", "u16");
    let found = findings(&vault(old, vec![]), &vault(new, vec![]));
    assert!(found.len() < 300);
    assert_eq!(found[0].severity, B);
}
