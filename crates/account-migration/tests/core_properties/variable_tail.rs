//! Layouts that end in a field of no fixed length, and defaults that are not zeros: a batch, which
//! extends in place where it can, makes of every account what a single migration makes of it.

use {
    crate::{in_place::extend, migrate},
    account_migration::{
        Borsh, Layout, MigrateFrom, Rejection,
        core::in_place::{self, agrees},
    },
    borsh::{BorshDeserialize, BorshSerialize},
    proptest::{array::uniform32, collection::vec, option, prelude::*},
    std::{fmt::Debug, num::NonZeroU64},
};

/// `BODY` is the least that a value takes or the most: both are written, and only the first is right.
#[derive(BorshSerialize, BorshDeserialize, Clone, Debug, PartialEq)]
struct OldTail<T, const BODY: usize> {
    value: u64,
    tail: T,
}

/// [`OldTail`] with a fee behind it that is 0 at first.
#[derive(BorshSerialize, BorshDeserialize, Clone, Debug, PartialEq)]
struct NewTail<T, const BODY: usize> {
    value: u64,
    tail: T,
    fee: u64,
}

impl<T: BorshSerialize + BorshDeserialize, const BODY: usize> Layout for OldTail<T, BODY> {
    const OWNER: [u8; 32] = [7; 32];
    const LAYOUT_DISCRIMINATOR: &'static [u8] = b"old tail";
    const BODY: usize = BODY;
    type Encoding = Borsh;
}

impl<T: BorshSerialize + BorshDeserialize, const BODY: usize> Layout for NewTail<T, BODY> {
    const OWNER: [u8; 32] = [7; 32];
    const LAYOUT_DISCRIMINATOR: &'static [u8] = b"new tail";
    const BODY: usize = BODY + 8;
    type Encoding = Borsh;

    fn space(&self) -> usize {
        let len = 8 + borsh::object_length(self).expect("it encodes");
        len.max(Self::SPACE)
    }
}

impl<T, const BODY: usize> MigrateFrom<OldTail<T, BODY>> for NewTail<T, BODY>
where
    T: BorshSerialize + BorshDeserialize,
{
    type Error = Rejection;
    const EXTENDS_IN_PLACE: bool = true;

    fn migrate_from(old: OldTail<T, BODY>) -> Self {
        Self {
            value: old.value,
            tail: old.tail,
            fee: 0,
        }
    }
}

/// Both ways to migrate an account come to the same bytes or the same rejection.
#[track_caller]
fn batch_is_single<Old: Layout, New: MigrateFrom<Old> + Debug + PartialEq>(data: &[u8]) {
    let mut single = data.to_vec();
    let migrated = migrate::<Old, New>(&mut single).map(drop);
    let mut batch = data.to_vec();
    if !extend::<Old, New>(&mut batch) {
        assert_eq!(batch, data, "nothing is changed");
        assert_eq!(migrate::<Old, New>(&mut batch).map(drop), migrated);
    }
    assert_eq!(batch, single, "{data:?}");
    assert!(agrees::<Old, New>(data), "{data:?}");
}

/// An account's data: `value` written over `stale` bytes, as Anchor does when an instruction ends.
fn account_over<T: BorshSerialize>(value: u64, tail: &T, mut stale: Vec<u8>) -> Vec<u8> {
    let fields = borsh::to_vec(&(value, tail)).expect("it encodes");
    stale.resize(stale.len().max(fields.len()), 0);
    stale[..fields.len()].copy_from_slice(&fields);
    [b"old tail".as_slice(), &stale].concat()
}

/// Accounts of a tail that takes `LEAST` bytes or more and `MOST` or fewer with the value before it.
fn every_account<T, const LEAST: usize, const MOST: usize>(
    value: u64,
    tail: &T,
    stale: &[u8],
    more: usize,
) where
    T: BorshSerialize + BorshDeserialize + Debug + PartialEq,
{
    for len in [LEAST, LEAST + more, MOST, MOST + more] {
        let over = stale.iter().copied().cycle().take(len).collect();
        let data = account_over(value, tail, over);
        batch_is_single::<OldTail<T, LEAST>, NewTail<T, LEAST>>(&data);
        batch_is_single::<OldTail<T, MOST>, NewTail<T, MOST>>(&data);
    }
    // Whatever the tail's first bytes are.
    let garbage: Vec<u8> = stale.iter().copied().cycle().take(MOST + more).collect();
    for len in LEAST..garbage.len() {
        let data = [b"old tail".as_slice(), &garbage[..len]].concat();
        batch_is_single::<OldTail<T, LEAST>, NewTail<T, LEAST>>(&data);
        batch_is_single::<OldTail<T, MOST>, NewTail<T, MOST>>(&data);
    }
}

proptest! {
    #[test]
    fn a_batch_makes_what_a_single_migration_makes(
        value: u64,
        delegate in option::of(uniform32(any::<u8>())),
        text in "[a-z]{0,20}",
        nested in option::of("[a-z]{0,20}"),
        bytes in vec(any::<u8>(), 0..=20),
        numbers in vec(any::<u32>(), 0..=5),
        stale in vec(prop_oneof![Just(0), Just(1), any::<u8>()], 1..60),
        more in 0..3_usize,
    ) {
        every_account::<_, { 8 + 1 }, { 8 + 33 }>(value, &delegate, &stale, more);
        every_account::<_, { 8 + 4 }, { 8 + 24 }>(value, &text, &stale, more);
        every_account::<_, { 8 + 1 }, { 8 + 25 }>(value, &nested, &stale, more);
        every_account::<_, { 8 + 4 }, { 8 + 24 }>(value, &bytes, &stale, more);
        every_account::<_, { 8 + 4 }, { 8 + 24 }>(value, &numbers, &stale, more);
    }
}

/// The account that made a fee of stale bytes: its `Some` became `None`, and `BODY` says the most.
#[test]
fn what_some_left_behind_becomes_no_fee() {
    type Delegate = Option<[u8; 32]>;
    let some = borsh::to_vec(&(5_u64, Some([0xAA_u8; 32]))).expect("it encodes");
    let data = account_over(5, &Delegate::None, some);
    assert_eq!(data.len(), 8 + 41);
    assert_eq!(
        in_place::begin::<OldTail<Delegate, 41>, NewTail<Delegate, 41>>(&mut data.clone()),
        None
    );

    let mut migrated = data;
    let new = migrate::<OldTail<Delegate, 41>, NewTail<Delegate, 41>>(&mut migrated);
    assert_eq!(new.expect("it migrates").fee, 0);
}

/// What extends does so: a tail as long as `BODY` says.
#[test]
fn a_full_tail_extends() {
    let data = account_over(5, &Some([0xAA_u8; 32]), Vec::new());
    let mut extended = data.clone();
    assert!(extend::<
        OldTail<Option<[u8; 32]>, 41>,
        NewTail<Option<[u8; 32]>, 41>,
    >(&mut extended));
    assert_eq!(extended[..8], *b"new tail");
    assert_eq!(extended[8..49], data[8..]);
    assert_eq!(extended[49..], [0; 8]);
}

/// A kind that no zero is one of.
#[derive(BorshSerialize, BorshDeserialize, Clone, Copy, Debug, PartialEq)]
#[borsh(use_discriminant = true)]
enum Kind {
    Small = 1,
    Large = 2,
}

/// A value with one field behind it, which begins as [`Begins::FIRST`]; `IN_PLACE` is what the pair says.
#[derive(BorshSerialize, BorshDeserialize, Clone, Debug, PartialEq)]
struct With<F, const IN_PLACE: bool> {
    value: u64,
    field: F,
}

trait Begins: BorshSerialize + BorshDeserialize {
    const FIRST: Self;
    const LEN: usize;
}

macro_rules! begins {
    ($field:ty, $first:expr, $len:expr) => {
        impl Begins for $field {
            const FIRST: Self = $first;
            const LEN: usize = $len;
        }
    };
}

begins!(u64, 0, 8);
begins!(u32, 1, 4);
begins!(NonZeroU64, NonZeroU64::MIN, 8);
begins!(Kind, Kind::Large, 1);
begins!(Option<Kind>, None, 1);

impl<F: Begins, const IN_PLACE: bool> Layout for With<F, IN_PLACE> {
    const OWNER: [u8; 32] = [7; 32];
    const LAYOUT_DISCRIMINATOR: &'static [u8] = b"new with";
    const BODY: usize = 8 + F::LEN;
    type Encoding = Borsh;
}

impl<F: Begins, const IN_PLACE: bool> MigrateFrom<OldTail<(), 8>> for With<F, IN_PLACE> {
    type Error = Rejection;
    const EXTENDS_IN_PLACE: bool = IN_PLACE;

    fn migrate_from(old: OldTail<(), 8>) -> Self {
        Self {
            value: old.value,
            field: F::FIRST,
        }
    }
}

/// Whether the pair may say that it extends in place. One that does not say so always agrees.
#[track_caller]
fn may_extend<F: Begins + Debug + PartialEq>(value: u64) -> bool {
    let data = account_over(value, &(), Vec::new());
    batch_is_single::<OldTail<(), 8>, With<F, false>>(&data);
    agrees::<OldTail<(), 8>, With<F, true>>(&data)
}

proptest! {
    #[test]
    fn only_defaults_of_zeros_agree(value: u64) {
        prop_assert!(may_extend::<u64>(value));
        prop_assert!(may_extend::<Option<Kind>>(value));
        prop_assert!(!may_extend::<u32>(value));
        prop_assert!(!may_extend::<NonZeroU64>(value));
        prop_assert!(!may_extend::<Kind>(value));
    }
}

/// What an [`OldTail`] becomes when its migration changes an old field.
#[derive(BorshSerialize, BorshDeserialize, Clone, Debug, PartialEq)]
struct Doubled {
    value: u64,
    fee: u64,
}

impl Layout for Doubled {
    const OWNER: [u8; 32] = [7; 32];
    const LAYOUT_DISCRIMINATOR: &'static [u8] = b"doubled!";
    const BODY: usize = 16;
    type Encoding = Borsh;
}

impl MigrateFrom<OldTail<(), 8>> for Doubled {
    type Error = Rejection;
    const EXTENDS_IN_PLACE: bool = true;

    fn migrate_from(old: OldTail<(), 8>) -> Self {
        Self {
            value: old.value.wrapping_mul(2),
            fee: 0,
        }
    }
}

proptest! {
    /// One value that stays what it was does not show it.
    #[test]
    fn a_changed_field_does_not_agree(value: u64) {
        let data = account_over(value, &(), Vec::new());
        prop_assert_eq!(agrees::<OldTail<(), 8>, Doubled>(&data), value == 0);
    }
}
