//! Constants that clients take from the IDL.

use {
    super::{
        comparison::{Comparison, Draft},
        excerpt::rust,
    },
    crate::rules,
    std::collections::HashMap,
};

pub(super) fn compare(c: &mut Comparison<'_, '_>) {
    let (old, new) = (c.old, c.new);
    let places: HashMap<&str, usize> = new
        .constants
        .iter()
        .enumerate()
        .map(|(j, it)| (it.name.as_str(), j))
        .collect();
    for (i, was) in old.constants.iter().enumerate() {
        let name = &was.name;
        let subject = format!("constants.{name}");
        let at_old = format!("/constants/{i}");
        let Some(j) = places.get(name.as_str()) else {
            let message = format!("the constant `{name}` is gone");
            c.add(Draft::new(&rules::CONSTANT_REMOVED, subject, message).at_old(at_old));
            continue;
        };
        let is = &new.constants[*j];
        if (&was.ty, &was.value) != (&is.ty, &is.value) {
            let value =
                |it: &anchor_lang_idl_spec::IdlConst| format!("`{}: {}`", it.value, rust(&it.ty));
            let message = format!(
                "the constant `{name}` is {} where it was {}",
                value(is),
                value(was)
            );
            let draft = Draft::new(&rules::CONSTANT_CHANGED, subject, message);
            c.add(draft.at_old(at_old).at_new(format!("/constants/{j}")));
        }
    }
}
