use {
    crate::{
        anchor_migration::{BUDGET_PERCENT, Comparison},
        instructions::Measured,
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

pub fn render(instructions: &[Measured], comparison: &[Comparison]) -> String {
    let mut text = HEAD.to_owned();
    for row in instructions {
        line(
            &mut text,
            format_args!(
                "| `{}` | {} | {} |",
                row.instruction, row.on, row.compute_units
            ),
        );
    }
    line(
        &mut text,
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
            &mut text,
            format_args!(
                "| {} | {} | {} | {:.1} % |",
                row.name,
                row.ours,
                row.anchors,
                row.ours as f64 * 100.0 / row.anchors as f64
            ),
        );
    }
    text
}

fn line(text: &mut String, line: std::fmt::Arguments) {
    writeln!(text, "{line}").expect("a String takes all text");
}
