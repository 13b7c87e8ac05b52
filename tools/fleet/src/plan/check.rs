//! What has to be so before anything is worth counting.

use {
    super::PlanError,
    crate::{
        client::Client,
        cluster::{Cluster, Commitment},
        deployment::Deployment,
        rent::Rent,
        transition::{Roles, Transition},
    },
    solana_hash::Hash,
    solana_sdk_ids::{bpf_loader_upgradeable, system_program},
};

/// What a plan stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    pub genesis_hash: Hash,
    pub rent: Rent,
    /// Slot of the program's deployment; 0 for a program that cannot be upgraded by design.
    pub deploy_slot: u64,
    /// 0 when there is no such account.
    pub payer_lamports: u64,
}

/// Whether the program is there, the authority is the right one, and the payer can pay at all.
///
/// # Errors
/// The first thing that is not so, and what to do about it.
pub async fn check<C: Cluster>(
    client: &Client<C>,
    transition: &Transition,
    roles: Roles,
) -> Result<Ground, PlanError> {
    let genesis_hash = client.genesis_hash().await?;
    let rent = Rent::of(client).await?;
    let program = transition.program_id;
    let read = client
        .accounts(&[program, roles.payer], Commitment::Confirmed, 0)
        .await?;
    let mut accounts = read.value.into_iter();
    let account = accounts
        .next()
        .flatten()
        .ok_or(PlanError::NoProgram(program))?;
    let payer = accounts.next().flatten();
    if !account.executable {
        return Err(PlanError::NotExecutable(program));
    }
    let deployment = Deployment::of(client, &program, Commitment::Confirmed)
        .await?
        .value;
    // The loader keeps the account of a program that was closed.
    if account.owner == bpf_loader_upgradeable::id() && deployment.is_none() {
        return Err(PlanError::NoProgram(program));
    }
    if transition.program_data().is_some() {
        let authority = deployment.and_then(|deployment| deployment.upgrade_authority);
        let found = authority.ok_or_else(|| PlanError::NoUpgradeAuthority {
            program,
            table: transition.table.clone(),
        })?;
        if found != roles.authority {
            return Err(PlanError::WrongAuthority {
                program,
                found,
                given: roles.authority,
            });
        }
    }
    if let Some(payer) = &payer
        && (payer.owner != system_program::id() || !payer.data.is_empty())
    {
        return Err(PlanError::PayerIsNoWallet {
            payer: roles.payer,
            owner: payer.owner,
        });
    }
    Ok(Ground {
        genesis_hash,
        rent,
        deploy_slot: deployment.map_or(0, |deployment| deployment.slot),
        payer_lamports: payer.map_or(0, |payer| payer.lamports),
    })
}
