use {crate::constants::CONFIG_SEED, anchor_lang::prelude::*};

/// A config that came from the old program: 141 bytes with its discriminator, and 32 per operator.
#[account]
#[derive(Debug, PartialEq, Eq, InitSpace)]
pub struct SuccessorConfig {
    /// Where the config came from.
    pub origin: Origin,
    /// Who may update the config.
    pub authority: Pubkey,
    /// The value the config holds.
    pub value: u64,
    /// Counts the changes of the value, those in the old program included.
    pub revision: u64,
    /// Carried over from the old program; nothing here charges it.
    pub fee: Fee,
    /// Carried over from the old program; nothing here lets them in.
    // `INIT_SPACE` is the least that an account takes.
    #[max_len(0)]
    pub operators: Vec<Pubkey>,
}

/// The life of a config before its adoption.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq, InitSpace)]
pub struct Origin {
    /// The address that the config had in the old program.
    pub predecessor: Pubkey,
    /// The layout that it had there: 1 is `ConfigV1`, 2 is `ConfigV2`.
    pub version: u8,
    /// The slot in which it was adopted.
    pub slot: u64,
}

/// What `update_v2` of the old program charged.
#[derive(
    AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, Default, PartialEq, Eq, InitSpace,
)]
pub struct Fee {
    pub mint: Pubkey,
    /// Base units of the mint's token; 0 is no fee.
    pub amount: u64,
}

impl SuccessorConfig {
    /// Bytes of an account that holds this many operators.
    pub const fn space_with(operators: usize) -> usize {
        Self::DISCRIMINATOR.len() + Self::INIT_SPACE + operators * size_of::<Pubkey>()
    }

    /// The address, and its bump, of the config that had the address `predecessor` in the old program.
    pub fn find_address(predecessor: &Pubkey) -> (Pubkey, u8) {
        Pubkey::find_program_address(&[CONFIG_SEED, predecessor.as_ref()], &crate::ID)
    }
}
