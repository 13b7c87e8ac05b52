//! Layout diagrams: an account's bytes drawn to scale, alone or beside those that follow them.

mod bar;
mod comparison;
#[cfg(test)]
mod samples;
mod svg;
mod table;

use {
    self::{bar::Bar, comparison::Comparison, svg::Legend},
    crate::layout::Layout,
};

/// Two layouts of an account and how to describe them.
#[derive(Clone, Copy, Debug)]
pub struct Diagram<'a> {
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

impl<'a> Diagram<'a> {
    /// A diagram without a caption of its own; a field that only has another name is known by its place.
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
        table::pair(&self.compare())
    }

    /// The old layout above the new one.
    pub fn svg(&self) -> String {
        svg::document(&[self.draw()])
    }

    fn draw(&self) -> svg::Drawing {
        let legend = Legend {
            kept: self.kept,
            added: self.added,
            caption: self.caption,
        };
        svg::pair(&legend, &self.compare())
    }

    fn compare(&self) -> Comparison {
        Comparison::new(self.old, self.new, self.renamed)
    }
}

/// A table of the bytes of one layout.
pub fn text(layout: &Layout) -> String {
    table::one(&Bar::of(layout))
}

/// One layout as SVG.
pub fn svg(layout: &Layout) -> String {
    svg::document(&[svg::one(&Bar::of(layout))])
}

/// One SVG with diagrams below each other, or with a line of text if there are none.
pub fn stack(diagrams: &[Diagram<'_>], none: &str) -> String {
    let drawings: Vec<_> = diagrams.iter().map(Diagram::draw).collect();
    match &drawings[..] {
        [] => svg::document(&[svg::note(none)]),
        drawings => svg::document(drawings),
    }
}

#[cfg(test)]
mod tests {
    use {
        super::{bar::RunKind, comparison::Mark, *},
        crate::layout::Offset,
    };

    fn marks(diagram: &Diagram) -> Vec<(String, Mark)> {
        let comparison = diagram.compare();
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
        let diagram = Diagram {
            renamed: &[("fee", "fee.amount")],
            ..Diagram::new(&old, &new)
        };
        assert_eq!(
            marks(&diagram),
            expected.map(|(name, mark)| (name.to_owned(), mark))
        );
    }

    #[test]
    fn an_equal_layout_is_kept() {
        let layout = samples::v2();
        let marks = marks(&Diagram::new(&layout, &layout));
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
            .filter(|run| run.kind == RunKind::Padding)
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
            Diagram::new(&layout, &layout).svg(),
        ] {
            assert!(!output.contains(['\u{1b}', '\u{0}']), "{output}");
        }
        assert!(svg(&layout).contains("&lt;b&gt;&amp;&quot;"));
    }
}
