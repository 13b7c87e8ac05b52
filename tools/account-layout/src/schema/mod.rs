//! A type, taken out of its IDL to read and write values by.

mod decode;
mod encode;
mod make;
mod output;
mod scalar;
mod ty;

pub use self::{
    decode::BadBytes,
    encode::{BadValue, MAX_LEN, Misfit},
    make::{Schemas, to_usize},
    output::{Json, Text},
    ty::Schema,
};
