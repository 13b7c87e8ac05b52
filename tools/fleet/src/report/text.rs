//! A document for a terminal.

use {
    super::document::{Block, Document, Table, plain},
    comfy_table::{CellAlignment, ContentArrangement, presets::NOTHING},
};

const INDENT: &str = "  ";

pub fn render(document: &Document) -> String {
    let sign = if document.verdict.good { "✓" } else { "✗" };
    let mut text = format!(
        "{}\n{sign} {}\n\n",
        plain(&document.title),
        plain(&document.verdict.text)
    );
    let about = document.about.iter();
    let about = about.map(|(name, value)| vec![(*name).to_owned(), value.plain()]);
    push_rows(&mut text, "", about.collect(), &[false, false]);
    for section in &document.sections {
        text.push_str(&format!("\n{}\n", section.title));
        for block in &section.blocks {
            match block {
                Block::Text(line) => text.push_str(&format!("{INDENT}{}\n", plain(line))),
                Block::Table(table) => push_table(&mut text, table),
                Block::Plot(_) | Block::Picture(_) => {}
            }
        }
    }
    text
}

fn push_table(text: &mut String, table: &Table) {
    let title = |column: &super::document::Column| column.title.to_owned();
    let mut rows = vec![table.columns.iter().map(title).collect::<Vec<_>>()];
    rows.retain(|titles| titles.iter().any(|title| !title.is_empty()));
    let cells = |row: &Vec<super::document::Cell>| row.iter().map(|cell| cell.plain()).collect();
    rows.extend(table.rows.iter().map(cells));
    let numbers: Vec<bool> = table
        .columns
        .iter()
        .map(|column| column.is_number)
        .collect();
    push_rows(text, INDENT, rows, &numbers);
}

fn push_rows(text: &mut String, indent: &str, rows: Vec<Vec<String>>, numbers: &[bool]) {
    let mut table = comfy_table::Table::new();
    table
        .load_preset(NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .add_rows(rows);
    for (column, is_number) in table.column_iter_mut().zip(numbers) {
        column.set_padding((0, 2));
        if *is_number {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    for line in table.lines() {
        text.push_str(format!("{indent}{line}").trim_end());
        text.push('\n');
    }
}
