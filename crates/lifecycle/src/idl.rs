//! The fields of an account, read from a release's IDL.

use {
    anyhow::{Context, Result, bail},
    serde_json::Value,
    std::{fs, path::Path},
};

/// A run of bytes in an account's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub ty: String,
    /// Bytes it takes; a `Vec` is empty and takes the 4 of its length.
    pub len: usize,
}

/// The account's discriminator and fields, in the order of its bytes.
///
/// # Errors
/// When the file is not an IDL that has the account, or a field's type has no fixed length.
pub fn account_fields(path: &Path, account: &str) -> Result<Vec<Field>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let idl: Value =
        serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))?;
    let named = |list: &str| {
        idl[list]
            .as_array()
            .and_then(|items| items.iter().find(|item| item["name"] == account))
            .with_context(|| format!("{} has no {account} among its {list}", path.display()))
    };
    let discriminator = named("accounts")?["discriminator"]
        .as_array()
        .with_context(|| format!("{account} has no discriminator"))?;
    let mut fields = vec![Field {
        name: "discriminator".to_owned(),
        ty: format!("[u8; {}]", discriminator.len()),
        len: discriminator.len(),
    }];
    for field in named("types")?["type"]["fields"]
        .as_array()
        .with_context(|| format!("{account} has no fields"))?
    {
        let (ty, len) = type_and_len(&field["type"])
            .with_context(|| format!("field {} of {account}", field["name"]))?;
        fields.push(Field {
            name: field["name"].as_str().unwrap_or_default().to_owned(),
            ty,
            len,
        });
    }
    Ok(fields)
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
