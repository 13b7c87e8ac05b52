//! Comparing the IDLs of two releases.

mod accounts;
mod align;
mod change;
mod comparison;
mod constants;
mod diff;
mod discriminators;
mod errors;
mod events;
mod excerpt;
mod instruction_accounts;
mod instructions;
mod program;
mod same;
#[cfg(test)]
mod tests;
mod types;
mod wire;

use {
    self::{comparison::Comparison, wire::Wires},
    crate::{assumptions::Assumptions, finding::Finding},
    account_layout::types::Types,
    anchor_lang_idl_spec::Idl,
};

/// All changes from `old`, the deployed release, to `new`; [`Report`](crate::Report) sorts them.
#[must_use]
pub fn compare(old: &Idl, new: &Idl, assumptions: &Assumptions) -> Vec<Finding> {
    let (old_types, new_types) = (Types::new(old), Types::new(new));
    let mut comparison = Comparison {
        old,
        new,
        assumptions,
        wires: Wires::new(&old_types, &new_types),
        findings: Vec::new(),
    };
    program::compare(&mut comparison);
    instructions::compare(&mut comparison);
    accounts::compare(&mut comparison);
    events::compare(&mut comparison);
    errors::compare(&mut comparison);
    constants::compare(&mut comparison);
    comparison.findings
}
