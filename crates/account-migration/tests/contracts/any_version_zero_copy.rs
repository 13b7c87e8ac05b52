//! error: E0271
//!
//! Anchor writes an account's struct back by Borsh.

include!("shared/layouts.rs");

#[account]
#[derive(Debug, PartialEq, Eq, InitSpace)]
pub struct First {
    pub value: u64,
}

#[account]
#[derive(Debug, PartialEq, Eq, Copy, bytemuck::Pod, bytemuck::Zeroable, InitSpace)]
#[repr(C)]
pub struct Second {
    pub value: u64,
}

layout!(First);

impl Layout for Second {
    const OWNER: [u8; 32] = ID.to_bytes();
    const LAYOUT_DISCRIMINATOR: &'static [u8] = <Self as Discriminator>::DISCRIMINATOR;
    const BODY: usize = Self::INIT_SPACE;
    type Encoding = account_migration::ZeroCopy;
}

account_migration::any_version! {
    pub enum Card: CardError {
        First(First),
        Second(Second),
    }
}

fn main() {}
