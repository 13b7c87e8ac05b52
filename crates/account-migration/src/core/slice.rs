//! Reading and writing the front of a slice. The standard library's own copy a length that is known
//! at run time only, which costs `migrate` some 170 compute units more.

use std::io::{self, ErrorKind, Read, Write};

pub struct Reader<'a> {
    pub rest: &'a [u8],
}

impl Read for Reader<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let len = bytes.len().min(self.rest.len());
        self.read_exact(&mut bytes[..len])?;
        Ok(len)
    }

    #[inline]
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

/// Reads as a [`Reader`] does. What is read through it is only checked: with a type of its own that
/// code is nobody else's, and the compiler leaves out every field that nothing looks at. That saves
/// `migrate_many` some 130 compute units per account.
pub struct Checker<'a>(pub Reader<'a>);

impl Read for Checker<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.0.read(bytes)
    }

    #[inline]
    fn read_exact(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        self.0.read_exact(bytes)
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
