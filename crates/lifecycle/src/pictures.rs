//! The pictures of the documentation and of the page, drawn from the releases' IDLs.

use {
    crate::story::{RENT_AT_RELEASE_1, RENT_AT_RELEASE_2},
    account_migration::{RETIRED, core::rent::rent_exempt_minimum},
    anyhow::{Context, Result},
    idl_compat::{Layout, ReadIdl, number::signed, ruler::Ruler},
    std::fs,
    testkit::release::in_workspace,
};

/// The migration in place.
///
/// # Errors
/// When an IDL cannot be read.
pub fn config_v1_to_v2() -> Result<String> {
    let old = layout("releases/v1/app.json", "ConfigV1")?;
    let new = layout("releases/v2/app.json", "ConfigV2")?;
    let caption = format!(
        "{}; rent-exempt minimum {}",
        growth(&old, &new),
        rents(&[bytes(&old)], &[bytes(&new)])
    );
    Ok(Ruler {
        kept: "kept where it was",
        added: "new, written with defaults",
        caption: &caption,
        ..Ruler::new(&old, &new)
    }
    .svg())
}

/// The migration by proxy.
///
/// # Errors
/// When an IDL cannot be read.
pub fn config_v2_to_successor() -> Result<String> {
    let old = layout("releases/v2/app.json", "ConfigV2")?;
    let new = layout("releases/v2/successor.json", "SuccessorConfig")?;
    let caption = format!(
        "{}, and {} stay at the old address; rent-exempt minimum of both accounts {}",
        growth(&old, &new),
        RETIRED.len(),
        rents(&[bytes(&old)], &[RETIRED.len(), bytes(&new)])
    );
    Ok(Ruler {
        old: &old,
        new: &new,
        renamed: &[("fee", "fee.amount"), ("fee_mint", "fee.mint")],
        kept: "kept at another place",
        added: "new: where it came from",
        caption: &caption,
    }
    .svg())
}

/// The layout of an account type in a release's IDL.
///
/// # Errors
/// When the file is not an IDL that has the type.
pub fn layout(idl: &str, account: &str) -> Result<Layout> {
    let file = fs::read(in_workspace(idl)).with_context(|| format!("cannot read {idl}"))?;
    Ok(Layout::of(&ReadIdl::read(&file, idl)?.idl, account)?)
}

/// Bytes of the smallest account, with its discriminator.
pub fn bytes(layout: &Layout) -> usize {
    layout.discriminator.len() + layout.min_len as usize
}

fn growth(old: &Layout, new: &Layout) -> String {
    format!("{:+} bytes", bytes(new) as i64 - bytes(old) as i64)
}

/// What the rent-exempt minimum of accounts with these lengths changes by, at both rents of the story.
fn rents(before: &[usize], after: &[usize]) -> String {
    [RENT_AT_RELEASE_1, RENT_AT_RELEASE_2]
        .map(|rent| {
            let minimum = |lens: &[usize]| -> i128 {
                let minimums = lens.iter().map(|len| rent_exempt_minimum(rent, *len));
                minimums.map(i128::from).sum()
            };
            let lamports = signed(minimum(after) - minimum(before));
            format!("{lamports} lamports at {rent} per byte")
        })
        .join(", ")
}
