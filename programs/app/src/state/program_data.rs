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

#[cfg(test)]
mod tests {
    use {super::*, anchor_lang::prelude::ProgramData as Anchors};

    fn ours(data: &[u8]) -> std::result::Result<Option<Pubkey>, String> {
        ProgramData::try_deserialize(&mut &*data)
            .map(|program_data| program_data.upgrade_authority_address)
            .map_err(|error| error.to_string())
    }

    fn anchors(data: &[u8]) -> std::result::Result<Option<Pubkey>, String> {
        Anchors::try_deserialize(&mut &*data)
            .map(|program_data| program_data.upgrade_authority_address)
            .map_err(|error| error.to_string())
    }

    /// An account of this kind: the fields in front of the program, or of the bytes that it never had.
    fn account(kind: u32, option: u8) -> Vec<u8> {
        let mut data = kind.to_le_bytes().to_vec();
        data.extend(7_u64.to_le_bytes());
        data.push(option);
        data.extend([9; 32]);
        data.extend([0; 100]);
        data
    }

    #[test]
    fn reads_the_upgrade_authority() {
        let authority = Pubkey::new_from_array([9; 32]);
        assert_eq!(ours(&account(3, 1)), Ok(Some(authority)));
        assert_eq!(ours(&account(3, 0)), Ok(None));
    }

    #[test]
    fn answers_as_anchors_own() {
        for option in 0..=u8::MAX {
            let data = account(PROGRAM_DATA, option);
            for len in 0..=data.len() {
                assert_eq!(
                    ours(&data[..len]),
                    anchors(&data[..len]),
                    "{option}, {len} bytes"
                );
            }
        }
        for kind in [0, 2, 4, 5, 256, u32::MAX] {
            let data = account(kind, 1);
            assert_eq!(ours(&data), anchors(&data), "kind {kind}");
        }
        // A buffer begins with an option where a program's data has its slot.
        let mut buffer = account(1, 0);
        buffer[4..12].fill(0);
        assert_eq!(ours(&buffer), anchors(&buffer));
    }
}
