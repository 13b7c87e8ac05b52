use {
    crate::core::slice::{Checker, Reader, Writer},
    borsh::{BorshDeserialize, BorshSerialize},
    bytemuck::AnyBitPattern,
};

/// How a value becomes the bytes behind an account's discriminator.
pub trait Encoding<T> {
    /// Reads a value from the front of `body`; `None` when the bytes are not one.
    fn decode(body: &[u8]) -> Option<T>;
    /// Whether [`decode`](Self::decode) would read a value.
    fn decodes(body: &[u8]) -> bool {
        Self::decode(body).is_some()
    }
    /// Writes a value to the front of `body` and returns its length in bytes; `None` when it does
    /// not fit, and then the contents of `body` are unspecified.
    fn encode(value: &T, body: &mut [u8]) -> Option<usize>;
}

/// Borsh, as `#[account]` uses it.
pub struct Borsh;

/// The struct's own memory, as `#[account(zero_copy)]` uses it.
pub struct ZeroCopy;

impl<T: BorshSerialize + BorshDeserialize> Encoding<T> for Borsh {
    fn decode(body: &[u8]) -> Option<T> {
        T::deserialize_reader(&mut Reader { rest: body }).ok()
    }

    #[inline]
    fn decodes(body: &[u8]) -> bool {
        T::deserialize_reader(&mut Checker(Reader { rest: body })).is_ok()
    }

    fn encode(value: &T, body: &mut [u8]) -> Option<usize> {
        let space = body.len();
        let mut writer = Writer { rest: body };
        value.serialize(&mut writer).ok()?;
        Some(space - writer.rest.len())
    }
}

impl<T: AnyBitPattern + bytemuck::NoUninit> Encoding<T> for ZeroCopy {
    fn decode(body: &[u8]) -> Option<T> {
        body.get(..size_of::<T>()).map(bytemuck::pod_read_unaligned)
    }

    fn encode(value: &T, body: &mut [u8]) -> Option<usize> {
        let bytes = bytemuck::bytes_of(value);
        body.get_mut(..bytes.len())?.copy_from_slice(bytes);
        Some(bytes.len())
    }
}
