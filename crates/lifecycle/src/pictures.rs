//! The pictures of the documentation and of the page, drawn from the releases' IDLs.

use {
    crate::{
        idl::Layout,
        ruler::Ruler,
        story::{RENT_AT_RELEASE_1, RENT_AT_RELEASE_2},
        text::signed,
    },
    account_migration::{RETIRED, core::rent::rent_exempt_minimum},
    anyhow::Result,
    testkit::release::in_workspace,
};

/// The migration in place.
///
/// # Errors
/// When an IDL cannot be read.
pub fn config_v1_to_v2() -> Result<String> {
    let old = Layout::read(&in_workspace("releases/v1/app.json"), "ConfigV1")?;
    let new = Layout::read(&in_workspace("releases/v2/app.json"), "ConfigV2")?;
    let caption = format!(
        "{}; rent-exempt minimum {}",
        growth(&old, &new),
        rents(&[old.bytes()], &[new.bytes()])
    );
    Ok(Ruler {
        old: &old,
        new: &new,
        renamed: &[],
        kept: "kept where it was",
        added: "new, written with defaults",
        caption: &caption,
    }
    .draw())
}

/// The migration by proxy.
///
/// # Errors
/// When an IDL cannot be read.
pub fn config_v2_to_successor() -> Result<String> {
    let old = Layout::read(&in_workspace("releases/v2/app.json"), "ConfigV2")?;
    let new = Layout::read(
        &in_workspace("releases/v2/successor.json"),
        "SuccessorConfig",
    )?;
    let caption = format!(
        "{}, and {} stay at the old address; rent-exempt minimum of both accounts {}",
        growth(&old, &new),
        RETIRED.len(),
        rents(&[old.bytes()], &[RETIRED.len(), new.bytes()])
    );
    Ok(Ruler {
        old: &old,
        new: &new,
        renamed: &[("fee", "fee.amount"), ("fee_mint", "fee.mint")],
        kept: "kept at another place",
        added: "new: where it came from",
        caption: &caption,
    }
    .draw())
}

fn growth(old: &Layout, new: &Layout) -> String {
    format!("{:+} bytes", new.bytes() as i64 - old.bytes() as i64)
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
