//! The layout of an account, read from a release's IDL.

use {
    anyhow::{Context, Result, bail},
    serde_json::Value,
    std::{fs, path::Path},
};

/// An account's bytes: the discriminator, then its fields.
#[derive(Clone, Debug)]
pub struct Layout {
    pub name: String,
    pub fields: Vec<Field>,
}

/// A run of bytes in an account's data.
#[derive(Clone, Debug)]
pub struct Field {
    /// A field of a field has the names of both: `origin.predecessor`.
    pub name: String,
    pub ty: String,
    pub offset: usize,
    /// Bytes it takes; a `Vec` is empty and takes the 4 of its length.
    pub len: usize,
}

impl Layout {
    /// # Errors
    /// When the file is not an IDL that has the account, or a field's type has no fixed length.
    pub fn read(idl: &Path, account: &str) -> Result<Layout> {
        let text =
            fs::read_to_string(idl).with_context(|| format!("cannot read {}", idl.display()))?;
        let value = serde_json::from_str(&text)
            .with_context(|| format!("{} is not JSON", idl.display()))?;
        Self::from_json(&value, account).with_context(|| format!("in {}", idl.display()))
    }

    fn from_json(idl: &Value, account: &str) -> Result<Layout> {
        let discriminator = named(idl, "accounts", account)?["discriminator"]
            .as_array()
            .with_context(|| format!("{account} has no discriminator"))?
            .len();
        let mut layout = Layout {
            name: account.to_owned(),
            fields: Vec::new(),
        };
        layout.push(
            "discriminator".to_owned(),
            format!("[u8; {discriminator}]"),
            discriminator,
        );
        layout.push_fields(idl, account, "")?;
        Ok(layout)
    }

    /// Bytes of the whole account.
    pub fn bytes(&self) -> usize {
        self.fields.last().map_or(0, Field::end)
    }

    fn push(&mut self, name: String, ty: String, len: usize) {
        let offset = self.bytes();
        self.fields.push(Field {
            name,
            ty,
            offset,
            len,
        });
    }

    /// Adds the fields of a struct, with `prefix` before their names.
    fn push_fields(&mut self, idl: &Value, name: &str, prefix: &str) -> Result<()> {
        for field in named(idl, "types", name)?["type"]["fields"]
            .as_array()
            .with_context(|| format!("{name} has no fields"))?
        {
            let name = format!("{prefix}{}", field["name"].as_str().unwrap_or_default());
            let ty = &field["type"];
            if let Some(inner) = ty["defined"]["name"].as_str() {
                self.push_fields(idl, inner, &format!("{name}."))?;
            } else {
                let (ty, len) = type_and_len(ty).with_context(|| format!("field {name}"))?;
                self.push(name, ty, len);
            }
        }
        Ok(())
    }
}

impl Field {
    pub fn end(&self) -> usize {
        self.offset + self.len
    }
}

fn named<'a>(idl: &'a Value, list: &str, name: &str) -> Result<&'a Value> {
    idl[list]
        .as_array()
        .and_then(|items| items.iter().find(|item| item["name"] == name))
        .with_context(|| format!("no {name} among the {list}"))
}

fn type_and_len(ty: &Value) -> Result<(String, usize)> {
    if let Some(element) = ty.get("vec") {
        return Ok((format!("Vec<{}>", element.as_str().unwrap_or("…")), 4));
    }
    let name = ty.as_str().unwrap_or_default();
    let len = match name {
        "bool" | "u8" | "i8" => 1,
        "u16" | "i16" => 2,
        "u32" | "i32" => 4,
        "u64" | "i64" => 8,
        "u128" | "i128" => 16,
        "pubkey" => 32,
        _ => bail!("the length of type {ty} is not known"),
    };
    Ok((name.to_owned(), len))
}
