use {account_migration::core::contract::bytes_equal, anchor_lang::prelude::*};

/// The seed of the address by whose signature this program proves itself to the two others.
#[constant]
pub const MIGRATION_AUTHORITY_SEED: &[u8] = b"migration_authority";

const DERIVED: ([u8; 32], u8) = const_crypto::ed25519::derive_program_address(
    &[MIGRATION_AUTHORITY_SEED],
    &crate::ID.to_bytes(),
);

pub const MIGRATION_AUTHORITY: Pubkey = Pubkey::new_from_array(DERIVED.0);
pub const MIGRATION_AUTHORITY_BUMP: u8 = DERIVED.1;

const _: () = {
    assert!(
        same(&app::constants::MIGRATION_AUTHORITY, &MIGRATION_AUTHORITY),
        "app trusts another migration program: set MIGRATOR_ID in programs/app/src/constants.rs"
    );
    assert!(
        same(
            &successor::constants::MIGRATION_AUTHORITY,
            &MIGRATION_AUTHORITY
        ),
        "successor trusts another migration program: set MIGRATOR_ID in \
         programs/successor/src/constants.rs"
    );
    assert!(
        same(&successor::constants::OLD_PROGRAM_ID, &app::ID),
        "successor takes configs of another program: set OLD_PROGRAM_ID in \
         programs/successor/src/constants.rs"
    );
};

const fn same(a: &Pubkey, b: &Pubkey) -> bool {
    bytes_equal(&a.to_bytes(), &b.to_bytes())
}
