//! A list of bounded length that counts what it leaves out.

use {
    super::{document::Block, number::grouped},
    serde::{Deserialize, Serialize},
};

/// The first [`List::MOST`] items of any number of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct List<T> {
    /// Of all items, listed or not.
    pub count: u64,
    pub first: Vec<T>,
}

impl<T> List<T> {
    /// Most items that are kept.
    pub const MOST: usize = 100;

    pub fn push(&mut self, item: T) {
        self.count = self.count.saturating_add(1);
        if self.first.len() < Self::MOST {
            self.first.push(item);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Says how many items are counted only.
    pub(super) fn rest(&self) -> Option<Block> {
        let rest = self.count.saturating_sub(self.first.len() as u64);
        (rest > 0).then(|| Block::Text(format!("and {} more", grouped(rest))))
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self {
            count: 0,
            first: Vec::new(),
        }
    }
}

impl<T> Extend<T> for List<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_counted() {
        let mut list = List::default();
        list.extend(0..250);
        assert_eq!((list.count, list.first.len()), (250, 100));
        assert_eq!(list.first[99], 99);
        assert!(matches!(list.rest(), Some(Block::Text(text)) if text == "and 150 more"));
    }
}
