//! The program itself.

use {
    super::comparison::{Comparison, Draft},
    crate::rules,
    account_layout::idl::NO_ADDRESS,
};

pub(super) fn compare(c: &mut Comparison<'_, '_>) {
    let (old, new) = (&c.old.address, &c.new.address);
    if old != new && old != NO_ADDRESS && new != NO_ADDRESS {
        let message = format!("the program declares the address {new} where it was {old}");
        c.add(
            Draft::new(&rules::PROGRAM_ADDRESS_CHANGED, "address", message)
                .at_old("/address")
                .at_new("/address"),
        );
    }
}
