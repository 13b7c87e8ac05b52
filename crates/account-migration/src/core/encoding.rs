use {
    borsh::{BorshDeserialize, BorshSerialize},
    bytemuck::AnyBitPattern,
    std::io::{self, ErrorKind, Write},
};

/// How a value becomes the bytes behind an account's discriminator.
pub trait Encoding<T> {
    /// Reads a value from the front of `body`; `None` when the bytes are not one.
    fn decode(body: &[u8]) -> Option<T>;
    /// Writes a value to the front of `body` and returns its length in bytes; `None` when it does
    /// not fit, and then the contents of `body` are unspecified.
    fn encode(value: &T, body: &mut [u8]) -> Option<usize>;
}

/// Borsh, as `#[account]` uses it.
pub struct Borsh;

/// The struct's own memory, as `#[account(zero_copy)]` uses it.
pub struct ZeroCopy;

impl<T: BorshSerialize + BorshDeserialize> Encoding<T> for Borsh {
    fn decode(mut body: &[u8]) -> Option<T> {
        T::deserialize(&mut body).ok()
    }

    fn encode(value: &T, body: &mut [u8]) -> Option<usize> {
        let mut writer = Body {
            bytes: body,
            len: 0,
        };
        value.serialize(&mut writer).ok()?;
        Some(writer.len)
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

/// Writes to the front of a slice. The standard library's writers for slices cost twice the compute
/// units.
struct Body<'a> {
    bytes: &'a mut [u8],
    len: usize,
}

impl Write for Body<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let end = self.len + bytes.len();
        let target = self
            .bytes
            .get_mut(self.len..end)
            .ok_or(ErrorKind::WriteZero)?;
        target.copy_from_slice(bytes);
        self.len = end;
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
