//! The end of an account's life in its program.

/// All that is left of a retired account's data. No layout begins with it, so a retired account is of
/// no version; and because the program still owns it, nothing can be created at its address again.
pub const RETIRED: [u8; 8] = [0xff; 8];

/// Whether `data` is that of a retired account.
pub fn is_retired(data: &[u8]) -> bool {
    data == RETIRED
}
