//! Byte rulers: an account's layout drawn to scale, alone or beside the one that follows it.

mod svg;
mod text;

use {
    crate::layout::{Layout, Len, Offset},
    std::collections::{HashMap, HashSet},
};

pub(crate) use svg::stack;

/// Two layouts of an account and how to tell them.
#[derive(Clone, Copy, Debug)]
pub struct Ruler<'a> {
    pub old: &'a Layout,
    pub new: &'a Layout,
    /// Fields that have another name in the new layout, as (old, new).
    pub renamed: &'a [(&'a str, &'a str)],
    /// What the legend says of fields that both layouts have.
    pub kept: &'a str,
    /// What the legend says of fields that only the new layout has.
    pub added: &'a str,
    pub caption: &'a str,
}

impl<'a> Ruler<'a> {
    /// A ruler without a caption of its own; a field that only has another name is known by its place.
    pub fn new(old: &'a Layout, new: &'a Layout) -> Self {
        Self {
            old,
            new,
            renamed: &[],
            kept: "kept",
            added: "new",
            caption: "",
        }
    }

    /// A table of the bytes of both, with what became of each field.
    pub fn text(&self) -> String {
        text::pair(&self.compare())
    }

    /// The old layout above the new one.
    pub fn svg(&self) -> String {
        svg::document(&[svg::pair(self, &self.compare())])
    }

    fn compare(&self) -> Comparison {
        Comparison::new(self)
    }
}

/// A table of the bytes of one layout.
pub fn text(layout: &Layout) -> String {
    text::one(&Bar::of(layout))
}

/// One layout as SVG.
pub fn svg(layout: &Layout) -> String {
    svg::document(&[svg::one(&Bar::of(layout))])
}

/// An account's bytes: the discriminator, then the fields, then what is left.
#[derive(Clone, Debug)]
struct Bar {
    name: String,
    runs: Vec<Run>,
    /// Bytes of the smallest value.
    bytes: u64,
    /// Whether a value can be longer.
    open: bool,
}

/// A run of bytes with one meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    kind: Kind,
    /// Empty for padding.
    name: String,
    ty: String,
    offset: u64,
    /// The fewest bytes it takes.
    len: u64,
    /// Whether it can begin later, behind something of variable length.
    floats: bool,
    /// Whether it can take more bytes.
    open: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Discriminator,
    Field,
    Padding,
}

impl Bar {
    fn of(layout: &Layout) -> Self {
        let start = layout.discriminator.len() as u64;
        let mut bar = Self {
            name: printable(&layout.name),
            runs: Vec::new(),
            bytes: 0,
            open: false,
        };
        if start > 0 {
            bar.push(Run {
                kind: Kind::Discriminator,
                name: "discriminator".to_owned(),
                ty: format!("[u8; {start}]"),
                offset: 0,
                len: start,
                floats: false,
                open: false,
            });
        }
        for field in &layout.fields {
            let (offset, floats) = match field.offset {
                Offset::Fixed(offset) => (offset, false),
                Offset::AtLeast(offset) => (offset, true),
            };
            let (len, open) = match field.len {
                Len::Fixed(len) => (len, false),
                Len::Variable { min } => (min, true),
            };
            let offset = start.saturating_add(offset);
            bar.pad(offset, floats);
            bar.push(Run {
                kind: Kind::Field,
                name: printable(&field.path),
                ty: printable(&field.ty),
                offset,
                len,
                floats,
                open,
            });
        }
        bar.pad(start.saturating_add(layout.min_len), bar.open);
        bar
    }

    fn push(&mut self, run: Run) {
        self.bytes = self.bytes.max(run.end());
        self.open |= run.open;
        self.runs.push(run);
    }

    /// Fills the bytes up to an offset.
    fn pad(&mut self, end: u64, floats: bool) {
        if end > self.bytes {
            self.push(Run {
                kind: Kind::Padding,
                name: String::new(),
                ty: "padding".to_owned(),
                offset: self.bytes,
                len: end - self.bytes,
                floats,
                open: false,
            });
        }
    }

    /// `48 bytes`, `92 bytes or more`
    fn size(&self) -> String {
        let more = if self.open { " or more" } else { "" };
        format!("{} bytes{more}", self.bytes)
    }
}

impl Run {
    fn end(&self) -> u64 {
        self.offset.saturating_add(self.len)
    }

    /// Whether both are the same bytes with the same meaning but for the name.
    fn same_bytes(&self, other: &Self) -> bool {
        self.same_place(other) && self.ty == other.ty
    }

    fn same_place(&self, other: &Self) -> bool {
        (self.offset, self.len, self.floats, self.open)
            == (other.offset, other.len, other.floats, other.open)
    }
}

/// What became of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Kept,
    /// In their place with another value: the discriminator.
    Rewritten,
    Moved,
    /// The field has another type.
    Retyped,
    New,
    Gone,
}

impl Mark {
    fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Rewritten => "rewritten",
            Self::Moved => "moved",
            Self::Retyped => "retyped",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }
}

/// Two bars, and for each run of the new one the run of the old one whose value it holds.
struct Comparison {
    old: Bar,
    new: Bar,
    predecessors: Vec<Option<usize>>,
    /// Old runs that are no predecessor.
    gone: HashSet<usize>,
    rewritten: bool,
}

impl Comparison {
    fn new(ruler: &Ruler) -> Self {
        let (old, new) = (Bar::of(ruler.old), Bar::of(ruler.new));
        let names: HashMap<_, _> = ruler
            .renamed
            .iter()
            .map(|(old, new)| (*new, *old))
            .collect();
        let by_name = by(&old, |run| run.name.as_str());
        let by_offset = by(&old, |run| run.offset);
        let new_names: HashSet<_> = new.runs.iter().map(|run| run.name.as_str()).collect();
        let renamed: HashSet<_> = names.values().copied().collect();
        let predecessor = |run: &Run| {
            let name = names.get(run.name.as_str()).copied().unwrap_or(&run.name);
            let there = |index: &&usize| {
                let there = &old.runs[**index];
                let name = there.name.as_str();
                let free = !new_names.contains(name) && !renamed.contains(name);
                there.same_bytes(run) && (free || run.kind == Kind::Padding)
            };
            let candidates = by_name.get(name).filter(|_| run.kind != Kind::Padding);
            let named = candidates.filter(|index| old.runs[**index].kind == run.kind);
            named
                .or_else(|| by_offset.get(&run.offset).filter(there))
                .copied()
        };
        let predecessors: Vec<_> = new.runs.iter().map(predecessor).collect();
        let kept: HashSet<_> = predecessors.iter().flatten().copied().collect();
        Self {
            gone: (0..old.runs.len())
                .filter(|index| !kept.contains(index))
                .collect(),
            rewritten: ruler.old.discriminator != ruler.new.discriminator,
            predecessors,
            old,
            new,
        }
    }

    /// The run whose value a new run holds.
    fn predecessor(&self, new: usize) -> Option<&Run> {
        self.predecessors[new].map(|index| &self.old.runs[index])
    }

    fn mark_new(&self, new: usize) -> Mark {
        let run = &self.new.runs[new];
        match self.predecessor(new) {
            None => Mark::New,
            Some(_) if run.kind == Kind::Discriminator && self.rewritten => Mark::Rewritten,
            Some(old) if old.same_bytes(run) => Mark::Kept,
            Some(old) if old.ty != run.ty => Mark::Retyped,
            Some(_) => Mark::Moved,
        }
    }

    fn mark_old(&self, old: usize) -> Mark {
        if self.gone.contains(&old) {
            Mark::Gone
        } else if self.old.runs[old].kind == Kind::Discriminator && self.rewritten {
            Mark::Rewritten
        } else {
            Mark::Kept
        }
    }
}

/// The first run of a bar for each key.
fn by<'a, K: Eq + std::hash::Hash>(bar: &'a Bar, key: impl Fn(&'a Run) -> K) -> HashMap<K, usize> {
    let mut runs = HashMap::new();
    for (index, run) in bar.runs.iter().enumerate() {
        runs.entry(key(run)).or_insert(index);
    }
    runs
}

/// Text without what controls a terminal or is not allowed in XML.
pub(crate) fn printable(text: &str) -> String {
    let printable = |c: char| {
        let allowed = !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
        if allowed { c } else { '\u{fffd}' }
    };
    text.chars().map(printable).collect()
}

#[cfg(test)]
pub(crate) mod samples {
    use crate::layout::{Field, Layout, Len, Offset};

    /// A layout of fields (path, type, bytes; 0 for a Vec), each where the one before it ends.
    pub fn layout(name: &str, discriminator: u8, fields: &[(&str, &str, u64)]) -> Layout {
        let mut offset = 0;
        let mut fixed = true;
        let field = |(path, ty, len): &(&str, &str, u64)| {
            let field = Field {
                path: (*path).to_owned(),
                ty: (*ty).to_owned(),
                offset: match fixed {
                    true => Offset::Fixed(offset),
                    false => Offset::AtLeast(offset),
                },
                len: match len {
                    0 => Len::Variable { min: 4 },
                    len => Len::Fixed(*len),
                },
            };
            fixed &= *len > 0;
            offset += (*len).max(if *len == 0 { 4 } else { 0 });
            field
        };
        let fields: Vec<_> = fields.iter().map(field).collect();
        Layout {
            name: name.to_owned(),
            discriminator: vec![discriminator; 8],
            fields,
            min_len: offset,
            exact: true,
        }
    }

    pub fn v1() -> Layout {
        layout(
            "ConfigV1",
            1,
            &[("authority", "Pubkey", 32), ("value", "u64", 8)],
        )
    }

    pub fn v2() -> Layout {
        layout(
            "ConfigV2",
            2,
            &[
                ("authority", "Pubkey", 32),
                ("value", "u64", 8),
                ("operators", "Vec<Pubkey>", 0),
                ("fee", "u64", 8),
            ],
        )
    }

    pub fn successor() -> Layout {
        layout(
            "Successor",
            3,
            &[
                ("owner", "Pubkey", 32),
                ("fee.amount", "u64", 8),
                ("value", "u32", 4),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(ruler: &Ruler) -> Vec<(String, Mark)> {
        let comparison = ruler.compare();
        let runs = comparison.new.runs.iter().enumerate();
        let new = runs.map(|(index, run)| (run.name.clone(), comparison.mark_new(index)));
        let gone = comparison.old.runs.iter().enumerate();
        let gone = gone.filter(|(index, _)| comparison.gone.contains(index));
        new.chain(gone.map(|(_, run)| (run.name.clone(), Mark::Gone)))
            .collect()
    }

    #[test]
    fn a_field_is_known_by_its_name_or_by_its_place() {
        let (old, new) = (samples::v2(), samples::successor());
        let expected = [
            ("discriminator", Mark::Rewritten),
            ("owner", Mark::Kept),
            ("fee.amount", Mark::Moved),
            ("value", Mark::Retyped),
            ("operators", Mark::Gone),
        ];
        let ruler = Ruler {
            renamed: &[("fee", "fee.amount")],
            ..Ruler::new(&old, &new)
        };
        assert_eq!(
            marks(&ruler),
            expected.map(|(name, mark)| (name.to_owned(), mark))
        );
    }

    #[test]
    fn an_equal_layout_is_kept() {
        let layout = samples::v2();
        let marks = marks(&Ruler::new(&layout, &layout));
        assert!(
            marks.iter().all(|(_, mark)| *mark == Mark::Kept),
            "{marks:?}"
        );
    }

    #[test]
    fn gaps_are_padding_and_a_variable_length_opens_the_end() {
        let mut layout = samples::layout("Z", 1, &[("a", "u8", 1), ("b", "u64", 8)]);
        layout.fields[1].offset = Offset::Fixed(8);
        layout.min_len = 24;
        let bar = Bar::of(&layout);
        let padding: Vec<_> = bar
            .runs
            .iter()
            .filter(|run| run.kind == Kind::Padding)
            .collect();
        assert_eq!(padding.len(), 2);
        assert_eq!((padding[0].offset, padding[0].len), (9, 7));
        assert_eq!((padding[1].offset, padding[1].len), (24, 8));
        assert_eq!(bar.size(), "32 bytes");
        assert_eq!(Bar::of(&samples::v2()).size(), "60 bytes or more");
    }

    #[test]
    fn names_cannot_control_the_output() {
        let layout = samples::layout("\u{1b}[2J", 1, &[("<b>&\"", "\u{0}", 1)]);
        for output in [
            text(&layout),
            svg(&layout),
            Ruler::new(&layout, &layout).svg(),
        ] {
            assert!(!output.contains(['\u{1b}', '\u{0}']), "{output}");
        }
        assert!(svg(&layout).contains("&lt;b&gt;&amp;&quot;"));
    }
}
