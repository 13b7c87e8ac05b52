//! Reading, writing and comparing the front of a slice. The standard library's own copy a length that
//! is known at run time only, which costs `migrate` some 170 compute units more.

use std::io::{self, ErrorKind, Read, Write};

/// Bytes that a length may announce without having them, which Borsh allocates before it looks: a
/// program's whole heap has 32,768.
const LARGEST_PROMISE: u32 = 8_192;

/// Reads the bytes as they are.
///
/// A value that is only checked is read with `KEEPS` false: by a type of its own, so that the code is
/// nobody else's and the compiler leaves out every field that nothing looks at. That saves
/// `migrate_many` some 130 compute units per account.
pub struct Reader<'a, const KEEPS: bool> {
    rest: &'a [u8],
}

impl<'a, const KEEPS: bool> Reader<'a, KEEPS> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Bytes that were not read.
    pub fn rest(&self) -> usize {
        self.rest.len()
    }
}

impl<const KEEPS: bool> Read for Reader<'_, KEEPS> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let len = bytes.len().min(self.rest.len());
        self.read_exact(&mut bytes[..len])?;
        Ok(len)
    }

    #[inline(always)]
    fn read_exact(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        let (front, rest) = self
            .rest
            .split_at_checked(bytes.len())
            .ok_or(ErrorKind::UnexpectedEof)?;
        bytes.copy_from_slice(front);
        self.rest = rest;
        Ok(())
    }
}

/// Reads as a [`Reader`] does, but never hands out a length that announces more bytes than follow and
/// than may be allocated in vain.
///
/// Such a length and a number in a field look the same, so both are handed out smaller. A length then
/// ends in [`exhausted`](Self::exhausted); a number in a field is only noted, for the value to be read
/// again with it: by a type of its own (`AGAIN`), so that the code of the first reading is nobody else's.
pub struct CautiousReader<'a, const KEEPS: bool, const AGAIN: bool> {
    reader: Reader<'a, KEEPS>,
    /// How many bytes followed the last number that was handed out smaller than it is. One with as many
    /// bytes behind it or more is handed out as it is.
    reduced_before: usize,
    exhausted: bool,
}

impl<'a, const KEEPS: bool, const AGAIN: bool> CautiousReader<'a, KEEPS, AGAIN> {
    /// Hands out numbers with `reduced_before` bytes behind them or more as they are.
    pub fn new(bytes: &'a [u8], reduced_before: usize) -> Self {
        Self {
            reader: Reader::new(bytes),
            reduced_before,
            exhausted: false,
        }
    }

    /// Bytes that were not read.
    pub fn rest(&self) -> usize {
        self.reader.rest()
    }

    /// How many bytes followed the last number that was handed out smaller than it is; what
    /// [`new`](Self::new) was told when there was none.
    pub fn reduced_before(&self) -> usize {
        self.reduced_before
    }

    /// Whether more bytes were asked for than there are.
    pub fn exhausted(&self) -> bool {
        self.exhausted
    }

    #[cold]
    fn reduce(&mut self, number: &mut [u8]) {
        if self.rest() < self.reduced_before {
            number.copy_from_slice(&LARGEST_PROMISE.to_le_bytes());
            self.reduced_before = self.rest();
        }
    }

    #[cold]
    fn exhaust(&mut self) -> io::Error {
        self.exhausted = true;
        ErrorKind::UnexpectedEof.into()
    }
}

impl<const KEEPS: bool, const AGAIN: bool> Read for CautiousReader<'_, KEEPS, AGAIN> {
    /// Borsh asks for a byte string so, and for nothing else.
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if self.reduced_before == self.rest() {
            return Err(self.exhaust());
        }
        self.reader.read(bytes)
    }

    #[inline(always)]
    fn read_exact(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        self.reader.read_exact(bytes).map_err(|_| self.exhaust())?;
        if let Ok(number) = <[u8; 4]>::try_from(&*bytes) {
            let announced = u32::from_le_bytes(number);
            if announced > LARGEST_PROMISE && announced as usize > self.rest() {
                self.reduce(bytes);
            }
        }
        Ok(())
    }
}

pub struct Writer<'a> {
    pub rest: &'a mut [u8],
}

impl Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let (front, rest) = std::mem::take(&mut self.rest)
            .split_at_mut_checked(bytes.len())
            .ok_or(ErrorKind::WriteZero)?;
        front.copy_from_slice(bytes);
        self.rest = rest;
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
