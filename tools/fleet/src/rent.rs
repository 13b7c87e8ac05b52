//! What an account must hold to stay on the cluster.

use {
    crate::{
        client::Client,
        cluster::{Cluster, ClusterError},
    },
    solana_rent::ACCOUNT_STORAGE_OVERHEAD,
};

/// A cluster's rent. It changes: what a plan read may be wrong when a run pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rent {
    pub lamports_per_byte: u64,
}

impl Rent {
    /// The rent that the cluster charges now.
    pub async fn of<C: Cluster>(client: &Client<C>) -> Result<Self, ClusterError> {
        let minimum = client.rent_exempt_minimum(0).await?;
        Ok(Self::from_minimum_of_empty(minimum))
    }

    /// From what a node answers for an account without data.
    pub fn from_minimum_of_empty(lamports: u64) -> Self {
        Self {
            lamports_per_byte: lamports.div_ceil(ACCOUNT_STORAGE_OVERHEAD),
        }
    }

    /// Lamports that make an account with `data_len` bytes rent-exempt; more than there are for an account
    /// that is too long for a cluster.
    pub fn minimum(self, data_len: u64) -> u64 {
        let rent = solana_rent::Rent::with_lamports_per_byte(self.lamports_per_byte);
        let minimum = |data_len| rent.try_minimum_balance(data_len);
        usize::try_from(data_len)
            .ok()
            .and_then(minimum)
            .unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minimum_is_that_of_the_cluster() {
        let rent = Rent::from_minimum_of_empty(890_880);
        assert_eq!(rent.lamports_per_byte, 6_960);
        assert_eq!(
            [0, 48, 96].map(|len| rent.minimum(len)),
            [890_880, 1_224_960, 1_559_040]
        );
        let lower = Rent::from_minimum_of_empty(650_240);
        assert_eq!(
            (lower.lamports_per_byte, lower.minimum(96)),
            (5_080, 1_137_920)
        );
        assert_eq!(rent.minimum(u64::MAX), u64::MAX);
    }
}
