//! Discriminators that begin with another's.

use {
    super::comparison::{Comparison, Draft},
    crate::rule::Rule,
};

/// One list of both IDLs, accounts, instructions or events: each with its name and its discriminator.
pub(super) struct Lists<'a, 'p> {
    /// The list's key in an IDL.
    pub key: &'static str,
    pub old: Vec<(&'a str, &'a [u8])>,
    pub new: Vec<(&'a str, &'a [u8])>,
    /// Which old and new place is one thing.
    pub pairs: &'p [(usize, usize)],
}

/// Adds a finding, by `rule`, for each that can be taken for another now, with what that `means`.
pub(super) fn add_confusions(
    c: &mut Comparison<'_, '_>,
    lists: &Lists<'_, '_>,
    rule: &'static Rule,
    means: &str,
) {
    let [olds, news] = [&lists.old, &lists.new].map(|list| {
        list.iter()
            .map(|(_, discriminator)| *discriminator)
            .collect::<Vec<_>>()
    });
    let all = entries(&olds, &news, lists.pairs);
    for (short, long) in confusions(&all) {
        let name = |index: usize| match (all[index].new, all[index].old) {
            (Some(j), _) => (lists.new[j].0, ""),
            (None, Some(i)) => (lists.old[i].0, " of the old release"),
            (None, None) => ("", ""),
        };
        let ((short_name, short_of), (long_name, long_of)) = (name(short), name(long));
        if short_name == long_name {
            continue;
        }
        let begins = if all[short].discriminator == all[long].discriminator {
            "is"
        } else {
            "begins with"
        };
        let message = format!(
            "the discriminator of `{long_name}`{long_of} {begins} that of `{short_name}`{short_of}: {means}"
        );
        let mut draft = Draft::new(rule, long_name, message);
        let at = all[long].new.or(all[short].new);
        draft.new = at.map(|j| format!("/{}/{j}", lists.key));
        c.add(draft);
    }
}

/// Something that a discriminator stands for, in one release or in both.
struct Entry<'a> {
    discriminator: &'a [u8],
    /// Its place in a list of the old or the new IDL.
    old: Option<usize>,
    new: Option<usize>,
}

/// The old and the new discriminators of one list; `pairs`: which old and new place is one thing.
fn entries<'a>(old: &[&'a [u8]], new: &[&'a [u8]], pairs: &[(usize, usize)]) -> Vec<Entry<'a>> {
    let mut partner = vec![None; old.len()];
    let mut unchanged = vec![false; new.len()];
    for (i, j) in pairs {
        if old[*i] == new[*j] {
            partner[*i] = Some(*j);
            unchanged[*j] = true;
        }
    }
    let olds = old.iter().enumerate().map(|(i, discriminator)| Entry {
        discriminator,
        old: Some(i),
        new: partner[i],
    });
    let news = new.iter().enumerate().filter(|(j, _)| !unchanged[*j]);
    let news = news.map(|(j, discriminator)| Entry {
        discriminator,
        old: None,
        new: Some(j),
    });
    olds.chain(news).collect()
}

/// Two entries, by their places, of which the second one's discriminator begins with the first one's.
/// Where the old release had both, nothing changed.
fn confusions(entries: &[Entry<'_>]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|index| entries[*index].discriminator);
    // Entries that the current one's discriminator begins with, the longest last.
    let mut begins: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for index in order {
        let entry = &entries[index];
        while let Some(top) = begins.last() {
            if entry.discriminator.starts_with(entries[*top].discriminator) {
                break;
            }
            begins.pop();
        }
        let other = begins
            .iter()
            .rev()
            .find(|other| entries[**other].old.is_none() || entry.old.is_none());
        found.extend(other.map(|other| (*other, index)));
        begins.push(index);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(old: &[&[u8]], new: &[&[u8]], pairs: &[(usize, usize)]) -> usize {
        confusions(&entries(old, new, pairs)).len()
    }

    #[test]
    fn a_new_discriminator_that_begins_or_is_another_is_found() {
        assert_eq!(found(&[&[1, 2]], &[&[1, 2], &[1]], &[(0, 0)]), 1);
        assert_eq!(found(&[&[1]], &[&[1], &[1, 2]], &[(0, 0)]), 1);
        assert_eq!(found(&[&[1]], &[&[1], &[]], &[(0, 0)]), 1);
        assert_eq!(found(&[&[1]], &[&[1], &[1]], &[(0, 0)]), 1);
        assert_eq!(found(&[&[1]], &[&[1], &[2]], &[(0, 0)]), 0);
    }

    #[test]
    fn what_is_gone_still_counts() {
        assert_eq!(found(&[&[1, 2]], &[&[1]], &[]), 1);
    }

    #[test]
    fn what_the_old_release_had_is_no_change() {
        assert_eq!(
            found(&[&[1], &[1, 2]], &[&[1], &[1, 2]], &[(0, 0), (1, 1)]),
            0
        );
    }
}
