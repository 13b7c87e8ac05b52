use crate::core::encoding::Encoding;

/// One layout of an account: who owns it, how it begins, how long it is.
pub trait Layout: Sized {
    /// The program that owns accounts of this layout.
    const OWNER: [u8; 32];
    /// The first bytes of the account's data.
    const LAYOUT_DISCRIMINATOR: &'static [u8];
    /// Bytes behind the discriminator that every value takes. A `Vec` counts 4, its length prefix.
    const BODY: usize;
    /// Bytes of the account's data, reserve for later fields included.
    const SPACE: usize = Self::LAYOUT_DISCRIMINATOR.len() + Self::BODY;
    /// How the fields become bytes: [`Borsh`](crate::Borsh) or [`ZeroCopy`](crate::ZeroCopy).
    type Encoding: Encoding<Self>;

    /// Bytes of the account's data that holds this value. Override it when values differ in length.
    fn space(&self) -> usize {
        Self::SPACE
    }
}
