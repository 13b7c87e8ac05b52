//! Error codes.

use {
    super::comparison::{Comparison, Draft},
    crate::rules,
    std::collections::{HashMap, HashSet},
};

pub(super) fn compare(c: &mut Comparison<'_, '_>) {
    let (old, new) = (c.old, c.new);
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut codes: HashMap<u32, usize> = HashMap::new();
    for (j, error) in new.errors.iter().enumerate() {
        places.entry(&error.name).or_default().push(j);
        codes.entry(error.code).or_insert(j);
    }
    let mut old_names = HashSet::new();
    for (i, was) in old.errors.iter().enumerate() {
        let (name, code) = (&was.name, was.code);
        old_names.insert(name.as_str());
        let subject = format!("errors.{name}");
        let at_old = format!("/errors/{i}");
        let same_name = places.get(name.as_str()).map_or(&[][..], Vec::as_slice);
        if same_name.iter().any(|j| new.errors[*j].code == code) {
            continue;
        }
        let draft = if let Some(j) = same_name.first() {
            let now = new.errors[*j].code;
            let mut message = format!("the error `{name}` is {now} where it was {code}");
            if let Some(other) = codes.get(&code) {
                message.push_str(&format!("; {code} is `{}` now", new.errors[*other].name));
            }
            Draft::new(&rules::ERROR_RENUMBERED, subject, message).at_new(format!("/errors/{j}"))
        } else if let Some(j) = codes.get(&code) {
            let message = format!(
                "the error {code} is `{}` where it was `{name}`",
                new.errors[*j].name
            );
            Draft::new(&rules::ERROR_RENUMBERED, subject, message).at_new(format!("/errors/{j}"))
        } else {
            Draft::new(
                &rules::ERROR_REMOVED,
                subject,
                format!("the error `{name}` ({code}) is gone"),
            )
        };
        c.add(draft.at_old(at_old));
    }
    let old_codes: HashSet<u32> = old.errors.iter().map(|error| error.code).collect();
    for (j, error) in new.errors.iter().enumerate() {
        if !old_names.contains(error.name.as_str()) && !old_codes.contains(&error.code) {
            let message = format!("the error `{}` ({}) is new", error.name, error.code);
            let draft = Draft::new(
                &rules::ERROR_ADDED,
                format!("errors.{}", error.name),
                message,
            );
            c.add(draft.at_new(format!("/errors/{j}")));
        }
    }
}
