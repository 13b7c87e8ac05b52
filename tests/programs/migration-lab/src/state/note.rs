//! A note whose fields announce their own lengths, behind a number that may be as large as a lie.

use {
    crate::error::LabError,
    account_migration::{Borsh, MigrateFrom, any_version},
    anchor_lang::prelude::*,
};

/// 20 bytes with its discriminator, and those of its text and attachment.
#[account]
#[derive(Debug, PartialEq, Eq)]
pub struct NoteV1 {
    pub views: u32,
    pub text: String,
    pub attachment: Vec<u8>,
}

/// 28 bytes with its discriminator, and those of its text and attachment.
#[account]
#[derive(Debug, PartialEq, Eq)]
pub struct NoteV2 {
    pub views: u32,
    pub text: String,
    pub attachment: Vec<u8>,
    pub pinned: u64,
}

layout!(
    NoteV1,
    4 + 4 + 4,
    Borsh,
    fn space(&self) -> usize {
        Self::SPACE + self.text.len() + self.attachment.len()
    }
);
layout!(
    NoteV2,
    NoteV1::BODY + 8,
    Borsh,
    fn space(&self) -> usize {
        Self::SPACE + self.text.len() + self.attachment.len()
    }
);

impl MigrateFrom<NoteV1> for NoteV2 {
    type Error = LabError;
    const EXTENDS_IN_PLACE: bool = true;

    fn migrate_from(old: NoteV1) -> Self {
        Self {
            views: old.views,
            text: old.text,
            attachment: old.attachment,
            pinned: 0,
        }
    }
}

any_version! {
    /// A note in either layout.
    pub enum AnyNote: LabError { V1(NoteV1), V2(NoteV2) }
}
