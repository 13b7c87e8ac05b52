//! The bytes of a type, field by field.

use {
    crate::{
        flat::{flatten, is_zero_copy},
        idl::IdlError,
        memory::Memory,
        types::{Id, Types},
    },
    anchor_lang_idl_spec::Idl,
};

/// A type as it lies in an account's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    pub name: String,
    /// Of the account or event of this name; empty for another type. Offsets count from behind it.
    pub discriminator: Vec<u8>,
    /// In the order of their bytes. Between fields of a zero-copy type there may be padding.
    pub fields: Vec<Field>,
    /// Bytes of the smallest value, without the discriminator.
    pub min_len: u64,
    /// Whether the IDL determines the layout completely; false e.g. for a zero-copy type without `repr(C)`.
    pub exact: bool,
}

/// A field that is not made of named fields itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// `limits.per_day`
    pub path: String,
    /// As Rust source: `Option<u64>`.
    pub ty: String,
    pub offset: Offset,
    pub len: Len,
}

/// Where a field begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offset {
    Fixed(u64),
    /// Behind a field of variable length: it begins here or later.
    AtLeast(u64),
}

/// How many bytes a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Len {
    Fixed(u64),
    Variable { min: u64 },
}

impl Layout {
    /// The layout of the type, account or event `name` of `idl`.
    ///
    /// # Errors
    /// There is no such type, it has generic parameters, or it cannot be laid out.
    pub fn of(idl: &Idl, name: &str) -> Result<Self, IdlError> {
        let types = Types::new(idl);
        let root = root(idl, &types, name)?;
        let flat = flatten(&types, root, "/types").ok_or_else(|| endless(idl, name))?;
        let mut memory = is_zero_copy(&types, root).then(|| Memory::new(&types));
        let mut fields = Vec::with_capacity(flat.leaves.len());
        for leaf in flat.leaves {
            let len = match &mut memory {
                Some(memory) => Len::Fixed(
                    memory
                        .footprint(leaf.ty)
                        .map_or(0, |footprint| footprint.size),
                ),
                None => match types.fixed_len(leaf.ty) {
                    Some(len) => Len::Fixed(len),
                    None => Len::Variable {
                        min: types.min_len(leaf.ty).unwrap_or(0),
                    },
                },
            };
            fields.push(Field {
                ty: types.rust(leaf.ty),
                offset: if leaf.fixed {
                    Offset::Fixed(leaf.offset)
                } else {
                    Offset::AtLeast(leaf.offset)
                },
                path: leaf.path,
                len,
            });
        }
        Ok(Self {
            name: name.to_owned(),
            discriminator: discriminator(idl, name).to_vec(),
            fields,
            min_len: flat.min_len,
            exact: flat.exact,
        })
    }
}

/// The type `name` of `idl`.
pub(crate) fn root(idl: &Idl, types: &Types<'_>, name: &str) -> Result<Id, IdlError> {
    types.defined(name).ok_or_else(|| {
        let generic = idl.types.iter().any(|def| def.name == name);
        let message = if generic {
            format!("type `{name}` has generic parameters: name a type that fills them in")
        } else {
            let names: Vec<&str> = idl.types.iter().map(|def| def.name.as_str()).collect();
            format!(
                "type `{name}` is not defined; there are {}",
                names.join(", ")
            )
        };
        invalid(idl, message)
    })
}

pub(crate) fn endless(idl: &Idl, name: &str) -> IdlError {
    let message = format!("type `{name}` has too many fields, or they have no end");
    invalid(idl, message)
}

pub(crate) fn invalid(idl: &Idl, message: String) -> IdlError {
    IdlError::Invalid {
        name: idl.metadata.name.clone(),
        path: "/types".to_owned(),
        message,
    }
}

pub(crate) fn discriminator<'a>(idl: &'a Idl, name: &str) -> &'a [u8] {
    let account = idl.accounts.iter().find(|account| account.name == name);
    let event = idl.events.iter().find(|event| event.name == name);
    account
        .map(|account| &account.discriminator)
        .or(event.map(|event| &event.discriminator))
        .map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use {super::*, crate::ReadIdl, serde_json::json};

    fn idl(types: serde_json::Value) -> Idl {
        let json = json!({
            "address": "6kKWMmNckGur5mgBxGHDXTGcNe4XCqMcot4KAXJMcF1s",
            "metadata": { "name": "app", "version": "1.0.0", "spec": "0.1.0" },
            "instructions": [],
            "accounts": [{ "name": "Vault", "discriminator": [1, 2] }],
            "types": types,
        });
        ReadIdl::read(json.to_string().as_bytes(), "app.json")
            .unwrap()
            .idl
    }

    fn rows(layout: &Layout) -> Vec<(&str, &str, Offset, Len)> {
        layout
            .fields
            .iter()
            .map(|it| (it.path.as_str(), it.ty.as_str(), it.offset, it.len))
            .collect()
    }

    #[test]
    fn borsh_fields_follow_each_other() {
        let idl = idl(json!([
            { "name": "Vault", "type": { "kind": "struct", "fields": [
                { "name": "owner", "type": "pubkey" },
                { "name": "limits", "type": { "defined": { "name": "Limits" } } },
                { "name": "names", "type": { "vec": "string" } },
                { "name": "last", "type": { "array": ["u16", 3] } },
            ] } },
            { "name": "Limits", "type": { "kind": "struct", "fields": [
                { "name": "per_day", "type": { "option": "u64" } },
                { "name": "side", "type": { "defined": { "name": "Side" } } },
            ] } },
            { "name": "Side", "type": { "kind": "enum", "variants": [
                { "name": "Buy", "fields": ["u64"] }, { "name": "Sell", "fields": ["u8"] },
            ] } },
        ]));
        let layout = Layout::of(&idl, "Vault").unwrap();
        assert_eq!(
            rows(&layout),
            [
                ("owner", "Pubkey", Offset::Fixed(0), Len::Fixed(32)),
                (
                    "limits.per_day",
                    "Option<u64>",
                    Offset::Fixed(32),
                    Len::Variable { min: 1 }
                ),
                (
                    "limits.side",
                    "Side",
                    Offset::AtLeast(33),
                    Len::Variable { min: 2 }
                ),
                (
                    "names",
                    "Vec<String>",
                    Offset::AtLeast(35),
                    Len::Variable { min: 4 }
                ),
                ("last", "[u16; 3]", Offset::AtLeast(39), Len::Fixed(6)),
            ]
        );
        assert_eq!(
            (layout.min_len, layout.exact, &layout.discriminator[..]),
            (45, true, &[1, 2][..])
        );
        assert!(
            Layout::of(&idl, "Vaults")
                .unwrap_err()
                .to_string()
                .contains("there are Vault, Limits, Side")
        );
    }

    #[test]
    fn zero_copy_fields_are_aligned() {
        let vault = |repr: serde_json::Value| {
            idl(json!([
                { "name": "Vault", "serialization": "bytemuck", "repr": repr, "type": { "kind": "struct", "fields": [
                    { "name": "a", "type": "u8" },
                    { "name": "pair", "type": { "defined": { "name": "Pair" } } },
                    { "name": "key", "type": "pubkey" },
                ] } },
                { "name": "Pair", "serialization": "bytemuck", "repr": { "kind": "c" }, "type": { "kind": "struct", "fields": [
                    { "name": "x", "type": "u64" }, { "name": "y", "type": "u32" },
                ] } },
            ]))
        };
        let offsets = |idl: &Idl| {
            let layout = Layout::of(idl, "Vault").unwrap();
            let all: Vec<Offset> = layout.fields.iter().map(|field| field.offset).collect();
            (all, layout.min_len, layout.exact)
        };
        let at = |offsets: [u64; 4]| offsets.map(Offset::Fixed).to_vec();
        assert_eq!(
            offsets(&vault(json!({ "kind": "c" }))),
            (at([0, 8, 16, 24]), 56, true)
        );
        assert_eq!(
            offsets(&vault(json!({ "kind": "c", "packed": true }))),
            (at([0, 1, 9, 17]), 49, true)
        );
        assert_eq!(
            offsets(&vault(json!({ "kind": "c", "align": 16 }))),
            (at([0, 8, 16, 24]), 64, true)
        );
        assert!(!offsets(&vault(json!({ "kind": "rust" }))).2);
    }

    #[test]
    fn integers_of_16_bytes_are_aligned_differently_by_toolchains() {
        let with = |first: &str| {
            let idl = idl(
                json!([{ "name": "Vault", "serialization": "bytemuck", "repr": { "kind": "c" },
                "type": { "kind": "struct", "fields": [{ "name": "a", "type": first }, { "name": "b", "type": "u128" }] } }]),
            );
            Layout::of(&idl, "Vault").unwrap().exact
        };
        assert!(with("u128"));
        assert!(!with("u64"));
    }
}
