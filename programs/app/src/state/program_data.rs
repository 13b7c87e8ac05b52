use anchor_lang::{prelude::*, solana_program::bpf_loader_upgradeable};

// How the loader numbers its kinds of accounts; between these two there is the buffer.
const UNINITIALIZED: u32 = 0;
const PROGRAM: u32 = 2;
const PROGRAM_DATA: u32 = 3;

/// The front of the account in which the upgradeable loader keeps a program. Anchor's own `ProgramData`
/// answers the same, but reads it byte by byte, for some 900 compute units more.
#[derive(Clone)]
pub struct ProgramData {
    pub upgrade_authority_address: Option<Pubkey>,
}

impl AccountDeserialize for ProgramData {
    fn try_deserialize(data: &mut &[u8]) -> Result<Self> {
        Self::try_deserialize_unchecked(data)
    }

    fn try_deserialize_unchecked(data: &mut &[u8]) -> Result<Self> {
        match read(data)? {
            PROGRAM_DATA => {
                let (_slot, upgrade_authority_address): (u64, _) = read(data)?;
                Ok(Self {
                    upgrade_authority_address,
                })
            }
            UNINITIALIZED..=PROGRAM => Err(ErrorCode::AccountNotProgramData.into()),
            _ => Err(ProgramError::InvalidAccountData.into()),
        }
    }
}

/// The loader writes numbers, options and addresses as Borsh does.
fn read<T: AnchorDeserialize>(data: &mut &[u8]) -> Result<T> {
    T::deserialize(data).map_err(|_| ProgramError::InvalidAccountData.into())
}

impl AccountSerialize for ProgramData {}

impl Owner for ProgramData {
    fn owner() -> Pubkey {
        bpf_loader_upgradeable::ID
    }
}

#[cfg(feature = "idl-build")]
impl IdlBuild for ProgramData {}

#[cfg(feature = "idl-build")]
impl Discriminator for ProgramData {
    const DISCRIMINATOR: &'static [u8] = &[];
}
