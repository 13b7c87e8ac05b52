use {
    crate::core::slice::{CautiousReader, Writer},
    borsh::{BorshDeserialize, BorshSerialize},
    bytemuck::AnyBitPattern,
};

/// How a value becomes the bytes behind an account's discriminator.
pub trait Encoding<T> {
    /// Reads a value from the front of `body`; `None` when the bytes are not one.
    fn decode(body: &[u8]) -> Option<T>;
    /// Bytes of the value that [`decode`](Self::decode) reads; `None` when it reads none.
    fn decoded_len(body: &[u8]) -> Option<usize>;
    /// Writes a value to the front of `body` and returns its length in bytes; `None` when it does
    /// not fit, and then the contents of `body` are unspecified.
    fn encode(value: &T, body: &mut [u8]) -> Option<usize>;
}

/// Borsh, as `#[account]` uses it.
///
/// It reads what Borsh reads, but a length that announces more bytes than follow allocates at most 8,192
/// of them: a program's heap has 32,768 and frees none. A number of four bytes that would be such a length
/// makes it read the value twice.
pub struct Borsh;

/// The struct's own memory, as `#[account(zero_copy)]` uses it.
pub struct ZeroCopy;

impl<T: BorshSerialize + BorshDeserialize> Encoding<T> for Borsh {
    fn decode(body: &[u8]) -> Option<T> {
        let mut reader = CautiousReader::<true, false>::new(body, usize::MAX);
        let value = T::deserialize_reader(&mut reader).ok();
        match reader.reduced_before() {
            usize::MAX => value,
            _ if reader.exhausted() => None,
            reduced_before => read_again::<T, true>(body, reduced_before).map(|(value, _)| value),
        }
    }

    #[inline]
    fn decoded_len(body: &[u8]) -> Option<usize> {
        let mut reader = CautiousReader::<false, false>::new(body, usize::MAX);
        let decoded = T::deserialize_reader(&mut reader).is_ok();
        let rest = match reader.reduced_before() {
            usize::MAX => decoded.then(|| reader.rest()),
            _ if reader.exhausted() => None,
            reduced_before => read_again::<T, false>(body, reduced_before).map(|(_, rest)| rest),
        };
        rest.map(|rest| body.len() - rest)
    }

    fn encode(value: &T, body: &mut [u8]) -> Option<usize> {
        let space = body.len();
        let mut writer = Writer { rest: body };
        value.serialize(&mut writer).ok()?;
        Some(space - writer.rest.len())
    }
}

/// Reads a value in which a number was no length, and says how many bytes are left.
#[cold]
fn read_again<T: BorshDeserialize, const KEEPS: bool>(
    body: &[u8],
    mut reduced_before: usize,
) -> Option<(T, usize)> {
    loop {
        let mut reader = CautiousReader::<KEEPS, true>::new(body, reduced_before);
        let value = T::deserialize_reader(&mut reader);
        if reader.reduced_before() == reduced_before {
            return value.ok().map(|value| (value, reader.rest()));
        }
        if reader.exhausted() {
            return None;
        }
        reduced_before = reader.reduced_before();
    }
}

impl<T: AnyBitPattern + bytemuck::NoUninit> Encoding<T> for ZeroCopy {
    fn decode(body: &[u8]) -> Option<T> {
        body.get(..size_of::<T>()).map(bytemuck::pod_read_unaligned)
    }

    fn decoded_len(body: &[u8]) -> Option<usize> {
        (body.len() >= size_of::<T>()).then_some(size_of::<T>())
    }

    fn encode(value: &T, body: &mut [u8]) -> Option<usize> {
        let bytes = bytemuck::bytes_of(value);
        body.get_mut(..bytes.len())?.copy_from_slice(bytes);
        Some(bytes.len())
    }
}
