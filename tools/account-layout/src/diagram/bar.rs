//! An account's bytes as a row of runs.

use crate::{
    layout::{Layout, Len, Offset},
    text::printable,
};

/// An account's bytes: the discriminator, then the fields, then what is left.
#[derive(Clone, Debug)]
pub struct Bar {
    pub name: String,
    pub runs: Vec<Run>,
    /// Bytes of the smallest value.
    pub bytes: u64,
    /// Whether a value can be longer.
    pub open: bool,
}

/// A run of bytes with one meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub kind: RunKind,
    /// Empty for padding.
    pub name: String,
    pub ty: String,
    pub offset: u64,
    /// The fewest bytes it takes.
    pub len: u64,
    /// Whether it can begin later, behind something of variable length.
    pub floats: bool,
    /// Whether it can take more bytes.
    pub open: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    Discriminator,
    Field,
    Padding,
}

impl Bar {
    pub fn of(layout: &Layout) -> Self {
        let start = layout.discriminator.len() as u64;
        let mut bar = Self {
            name: printable(&layout.name),
            runs: Vec::new(),
            bytes: 0,
            open: false,
        };
        if start > 0 {
            bar.push(Run {
                kind: RunKind::Discriminator,
                name: "discriminator".to_owned(),
                ty: format!("[u8; {start}]"),
                offset: 0,
                len: start,
                floats: false,
                open: false,
            });
        }
        for field in &layout.fields {
            let (offset, floats) = match field.offset {
                Offset::Fixed(offset) => (offset, false),
                Offset::AtLeast(offset) => (offset, true),
            };
            let (len, open) = match field.len {
                Len::Fixed(len) => (len, false),
                Len::Variable { min } => (min, true),
            };
            let offset = start.saturating_add(offset);
            bar.pad(offset, floats);
            bar.push(Run {
                kind: RunKind::Field,
                name: printable(&field.path),
                ty: printable(&field.ty),
                offset,
                len,
                floats,
                open,
            });
        }
        bar.pad(start.saturating_add(layout.min_len), bar.open);
        bar
    }

    pub fn push(&mut self, run: Run) {
        self.bytes = self.bytes.max(run.end());
        self.open |= run.open;
        self.runs.push(run);
    }

    /// Fills the bytes up to an offset.
    pub fn pad(&mut self, end: u64, floats: bool) {
        if end > self.bytes {
            self.push(Run {
                kind: RunKind::Padding,
                name: String::new(),
                ty: "padding".to_owned(),
                offset: self.bytes,
                len: end - self.bytes,
                floats,
                open: false,
            });
        }
    }

    /// `48 bytes`, `92 bytes or more`
    pub fn size(&self) -> String {
        let more = if self.open { " or more" } else { "" };
        format!("{} bytes{more}", self.bytes)
    }
}

impl Run {
    pub fn end(&self) -> u64 {
        self.offset.saturating_add(self.len)
    }

    /// Whether both are the same bytes with the same meaning but for the name.
    pub fn same_bytes(&self, other: &Self) -> bool {
        self.same_place(other) && self.ty == other.ty
    }

    pub fn same_place(&self, other: &Self) -> bool {
        (self.offset, self.len, self.floats, self.open)
            == (other.offset, other.len, other.floats, other.open)
    }
}
