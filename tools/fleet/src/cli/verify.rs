//! `fleet verify`.

use {
    super::{reports::Reports, target::Target},
    crate::{
        client::Client,
        cluster::rpc::RpcCluster,
        journal::Journal,
        report::Reason,
        transition::Transition,
        verify::{migrated, verify},
    },
    anyhow::Result,
    clap::Args,
    std::process::ExitCode,
};

#[derive(Args)]
pub struct VerifyArguments {
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    reports: Reports,
}

pub async fn execute(arguments: VerifyArguments) -> Result<ExitCode> {
    let (mut journal, transition) = arguments.target.planned()?;
    let client = arguments.target.client()?;
    let report = verify(&client, &transition, &mut journal).await?;
    arguments.reports.write(&report)?;
    Ok(ExitCode::from(u8::from(!report.has_passed())))
}

/// The accounts that are migrated so far; others may be left.
pub async fn canaries(
    client: &Client<RpcCluster>,
    transition: &Transition,
    journal: &mut Journal,
) -> Result<ExitCode> {
    let found = migrated(client, transition, journal).await?;
    println!(
        "canaries: {} checked, {} equal their snapshot, {} were changed by their users since",
        found.checked, found.equal, found.changed.count
    );
    for Reason { address, reason } in &found.failed.first {
        println!("{address} differs: {reason}");
    }
    if !found.failed.is_empty() {
        return Ok(ExitCode::FAILURE);
    }
    println!("the canaries are sound: go on with `fleet resume`");
    Ok(ExitCode::SUCCESS)
}
