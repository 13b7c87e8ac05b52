//! What a migration kept of an account.

use {
    account_layout::{
        Reader,
        reader::{FieldValue, ReadError},
    },
    anchor_lang_idl_spec::Idl,
    solana_pubkey::Pubkey,
    std::sync::Arc,
    thiserror::Error,
};

/// The most characters of a value that a difference shows.
const MAX_SHOWN: usize = 200;

/// An account of either side that does not hold what its type says.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("the account does not decode: {0}")]
pub struct FieldError(#[from] pub ReadError);

/// A field whose value changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// `limits.per_day`
    pub field: String,
    /// The first 200 characters of the value, as Rust writes it.
    pub old: String,
    pub new: String,
}

/// The layouts of both sides, to compare many accounts.
#[derive(Clone, Debug)]
pub struct Comparison(Arc<Sides>);

#[derive(Debug)]
struct Sides {
    old: Reader,
    new: Reader,
    /// The indices of the fields that have the same name on both sides.
    shared: Vec<(usize, usize)>,
}

impl Comparison {
    /// # Errors
    /// The name of the type whose accounts cannot be read, and why.
    pub fn new(idl: &Idl, old: &str, new: &str) -> Result<Self, (String, String)> {
        let reader = |name: &str| {
            Reader::of(idl, name).map_err(|error| (name.to_owned(), error.to_string()))
        };
        let (old, new) = (reader(old)?, reader(new)?);
        let in_new = |path: &str| new.fields().iter().position(|field| field.path == path);
        let fields = old.fields().iter().enumerate();
        let shared = fields
            .filter_map(|(index, field)| Some((index, in_new(&field.path)?)))
            .collect();
        Ok(Self(Arc::new(Sides { old, new, shared })))
    }

    /// The names of the fields that are compared.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        let Sides { old, shared, .. } = &*self.0;
        shared
            .iter()
            .map(|(index, _)| old.fields()[*index].path.as_str())
    }

    /// The compared fields whose values differ. Values are the same when they are written alike: a number
    /// may have become wider, or the last variant of an enum have been added.
    ///
    /// # Errors
    /// Either account does not decode.
    pub fn differences(&self, old: &[u8], new: &[u8]) -> Result<Vec<Difference>, FieldError> {
        let Sides {
            old: old_reader,
            new: new_reader,
            shared,
        } = &*self.0;
        let (old, new) = (old_reader.read(old)?, new_reader.read(new)?);
        let pairs = shared
            .iter()
            .map(|(index, other)| (old[*index], new[*other]));
        Ok(pairs
            .filter_map(|(old, new)| difference(old, new))
            .collect())
    }

    /// The address in a field of the old side.
    pub(crate) fn address_in(&self, index: usize, data: &[u8]) -> Result<Pubkey, FieldError> {
        let values = self.0.old.read(data)?;
        Ok(Pubkey::try_from(values[index].bytes).unwrap_or_default())
    }
}

fn difference(old: FieldValue<'_>, new: FieldValue<'_>) -> Option<Difference> {
    if old.bytes == new.bytes && old.field.same_type(new.field) {
        return None;
    }
    let (was, is) = (old.to_string(), new.to_string());
    (was != is).then(|| Difference {
        field: old.field.path.clone(),
        old: clip(was),
        new: clip(is),
    })
}

fn clip(text: String) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests;
