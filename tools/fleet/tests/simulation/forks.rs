//! The tree of banks: what came before what.

use {solana_hash::Hash, std::collections::HashMap};

/// A point in the ledger: everything up to this slot on this fork.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub fork: usize,
    pub slot: u64,
}

/// The state behind one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bank {
    pub place: Place,
    /// Blocks before this one.
    pub height: u64,
    pub hash: Hash,
    /// The newest bank that a node which is here calls confirmed.
    pub confirmed: Place,
    /// The newest bank that a node which is here calls finalized.
    pub finalized: Place,
}

struct Fork {
    parent: Option<Place>,
    /// Ascending by slot; a skipped slot has none.
    banks: Vec<Bank>,
}

pub struct Forks {
    forks: Vec<Fork>,
    by_hash: HashMap<Hash, Bank>,
    /// The newest finalized bank: every fork begins behind it.
    rooted: Place,
}

impl Forks {
    /// The first bank, at slot 0.
    pub fn new() -> Self {
        let place = Place { fork: 0, slot: 0 };
        let mut forks = Self {
            forks: vec![Fork {
                parent: None,
                banks: Vec::new(),
            }],
            by_hash: HashMap::new(),
            rooted: place,
        };
        forks.push(Bank {
            place,
            height: 0,
            hash: hash_of(place),
            confirmed: place,
            finalized: place,
        });
        forks
    }

    /// Whether what happened at `past` has happened at `place`.
    pub fn covers(&self, mut place: Place, past: Place) -> bool {
        while place.fork != past.fork {
            match self.parent(place) {
                Some(parent) => place = parent,
                None => return false,
            }
        }
        past.slot <= place.slot
    }

    /// The newest bank at or before this place.
    pub fn bank(&self, mut place: Place) -> Bank {
        loop {
            let fork = &self.forks[place.fork];
            let count = fork
                .banks
                .partition_point(|bank| bank.place.slot <= place.slot);
            if let Some(newest) = count.checked_sub(1) {
                return fork.banks[newest];
            }
            place = self.parent(place).expect("a first bank");
        }
    }

    /// The newest finalized bank that any node has seen.
    pub fn rooted(&self) -> Bank {
        self.bank(self.rooted)
    }

    pub fn bank_of(&self, hash: &Hash) -> Option<Bank> {
        self.by_hash.get(hash).copied()
    }

    /// Adds a bank behind `parent`. It is `confirm_after` and `finalize_after` slots after the banks
    /// that it confirms and finalizes.
    pub fn extend(
        &mut self,
        parent: Place,
        slot: u64,
        confirm_after: u64,
        finalize_after: u64,
    ) -> Bank {
        let before = self.bank(parent);
        let place = Place {
            fork: parent.fork,
            slot,
        };
        let older = |slots: u64, than: Place| {
            let found = self.bank(Place {
                fork: parent.fork,
                slot: parent.slot.min(slot.saturating_sub(slots)),
            });
            if found.place.slot > than.slot {
                found.place
            } else {
                than
            }
        };
        let finalized = older(finalize_after, self.rooted);
        let confirmed = older(confirm_after, before.confirmed);
        let bank = Bank {
            place,
            height: before.height + 1,
            hash: hash_of(place),
            confirmed,
            finalized,
        };
        self.rooted = finalized;
        self.push(bank);
        bank
    }

    /// Begins a fork behind `at`, or behind the newest finalized bank if that is newer, and returns the
    /// place to extend.
    pub fn branch(&mut self, at: Place) -> Place {
        let at = self.bank(at).place;
        let parent = if at.slot < self.rooted.slot {
            self.rooted
        } else {
            at
        };
        self.forks.push(Fork {
            parent: Some(parent),
            banks: Vec::new(),
        });
        Place {
            fork: self.forks.len() - 1,
            slot: parent.slot,
        }
    }

    /// The same slot on the fork that this one left, or where it left it.
    fn parent(&self, place: Place) -> Option<Place> {
        let parent = self.forks[place.fork].parent?;
        Some(Place {
            slot: parent.slot.min(place.slot),
            ..parent
        })
    }

    fn push(&mut self, bank: Bank) {
        self.by_hash.insert(bank.hash, bank);
        self.forks[bank.place.fork].banks.push(bank);
    }
}

fn hash_of(place: Place) -> Hash {
    let mut bytes = *b"a blockhash of slot ........ ...";
    bytes[20..28].copy_from_slice(&place.slot.to_le_bytes());
    bytes[29..].copy_from_slice(&place.fork.to_le_bytes()[..3]);
    Hash::new_from_array(bytes)
}

/// A value that changes from place to place.
pub struct Versions<T>(Vec<(Place, T)>);

impl<T> Default for Versions<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Versions<T> {
    pub fn set(&mut self, place: Place, value: T) {
        self.0.push((place, value));
    }

    pub fn at(&self, forks: &Forks, place: Place) -> Option<&T> {
        let newest_first = self.0.iter().rev();
        newest_first
            .filter(|(when, _)| forks.covers(place, *when))
            .map(|(_, value)| value)
            .next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(forks: &mut Forks, mut from: Place, slots: impl IntoIterator<Item = u64>) -> Place {
        for slot in slots {
            from = forks.extend(from, slot, 2, 32).place;
        }
        from
    }

    #[test]
    fn a_fork_has_the_past_of_its_parent_only() {
        let mut forks = Forks::new();
        let old = chain(&mut forks, Place { fork: 0, slot: 0 }, 1..=10);
        let branch = forks.branch(Place { fork: 0, slot: 6 });
        let new = chain(&mut forks, branch, [11, 13]);
        let on_old = |slot| Place { fork: 0, slot };
        assert!(forks.covers(new, on_old(6)));
        assert!(!forks.covers(new, on_old(7)));
        assert!(!forks.covers(old, new));
        assert_eq!(forks.bank(new).height, 8);
        assert_eq!(forks.bank(Place { fork: 1, slot: 12 }).place.slot, 11);
        assert_eq!(forks.bank(Place { fork: 1, slot: 10 }).place, on_old(6));

        let mut value = Versions::default();
        value.set(on_old(5), "before");
        value.set(on_old(8), "abandoned");
        assert_eq!(value.at(&forks, old), Some(&"abandoned"));
        assert_eq!(value.at(&forks, new), Some(&"before"));
        value.set(new, "after");
        assert_eq!(value.at(&forks, old), Some(&"abandoned"));
        assert_eq!(value.at(&forks, new), Some(&"after"));
        assert_eq!(value.at(&forks, on_old(4)), None);
    }

    #[test]
    fn banks_are_confirmed_and_finalized_by_later_ones() {
        let mut forks = Forks::new();
        let head = chain(&mut forks, Place { fork: 0, slot: 0 }, 1..=40);
        let bank = forks.bank(head);
        assert_eq!((bank.confirmed.slot, bank.finalized.slot), (38, 8));
        let branch = forks.branch(Place { fork: 0, slot: 20 });
        let head = chain(&mut forks, branch, [41]);
        let bank = forks.bank(head);
        assert_eq!((bank.confirmed.slot, bank.finalized.slot), (20, 9));
        assert_eq!(bank.height, 21);
    }

    #[test]
    fn no_fork_leaves_a_finalized_bank() {
        let mut forks = Forks::new();
        let head = chain(&mut forks, Place { fork: 0, slot: 0 }, 1..=40);
        let branch = forks.branch(Place { fork: 0, slot: 3 });
        assert_eq!(branch, Place { fork: 1, slot: 8 });
        let late = forks.extend(branch, 41, 1, 100);
        assert_eq!(late.finalized, forks.bank(head).finalized);
    }
}
