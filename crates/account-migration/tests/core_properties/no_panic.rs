//! Whatever bytes an account holds, every function answers.

use {
    crate::{layouts::*, write_and_read},
    account_migration::{
        Layout, MigrateFrom,
        core::transition::{decode, read_old, unrecognized, write},
    },
    proptest::{collection::vec, prelude::*},
    std::fmt::Debug,
};

/// Bytes of any length that often begin with a discriminator of the test's layouts, or part of one.
fn any_data() -> impl Strategy<Value = Vec<u8>> {
    let discriminator = prop::sample::select(vec![
        V1::LAYOUT_DISCRIMINATOR,
        V2::LAYOUT_DISCRIMINATOR,
        V3::LAYOUT_DISCRIMINATOR,
        OneByte::LAYOUT_DISCRIMINATOR,
        ThreeBytes::LAYOUT_DISCRIMINATOR,
        ZeroV1::LAYOUT_DISCRIMINATOR,
        ZeroV2::LAYOUT_DISCRIMINATOR,
        &[0; 8],
        &[],
    ]);
    let byte = prop_oneof![Just(0), Just(1), Just(u8::MAX), any::<u8>()];
    (discriminator, 0..=8usize, vec(byte, 0..300)).prop_map(|(discriminator, kept, body)| {
        [&discriminator[..kept.min(discriminator.len())], &body].concat()
    })
}

/// Reads and decodes without a panic; what was read can be written over whatever is there.
fn survives<Old, New>(data: &[u8])
where
    Old: Layout,
    New: MigrateFrom<Old> + Debug + PartialEq,
{
    let _ = decode::<Old>(data);
    let _ = decode::<New>(data);
    let _ = unrecognized(
        data,
        &[Old::LAYOUT_DISCRIMINATOR, New::LAYOUT_DISCRIMINATOR],
    );
    if let Ok(old) = read_old::<Old, New>(data) {
        let new = New::migrate_from(old);
        let mut account = data.to_vec();
        let written = write_and_read(&new, &mut account);
        assert_eq!(
            written.is_ok(),
            data.len() >= New::LAYOUT_DISCRIMINATOR.len() + New::BODY
        );
        assert!(written.is_err() || written.as_ref() == Ok(&new));
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(data in any_data()) {
        survives::<V1, V2>(&data);
        survives::<V1, Smaller>(&data);
        survives::<V1, SameSize>(&data);
        survives::<V1, V3>(&data);
        survives::<V2, V1>(&data);
        survives::<OneByte, ThreeBytes>(&data);
        survives::<ThreeBytes, OneByte>(&data);
        survives::<ZeroV1, ZeroV2>(&data);
        survives::<ZeroV2, ZeroV1>(&data);
    }

    #[test]
    fn no_discriminators_panic(data in any_data(), known in vec(vec(any::<u8>(), 0..12), 0..4)) {
        let known: Vec<&[u8]> = known.iter().map(Vec::as_slice).collect();
        unrecognized(&data, &known);
    }
}

#[test]
fn nothing_fits_an_account_without_bytes() {
    let value = V1 {
        authority: [1; 32],
        value: 2,
    };
    for len in 0..48 {
        assert!(write(&value, &mut vec![0; len]).is_err(), "{len} bytes");
    }
    assert!(write(&value, &mut [0; 48]).is_ok());
}
