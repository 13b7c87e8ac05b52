//! Which element of an old list is which of a new one: by name, then by place between those.

use std::collections::HashMap;

/// What elements are found by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Key<'a> {
    /// `limits.per_day`
    pub path: &'a str,
    /// `per_day`; finds an element whose path changed, where no other element has the name.
    pub name: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The old and the new index of one element.
    Pair(usize, usize),
    /// `last`: no element that stays follows, and none was added in its place.
    Removed {
        old: usize,
        last: bool,
    },
    Added {
        new: usize,
        last: bool,
    },
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Alignment {
    pub steps: Vec<Step>,
    /// Pairs that are not in the order of the others; the steps have them too.
    pub moved: Vec<(usize, usize)>,
}

/// `alike`: whether an old and a new element, by index, could be the same under another name.
pub(super) fn align(
    old: &[Key<'_>],
    new: &[Key<'_>],
    mut alike: impl FnMut(usize, usize) -> bool,
) -> Alignment {
    let matched = by_name(old, new);
    let anchors = in_order(&matched);
    let mut alignment = Alignment::default();
    let mut taken_new = vec![false; new.len()];
    let mut is_moved = vec![false; old.len()];
    for (i, j) in matched.iter().enumerate() {
        let Some(j) = *j else { continue };
        taken_new[j] = true;
        if anchors.binary_search(&(i, j)).is_err() {
            is_moved[i] = true;
            alignment.moved.push((i, j));
            alignment.steps.push(Step::Pair(i, j));
        }
    }
    let (mut i, mut j) = (0, 0);
    for (anchor, last) in anchors
        .iter()
        .map(|anchor| (*anchor, false))
        .chain([((old.len(), new.len()), true)])
    {
        let olds: Vec<usize> = (i..anchor.0).filter(|i| !is_moved[*i]).collect();
        let news: Vec<usize> = (j..anchor.1).filter(|j| !taken_new[*j]).collect();
        fill(&olds, &news, last, &mut alike, &mut alignment.steps);
        if !last {
            alignment.steps.push(Step::Pair(anchor.0, anchor.1));
        }
        (i, j) = (anchor.0.saturating_add(1), anchor.1.saturating_add(1));
    }
    alignment
}

/// Elements between two that stay: the same one under another name, or gone and come.
fn fill(
    olds: &[usize],
    news: &[usize],
    at_end: bool,
    alike: &mut impl FnMut(usize, usize) -> bool,
    steps: &mut Vec<Step>,
) {
    let pairs = || olds.iter().copied().zip(news.iter().copied());
    let same = pairs().take_while(|(i, j)| alike(*i, *j)).count();
    let paired = if olds.len() == news.len() {
        olds.len()
    } else {
        same
    };
    steps.extend(pairs().take(paired).map(|(i, j)| Step::Pair(i, j)));
    let (olds, news) = (&olds[paired..], &news[paired..]);
    let last = at_end && (olds.is_empty() || news.is_empty());
    steps.extend(olds.iter().map(|old| Step::Removed { old: *old, last }));
    steps.extend(news.iter().map(|new| Step::Added { new: *new, last }));
}

/// For each old element, the new one with its path, or else with its name.
fn by_name(old: &[Key<'_>], new: &[Key<'_>]) -> Vec<Option<usize>> {
    let mut paths: HashMap<&str, usize> = HashMap::new();
    for (j, key) in new.iter().enumerate() {
        paths.entry(key.path).or_insert(j);
    }
    let mut matched: Vec<Option<usize>> = old.iter().map(|key| paths.remove(key.path)).collect();
    let mut taken = vec![false; new.len()];
    for j in matched.iter().flatten() {
        taken[*j] = true;
    }
    let mut new_names = unique(new.iter().map(|key| key.name), |j| !taken[j]);
    let old_names = unique(old.iter().map(|key| key.name), |i| matched[i].is_none());
    for (name, i) in old_names {
        if !name.is_empty()
            && let Some(j) = new_names.remove(name)
        {
            matched[i] = Some(j);
        }
    }
    matched
}

/// Names that only one of the elements has, with its index.
fn unique<'a>(
    names: impl Iterator<Item = &'a str>,
    wanted: impl Fn(usize) -> bool,
) -> HashMap<&'a str, usize> {
    let mut seen: HashMap<&str, Option<usize>> = HashMap::new();
    for (index, name) in names.enumerate().filter(|(index, _)| wanted(*index)) {
        seen.entry(name)
            .and_modify(|it| *it = None)
            .or_insert(Some(index));
    }
    seen.into_iter()
        .filter_map(|(name, index)| Some((name, index?)))
        .collect()
}

/// The most pairs that are in the same order in both lists: a longest increasing subsequence.
fn in_order(matched: &[Option<usize>]) -> Vec<(usize, usize)> {
    let pairs: Vec<(usize, usize)> = matched
        .iter()
        .enumerate()
        .filter_map(|(i, j)| Some((i, (*j)?)))
        .collect();
    // The pair that ends the best sequence of each length, and the pair before each pair.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, (_, j)) in pairs.iter().enumerate() {
        let len = ends.partition_point(|end| pairs[*end].1 < *j);
        before.push(len.checked_sub(1).map(|shorter| ends[shorter]));
        if len == ends.len() {
            ends.push(index);
        } else {
            ends[len] = index;
        }
    }
    let chain = std::iter::successors(ends.last().copied(), |index| before[*index]);
    let mut anchors: Vec<(usize, usize)> = chain.map(|index| pairs[index]).collect();
    anchors.reverse();
    anchors
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(old: &[&'static str], new: &[&'static str]) -> Alignment {
        let keys = |names: &[&'static str]| -> Vec<Key<'static>> {
            names
                .iter()
                .map(|path| Key {
                    path,
                    name: path.rsplit('.').next().unwrap_or(path),
                })
                .collect()
        };
        align(&keys(old), &keys(new), |_, _| true)
    }

    #[test]
    fn equal_names_are_pairs_and_the_rest_is_added_or_removed() {
        assert_eq!(
            aligned(&["a", "b"], &["a", "b", "c"]).steps,
            [
                Step::Pair(0, 0),
                Step::Pair(1, 1),
                Step::Added { new: 2, last: true },
            ]
        );
        assert_eq!(
            aligned(&["a", "b"], &["b"]).steps,
            [
                Step::Removed {
                    old: 0,
                    last: false
                },
                Step::Pair(1, 0)
            ]
        );
        assert_eq!(
            aligned(&["a"], &["x", "a"]).steps,
            [
                Step::Added {
                    new: 0,
                    last: false
                },
                Step::Pair(0, 1)
            ]
        );
    }

    #[test]
    fn an_element_between_others_that_stay_may_have_another_name() {
        assert_eq!(
            aligned(&["a", "b", "c"], &["a", "x", "c"]).steps,
            [Step::Pair(0, 0), Step::Pair(1, 1), Step::Pair(2, 2),]
        );
    }

    #[test]
    fn a_swap_is_a_move_also_when_the_paths_changed() {
        assert_eq!(aligned(&["a", "b"], &["b", "a"]).moved.len(), 1);
        assert_eq!(aligned(&["a", "b"], &["args.b", "args.a"]).moved.len(), 1);
        assert!(aligned(&["a", "b"], &["args.a", "args.b"]).moved.is_empty());
    }
}
