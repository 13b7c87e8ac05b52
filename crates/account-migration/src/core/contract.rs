//! What must hold for a pair of layouts, checked when the program is compiled.

use crate::core::{
    layout::Layout,
    migrate_from::{GrowthPath, MigrateFrom},
    retirement::RETIRED,
};

/// Bytes an account may grow in one top-level instruction (`MAX_PERMITTED_DATA_INCREASE`).
pub const MAX_GROWTH: usize = 10_240;

/// Bytes of a 4,096-byte sBPF stack frame that the old and the new value may take together; the
/// rest is for the code that moves them.
pub const STACK_BUDGET: usize = 3_584;

/// Fails to compile unless `New` can replace `Old` in place. The compiler reports it at the caller.
#[track_caller]
pub const fn check<Old: Layout, New: MigrateFrom<Old>>() {
    assert!(
        bytes_equal(&Old::OWNER, &New::OWNER),
        "the old and the new layout have different owner programs: only the owner can rewrite an \
         account, so a change of owner needs a migration by proxy"
    );
    assert!(
        !Old::LAYOUT_DISCRIMINATOR.is_empty() && !New::LAYOUT_DISCRIMINATOR.is_empty(),
        "a layout has an empty discriminator: nothing would name its version"
    );
    assert!(
        !all_zero(Old::LAYOUT_DISCRIMINATOR) && !all_zero(New::LAYOUT_DISCRIMINATOR),
        "a layout's discriminator is all zero: an uninitialized account would look like it"
    );
    assert!(
        !is_prefix(Old::LAYOUT_DISCRIMINATOR, New::LAYOUT_DISCRIMINATOR)
            && !is_prefix(New::LAYOUT_DISCRIMINATOR, Old::LAYOUT_DISCRIMINATOR),
        "one layout's discriminator begins with the other's: a migrated account would be migrated \
         again"
    );
    assert!(
        !marks_retired(Old::LAYOUT_DISCRIMINATOR) && !marks_retired(New::LAYOUT_DISCRIMINATOR),
        "a layout's discriminator is that of retired accounts: eight bytes of 0xff, or a part of them"
    );
    assert!(
        Old::SPACE >= Old::LAYOUT_DISCRIMINATOR.len() + Old::BODY
            && New::SPACE >= New::LAYOUT_DISCRIMINATOR.len() + New::BODY,
        "a layout's SPACE is smaller than its discriminator and BODY"
    );
    assert!(
        size_of::<Old>() + size_of::<New>() <= STACK_BUDGET,
        "the old and the new value do not fit one 4 KiB stack frame together: box their large fields"
    );
    assert!(
        matches!(New::GROWTH_PATH, GrowthPath::StepWise)
            || New::SPACE <= Old::SPACE.saturating_add(MAX_GROWTH),
        "the new layout is more than 10,240 bytes longer than the old one: set GROWTH_PATH to \
         GrowthPath::StepWise and grow the account with grow_step first"
    );
    if New::EXTENDS_IN_PLACE {
        check_in_place::<Old, New>();
    }
}

#[track_caller]
const fn check_in_place<Old: Layout, New: MigrateFrom<Old>>() {
    assert!(
        Old::LAYOUT_DISCRIMINATOR.len() == New::LAYOUT_DISCRIMINATOR.len(),
        "EXTENDS_IN_PLACE: the discriminators differ in length, so the fields would have to move"
    );
    assert!(
        Old::SPACE == Old::LAYOUT_DISCRIMINATOR.len() + Old::BODY,
        "EXTENDS_IN_PLACE: the old layout has a reserve behind its fields, where the new fields would \
         begin"
    );
    assert!(
        New::BODY >= Old::BODY,
        "EXTENDS_IN_PLACE: the new layout is shorter than the old one, so fields would be cut off"
    );
    assert!(
        matches!(New::GROWTH_PATH, GrowthPath::OneInstruction),
        "EXTENDS_IN_PLACE: a step-wise account has grown beyond the old layout before it is migrated"
    );
}

/// Whether no discriminator of the list begins with another, is empty, all zero or that of retired
/// accounts.
pub const fn discriminators_differ(discriminators: &[&[u8]]) -> bool {
    let mut i = 0;
    while i < discriminators.len() {
        let discriminator = discriminators[i];
        if discriminator.is_empty() || all_zero(discriminator) || marks_retired(discriminator) {
            return false;
        }
        let mut j = 0;
        while j < discriminators.len() {
            if i != j && is_prefix(discriminator, discriminators[j]) {
                return false;
            }
            j += 1;
        }
        i += 1;
    }
    true
}

/// Whether `bytes` begins with `prefix`.
const fn is_prefix(prefix: &[u8], bytes: &[u8]) -> bool {
    if prefix.len() > bytes.len() {
        return false;
    }
    let mut i = 0;
    while i < prefix.len() {
        if prefix[i] != bytes[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Whether a retired account could be taken for one with this discriminator, or the reverse.
const fn marks_retired(discriminator: &[u8]) -> bool {
    is_prefix(discriminator, &RETIRED) || is_prefix(&RETIRED, discriminator)
}

pub const fn bytes_equal(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && is_prefix(a, b)
}

const fn all_zero(bytes: &[u8]) -> bool {
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] != 0 {
            return false;
        }
        i += 1;
    }
    true
}
