//! A document as GitHub-flavoured Markdown.

use super::document::{Block, Cell, Document, Table, plain};

pub fn render(document: &Document) -> String {
    let sign = if document.verdict.good { "✓" } else { "✗" };
    let mut text = format!(
        "# {}\n\n**{sign} {}**\n\n",
        escape(&document.title),
        escape(&document.verdict.text)
    );
    for (name, value) in &document.about {
        text.push_str(&format!("- {name}: {}\n", cell(value)));
    }
    for section in &document.sections {
        text.push_str(&format!("\n## {}\n", section.title));
        for block in &section.blocks {
            match block {
                Block::Text(line) => text.push_str(&format!("\n{}\n", escape(line))),
                Block::Table(table) => push_table(&mut text, table),
                Block::Plot(_) | Block::Picture(_) => {}
            }
        }
    }
    text
}

fn push_table(text: &mut String, table: &Table) {
    text.push('\n');
    push_row(
        text,
        table.columns.iter().map(|column| column.title.to_owned()),
    );
    let align = |is_number| if is_number { "--:" } else { "---" };
    push_row(
        text,
        table
            .columns
            .iter()
            .map(|column| align(column.is_number).to_owned()),
    );
    for row in &table.rows {
        push_row(text, row.iter().map(cell));
    }
}

fn push_row(text: &mut String, cells: impl Iterator<Item = String>) {
    text.push('|');
    for cell in cells {
        text.push_str(&format!(" {cell} |"));
    }
    text.push('\n');
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Code(text) if !text.contains(['`', '|']) => format!("`{}`", plain(text)),
        cell => escape(&cell.plain()),
    }
}

/// Text that is no markup.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in plain(text).chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '#' | '|' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}
