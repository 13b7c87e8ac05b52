//! `fleet plan`.

use {
    super::{pricing::Pricing, reports::Reports, signers::address_of, target::Target},
    crate::{
        direction::Direction,
        plan::{PlanOptions, plan},
        report::PlanReport,
        shard::Shard,
        transition::Roles,
    },
    anyhow::{Context, Result},
    clap::Args,
    indicatif::ProgressBar,
    std::process::ExitCode,
};

#[derive(Args)]
pub struct PlanArguments {
    #[command(flatten)]
    target: Target,
    /// The authority that the instruction takes: a key file, or its address.
    #[arg(long, value_name = "FILE|ADDRESS")]
    authority: String,
    /// The account that pays fees and rent: a key file, or its address; the authority unless given.
    #[arg(long, value_name = "FILE|ADDRESS")]
    payer: Option<String>,
    /// Plans the way back.
    #[arg(long)]
    rollback: bool,
    #[command(flatten)]
    outlook: Outlook,
    #[command(flatten)]
    pricing: Pricing,
    #[command(flatten)]
    reports: Reports,
}

/// What a plan is made for.
#[derive(Args, Clone)]
pub struct Outlook {
    /// The part of the fleet that this worker takes.
    #[arg(long, default_value_t = Shard::ALL)]
    shard: Shard,
    /// Transactions per second, for the time that is foretold.
    #[arg(long, value_name = "TRANSACTIONS", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    transactions_per_second: u32,
    /// The most transactions that are simulated.
    #[arg(long, value_name = "TRANSACTIONS", default_value_t = 8)]
    sample: usize,
}

pub async fn execute(arguments: PlanArguments) -> Result<ExitCode> {
    let authority = address_of("authority", &arguments.authority)?;
    let payer = arguments.payer.as_deref();
    let payer = payer.map_or(Ok(authority), |payer| address_of("payer", payer))?;
    let direction = if arguments.rollback {
        Direction::Rollback
    } else {
        Direction::Migrate
    };
    let report = arguments
        .target
        .plan(
            direction,
            Roles { authority, payer },
            &arguments.outlook,
            arguments.pricing,
        )
        .await?;
    arguments.reports.write(&report)?;
    Ok(ExitCode::from(u8::from(!report.is_ready())))
}

impl Target {
    /// Makes the journal.
    pub async fn plan(
        &self,
        direction: Direction,
        roles: Roles,
        outlook: &Outlook,
        pricing: Pricing,
    ) -> Result<PlanReport> {
        let sources = self.sources()?;
        let transition = self.transition(&sources, direction)?;
        let options = PlanOptions {
            roles,
            shard: outlook.shard,
            fee_policy: pricing.priority_fee,
            transactions_per_second: outlook.transactions_per_second,
            slot_time: pricing.slot_time(),
            sample: outlook.sample,
            manifest_digest: sources.digest,
        };
        let found = ProgressBar::new_spinner();
        let client = self.client()?;
        let report = plan(
            &client,
            &transition,
            &sources.idl,
            &self.journal,
            &options,
            &mut |accounts| {
                found.set_message(format!("{accounts} accounts found"));
                found.tick();
            },
        )
        .await;
        found.finish_and_clear();
        report.context("nothing was sent")
    }
}
