//! What a report says, before it is text, Markdown or HTML.

use {super::number, super::number::grouped, maud::Markup};

/// A report.
pub struct Document {
    pub title: String,
    pub verdict: Verdict,
    /// What it is about, as (name, value).
    pub about: Vec<(&'static str, Cell)>,
    /// The few figures that matter most, as (name, figure).
    pub figures: Vec<(&'static str, String)>,
    pub sections: Vec<Section>,
}

pub struct Verdict {
    pub good: bool,
    pub text: String,
}

pub struct Section {
    pub title: &'static str,
    pub blocks: Vec<Block>,
}

pub enum Block {
    Text(String),
    Table(Table),
    /// For the page alone: the numbers are in a table or a text beside it.
    Plot(Markup),
    /// For the page alone, as wide as it is.
    Picture(Markup),
}

/// Rows with as many cells as there are columns.
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    /// What the page draws as bars beside the rows, from the first one on; nothing beside the others.
    pub bars: Vec<u64>,
}

#[derive(Clone, Copy)]
pub struct Column {
    pub title: &'static str,
    pub is_number: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Anything, also what a program logged.
    Text(String),
    /// An address, a signature, a name.
    Code(String),
    Number(u64),
    /// Lamports, in SOL.
    Sol(u64),
    /// Lamports that came or went.
    Signed(i128),
    /// Whether a check passed.
    Passed(bool),
}

pub const fn text(title: &'static str) -> Column {
    Column {
        title,
        is_number: false,
    }
}

pub const fn number(title: &'static str) -> Column {
    Column {
        title,
        is_number: true,
    }
}

pub const LAMPORTS: [Column; 3] = [text(""), number("lamports"), number("SOL")];

impl Cell {
    /// Without markup, on one line, without what controls a terminal or the direction of writing.
    pub fn plain(&self) -> String {
        match self {
            Self::Text(text) | Self::Code(text) => plain(text),
            Self::Number(value) => grouped(*value),
            Self::Sol(lamports) => number::sol(*lamports),
            Self::Signed(value) => account_layout::text::signed(*value),
            Self::Passed(true) => "✓".to_owned(),
            Self::Passed(false) => "✗".to_owned(),
        }
    }
}

/// A row of an amount, below [`LAMPORTS`].
pub fn lamports(name: impl Into<String>, lamports: u64) -> Vec<Cell> {
    vec![
        Cell::Text(name.into()),
        Cell::Number(lamports),
        Cell::Sol(lamports),
    ]
}

/// Text on one line, without what controls a terminal or the direction of writing.
pub fn plain(text: &str) -> String {
    let plain = |c: char| match c {
        '\n' | '\t' => ' ',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().map(plain).collect()
}
