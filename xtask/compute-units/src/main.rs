//! `cargo xtask compute-units`: writes `docs/compute-units.md`; with `--check` it fails when the page
//! no longer says what the released binaries cost.

mod anchor_migration;
mod batch;
mod instructions;
mod proxy;
mod report;

use {
    anchor_migration::{BUDGET_PERCENT, Comparison},
    anyhow::{Context, Result, ensure},
    batch::Batch,
    clap::Parser,
    std::fs,
    support::workspace::in_workspace,
};

/// Measures every instruction on the released binaries and writes docs/compute-units.md.
#[derive(Parser)]
struct Options {
    /// Compares with docs/compute-units.md instead of writing it.
    #[arg(long)]
    check: bool,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    let report = measure().await?;
    let path = in_workspace("docs/compute-units.md");
    if options.check {
        let found =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        ensure!(
            found == report,
            "docs/compute-units.md is stale; run: cargo xtask compute-units"
        );
        println!("docs/compute-units.md: up to date");
    } else {
        fs::write(&path, &report).with_context(|| format!("cannot write {}", path.display()))?;
        print!("{report}");
    }
    Ok(())
}

/// The whole page. A cost above its budget is an error.
async fn measure() -> Result<String> {
    let instructions = instructions::measure().await;
    let comparison = anchor_migration::compare().await;
    comparison.iter().try_for_each(check_comparison)?;
    let batches = batch::measure().await;
    batches.iter().try_for_each(check_batch)?;
    let sections = [
        report::render(&instructions, &comparison, &batches),
        proxy::section().await?,
    ];
    Ok(sections.concat())
}

fn check_comparison(row: &Comparison) -> Result<()> {
    ensure!(
        row.within_budget(),
        "migrate {} costs {} compute units, more than {BUDGET_PERCENT} % of the {} that Anchor's \
         Migration takes",
        row.name,
        row.ours,
        row.anchors,
    );
    Ok(())
}

fn check_batch(row: &Batch) -> Result<()> {
    ensure!(
        row.within_budget(),
        "migrate_many of {} costs {:.1} compute units per config, more than {}",
        row.on,
        row.per_config(),
        row.budget,
    );
    Ok(())
}
