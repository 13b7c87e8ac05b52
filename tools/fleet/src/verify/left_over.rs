//! Accounts that are still in the old layout.

use {
    super::{MOST_LOOKS, SLOT, VerifyError, finalized},
    crate::{
        client::Client,
        cluster::{Cluster, Commitment, MAX_ACCOUNTS_PER_CALL},
        discover::Listing,
        journal::{Journal, State},
        planned_only::Split,
        rent::Rent,
        report::{LeftOver, List},
        transition::{Stage, Transition},
    },
    solana_account::Account,
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
    let rent = match journal.planned_only()? {
        Some(true) => Some(Rent::of(client).await?),
        Some(false) | None => None,
    };
    let mut slot = u64::MAX;
    let (mut accounts, mut others) = (List::default(), List::default());
    while let Some(part) = listing.next().await? {
        slot = slot.min(part.slot);
        let mut addresses: Vec<Pubkey> =
            part.value.into_iter().map(|(address, _)| address).collect();
        addresses.retain(|address| shard.has(address));
        for some in addresses.chunks(MAX_ACCOUNTS_PER_CALL) {
            let left = still_old(client, transition, journal, some, part.slot).await?;
            let split = match rent {
                Some(rent) => Split::of(journal, transition, rent, left)?,
                None => Split::all_due(left),
            };
            accounts.extend(split.due.iter().map(|(address, _)| address.to_string()));
            others.extend(split.others.iter().map(|(address, _)| address.to_string()));
        }
    }
    Ok(LeftOver {
        slot,
        accounts,
        others,
    })
}

/// Those that are not quarantined, and in the old layout when they are asked for by address: a listing
/// may have an account as it was before.
async fn still_old<C: Cluster>(
    client: &Client<C>,
    transition: &Transition,
    journal: &Journal,
    addresses: &[Pubkey],
    slot: u64,
) -> Result<Vec<(Pubkey, Account)>, VerifyError> {
    let states = journal.states(addresses)?;
    let read = client
        .accounts(addresses, Commitment::Finalized, slot)
        .await?;
    let read = addresses.iter().zip(states).zip(read.value);
    let left = read.filter_map(|((address, state), account)| {
        let is_quarantined = matches!(state, Some(State::Quarantined { .. }));
        let is_old = transition.stage(account.as_ref()) == Stage::Old;
        Some((*address, account?)).filter(|_| is_old && !is_quarantined)
    });
    Ok(left.collect())
}
