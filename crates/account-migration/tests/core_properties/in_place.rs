//! What extends in place becomes what decoding, migrating and encoding makes of it, byte for byte.

use {
    crate::{account, layouts::*, migrate},
    account_migration::{Layout, MigrateFrom, Rejection, core::in_place},
    proptest::{collection::vec, prelude::*},
    std::fmt::Debug,
};

/// What the adapter does to an account's bytes; `false` when it leaves them to [`migrate`].
pub fn extend<Old: Layout, New: MigrateFrom<Old>>(data: &mut Vec<u8>) -> bool {
    let Some(len) = in_place::begin::<Old, New>(data) else {
        return false;
    };
    data.resize(len, 0);
    true
}

/// Extends these bytes exactly when they are an old value's and nothing else, and to what migrating
/// makes of them; leaves others alone.
#[track_caller]
fn agrees<Old: Layout + Debug, New: MigrateFrom<Old> + Debug>(data: &[u8], extends: bool) {
    let mut extended = data.to_vec();
    assert_eq!(extend::<Old, New>(&mut extended), extends, "{data:?}");
    if extends {
        let mut migrated = data.to_vec();
        migrate::<Old, New>(&mut migrated).expect("migrates");
        assert_eq!(extended, migrated);
    } else {
        assert_eq!(extended, data);
    }
}

proptest! {
    #[test]
    fn every_old_value_extends(
        v1 in any_v1(),
        value: u64,
        paused: bool,
        count: u64,
    ) {
        agrees::<V1, V2>(&account(&v1), true);
        agrees::<Switch, DimmedSwitch>(&account(&Switch { value, paused }), true);
        agrees::<ZeroV1, ZeroDefault>(&account(&ZeroV1 { count }), true);
    }

    /// A list of any length but none ends behind the length at which new fields would begin.
    #[test]
    fn only_an_empty_list_extends(items in vec(any::<u8>(), 0..20)) {
        let extends = items.is_empty();
        agrees::<List, CountedList>(&account(&List { items }), extends);
    }

    #[test]
    fn a_byte_more_or_less_does_not_extend(v1 in any_v1(), reserve in vec(any::<u8>(), 1..100)) {
        let data = account(&v1);
        agrees::<V1, V2>(&[data.as_slice(), &reserve].concat(), false);
        for len in 0..data.len() {
            agrees::<V1, V2>(&data[..len], false);
        }
    }

    #[test]
    fn another_discriminator_does_not_extend(v1 in any_v1(), v2 in any_v2(), at in 0..8usize, bit in 0..8) {
        let mut data = account(&v1);
        data[at] ^= 1_u8 << bit;
        agrees::<V1, V2>(&data, false);
        agrees::<V1, V2>(&account(&v2), false);
    }

    /// What migrating rejects as corrupt is not extended either.
    #[test]
    fn what_does_not_decode_does_not_extend(value: u64, byte: u8) {
        let mut data = account(&Switch { value, paused: false });
        *data.last_mut().unwrap() = byte;
        agrees::<Switch, DimmedSwitch>(&data, byte <= 1);
        if byte > 1 {
            prop_assert_eq!(migrate::<Switch, DimmedSwitch>(&mut data), Err(Rejection::Corrupt));
        }
    }

    /// A pair that does not say so is never extended.
    #[test]
    fn only_what_is_declared_extends(v1 in any_v1()) {
        agrees::<V1, V3>(&account(&v1), false);
        agrees::<V1, SameSize>(&account(&v1), false);
    }
}
