//! Reading the old layout and writing the new one, as functions of bytes.

use crate::core::{
    contract,
    encoding::Encoding,
    layout::Layout,
    migrate_from::{GrowthPath, MigrateFrom},
    rejection::Rejection,
    retirement::is_retired,
};

/// Reads the value of an account that is still in the layout `Old`.
pub fn read_old<Old: Layout, New: MigrateFrom<Old>>(data: &[u8]) -> Result<Old, Rejection> {
    decode(old_body::<Old, New>(data)?)
}

/// Whether [`read_old`] would read a value.
///
/// # Errors
/// As [`read_old`].
pub fn check_old<Old: Layout, New: MigrateFrom<Old>>(data: &[u8]) -> Result<(), Rejection> {
    let body = whole::<Old>(old_body::<Old, New>(data)?)?;
    match Old::Encoding::decoded_len(body) {
        Some(_) => Ok(()),
        None => Err(Rejection::Corrupt),
    }
}

/// What lies behind the discriminator of an account that is still in the layout `Old`.
fn old_body<Old: Layout, New: MigrateFrom<Old>>(data: &[u8]) -> Result<&[u8], Rejection> {
    const { contract::check::<Old, New>() };
    if let Some(body) = data.strip_prefix(Old::LAYOUT_DISCRIMINATOR) {
        return Ok(body);
    }
    if let Some(body) = data.strip_prefix(New::LAYOUT_DISCRIMINATOR) {
        whole::<New>(body)?;
        return Err(Rejection::AlreadyMigrated);
    }
    Err(unrecognized(
        data,
        &[Old::LAYOUT_DISCRIMINATOR, New::LAYOUT_DISCRIMINATOR],
    ))
}

/// Bytes that the account gets for `new`: its layout's space.
///
/// # Errors
/// [`Rejection::GrowFirst`] when more than 10,240 bytes are missing, or any at all on the step-wise
/// path.
pub fn new_len<Old: Layout, New: MigrateFrom<Old>>(
    old_len: usize,
    new: &New,
) -> Result<usize, Rejection> {
    let len = new.space();
    let largest = match New::GROWTH_PATH {
        GrowthPath::OneInstruction => old_len.saturating_add(contract::MAX_GROWTH),
        GrowthPath::StepWise => old_len,
    };
    if len > largest {
        return Err(Rejection::GrowFirst);
    }
    Ok(len)
}

/// Fills `data` with the discriminator and fields of `value` and zeroes every byte behind them. The
/// result is read back: a value as long as what was written must decode.
///
/// # Errors
/// [`Rejection::TooLarge`] when the value does not fit, [`Rejection::Corrupt`] when it does not
/// decode from its own bytes. Then the contents of `data` are unspecified.
#[inline]
pub fn write<New: Layout>(value: &New, data: &mut [u8]) -> Result<(), Rejection> {
    let (discriminator, body) = data
        .split_at_mut_checked(New::LAYOUT_DISCRIMINATOR.len())
        .ok_or(Rejection::TooLarge)?;
    let len = New::Encoding::encode(value, body).ok_or(Rejection::TooLarge)?;
    discriminator.copy_from_slice(New::LAYOUT_DISCRIMINATOR);
    // On a cluster, zeroing no bytes is a syscall too.
    if len < body.len() {
        body[len..].fill(0);
    }
    if New::Encoding::decoded_len(whole::<New>(body)?) == Some(len) {
        Ok(())
    } else {
        Err(Rejection::Corrupt)
    }
}

/// Reads the fields behind a discriminator that was recognized.
pub fn decode<T: Layout>(body: &[u8]) -> Result<T, Rejection> {
    T::Encoding::decode(whole::<T>(body)?).ok_or(Rejection::Corrupt)
}

/// `body`, if it has the bytes that every value of the layout takes.
fn whole<T: Layout>(body: &[u8]) -> Result<&[u8], Rejection> {
    if body.len() < T::BODY {
        return Err(Rejection::Truncated);
    }
    Ok(body)
}

/// Why `data` begins with none of the `known` discriminators.
pub fn unrecognized(data: &[u8], known: &[&[u8]]) -> Rejection {
    if is_retired(data) {
        return Rejection::Retired;
    }
    let longest = known.iter().map(|d| d.len()).max().unwrap_or(0);
    let start = &data[..data.len().min(longest)];
    if start.iter().all(|byte| *byte == 0) {
        Rejection::Uninitialized
    } else if known.iter().any(|d| d.starts_with(start)) {
        Rejection::Truncated
    } else {
        Rejection::UnknownVersion
    }
}
