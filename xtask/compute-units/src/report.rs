use {
    crate::{
        anchor_migration::{BUDGET_PERCENT, Comparison},
        batch::{self, Batch},
        instructions::Measured,
    },
    std::fmt::Write,
    support::releases::releases,
};

/// What stands above the first row.
fn head(newest: u64) -> String {
    format!(
        "\
# Compute units

Written by `cargo xtask compute-units`; CI runs it with `--check`. Every figure is one transaction
with one instruction on `releases/v{newest}/app.so`, or on `tests/fixtures/migration_lab.so` for Anchor's
own `Migration`, in LiteSVM with mainnet's features. The toolchain that made both files is named in
the `PROVENANCE.md` beside them: figures of two toolchains cannot be compared.

Where an instruction derives the config's address, the figure is for an authority whose bump is 255;
each bump below that adds what one more derivation costs.

## Instructions

| instruction | on | compute units |
| --- | --- | ---: |
"
    )
}

pub fn render(instructions: &[Measured], comparison: &[Comparison], batches: &[Batch]) -> String {
    let mut text = head(releases().newest());
    list_instructions(&mut text, instructions);
    compare_migration(&mut text, comparison);
    list_batches(&mut text, batches);
    text
}

fn list_instructions(text: &mut String, instructions: &[Measured]) {
    for row in instructions {
        line(
            text,
            format_args!(
                "| `{}` | {} | {} |",
                row.instruction, row.on, row.compute_units
            ),
        );
    }
}

fn compare_migration(text: &mut String, comparison: &[Comparison]) {
    line(
        text,
        format_args!(
            "\n## `migrate` next to Anchor's own `Migration` and `realloc`\n\n\
             The same accounts, checks, bytes and lamports; `migrate` may cost at most \
             {BUDGET_PERCENT} % of Anchor's.\n\
             Some 570 compute units of the difference are Anchor's check for duplicate accounts that \
             are\nwritten at exit; `migrate` needs none ([decision 13](decisions.md)).\n\n\
             | | `migrate` | Anchor's | share |\n| --- | ---: | ---: | ---: |"
        ),
    );
    for row in comparison {
        line(
            text,
            format_args!(
                "| {} | {} | {} | {:.1} % |",
                row.name,
                row.ours,
                row.anchors,
                row.ours as f64 * 100.0 / row.anchors as f64
            ),
        );
    }
}

fn list_batches(text: &mut String, batches: &[Batch]) {
    line(
        text,
        format_args!(
            "\n## `migrate_many` by the size of its batch\n\n\
             {largest} configs fit a transaction that also sets a compute-unit limit and price. What a \
             config costs in\nit is the whole transaction's cost, divided by {largest}; the budget is for \
             that.\n\n\
             | on | 1 config | {largest} configs | per config of {largest} | budget | each further config |\n\
             | --- | ---: | ---: | ---: | ---: | ---: |",
            largest = batch::LARGEST
        ),
    );
    for row in batches {
        line(
            text,
            format_args!(
                "| {} | {} | {} | {:.1} | {} | {:.1} |",
                row.on,
                row.one,
                row.largest,
                row.per_config(),
                row.budget,
                row.each_further()
            ),
        );
    }
}

/// Adds a line.
pub fn line(text: &mut String, line: std::fmt::Arguments) {
    writeln!(text, "{line}").expect("a String takes all text");
}
