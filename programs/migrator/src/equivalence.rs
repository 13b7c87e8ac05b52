use {
    crate::state::OldConfig,
    anchor_lang::prelude::*,
    app::state::{ConfigV1, ConfigV2},
    successor::state::{Fee, Origin, SuccessorConfig},
};

/// Whether the new config holds all that the old one at `address` held, and nothing that it did not.
///
/// Neither layout can get a field that this does not compare: it would not compile.
pub fn informationally_equal(address: &Pubkey, old: &OldConfig, new: &SuccessorConfig) -> bool {
    let SuccessorConfig {
        origin:
            Origin {
                predecessor,
                version,
                slot: _,
            },
        authority,
        value,
        revision,
        fee: Fee { mint, amount },
        operators,
    } = new;
    let same_address = predecessor == address;
    match old {
        OldConfig::V1(ConfigV1 {
            authority: old_authority,
            value: old_value,
        }) => {
            same_address
                && *version == 1
                && authority == old_authority
                && value == old_value
                && *revision == 0
                && *mint == Pubkey::default()
                && *amount == 0
                && operators.is_empty()
        }
        OldConfig::V2(ConfigV2 {
            authority: old_authority,
            value: old_value,
            revision: old_revision,
            fee: old_fee,
            fee_mint: old_fee_mint,
            operators: old_operators,
        }) => {
            same_address
                && *version == 2
                && authority == old_authority
                && value == old_value
                && *revision == u64::from(*old_revision)
                && mint == old_fee_mint
                && amount == old_fee
                && operators == old_operators
        }
    }
}
