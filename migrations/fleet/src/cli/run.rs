//! `fleet run`, `fleet resume` and `fleet rollback`.

use {
    super::{
        fleet::Fleet, interrupt::on_interrupt, plan::Outlook, pricing::Pricing, progress::Progress,
        reports::Reports, signers::Signers, verify,
    },
    anyhow::{Context, Result, bail, ensure},
    clap::Args,
    fleet::{
        client::Client,
        cluster::rpc::RpcCluster,
        journal::Journal,
        keys::Keys,
        plan::check,
        report::RunReport,
        run::{Engine, Options, Stop, StopReason, report},
        transition::{Direction, Transition},
        verify::audit,
    },
    std::process::ExitCode,
};

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    fleet: Fleet,
    #[command(flatten)]
    signers: Signers,
    #[command(flatten)]
    pace: Pace,
    /// Simulates every transaction and sends none.
    #[arg(long, conflicts_with = "canary")]
    dry_run: bool,
    /// Migrates this many accounts, verifies them, and stops.
    #[arg(long, value_name = "ACCOUNTS", conflicts_with = "max_accounts")]
    canary: Option<u64>,
    #[command(flatten)]
    reports: Reports,
}

#[derive(Args)]
pub struct ResumeArguments {
    #[command(flatten)]
    fleet: Fleet,
    #[command(flatten)]
    signers: Signers,
    #[command(flatten)]
    pace: Pace,
    /// Tries the quarantined accounts once more.
    #[arg(long)]
    retry_quarantined: bool,
    #[command(flatten)]
    reports: Reports,
}

#[derive(Args)]
pub struct RollbackArguments {
    #[command(flatten)]
    fleet: Fleet,
    #[command(flatten)]
    signers: Signers,
    #[command(flatten)]
    pace: Pace,
    #[command(flatten)]
    outlook: Outlook,
    #[command(flatten)]
    reports: Reports,
}

#[derive(Args)]
struct Pace {
    /// The most lamports that this journal's fleet may cost, fees and rent, over all its runs.
    #[arg(long, value_name = "LAMPORTS")]
    max_lamports: Option<u64>,
    /// The most accounts that this run takes up.
    #[arg(long, value_name = "ACCOUNTS")]
    max_accounts: Option<u64>,
    /// Stops when this run quarantined more accounts.
    #[arg(long, value_name = "ACCOUNTS", default_value_t = 10)]
    max_quarantined: u64,
    /// Transactions that are sent and not yet confirmed.
    #[arg(long, value_name = "TRANSACTIONS", default_value_t = 64)]
    max_in_flight: usize,
    /// Calls that wait for an answer at once.
    #[arg(long, value_name = "CALLS", default_value_t = 16)]
    concurrency: usize,
    #[command(flatten)]
    pricing: Pricing,
}

impl Pace {
    fn options(&self) -> Options {
        Options {
            max_lamports: self.max_lamports,
            max_accounts: self.max_accounts,
            max_quarantined: self.max_quarantined,
            max_in_flight: self.max_in_flight.max(1),
            concurrency: self.concurrency.max(1),
            fee_policy: self.pricing.priority_fee,
            slot_time: self.pricing.slot_time(),
        }
    }
}

/// Everything a run works with.
struct Work<'a> {
    client: &'a Client<RpcCluster>,
    transition: &'a Transition,
    keys: &'a Keys,
    journal: &'a mut Journal,
}

pub async fn execute(arguments: Arguments) -> Result<ExitCode> {
    let keys = arguments.signers.keys()?;
    let (mut journal, transition) = arguments.fleet.planned()?;
    ensure!(
        journal.payer_balance()?.is_none(),
        "{} was run already: go on with `fleet resume`",
        arguments.fleet.journal.display()
    );
    let client = arguments.fleet.client()?;
    let mut options = arguments.pace.options();
    let mut work = Work {
        client: &client,
        transition: &transition,
        keys: &keys,
        journal: &mut journal,
    };
    work.check().await?;
    if arguments.dry_run {
        return work.dry_run(options).await;
    }
    options.max_accounts = arguments.canary.or(options.max_accounts);
    let report = work.run(options).await?;
    arguments.reports.write(&report)?;
    if arguments.canary.is_none() {
        return Ok(status(&report));
    }
    verify::canaries(&client, &transition, &mut journal).await
}

pub async fn resume(arguments: ResumeArguments) -> Result<ExitCode> {
    let keys = arguments.signers.keys()?;
    let (mut journal, transition) = arguments.fleet.planned()?;
    let work = Work {
        client: &arguments.fleet.client()?,
        transition: &transition,
        keys: &keys,
        journal: &mut journal,
    };
    work.check().await?;
    if arguments.retry_quarantined {
        work.journal.requeue_quarantined()?;
    }
    work.run_to_the_end(&arguments.pace, &arguments.reports)
        .await
}

pub async fn rollback(arguments: RollbackArguments) -> Result<ExitCode> {
    let keys = arguments.signers.keys()?;
    let fleet = &arguments.fleet;
    if !fleet.journal.exists() {
        let plan = fleet
            .plan(
                Direction::Rollback,
                keys.roles(),
                &arguments.outlook,
                arguments.pace.pricing,
            )
            .await?;
        print!("{}", plan.text());
        if !plan.is_ready() {
            return Ok(ExitCode::FAILURE);
        }
    }
    let (mut journal, transition) = fleet.planned()?;
    ensure!(
        journal.header().direction == Direction::Rollback,
        "{} is the journal of a migration: name another with --journal",
        fleet.journal.display()
    );
    let work = Work {
        client: &fleet.client()?,
        transition: &transition,
        keys: &keys,
        journal: &mut journal,
    };
    work.check().await?;
    work.run_to_the_end(&arguments.pace, &arguments.reports)
        .await
}

impl Work<'_> {
    /// What has to be as it was planned, before anything is sent.
    async fn check(&self) -> Result<()> {
        let header = self.journal.header();
        let roles = self.keys.roles();
        ensure!(
            roles.authority == header.authority,
            "the plan was made for the authority {0}, and --authority is {1}: take the key of {0}, or \
             plan again with a new --journal",
            header.authority,
            roles.authority
        );
        ensure!(
            roles.payer == header.payer,
            "the plan was made for the payer {0}, and --payer is {1}: take the key of {0}, or plan \
             again with a new --journal",
            header.payer,
            roles.payer
        );
        let genesis_hash = self
            .client
            .genesis_hash()
            .await
            .context("the cluster does not answer")?;
        ensure!(
            genesis_hash == header.genesis_hash,
            "the plan was made on the cluster with genesis hash {}, and --url is one with \
             {genesis_hash}: name a node of the other cluster",
            header.genesis_hash
        );
        // What was sent is followed to its end, whatever became of the program.
        if self.journal.totals().open > 0 {
            return Ok(());
        }
        let ground = check(self.client, self.transition, roles).await?;
        if ground.deploy_slot > header.program_deploy_slot {
            bail!(StopReason::ProgramUpgraded(ground.deploy_slot));
        }
        Ok(())
    }

    async fn run_to_the_end(mut self, pace: &Pace, reports: &Reports) -> Result<ExitCode> {
        let report = self.run(pace.options()).await?;
        reports.write(&report)?;
        Ok(status(&report))
    }

    async fn run(&mut self, options: Options) -> Result<RunReport> {
        let stop = Stop::default();
        on_interrupt(stop.clone());
        let progress = Progress::new();
        let max_lamports = options.max_lamports;
        let engine = Engine::new(
            self.client,
            self.transition,
            self.keys,
            self.journal,
            options,
        )
        .await?;
        let ended = engine.run(&stop, &mut |tick| progress.show(tick)).await;
        progress.finish();
        let ended = ended.context("the run ended early; go on with `fleet resume`")?;
        audit(self.client, self.journal).await?;
        let calls = self.client.calls();
        Ok(report(
            self.transition,
            self.journal,
            ended,
            max_lamports,
            &calls,
        )?)
    }

    async fn dry_run(&mut self, options: Options) -> Result<ExitCode> {
        let engine = Engine::new(
            self.client,
            self.transition,
            self.keys,
            self.journal,
            options,
        )
        .await?;
        let run = engine.dry_run().await?;
        println!(
            "{} accounts in {} transactions of up to {} compute units, for {} lamports; nothing was sent",
            run.accounts, run.transactions, run.most_compute_units, run.lamports
        );
        for (accounts, reason) in &run.failing {
            println!("would fail: {reason}");
            for address in accounts {
                println!("  {address}");
            }
        }
        Ok(ExitCode::from(u8::from(!run.failing.is_empty())))
    }
}

/// 0 when nothing is left to do.
fn status(report: &RunReport) -> ExitCode {
    ExitCode::from(u8::from(!report.is_complete()))
}
