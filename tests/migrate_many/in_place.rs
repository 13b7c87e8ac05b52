//! What extends a config in place is what migrating it makes of it, byte for byte.

use {
    account_migration::{Layout, MigrateFrom, core::in_place},
    anchor_lang::{AccountSerialize, prelude::Pubkey},
    app::state::{ConfigV1, ConfigV2},
    proptest::{array::uniform32, prelude::*},
};

proptest! {
    #[test]
    fn every_config_extends_to_what_it_migrates_to(
        authority in uniform32(any::<u8>()),
        value: u64,
    ) {
        let authority = Pubkey::new_from_array(authority);
        let old = ConfigV1 { authority, value };
        let mut extended = Vec::new();
        old.try_serialize(&mut extended).unwrap();
        let len = in_place::begin::<ConfigV1, ConfigV2>(&mut extended).expect("a ConfigV1 extends");
        extended.resize(len, 0);

        let new = ConfigV2::migrate_from(old);
        let mut migrated = vec![0; new.space()];
        new.try_serialize(&mut migrated.as_mut_slice()).unwrap();
        prop_assert_eq!(extended, migrated);
    }
}
