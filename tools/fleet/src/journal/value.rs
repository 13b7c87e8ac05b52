//! Rust values as the columns hold them.

use {
    super::Problem,
    rusqlite::{
        ToSql,
        types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
    },
    solana_hash::Hash,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
};

/// A number of any size: SQLite's integers are signed, so the upper half is stored as negative ones.
#[derive(Clone, Copy)]
pub struct Unsigned(pub u64);

impl ToSql for Unsigned {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.cast_signed().into())
    }
}

impl FromSql for Unsigned {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(|number| Self(number.cast_unsigned()))
    }
}

/// What is stored as its bytes.
pub struct Bytes<T>(pub T);

macro_rules! bytes {
    ($($type:ty: $from:expr;)*) => {$(
        impl ToSql for Bytes<$type> {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                let bytes: &[u8] = self.0.as_ref();
                Ok(bytes.into())
            }
        }

        impl FromSql for Bytes<$type> {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let bytes = value.as_blob()?.try_into();
                Ok(Self($from(bytes.map_err(FromSqlError::other)?)))
            }
        }
    )*};
}

bytes! {
    Pubkey: Pubkey::new_from_array;
    Hash: Hash::new_from_array;
    Signature: <Signature as From<[u8; 64]>>::from;
    [u8; 32]: std::convert::identity::<[u8; 32]>;
}

/// What only a damaged file can hold.
pub fn damaged(what: impl ToString) -> Problem {
    Problem::Damaged(what.to_string())
}
