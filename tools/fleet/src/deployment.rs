//! What the upgradeable loader says of the program.

use {
    crate::{
        client::Client,
        cluster::{At, Cluster, ClusterError, Commitment},
    },
    solana_loader_v3_interface::{get_program_data_address, state::UpgradeableLoaderState},
    solana_pubkey::Pubkey,
};

/// A release of a program, as it is deployed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// The slot of the deployment or of the last upgrade.
    pub slot: u64,
    /// `None`: the program cannot be upgraded any more.
    pub upgrade_authority: Option<Pubkey>,
}

impl Deployment {
    /// `None` when no program is deployed there by the upgradeable loader.
    ///
    /// # Errors
    /// When the cluster does not answer.
    pub async fn of<C: Cluster>(
        client: &Client<C>,
        program_id: &Pubkey,
        commitment: Commitment,
    ) -> Result<At<Option<Self>>, ClusterError> {
        let address = get_program_data_address(program_id);
        let len = UpgradeableLoaderState::size_of_programdata_metadata();
        let start = client.account_start(&address, len, commitment).await?;
        Ok(At {
            slot: start.slot,
            value: start.value.and_then(|data| Self::read(&data)),
        })
    }

    /// From the start of a program data account: `3u32`, the slot, and an optional upgrade authority.
    fn read(data: &[u8]) -> Option<Self> {
        let (kind, rest) = data.split_first_chunk()?;
        if u32::from_le_bytes(*kind) != 3 {
            return None;
        }
        let (slot, rest) = rest.split_first_chunk()?;
        let upgrade_authority = match rest.split_first()? {
            (0, _) => None,
            (1, rest) => Some(Pubkey::new_from_array(*rest.first_chunk()?)),
            _ => return None,
        };
        Some(Self {
            slot: u64::from_le_bytes(*slot),
            upgrade_authority,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deployment_is_read_from_its_bytes() {
        let mut data = vec![3, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 1];
        data.extend([9; 32]);
        let deployment = Deployment {
            slot: 7,
            upgrade_authority: Some(Pubkey::new_from_array([9; 32])),
        };
        assert_eq!(Deployment::read(&data), Some(deployment));
        for len in 0..data.len() {
            assert_eq!(Deployment::read(&data[..len]), None, "{len} bytes");
        }
        data[12] = 0;
        let immutable = Deployment {
            slot: 7,
            upgrade_authority: None,
        };
        assert_eq!(Deployment::read(&data), Some(immutable));
        data[12] = 2;
        assert_eq!(Deployment::read(&data), None);
        data[0] = 2;
        assert_eq!(Deployment::read(&data), None);
    }
}
