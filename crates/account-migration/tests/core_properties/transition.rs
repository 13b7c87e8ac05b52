use {
    crate::{account, layouts::*, migrate, write_and_read},
    account_migration::{
        Layout, MigrateFrom, Rejection,
        core::transition::{new_len, write},
    },
    proptest::{collection::vec, prelude::*},
    std::fmt::Debug,
};

/// Migrates and rolls back; the account is what it was.
fn rolls_back<Old, New>(old: &Old)
where
    Old: MigrateFrom<New> + Debug + PartialEq,
    New: MigrateFrom<Old> + Debug,
{
    let before = account(old);
    let mut data = before.clone();
    migrate::<Old, New>(&mut data).expect("migrates");
    assert_ne!(data, before);
    assert_eq!(migrate::<New, Old>(&mut data).as_ref(), Ok(old));
    assert_eq!(data, before);
}

/// Migrates once; the second time is rejected and changes nothing.
fn migrates_once<Old: Layout, New: MigrateFrom<Old> + Debug>(old: &Old) {
    let mut data = account(old);
    migrate::<Old, New>(&mut data).expect("migrates");
    let migrated = data.clone();
    assert_eq!(
        migrate::<Old, New>(&mut data).err(),
        Some(Rejection::AlreadyMigrated)
    );
    assert_eq!(data, migrated);
}

proptest! {
    /// The bytes, written out: discriminator, V1's fields where they were, defaults behind them.
    #[test]
    fn v2_keeps_every_field_of_v1(old in any_v1(), reserve in vec(any::<u8>(), 0..100)) {
        let mut data = account(&old);
        data.extend(reserve);
        let new = migrate::<V1, V2>(&mut data).unwrap();

        prop_assert_eq!(data.len(), 96);
        prop_assert_eq!(&data[..8], [11, 12, 13, 14, 15, 16, 17, 18]);
        prop_assert_eq!(&data[8..40], old.authority);
        prop_assert_eq!(&data[40..48], old.value.to_le_bytes());
        prop_assert_eq!(&data[48..], [0; 48]);
        prop_assert_eq!(new, V2::migrate_from(old));
    }

    #[test]
    fn migrating_twice_is_rejected(v1 in any_v1(), v2 in any_v2(), count: u64) {
        migrates_once::<V1, V2>(&v1);
        migrates_once::<V1, Smaller>(&v1);
        migrates_once::<V1, SameSize>(&v1);
        migrates_once::<V1, V3>(&v1);
        migrates_once::<V2, V1>(&v2);
        migrates_once::<OneByte, ThreeBytes>(&OneByte { value: count });
        migrates_once::<ThreeBytes, OneByte>(&ThreeBytes { value: count });
        migrates_once::<ZeroV1, ZeroV2>(&ZeroV1 { count });
    }

    #[test]
    fn rolling_back_restores_the_account(old in any_v1(), count: u64) {
        rolls_back::<V1, V2>(&old);
        rolls_back::<V1, SameSize>(&old);
        rolls_back::<OneByte, ThreeBytes>(&OneByte { value: count });
        rolls_back::<ZeroV1, ZeroV2>(&ZeroV1 { count });
    }

    #[test]
    fn a_chain_equals_its_steps(old in any_v1()) {
        let mut chained = account(&old);
        let mut stepped = chained.clone();
        let at_once = migrate::<V1, V3>(&mut chained).unwrap();
        migrate::<V1, V2>(&mut stepped).unwrap();
        let in_steps = migrate::<V2, V3>(&mut stepped).unwrap();

        prop_assert_eq!(&at_once, &in_steps);
        prop_assert!(at_once.paused);
        prop_assert_eq!(chained, stepped);
    }

    /// Whatever lay in the account before.
    #[test]
    fn every_byte_behind_the_value_is_zero(
        value in any_v2(),
        count: u64,
        garbage in vec(any::<u8>(), 8 + 88 + 20 * 32..1_000),
    ) {
        let mut data = garbage.clone();
        let read_back = write_and_read(&value, &mut data).unwrap();
        prop_assert_eq!(&read_back, &value);
        let len = 96 + 32 * value.operators.len();
        prop_assert_eq!(&data[..len], account(&value));
        prop_assert!(data[len..].iter().all(|byte| *byte == 0));

        let mut data = garbage;
        write(&ZeroV1 { count }, &mut data).unwrap();
        prop_assert_eq!(&data[..8], [71, 72, 73, 74, 75, 76, 77, 78]);
        prop_assert_eq!(&data[8..16], count.to_le_bytes());
        prop_assert!(data[16..].iter().all(|byte| *byte == 0));
    }

    /// One instruction adds at most 10,240 bytes, and a value that needs no more is never rejected.
    #[test]
    fn growth_is_bounded(len in 0..50_000usize) {
        let value = Reserve { value: 1 };
        let expected = if 10_288 <= len + 10_240 { Ok(10_288) } else { Err(Rejection::GrowFirst) };
        prop_assert_eq!(new_len::<V1, Reserve>(len, &value), expected);

        let value = Stepwise { value: 1 };
        let expected = if 30_000 <= len { Ok(30_000) } else { Err(Rejection::GrowFirst) };
        prop_assert_eq!(new_len::<V1, Stepwise>(len, &value), expected);
    }
}

/// A layout whose code disagrees with itself is found before an account is left in it.
#[test]
fn what_does_not_read_back_is_rejected() {
    let data = &mut [0; 100];
    assert_eq!(
        write(&Unreadable { value: 2 }, data),
        Err(Rejection::Corrupt)
    );
    let data = &mut data[..17];
    assert_eq!(
        write(&Overstated { value: 2 }, data),
        Err(Rejection::Truncated),
        "one byte less than BODY says"
    );
}

#[test]
fn growth_at_its_border() {
    let value = Reserve { value: 1 };
    assert_eq!(
        new_len::<V1, _>(48, &value),
        Ok(10_288),
        "10,240 bytes more"
    );
    assert_eq!(
        new_len::<V1, _>(47, &value),
        Err(Rejection::GrowFirst),
        "10,241 bytes more"
    );
    assert_eq!(new_len::<V1, _>(usize::MAX, &value), Ok(10_288));

    let value = Stepwise { value: 1 };
    assert_eq!(new_len::<V1, _>(30_000, &value), Ok(30_000), "nothing more");
    assert_eq!(
        new_len::<V1, _>(29_999, &value),
        Err(Rejection::GrowFirst),
        "one byte more"
    );
    assert_eq!(
        new_len::<V1, _>(30_001, &value),
        Ok(30_000),
        "one byte less"
    );
}
