//! Finds every account of a layout, a bounded part at a time.
//!
//! A node that can page is asked for pages. Any other is asked for partitions of an address field: all
//! accounts at once, or those whose address begins with each byte, or with each two bytes, by an estimate
//! from one such partition. A partition that is too large for the node is split by its next byte.
//!
//! An account whose data ends before the byte that a partition looks at is in no partition. Such accounts
//! are asked for by their length.

use {
    crate::{
        client::Client,
        cluster::{Answer, At, Cluster, ClusterError, Commitment, Page, Query},
    },
    solana_account::Account,
    solana_pubkey::Pubkey,
};

/// Accounts in the first page that is asked for.
const PAGE: usize = 5_000;
/// Bytes of an answer that a part should have at most: a few parts are in memory at a time.
const PART: u64 = 16 << 20;
/// Bytes of an answer for each account beside its data.
const OVERHEAD: u64 = 320;
/// The partition that estimates the others. Not 0: addresses that are not set begin with it.
const PROBE: u8 = 0xa5;
/// Bytes that a node compares at most.
const LONGEST_PREFIX: usize = 128;
/// A node that does not answer for one of 65,536 partitions in time is not asked for smaller ones.
const LONGEST_PREFIX_IN_TIME: usize = 2;
/// Where a field may lie to be used: each byte before it is a length that is asked for.
const FURTHEST_OFFSET: u64 = 1_024;

/// See the [module](self). An account that is written while it is listed may come twice, or as it was
/// before or after.
pub struct Listing<'a, C> {
    client: &'a Client<C>,
    /// Without partition.
    query: Query,
    address_offset: Option<u64>,
    part_bytes: u64,
    phase: Phase,
}

enum Phase {
    Begin,
    Pages {
        cursor: Option<String>,
        limit: usize,
    },
    Parts {
        /// The next one is the last.
        pending: Vec<Part>,
        /// A part with a shorter prefix is split without asking for it.
        shortest: usize,
    },
    End,
}

/// Accounts whose address field begins with `prefix`.
#[derive(Clone)]
struct Part {
    prefix: Vec<u8>,
    /// Only those whose data has this length: it ends where the next byte of the prefix would be.
    ends_at: Option<u64>,
}

impl Part {
    const ALL: Self = Self {
        prefix: Vec::new(),
        ends_at: None,
    };
}

impl<'a, C: Cluster> Listing<'a, C> {
    /// Accounts of the program that begin with `discriminator`; with `data_len`, only those with that many
    /// bytes of data. At `address_offset` their data holds an address.
    pub fn new(
        client: &'a Client<C>,
        program_id: Pubkey,
        discriminator: Vec<u8>,
        data_len: Option<u64>,
        address_offset: Option<u64>,
        commitment: Commitment,
    ) -> Self {
        Self {
            client,
            query: Query {
                program_id,
                discriminator,
                data_len,
                partition: None,
                commitment,
            },
            address_offset: address_offset.filter(|offset| *offset <= FURTHEST_OFFSET),
            part_bytes: PART,
            phase: Phase::Begin,
        }
    }

    /// The next part, which may be empty; `None` behind the last. After an error the same part is next.
    pub async fn next(&mut self) -> Answer<Option<At<Vec<(Pubkey, Account)>>>> {
        loop {
            match &self.phase {
                Phase::Begin => match self.page(None, PAGE).await {
                    // Nodes that do not know a method say so in several ways.
                    Err(ClusterError::Unsupported(_) | ClusterError::Rejected(_)) => {
                        self.phase = Phase::Parts {
                            shortest: self.probe().await?,
                            pending: vec![Part::ALL],
                        };
                    }
                    page => return page.map(Some),
                },
                Phase::Pages { cursor, limit } => {
                    let (cursor, limit) = (cursor.clone(), *limit);
                    return self.page(cursor, limit).await.map(Some);
                }
                Phase::Parts { pending, shortest } => {
                    let (part, shortest) = (pending.last().cloned(), *shortest);
                    match part {
                        None => self.phase = Phase::End,
                        Some(part) => {
                            if let Some(found) = self.part(&part, shortest).await? {
                                return Ok(Some(found));
                            }
                        }
                    }
                }
                Phase::End => return Ok(None),
            }
        }
    }

    async fn page(
        &mut self,
        cursor: Option<String>,
        mut limit: usize,
    ) -> Answer<At<Vec<(Pubkey, Account)>>> {
        let page = loop {
            let page = self
                .client
                .program_accounts_page(&self.query, cursor.as_deref(), limit);
            match page.await {
                Err(ClusterError::TooLarge(_)) if limit > 1 => limit /= 2,
                page => break page?,
            }
        };
        self.turn(cursor, page, limit)
    }

    /// Remembers where the page behind this one begins.
    fn turn(
        &mut self,
        cursor: Option<String>,
        page: Page,
        limit: usize,
    ) -> Answer<At<Vec<(Pubkey, Account)>>> {
        self.phase = match page.next {
            None => Phase::End,
            next if next == cursor => {
                return Err(ClusterError::Rejected(
                    "the node answers the same page again; use another node".to_owned(),
                ));
            }
            next => Phase::Pages {
                cursor: next,
                limit,
            },
        };
        Ok(At {
            slot: page.slot,
            value: page.accounts,
        })
    }

    /// How long prefixes have to be for parts of the wanted size.
    async fn probe(&self) -> Answer<usize> {
        if self.split(&Part::ALL).is_none() {
            return Ok(0);
        }
        let probe = Part {
            prefix: vec![PROBE],
            ends_at: None,
        };
        match self.client.program_accounts(&self.query_of(&probe)).await {
            Ok(found) => {
                let sizes = found.value.iter().map(|(_, account)| size(account));
                let bytes: u64 = sizes.sum();
                Ok(match bytes {
                    _ if bytes.saturating_mul(256) <= self.part_bytes => 0,
                    _ if bytes <= self.part_bytes => 1,
                    _ => 2,
                })
            }
            Err(ClusterError::TooLarge(_) | ClusterError::Transient { .. }) => Ok(1),
            Err(error) => Err(error),
        }
    }

    /// `None` when the part was split.
    async fn part(
        &mut self,
        part: &Part,
        shortest: usize,
    ) -> Answer<Option<At<Vec<(Pubkey, Account)>>>> {
        let is_large = part.ends_at.is_none() && part.prefix.len() < shortest;
        let smaller = is_large.then(|| self.split(part)).flatten();
        let (found, parts) = match smaller {
            Some(smaller) => (None, smaller),
            None => match self.client.program_accounts(&self.query_of(part)).await {
                Ok(found) => (Some(found), Vec::new()),
                Err(error) => (None, self.split_after(part, &error).ok_or(error)?),
            },
        };
        if let Phase::Parts { pending, .. } = &mut self.phase {
            pending.pop();
            pending.extend(parts);
        }
        Ok(found)
    }

    fn split_after(&self, part: &Part, error: &ClusterError) -> Option<Vec<Part>> {
        let is_too_large = match error {
            ClusterError::TooLarge(_) => true,
            ClusterError::Transient { .. } => part.prefix.len() < LONGEST_PREFIX_IN_TIME,
            _ => false,
        };
        is_too_large.then(|| self.split(part)).flatten()
    }

    /// Smaller parts that have every account of this one; `None` when there are none.
    fn split(&self, part: &Part) -> Option<Vec<Part>> {
        let offset = self.address_offset?;
        let end = offset + u64::try_from(part.prefix.len()).ok()?;
        if part.ends_at.is_some() || part.prefix.len() == LONGEST_PREFIX {
            return None;
        }
        let shortest = match (self.query.data_len, part.prefix.is_empty()) {
            (Some(data_len), _) if data_len <= end => return None,
            // All accounts are long enough.
            (Some(_), _) => end + 1,
            (None, true) => u64::try_from(self.query.discriminator.len()).ok()?,
            (None, false) => end,
        };
        let short = (shortest..=end).map(|ends_at| Part {
            prefix: part.prefix.clone(),
            ends_at: Some(ends_at),
        });
        let longer = (0..=u8::MAX).rev().map(|byte| Part {
            prefix: [part.prefix.as_slice(), &[byte]].concat(),
            ends_at: None,
        });
        Some(short.chain(longer).collect())
    }

    fn query_of(&self, part: &Part) -> Query {
        let mut query = self.query.clone();
        query.partition = self
            .address_offset
            .filter(|_| !part.prefix.is_empty())
            .map(|offset| (offset, part.prefix.clone()));
        query.data_len = query.data_len.or(part.ends_at);
        query
    }
}

/// Bytes of a node's answer.
fn size(account: &Account) -> u64 {
    let data = u64::try_from(account.data.len()).unwrap_or(u64::MAX);
    (data / 3).saturating_mul(4).saturating_add(OVERHEAD)
}

#[cfg(test)]
mod tests;
