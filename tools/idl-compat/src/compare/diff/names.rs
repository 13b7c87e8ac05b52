//! Names that changed their places.

use {crate::compare::align::Step, account_layout::flat::Flat, std::collections::HashSet};

/// A field whose new name, or that of a struct around it, was another's and no longer is: the fields
/// stay where they are, and their names do not.
pub fn exchanged(steps: &[Step], old: &Flat, new: &Flat) -> Option<(usize, usize)> {
    let pairs = || {
        steps.iter().filter_map(|step| match *step {
            Step::Pair(i, j) => Some((i, j)),
            Step::Added { .. } | Step::Removed { .. } => None,
        })
    };
    let paths = |(i, j): (usize, usize)| (old.leaves[i].named_path(), new.leaves[j].named_path());
    if pairs().map(paths).all(|(was, is)| was == is) {
        return None;
    }
    let (old_names, new_names) = (names_of(old), names_of(new));
    let kept: HashSet<&str> = pairs()
        .map(paths)
        .flat_map(|(was, is)| around(was).filter(move |name| is_around(name, is)))
        .collect();
    pairs().find(|pair| {
        let (was, is) = paths(*pair);
        let is_others =
            |names: &HashSet<&str>, name: &str| names.contains(name) && !kept.contains(name);
        around(is).any(|name| !is_around(name, was) && is_others(&old_names, name))
            || around(was).any(|name| !is_around(name, is) && is_others(&new_names, name))
    })
}

/// The names of all fields and of the structs around them.
fn names_of(flat: &Flat) -> HashSet<&str> {
    flat.leaves
        .iter()
        .flat_map(|leaf| around(leaf.named_path()))
        .collect()
}

/// The path and those of the structs around it.
fn around(path: &str) -> impl Iterator<Item = &str> {
    let path = (!path.is_empty()).then_some(path);
    std::iter::successors(path, |inner| Some(inner.rsplit_once('.')?.0))
}

fn is_around(name: &str, path: &str) -> bool {
    path.strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
