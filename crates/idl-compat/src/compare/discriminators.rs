//! Discriminators that begin with another's.

/// Something that a discriminator stands for, in one release or in both.
pub(super) struct Entry<'a> {
    pub discriminator: &'a [u8],
    /// Its place in a list of the old or the new IDL.
    pub old: Option<usize>,
    pub new: Option<usize>,
}

/// The old and the new discriminators of one list; `pairs` tells which old and new place is one thing.
pub(super) fn entries<'a>(
    old: &[&'a [u8]],
    new: &[&'a [u8]],
    pairs: &[(usize, usize)],
) -> Vec<Entry<'a>> {
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
pub(super) fn confusions(entries: &[Entry<'_>]) -> Vec<(usize, usize)> {
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
