//! A document as one page without scripts, and without anything that is not in the page.

use {
    super::document::{Block, Cell, Column, Document, Section, Table, plain},
    maud::{DOCTYPE, Markup, PreEscaped, html},
};

const STYLE: &str = include_str!("page.css");

pub fn render(document: &Document) -> String {
    let Document {
        title,
        verdict,
        about,
        figures,
        sections,
    } = document;
    let sign = if verdict.good { "✓ " } else { "✗ " };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (plain(title)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (plain(title)) }
                p .verdict .good[verdict.good] { (sign) (plain(&verdict.text)) }
                dl .figures {
                    @for (name, figure) in figures {
                        div { dt { (name) } dd { (plain(figure)) } }
                    }
                }
                @for section in sections { (render_section(section)) }
                dl .about {
                    @for (name, value) in about { dt { (name) } dd { (cell(value)) } }
                }
            }
        }
    };
    page.into_string()
}

fn render_section(section: &Section) -> Markup {
    html! {
        section {
            h2 { (section.title) }
            div .blocks {
                @for block in &section.blocks {
                    @match block {
                        Block::Text(text) => p { (plain(text)) },
                        Block::Table(table) => (render_table(table)),
                        Block::Plot(plot) => figure { (plot) },
                        Block::Picture(picture) => figure .wide { (picture) },
                    }
                }
            }
        }
    }
}

fn render_table(table: &Table) -> Markup {
    let titled = table.columns.iter().any(|column| !column.title.is_empty());
    let longest = table.bars.iter().copied().max().unwrap_or(0);
    html! {
        div .scroll {
            table {
                @if titled {
                    thead {
                        tr {
                            @for Column { title, is_number } in &table.columns {
                                th .number[*is_number] { (title) }
                            }
                            @if longest > 0 { th .bar {} }
                        }
                    }
                }
                tbody {
                    @for (index, row) in table.rows.iter().enumerate() {
                        tr {
                            @for (column, value) in table.columns.iter().zip(row) {
                                td .number[column.is_number] { (cell(value)) }
                            }
                            @if longest > 0 { (bar(table.bars.get(index), longest)) }
                        }
                    }
                }
            }
        }
    }
}

/// Its width is in tenths of a percent of the longest.
fn bar(size: Option<&u64>, longest: u64) -> Markup {
    let size = size.copied().unwrap_or(0);
    let tenths = u128::from(size) * 1_000 / u128::from(longest.max(1));
    html! {
        td .bar {
            @if size > 0 {
                div style=(format!("width:{}.{}%", tenths / 10, tenths % 10)) {}
            }
        }
    }
}

fn cell(cell: &Cell) -> Markup {
    html! {
        @match cell {
            Cell::Code(_) => code { (cell.plain()) },
            Cell::Passed(true) => span .good { "✓" },
            Cell::Passed(false) => span .bad { "✗" },
            _ => (cell.plain()),
        }
    }
}
