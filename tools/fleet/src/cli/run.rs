//! `fleet run`, `fleet resume` and `fleet rollback`.

use {
    super::{
        interrupt::on_interrupt, pace::Pace, plan::Outlook, progress_bar::RunBar, reports::Reports,
        signers::Signers, target::Target, verify,
    },
    crate::{
        client::Client,
        cluster::rpc::RpcCluster,
        direction::Direction,
        journal::Journal,
        keys::Keys,
        plan::check,
        report::{RunAccounts, RunReport},
        run::{Engine, RunOptions, Stop, StopReason, report},
        transition::Transition,
        verify::audit,
    },
    anyhow::{Context, Result, bail, ensure},
    clap::Args,
    std::process::ExitCode,
};

/// What all of them take.
#[derive(Args)]
pub struct Setup {
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    signers: Signers,
    #[command(flatten)]
    pace: Pace,
    #[command(flatten)]
    reports: Reports,
}

/// Whom the payer pays for.
#[derive(Args)]
pub struct Scope {
    /// Migrates only accounts that the plan has, each once, and pays for none more rent than it lacked then.
    /// `resume` remembers it.
    #[arg(long)]
    planned_only: bool,
}

#[derive(Args)]
pub struct RunArguments {
    #[command(flatten)]
    setup: Setup,
    #[command(flatten)]
    scope: Scope,
    /// Simulates every transaction and sends none.
    #[arg(long, conflicts_with = "canary")]
    dry_run: bool,
    /// Migrates this many accounts, verifies them, and stops.
    #[arg(long, value_name = "ACCOUNTS", conflicts_with = "max_accounts")]
    canary: Option<u64>,
}

#[derive(Args)]
pub struct ResumeArguments {
    #[command(flatten)]
    setup: Setup,
    #[command(flatten)]
    scope: Scope,
    /// Tries the quarantined accounts once more.
    #[arg(long)]
    retry_quarantined: bool,
}

#[derive(Args)]
pub struct RollbackArguments {
    #[command(flatten)]
    setup: Setup,
    #[command(flatten)]
    outlook: Outlook,
}

pub async fn execute(arguments: RunArguments) -> Result<ExitCode> {
    let mut session = Session::open(arguments.setup)?;
    ensure!(
        session.journal.payer_balance()?.is_none(),
        "{} was run already: go on with `fleet resume`",
        session.journal.path().display()
    );
    session.check().await?;
    let mut options = session.setup.pace.options();
    options.planned_only = arguments.scope.planned_only;
    if arguments.dry_run {
        return session.dry_run(options).await;
    }
    options.max_accounts = arguments.canary.or(options.max_accounts);
    let report = session.run(options).await?;
    let Some(wanted) = arguments.canary else {
        return Ok(status(&report));
    };
    let RunAccounts {
        planned,
        pending,
        quarantined,
        ..
    } = report.accounts;
    let migrated = planned - pending - quarantined;
    if migrated < wanted.min(planned) {
        println!(
            "{migrated} of {wanted} canaries are migrated: the report says why; go on with `fleet resume`"
        );
        return Ok(ExitCode::FAILURE);
    }
    verify::canaries(&session.client, &session.transition, &mut session.journal).await
}

pub async fn resume(arguments: ResumeArguments) -> Result<ExitCode> {
    let mut session = Session::open(arguments.setup)?;
    let planned_only = arguments.scope.planned_only;
    ensure!(
        !planned_only || session.journal.planned_only()? != Some(false),
        "{} was run without --planned-only and may hold accounts that were made after the plan: resume \
         without it, or plan again with a new --journal",
        session.journal.path().display()
    );
    session.check().await?;
    if arguments.retry_quarantined {
        session.journal.requeue_quarantined()?;
    }
    session.run_to_the_end(planned_only).await
}

pub async fn rollback(arguments: RollbackArguments) -> Result<ExitCode> {
    let Setup {
        target,
        signers,
        pace,
        ..
    } = &arguments.setup;
    if !target.journal.exists() {
        let (direction, roles) = (Direction::Rollback, signers.keys()?.roles());
        let plan = target
            .plan(direction, roles, &arguments.outlook, pace.pricing)
            .await?;
        print!("{}", plan.text());
        if !plan.is_ready() {
            return Ok(ExitCode::FAILURE);
        }
    }
    let session = Session::open(arguments.setup)?;
    ensure!(
        session.journal.header().direction == Direction::Rollback,
        "{} is the journal of a migration: name another with --journal",
        session.journal.path().display()
    );
    session.check().await?;
    session.run_to_the_end(false).await
}

/// Everything a run works with.
struct Session {
    setup: Setup,
    keys: Keys,
    journal: Journal,
    transition: Transition,
    client: Client<RpcCluster>,
}

impl Session {
    fn open(setup: Setup) -> Result<Self> {
        let keys = setup.signers.keys()?;
        let (journal, transition) = setup.target.planned()?;
        Ok(Self {
            client: setup.target.client()?,
            setup,
            keys,
            journal,
            transition,
        })
    }

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
        let ground = check(&self.client, &self.transition, roles).await?;
        if ground.deploy_slot > header.program_deploy_slot {
            bail!(StopReason::ProgramUpgraded(ground.deploy_slot));
        }
        Ok(())
    }

    async fn engine(&mut self, options: RunOptions) -> Result<Engine<'_, RpcCluster>> {
        let engine = Engine::new(
            &self.client,
            &self.transition,
            &self.keys,
            &mut self.journal,
            options,
        );
        Ok(engine.await?)
    }

    async fn run_to_the_end(mut self, planned_only: bool) -> Result<ExitCode> {
        let mut options = self.setup.pace.options();
        options.planned_only = planned_only;
        Ok(status(&self.run(options).await?))
    }

    async fn run(&mut self, options: RunOptions) -> Result<RunReport> {
        let stop = Stop::default();
        on_interrupt(stop.clone());
        let progress = RunBar::new();
        let max_lamports = options.max_lamports;
        let engine = self.engine(options).await?;
        let ended = engine.run(&stop, &mut |tick| progress.show(tick)).await;
        progress.finish();
        let ended = ended.context("the run ended early; go on with `fleet resume`")?;
        audit(&self.client, &mut self.journal).await?;
        let calls = self.client.calls();
        let report = report(&self.transition, &self.journal, ended, max_lamports, &calls)?;
        self.setup.reports.write(&report)?;
        Ok(report)
    }

    async fn dry_run(&mut self, options: RunOptions) -> Result<ExitCode> {
        let run = self.engine(options).await?.dry_run().await?;
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
