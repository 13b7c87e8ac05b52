//! The rules for layouts at run time. The compiler applies them when it builds a program, which
//! `tests/contracts` shows.

use {
    crate::layouts::{OneByte, V1, V2},
    account_migration::{
        Borsh, Layout, MigrateFrom, Rejection,
        core::contract::{bytes_equal, check, discriminators_differ},
    },
    anchor_lang::prelude::{AnchorDeserialize, AnchorSerialize},
    std::panic::catch_unwind,
};

/// Of another program than `V1`.
#[derive(AnchorSerialize, AnchorDeserialize)]
struct Foreign;

impl Layout for Foreign {
    const OWNER: [u8; 32] = [8; 32];
    const LAYOUT_DISCRIMINATOR: &'static [u8] = &[106; 8];
    const BODY: usize = 0;
    type Encoding = Borsh;
}

impl MigrateFrom<V1> for Foreign {
    type Error = Rejection;

    fn migrate_from(_: V1) -> Self {
        Self
    }
}

/// Would have to move the fields of `OneByte`.
#[derive(AnchorSerialize, AnchorDeserialize)]
struct Moved;

impl Layout for Moved {
    const OWNER: [u8; 32] = OneByte::OWNER;
    const LAYOUT_DISCRIMINATOR: &'static [u8] = &[107; 8];
    const BODY: usize = OneByte::BODY;
    type Encoding = Borsh;
}

impl MigrateFrom<OneByte> for Moved {
    type Error = Rejection;
    const EXTENDS_IN_PLACE: bool = true;

    fn migrate_from(_: OneByte) -> Self {
        Self
    }
}

/// What the rules say against a pair of layouts.
fn objection<Old: Layout, New: MigrateFrom<Old>>() -> Option<&'static str> {
    let panic = catch_unwind(check::<Old, New>).err()?;
    let message = panic.downcast_ref::<&str>();
    Some(message.expect("the message is a literal"))
}

#[test]
fn a_pair_that_breaks_a_rule_is_refused() {
    assert_eq!(objection::<V1, V2>(), None);
    let foreign = objection::<V1, Foreign>().unwrap();
    assert!(foreign.contains("different owner programs"), "{foreign}");
    let moved = objection::<OneByte, Moved>().unwrap();
    assert!(moved.contains("the fields would have to move"), "{moved}");
}

#[test]
fn discriminators_that_tell_layouts_apart_differ() {
    let differ: &[&[&[u8]]] = &[
        &[],
        &[&[1]],
        &[&[1], &[2]],
        &[&[3, 1], &[3, 2], &[3, 3]],
        &[&[0, 1], &[1, 0]],
        &[&[0xff, 0xff, 0], &[1]],
        &[&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0], &[0, 0xff]],
    ];
    for discriminators in differ {
        assert!(discriminators_differ(discriminators), "{discriminators:?}");
    }
}

#[test]
fn discriminators_that_do_not_tell_layouts_apart_are_found_in_every_order() {
    let confused: &[[&[u8]; 3]] = &[
        [&[], &[1], &[2]],
        [&[0], &[1], &[2]],
        [&[0, 0, 0], &[1], &[2]],
        [&[0xff], &[1], &[2]],
        [&[0xff; 8], &[1], &[2]],
        [&[0xff; 9], &[1], &[2]],
        [&[1], &[1], &[2]],
        [&[1], &[1, 2], &[2]],
        [&[1, 2], &[1, 2, 3], &[2]],
    ];
    for [a, b, c] in confused {
        for order in [
            [a, b, c],
            [a, c, b],
            [b, a, c],
            [b, c, a],
            [c, a, b],
            [c, b, a],
        ] {
            assert!(!discriminators_differ(&order.map(|d| *d)), "{order:?}");
        }
    }
}

#[test]
fn only_equal_bytes_are_equal() {
    assert!(bytes_equal(&[], &[]));
    assert!(bytes_equal(&[1, 2], &[1, 2]));
    for other in [&[1][..], &[1, 3], &[2, 2], &[1, 2, 3], &[]] {
        assert!(!bytes_equal(&[1, 2], other), "{other:?}");
        assert!(!bytes_equal(other, &[1, 2]), "{other:?}");
    }
}
