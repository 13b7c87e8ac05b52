//! Rent arithmetic in lamports. No function overflows: what exceeds `u64` saturates, and a
//! saturated minimum is one that no payer can reach.

/// Bytes that the runtime charges rent for in addition to an account's data.
pub const ACCOUNT_STORAGE_OVERHEAD: u64 = 128;

/// Lamports that make an account with `data_len` bytes rent-exempt.
pub const fn rent_exempt_minimum(lamports_per_byte: u64, data_len: usize) -> u64 {
    ACCOUNT_STORAGE_OVERHEAD
        .saturating_add(data_len as u64)
        .saturating_mul(lamports_per_byte)
}

/// Lamports that an account lacks to be rent-exempt; 0 when it already is.
pub const fn top_up(balance: u64, minimum: u64) -> u64 {
    minimum.saturating_sub(balance)
}

/// Lamports of rent that shrinking frees, never more than lie above the new minimum. What the
/// account held above its old minimum is surplus, not freed rent.
pub const fn freed_rent(balance: u64, old_minimum: u64, new_minimum: u64) -> u64 {
    let freed = old_minimum.saturating_sub(new_minimum);
    let above_minimum = balance.saturating_sub(new_minimum);
    if freed < above_minimum {
        freed
    } else {
        above_minimum
    }
}
