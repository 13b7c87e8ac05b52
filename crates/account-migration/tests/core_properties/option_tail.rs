//! An old layout that ends in an `Option` leaves bytes behind when the option is taken: Borsh writes
//! one byte for `None` where it wrote 33 for `Some`. A field appended to the struct is then read
//! from what is left.

use {
    crate::{account, migrate},
    account_migration::{Borsh, Layout, MigrateFrom, Rejection, core::transition::write},
    anchor_lang::prelude::{AnchorDeserialize, AnchorSerialize},
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug, PartialEq, Eq)]
struct Old {
    value: u64,
    delegate: Option<[u8; 32]>,
}

/// `Old` with a field appended.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug, PartialEq, Eq)]
struct New {
    value: u64,
    delegate: Option<[u8; 32]>,
    fee: u64,
}

impl Layout for Old {
    const OWNER: [u8; 32] = [7; 32];
    const LAYOUT_DISCRIMINATOR: &'static [u8] = b"old card";
    const BODY: usize = 8 + 1;
    const SPACE: usize = 8 + 8 + 33;
    type Encoding = Borsh;
}

impl Layout for New {
    const OWNER: [u8; 32] = [7; 32];
    const LAYOUT_DISCRIMINATOR: &'static [u8] = b"new card";
    const BODY: usize = 8 + 1 + 8;
    const SPACE: usize = 8 + 8 + 33 + 8;
    type Encoding = Borsh;
}

impl MigrateFrom<Old> for New {
    type Error = Rejection;

    fn migrate_from(old: Old) -> Self {
        Self {
            value: old.value,
            delegate: old.delegate,
            fee: 0,
        }
    }
}

/// An account that had a delegate and whose program then stored `None`, as Anchor does at exit:
/// over the old bytes.
fn account_with_a_stale_tail() -> Vec<u8> {
    let mut data = account(&Old {
        value: 5,
        delegate: Some([0xAA; 32]),
    });
    let taken = Old {
        value: 5,
        delegate: None,
    };
    taken.serialize(&mut &mut data[8..]).unwrap();
    data
}

#[test]
fn a_field_appended_naively_is_read_from_stale_bytes() {
    let mut data = account_with_a_stale_tail();
    assert_eq!(data[16], 0, "the delegate is None");
    assert_eq!(&data[17..], [0xAA; 32], "but its bytes are still there");

    data.resize(New::SPACE, 0);
    let read = New::deserialize(&mut &data[8..]).unwrap();
    assert_eq!(
        read.fee,
        u64::from_le_bytes([0xAA; 8]),
        "a fee that nobody set"
    );
}

#[test]
fn migrating_leaves_no_stale_byte() {
    let mut data = account_with_a_stale_tail();
    let new = migrate::<Old, New>(&mut data).unwrap();

    assert_eq!(
        new,
        New {
            value: 5,
            delegate: None,
            fee: 0
        }
    );
    assert_eq!(&data[..8], b"new card");
    assert_eq!(&data[8..16], 5u64.to_le_bytes());
    assert_eq!(
        &data[16..],
        [0; 1 + 8 + 32],
        "None, no fee, and zeroes to the end"
    );
}

/// Also when the new layout is written over an account of the right length already.
#[test]
fn writing_in_place_leaves_no_stale_byte() {
    let mut data = vec![0xAA; New::SPACE];
    write(
        &New {
            value: 5,
            delegate: None,
            fee: 9,
        },
        &mut data,
    )
    .unwrap();
    assert_eq!(&data[17..25], 9u64.to_le_bytes());
    assert_eq!(&data[25..], [0; 32]);
}
