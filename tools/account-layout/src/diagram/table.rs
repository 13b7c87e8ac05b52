//! Layout diagrams as tables of text.

use super::{
    bar::{Bar, Run},
    comparison::{Comparison, Mark},
};

/// The bytes of one layout.
pub fn one(bar: &Bar) -> String {
    let mut rows = vec![["offset", "length", "field", "type"].map(str::to_owned)];
    rows.extend(
        bar.runs
            .iter()
            .map(|run| [offset(run), len(run), run.name.clone(), run.ty.clone()]),
    );
    format!(
        "{}: {}\n{}",
        bar.name,
        bar.size(),
        table(&rows, [true, true, false, false])
    )
}

/// The bytes of both, in the order of the new layout; what is gone stands where it was.
pub fn pair(comparison: &Comparison) -> String {
    let Comparison { old, new, .. } = comparison;
    let mut rows = vec![["", "old", "new", "length", "field", "type"].map(str::to_owned)];
    let mut gone = (0..old.runs.len())
        .filter(|index| comparison.gone.contains(index))
        .peekable();
    for (index, run) in new.runs.iter().enumerate() {
        let predecessor = comparison.predecessors[index];
        while let Some(before) = gone.next_if(|gone| predecessor.is_some_and(|old| *gone < old)) {
            rows.push(gone_row(&old.runs[before]));
        }
        let old = comparison.predecessor(index);
        let both = |text: fn(&Run) -> String| match old {
            Some(old) if text(old) != text(run) => format!("{} -> {}", text(old), text(run)),
            _ => text(run),
        };
        rows.push([
            comparison.mark_new(index).name().to_owned(),
            old.map_or_else(|| "-".to_owned(), offset),
            offset(run),
            both(len),
            both(|run| run.name.clone()),
            both(|run| run.ty.clone()),
        ]);
    }
    rows.extend(gone.map(|index| gone_row(&old.runs[index])));
    let columns = [false, true, true, true, false, false];
    format!(
        "{}: {} -> {}: {}\n{}",
        old.name,
        old.size(),
        new.name,
        new.size(),
        table(&rows, columns)
    )
}

fn gone_row(run: &Run) -> [String; 6] {
    [
        Mark::Gone.name().to_owned(),
        offset(run),
        "-".to_owned(),
        len(run),
        run.name.clone(),
        run.ty.clone(),
    ]
}

/// `92`, or `92+` of a run that can begin later.
fn offset(run: &Run) -> String {
    format!("{}{}", run.offset, if run.floats { "+" } else { "" })
}

/// `4`, or `4+` of a run that can be longer.
fn len(run: &Run) -> String {
    format!("{}{}", run.len, if run.open { "+" } else { "" })
}

/// Rows with aligned columns; some are aligned to the right.
fn table<const N: usize>(rows: &[[String; N]], right: [bool; N]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(widths).zip(right);
        let cells = cells.map(|((cell, width), right)| match right {
            true => format!("{cell:>width$}"),
            false => format!("{cell:<width$}"),
        });
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::diagram::{Diagram, samples, text};

    #[test]
    fn one_layout_is_a_table() {
        let expected = "\
ConfigV2: 60 bytes or more
offset  length  field          type
     0       8  discriminator  [u8; 8]
     8      32  authority      Pubkey
    40       8  value          u64
    48      4+  operators      Vec<Pubkey>
   52+       8  fee            u64
";
        assert_eq!(text(&samples::v2()), expected);
    }

    #[test]
    fn a_pair_is_a_table_with_marks() {
        let (old, new) = (samples::v2(), samples::successor());
        let diagram = Diagram {
            renamed: &[("fee", "fee.amount")],
            ..Diagram::new(&old, &new)
        };
        let expected = "\
ConfigV2: 60 bytes or more -> Successor: 52 bytes
           old  new  length  field               type
rewritten    0    0       8  discriminator       [u8; 8]
kept         8    8      32  authority -> owner  Pubkey
gone        48    -      4+  operators           Vec<Pubkey>
moved      52+   40       8  fee -> fee.amount   u64
retyped     40   48  8 -> 4  value               u64 -> u32
";
        assert_eq!(diagram.text(), expected);
        let expected = "\
ConfigV1: 48 bytes -> ConfigV2: 60 bytes or more
           old  new  length  field          type
rewritten    0    0       8  discriminator  [u8; 8]
kept         8    8      32  authority      Pubkey
kept        40   40       8  value          u64
new          -   48      4+  operators      Vec<Pubkey>
new          -  52+       8  fee            u64
";
        assert_eq!(Diagram::new(&samples::v1(), &old).text(), expected);
    }
}
