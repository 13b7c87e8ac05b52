//! `cargo run -p compute-units`: writes `docs/compute-units.md`; `-- --check` fails when the file no
//! longer says what the released binaries cost.

mod anchor_migration;
mod batch;
mod instructions;
mod proxy;
mod report;

use {
    anyhow::{Context, Result, ensure},
    clap::Parser,
    std::fs,
    testkit::release::in_workspace,
};

#[derive(Parser)]
struct Options {
    /// Compare with docs/compute-units.md instead of writing it.
    #[arg(long)]
    check: bool,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    let instructions = instructions::measure().await;
    let comparison = anchor_migration::compare().await;
    for row in &comparison {
        ensure!(
            row.within_budget(),
            "migrate {} costs {} compute units, more than {} % of the {} that Anchor's Migration takes",
            row.name,
            row.ours,
            anchor_migration::BUDGET_PERCENT,
            row.anchors,
        );
    }
    let batches = batch::measure().await;
    for row in &batches {
        ensure!(
            row.within_budget(),
            "migrate_many of {} costs {:.1} compute units per config, more than {}",
            row.on,
            row.per_config(),
            row.budget,
        );
    }
    let migrations = proxy::measure().await;
    for row in &migrations {
        ensure!(
            row.compute_units <= proxy::BUDGET,
            "migrate_account of a {} costs {} compute units, more than {}",
            row.on,
            row.compute_units,
            proxy::BUDGET,
        );
    }
    let spread = proxy::spread().await;
    ensure!(
        spread.greatest <= proxy::BUDGET,
        "migrate_account of an authority's ConfigV1 costs {} compute units, more than {}",
        spread.greatest,
        proxy::BUDGET,
    );
    let report = report::render(&instructions, &comparison, &batches, &migrations, &spread);

    let path = in_workspace("docs/compute-units.md");
    if options.check {
        let found =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        ensure!(
            found == report,
            "docs/compute-units.md is stale; run: cargo run -p compute-units"
        );
        println!("docs/compute-units.md: up to date");
    } else {
        fs::write(&path, &report).with_context(|| format!("cannot write {}", path.display()))?;
        print!("{report}");
    }
    Ok(())
}
