//! Accounts that are still in the old layout.

use {
    super::{MOST_LOOKS, SLOT, VerifyError, finalized},
    crate::{
        client::Client,
        cluster::{Cluster, Commitment, MAX_ACCOUNTS_PER_CALL},
        discover::Listing,
        journal::{Journal, State},
        report::{LeftOver, List},
        transition::{Stage, Transition},
    },
    solana_pubkey::Pubkey,
};

/// Two listings, the second of a later slot.
pub async fn list_twice<C: Cluster>(
    client: &Client<C>,
    transition: &Transition,
    journal: &Journal,
) -> Result<Vec<LeftOver>, VerifyError> {
    let slot = finalized(client, 0).await?;
    let first = list(client, transition, journal, slot).await?;
    let second = list(client, transition, journal, first.slot + 1).await?;
    Ok(vec![first, second])
}

/// A listing no part of which is older than `needed`.
async fn list<C: Cluster>(
    client: &Client<C>,
    transition: &Transition,
    journal: &Journal,
    needed: u64,
) -> Result<LeftOver, VerifyError> {
    let mut found = 0;
    for _ in 0..MOST_LOOKS {
        finalized(client, needed).await?;
        let listed = list_once(client, transition, journal).await?;
        if listed.slot >= needed {
            return Ok(listed);
        }
        found = listed.slot;
        tokio::time::sleep(SLOT).await;
    }
    Err(VerifyError::Behind { found, needed })
}

async fn list_once<C: Cluster>(
    client: &Client<C>,
    transition: &Transition,
    journal: &Journal,
) -> Result<LeftOver, VerifyError> {
    let mut listing = Listing::new(
        client,
        transition.program_id,
        transition.from.discriminator.clone(),
        transition.size,
        transition.from.address_offset,
        Commitment::Finalized,
    );
    let shard = journal.header().shard;
    let mut slot = u64::MAX;
    let mut accounts = List::default();
    while let Some(part) = listing.next().await? {
        slot = slot.min(part.slot);
        let mut addresses: Vec<Pubkey> =
            part.value.into_iter().map(|(address, _)| address).collect();
        addresses.retain(|address| shard.has(address));
        for some in addresses.chunks(MAX_ACCOUNTS_PER_CALL) {
            let left = still_old(client, transition, journal, some, part.slot).await?;
            accounts.extend(left.iter().map(ToString::to_string));
        }
    }
    Ok(LeftOver { slot, accounts })
}

/// Those that are not quarantined, and in the old layout when they are asked for by address: a listing
/// may have an account as it was before.
async fn still_old<C: Cluster>(
    client: &Client<C>,
    transition: &Transition,
    journal: &Journal,
    addresses: &[Pubkey],
    slot: u64,
) -> Result<Vec<Pubkey>, VerifyError> {
    let states = journal.states(addresses)?;
    let read = client
        .accounts(addresses, Commitment::Finalized, slot)
        .await?;
    let left = addresses
        .iter()
        .zip(states)
        .zip(read.value)
        .filter(|((_, state), account)| {
            !matches!(state, Some(State::Quarantined { .. }))
                && transition.stage(account.as_ref()) == Stage::Old
        });
    Ok(left.map(|((address, _), _)| *address).collect())
}
