use {
    crate::{
        anchor_migration::{BUDGET_PERCENT, Comparison},
        batch::{self, Batch},
        instructions::Measured,
        proxy::{self, Migration, Spread},
    },
    std::fmt::Write,
};

const HEAD: &str = "\
# Compute units

Written by `cargo run -p compute-units`; CI runs it with `-- --check`. Every figure is one transaction
with one instruction on `releases/v2/app.so`, or on `tests/fixtures/migration_lab.so` for Anchor's
own `Migration`, in LiteSVM with mainnet's features. The toolchain that made both files is named in
the `PROVENANCE.md` beside them: figures of two toolchains cannot be compared.

Where an instruction derives the config's address, the figure is for an authority whose bump is 255;
each bump below that adds what one more derivation costs.

## Instructions

| instruction | on | compute units |
| --- | --- | ---: |
";

pub fn render(
    instructions: &[Measured],
    comparison: &[Comparison],
    batches: &[Batch],
    migrations: &[Migration],
    spread: &Spread,
) -> String {
    let mut text = HEAD.to_owned();
    list_instructions(&mut text, instructions);
    compare_migration(&mut text, comparison);
    list_batches(&mut text, batches);
    split_proxy(&mut text, migrations, spread);
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

fn split_proxy(text: &mut String, migrations: &[Migration], spread: &Spread) {
    line(
        text,
        format_args!(
            "\n## A migration by proxy, all three programs included\n\n\
             One transaction with one `migrate_account` on `releases/v2/{{migrator,app,successor}}.so`, \
             which may\ncost at most {}. `adopt` includes what the System program takes to create the \
             account; the bump\nof its address is 255.\n\n\
             | on | `migrate_account` | in `migrator` | in `app::retire` | in `successor::adopt` |\n\
             | --- | ---: | ---: | ---: | ---: |",
            proxy::BUDGET
        ),
    );
    for row in migrations {
        line(
            text,
            format_args!(
                "| {} | {} | {} | {} | {} |",
                row.on,
                row.compute_units,
                row.compute_units - row.retire - row.adopt,
                row.retire,
                row.adopt
            ),
        );
    }
    line(
        text,
        format_args!(
            "\n`adopt` searches for the new address: each bump below 255 costs 1500 more. Over {} \
             authorities, a\nConfigV1 costs {} at least, {} in the median and {} at most.",
            proxy::SAMPLE,
            spread.least,
            spread.median,
            spread.greatest,
        ),
    );
}

fn line(text: &mut String, line: std::fmt::Arguments) {
    writeln!(text, "{line}").expect("a String takes all text");
}
