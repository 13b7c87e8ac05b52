use {
    crate::{
        anchor::funding::Funding,
        core::{rejection::Rejection, rent},
    },
    anchor_lang::{error::Error, prelude::*},
};

/// What happens to lamports that the migrated account holds above its rent-exempt minimum.
#[derive(Clone, Copy, Default)]
pub enum LamportPolicy<'a, 'info> {
    /// They stay in the account.
    #[default]
    KeepSurplus,
    /// The rent that shrinking frees goes to `to`, which must be writable; any other surplus stays.
    RefundFreedRent { to: &'a AccountInfo<'info> },
}

impl<'info> LamportPolicy<'_, 'info> {
    pub(crate) fn pays_to(&self, account: &AccountInfo) -> bool {
        matches!(self, Self::RefundFreedRent { to } if to.key == account.key)
    }

    /// Applies it to an account that was shrunk from a length of the first minimum to one of the second.
    pub(crate) fn apply<E: From<Rejection> + Into<Error>>(
        self,
        account: &AccountInfo<'info>,
        old_minimum: u64,
        new_minimum: u64,
        funding: &Funding<'_, 'info>,
    ) -> Result<()> {
        let Self::RefundFreedRent { to } = self else {
            return Ok(());
        };
        let refund = rent::freed_rent(account.lamports(), old_minimum, new_minimum);
        funding.move_out::<E>(account, to, refund)
    }
}

/// Lamports per byte of account data at which an account is rent-exempt now.
pub struct RentRate(Rent);

impl RentRate {
    /// The cluster's rate, from its sysvar.
    pub fn get() -> Result<Self> {
        Ok(Self(Rent::get()?))
    }

    /// Lamports that make an account with `data_len` bytes rent-exempt. The exemption threshold is 2
    /// on clusters older than SIMD-0194 and 1 since: integers, which cost a tenth of the compute
    /// units that floating-point arithmetic takes.
    #[allow(deprecated)]
    pub fn minimum(&self, data_len: usize) -> u64 {
        const ONE: u64 = 1f64.to_bits();
        const TWO: u64 = 2f64.to_bits();
        let rate = self.0.lamports_per_byte_year;
        match self.0.exemption_threshold.to_bits() {
            ONE => rent::rent_exempt_minimum(rate, data_len),
            TWO => rent::rent_exempt_minimum(rate.saturating_mul(2), data_len),
            _ => self.0.minimum_balance(data_len),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 96 bytes and the overhead of 128, at each form in which a cluster may say its rent.
    #[test]
    #[allow(deprecated)]
    fn the_exemption_threshold_counts() {
        for (lamports_per_byte_year, exemption_threshold, minimum) in [
            (6_960, 1.0, 1_559_040),
            (3_480, 2.0, 1_559_040),
            (3_480, 2.5, 1_948_800),
        ] {
            let rate = RentRate(Rent {
                lamports_per_byte_year,
                exemption_threshold,
                burn_percent: 50,
            });
            assert_eq!(rate.minimum(96), minimum, "threshold {exemption_threshold}");
        }
    }
}
