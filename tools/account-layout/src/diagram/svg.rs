//! Layout diagrams as SVG. Guides lead from a field of the old layout to the field of the new one that holds its
//! value. Bytes are drawn to scale, except that none is narrower than can be seen, or than its label where
//! narrow ones follow each other.

use {
    super::{
        bar::{Bar, Run, RunKind},
        comparison::{Comparison, Mark},
    },
    crate::text::printable,
    std::collections::{BTreeSet, HashMap},
};

const MARGIN: u64 = 8;
const BAR: u64 = 40;
/// Pixels between the two bars, and from the new one's end to the bottom but for its labels.
const GAP: u64 = 72;
const BOTTOM: u64 = 80;
/// Pixels across that the bytes of the longer layout have if none must be widened.
const BYTES_WIDTH: u64 = 900;
/// The narrowest run of bytes, in pixels.
const NARROWEST: u64 = 6;
/// The narrowest rectangle that a number fits in.
const NUMBER: u64 = 12;
/// Pixels across for a letter of an account's name, which is bold, in a wide font.
const NAME_LETTER: u64 = 8;
/// Pixels across for a letter of another text that is not slanted, in a wide font.
const LETTER: u64 = 7;
/// Pixels across and down for a letter of a label, which is slanted by 35 degrees.
const LABEL_LETTER: (u64, u64) = (6, 4);
/// Pixels across from a label to the next one, so that they do not overlap.
const LABEL: u64 = 24;
const SLANT: i32 = 35;
/// Pixels from an entry of the legend to its text, and from there to the next entry.
const LEGEND: (u64, u64) = (20, 24);
/// Pixels between two drawings, with the heading of the second one.
const BETWEEN: u64 = 40;

const STYLE: &str = "\
text{font:13px system-ui,sans-serif;fill:#1f2328}\
.name{font-weight:600}.small{font-size:12px}.muted{fill:#59636e}\
.kept{fill:#b6d7ff}.new{fill:#ffb77c}.rewritten{fill:#e3d4ff}.gone{fill:#ffc9c9}.retyped{fill:#ffe58f}\
.padding{fill:#eaeef2}\
rect{stroke:#1f2328;stroke-width:1}.guide{stroke:#59636e;stroke-dasharray:3 3}\
.open{stroke:#fff;stroke-width:3;stroke-dasharray:5 5}\
polygon{fill-opacity:.4}.background{fill:#fff;stroke:none}";

/// What is said of a pair.
pub struct Legend<'a> {
    /// Of fields that both layouts have.
    pub kept: &'a str,
    /// Of fields that only the new layout has.
    pub added: &'a str,
    pub caption: &'a str,
}

/// A drawing without the SVG element around it.
pub struct Drawing {
    width: u64,
    height: u64,
    title: String,
    body: String,
}

/// One SVG with these drawings below each other.
pub fn document(drawings: &[Drawing]) -> String {
    let titles: Vec<_> = drawings
        .iter()
        .map(|drawing| drawing.title.as_str())
        .collect();
    let width = drawings
        .iter()
        .map(|drawing| drawing.width)
        .max()
        .unwrap_or(0);
    let heights = drawings.iter().map(|drawing| drawing.height);
    let height = heights.sum::<u64>() + BETWEEN * (drawings.len() as u64).saturating_sub(1);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"The bytes of {}\">\n\
         <style>{STYLE}</style>\n<rect class=\"background\" width=\"{width}\" height=\"{height}\"/>\n",
        titles.join("; ")
    );
    let mut y = 0;
    for drawing in drawings {
        match y {
            0 => svg.push_str(&drawing.body),
            _ => svg.push_str(&format!(
                "<g transform=\"translate(0 {y})\">\n{}</g>\n",
                drawing.body
            )),
        }
        y += drawing.height + BETWEEN;
    }
    svg.push_str("</svg>\n");
    svg
}

/// A line of text instead of a drawing.
pub fn note(text: &str) -> Drawing {
    Drawing {
        width: 2 * MARGIN + letters(text) * LETTER,
        height: BAR,
        title: "no account type".to_owned(),
        body: format!(
            "<text x=\"{MARGIN}\" y=\"{}\">{}</text>\n",
            BAR / 2 + 4,
            escape(text)
        ),
    }
}

/// One layout with the labels below.
pub fn one(bar: &Bar) -> Drawing {
    let scale = Scale::new(&[bar]);
    let mut body = String::new();
    draw(&mut body, &scale, bar, MARGIN, Labels::Below, |index| {
        class(&bar.runs[index], Mark::Kept)
    });
    Drawing {
        width: scale.width(bar),
        height: 2 * MARGIN + BAR + 2 * MARGIN + labels_height(bar),
        title: escape(&bar.name),
        body,
    }
}

/// The old layout above the new one.
pub fn pair(legend: &Legend<'_>, comparison: &Comparison) -> Drawing {
    let Comparison { old, new, .. } = comparison;
    let scale = Scale::new(&[old, new]);
    let old_top = 2 * MARGIN + labels_height(old);
    let new_top = old_top + BAR + GAP;
    let height = new_top + BAR + labels_height(new) + BOTTOM;

    let mut body = String::new();
    for (index, run) in new.runs.iter().enumerate() {
        if let Some(old) = comparison.predecessor(index)
            && run.kind != RunKind::Padding
        {
            guide(&mut body, &scale, old, run, old_top + BAR, new_top);
        }
    }
    draw(&mut body, &scale, old, old_top, Labels::Above, |index| {
        class(&old.runs[index], comparison.mark_old(index))
    });
    draw(&mut body, &scale, new, new_top, Labels::Below, |index| {
        class(&new.runs[index], comparison.mark_new(index))
    });
    let entries = draw_legend(&mut body, legend, comparison, height);
    let caption = 2 * MARGIN + letters(legend.caption) * LETTER;
    Drawing {
        width: scale
            .width(old)
            .max(scale.width(new))
            .max(entries)
            .max(caption),
        height,
        title: format!("{} and {}", escape(&old.name), escape(&new.name)),
        body,
    }
}

/// Text as the content or an attribute of an element.
fn escape(text: &str) -> String {
    printable(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Where bytes are, in pixels: the same place for both layouts.
struct Scale {
    left: u64,
    /// The bytes at which a run begins or ends, each with its pixel.
    places: Vec<(u64, u64)>,
}

impl Scale {
    fn new(bars: &[&Bar]) -> Self {
        let texts = bars
            .iter()
            .map(|bar| (letters(&bar.name) * NAME_LETTER).max(letters(&bar.size()) * LETTER));
        let left = 2 * MARGIN + texts.max().unwrap_or(0);
        let total = bars.iter().map(|bar| bar.bytes).max().unwrap_or(0).max(1);
        let pixels = |bytes: u64| match BYTES_WIDTH / total {
            0 => (u128::from(bytes) * u128::from(BYTES_WIDTH) / u128::from(total)) as u64,
            byte => bytes * byte,
        };
        let runs = bars.iter().flat_map(|bar| &bar.runs);
        let ends: BTreeSet<_> = runs.flat_map(|run| [run.offset, run.end()]).collect();
        // Where runs end that must be as wide as a label, with the bytes at which they begin.
        let mut wide: HashMap<u64, Vec<u64>> = HashMap::new();
        let pairs = bars.iter().flat_map(|bar| bar.runs.array_windows());
        for [a, b] in pairs {
            let width = |run: &Run| pixels(run.len).max(NARROWEST);
            if width(a) + width(b) < 2 * LABEL {
                for run in [a, b].into_iter().filter(|run| run.len > 0) {
                    wide.entry(run.end()).or_default().push(run.offset);
                }
            }
        }
        let mut scale = Self {
            left,
            places: Vec::new(),
        };
        let (mut x, mut from) = (left, 0);
        for byte in ends {
            if byte > from {
                x += pixels(byte - from).max(NARROWEST);
            }
            for begin in wide.get(&byte).into_iter().flatten() {
                x = x.max(scale.x(*begin) + LABEL);
            }
            scale.places.push((byte, x));
            from = byte;
        }
        scale
    }

    fn x(&self, byte: u64) -> u64 {
        let index = self.places.partition_point(|(place, _)| *place < byte);
        self.places.get(index).map_or(self.left, |(_, x)| *x)
    }

    fn middle(&self, run: &Run) -> u64 {
        (self.x(run.offset) + self.x(run.end())) / 2
    }

    /// Pixels across for a layout with its labels.
    fn width(&self, bar: &Bar) -> u64 {
        let ends = bar.runs.iter().map(|run| {
            let text = self.middle(run) + letters(&label(run)) * LABEL_LETTER.0;
            text.max(self.x(run.end()))
        });
        ends.max().unwrap_or(self.left) + MARGIN
    }
}

/// Pixels down for the labels of a layout.
fn labels_height(bar: &Bar) -> u64 {
    let labels = bar.runs.iter().map(|run| letters(&label(run)));
    MARGIN + labels.max().unwrap_or(0) * LABEL_LETTER.1
}

fn label(run: &Run) -> String {
    format!("{} {}", run.name, type_and_place(run))
}

fn letters(text: &str) -> u64 {
    text.chars().count() as u64
}

/// `u64 at 92`, `u64 at 92 or later`
fn type_and_place(run: &Run) -> String {
    let later = if run.floats { " or later" } else { "" };
    format!("{} at {}{later}", run.ty, run.offset)
}

fn class(run: &Run, mark: Mark) -> &'static str {
    match mark {
        _ if run.kind == RunKind::Padding => "padding",
        Mark::Kept | Mark::Moved => "kept",
        mark => mark.name(),
    }
}

/// A line where a field ends that stayed in its place; a band from the old place to the new one of a
/// field that moved.
fn guide(svg: &mut String, scale: &Scale, old: &Run, new: &Run, top: u64, bottom: u64) {
    let [left, right] = [old.offset, old.end()].map(|byte| scale.x(byte));
    let [new_left, new_right] = [new.offset, new.end()].map(|byte| scale.x(byte));
    if (left, right) == (new_left, new_right) {
        line(
            svg,
            &format!(
                "<line class=\"guide\" x1=\"{right}\" y1=\"{top}\" x2=\"{right}\" y2=\"{bottom}\"/>"
            ),
        );
    } else {
        line(
            svg,
            &format!(
                "<polygon class=\"kept guide\" \
             points=\"{left},{top} {right},{top} {new_right},{bottom} {new_left},{bottom}\"/>"
            ),
        );
    }
}

#[derive(Clone, Copy)]
enum Labels {
    Above,
    Below,
}

/// One layout: a rectangle per run with its label.
fn draw(
    svg: &mut String,
    scale: &Scale,
    bar: &Bar,
    top: u64,
    labels: Labels,
    class: impl Fn(usize) -> &'static str,
) {
    let middle = top + BAR / 2;
    let (label_y, slant) = match labels {
        Labels::Above => (top - MARGIN, -SLANT),
        Labels::Below => (top + BAR + MARGIN + 6, SLANT),
    };
    line(
        svg,
        &format!(
            "<text class=\"name\" x=\"{MARGIN}\" y=\"{}\">{}</text>\
         <text class=\"small muted\" x=\"{MARGIN}\" y=\"{}\">{}</text>",
            middle - 2,
            escape(&bar.name),
            middle + 14,
            bar.size()
        ),
    );
    for (index, run) in bar.runs.iter().enumerate() {
        let [left, right] = [run.offset, run.end()].map(|byte| scale.x(byte));
        let (width, x) = (right - left, scale.middle(run));
        line(
            svg,
            &format!(
                "<rect class=\"{}\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{BAR}\"/>",
                class(index)
            ),
        );
        if run.open {
            let bottom = top + BAR;
            line(
                svg,
                &format!(
                    "<line class=\"open\" x1=\"{right}\" y1=\"{top}\" x2=\"{right}\" y2=\"{bottom}\"/>"
                ),
            );
        }
        let number = format!("{}{}", run.len, if run.open { "+" } else { "" });
        if width >= NUMBER * (1 + number.len() as u64 / 3) {
            line(
                svg,
                &format!(
                    "<text class=\"small\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{number}</text>",
                    middle + 4
                ),
            );
        }
        line(
            svg,
            &format!(
                "<text x=\"{x}\" y=\"{label_y}\" transform=\"rotate({slant} {x} {label_y})\">{} \
             <tspan class=\"small muted\">{}</tspan></text>",
                escape(&run.name),
                escape(&type_and_place(run))
            ),
        );
    }
}

/// Explains the colours that occur; the pixels across that it takes.
fn draw_legend(svg: &mut String, legend: &Legend<'_>, comparison: &Comparison, height: u64) -> u64 {
    let old = (0..comparison.old.runs.len()).map(|index| comparison.mark_old(index));
    let new = (0..comparison.new.runs.len()).map(|index| comparison.mark_new(index));
    let marks: Vec<_> = old.chain(new).collect();
    let mut x = MARGIN;
    for (mark, text) in [
        (Mark::Kept, legend.kept),
        (Mark::Rewritten, "rewritten"),
        (Mark::New, legend.added),
        (Mark::Retyped, "has another type"),
        (Mark::Gone, "gone"),
    ] {
        if marks.contains(&mark) {
            line(
                svg,
                &format!(
                    "<rect class=\"{}\" x=\"{x}\" y=\"{}\" width=\"14\" height=\"14\"/>\
                 <text x=\"{}\" y=\"{}\">{}</text>",
                    mark.name(),
                    height - 56,
                    x + LEGEND.0,
                    height - 44,
                    escape(text)
                ),
            );
            x += LEGEND.0 + letters(text) * LETTER + LEGEND.1;
        }
    }
    if !legend.caption.is_empty() {
        line(
            svg,
            &format!(
                "<text x=\"{MARGIN}\" y=\"{}\">{}</text>",
                height - 16,
                escape(legend.caption)
            ),
        );
    }
    x
}

fn line(svg: &mut String, text: &str) {
    svg.push_str(text);
    svg.push('\n');
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        crate::diagram::{Diagram, samples, stack},
        proptest::prelude::*,
    };

    /// The numbers that a line has for an attribute.
    fn numbers(line: &str, attribute: &str) -> Vec<u64> {
        let before = format!(" {attribute}=\"");
        let values = line.split(&before).skip(1);
        values
            .filter_map(|rest| rest.split_once('"')?.0.parse().ok())
            .collect()
    }

    #[test]
    fn texts_have_room() {
        let (old, new) = (samples::v2(), samples::successor());
        let caption =
            "a caption that is much longer than both layouts with all of their labels: ".repeat(3);
        let (kept, added) = ("kept where it was, and as it was", "new, from nowhere");
        let svg = Diagram {
            kept,
            added,
            caption: &caption,
            ..Diagram::new(&old, &new)
        }
        .svg();
        let line = |start: &str| svg.lines().find(|line| line.starts_with(start)).unwrap();
        assert!(numbers(line("<svg "), "width")[0] >= MARGIN + letters(&caption) * LETTER);
        let bar = numbers(line("<rect class=\"rewritten\""), "x")[0];
        assert!(bar >= MARGIN + letters("60 bytes or more") * LETTER);

        let legend = svg.lines().filter(|line| line.contains("height=\"14\""));
        let places: Vec<_> = legend.map(|line| numbers(line, "x")).collect();
        let [[_, text], [next, _]] = [&places[0], &places[1]].map(|it| [it[0], it[1]]);
        assert!(next >= text + letters(kept) * LETTER + MARGIN, "{svg}");
    }

    #[test]
    fn a_byte_among_thousands_can_be_seen() {
        let old = samples::layout(
            "Old",
            1,
            &[
                ("flag", "bool", 1),
                ("data", "[u8; 10000]", 10_000),
                ("end", "u8", 1),
            ],
        );
        let new = samples::layout(
            "New",
            1,
            &[("data", "[u8; 10000]", 10_000), ("flag", "bool", 1)],
        );
        let svg = Diagram::new(&old, &new).svg();
        let narrow = svg
            .lines()
            .filter(|line| line.starts_with("<rect class"))
            .flat_map(|line| numbers(line, "width"));
        assert!(narrow.min().unwrap() >= NARROWEST, "{svg}");
    }

    /// Where the labels below a bar begin.
    fn labels(svg: &str) -> Vec<u64> {
        let labels = svg.lines().filter(|line| line.contains("rotate(35 "));
        labels.map(|line| numbers(line, "x")[0]).collect()
    }

    #[test]
    fn labels_of_narrow_runs_do_not_overlap() {
        let layout = samples::layout(
            "Flags",
            1,
            &[
                ("data", "[u8; 1000]", 1000),
                ("a", "bool", 1),
                ("b", "bool", 1),
                ("c", "bool", 1),
            ],
        );
        let labels = labels(&crate::diagram::svg(&layout));
        assert!(
            labels.array_windows().all(|[a, b]| b - a >= LABEL),
            "{labels:?}"
        );
    }

    #[test]
    fn an_open_end_is_broken() {
        let svg = crate::diagram::svg(&samples::v2());
        assert_eq!(svg.matches("<line class=\"open\"").count(), 1);
        assert!(svg.contains("u64 at 52 or later"), "{svg}");
        assert!(svg.contains("60 bytes or more"), "{svg}");
    }

    #[test]
    fn drawings_stand_below_each_other() {
        let (v1, v2) = (samples::v1(), samples::v2());
        let diagram = Diagram::new(&v1, &v2);
        let svg = stack(&[diagram, diagram], "none");
        assert_eq!(svg.matches("<g transform=").count(), 1);
        assert!(stack(&[], "no <layout>").contains("no &lt;layout&gt;"));
    }

    proptest! {
        #[test]
        fn any_layouts_are_drawn(
            old in prop::collection::vec(("[abc]", 0..u64::MAX / 16), 0..8),
            new in prop::collection::vec(("[abc]", 0..5000_u64), 0..8),
        ) {
            let layouts = [old, new].map(|fields| {
                let fields: Vec<_> = fields.iter().map(|(name, len)| (name.as_str(), "T", *len)).collect();
                samples::layout("L", 1, &fields)
            });
            let diagram = Diagram::new(&layouts[0], &layouts[1]);
            diagram.svg();
            diagram.text();
            let labels = labels(&crate::diagram::svg(&layouts[0]));
            prop_assert!(labels.array_windows().all(|[a, b]| b - a >= LABEL), "{labels:?}");
            crate::diagram::text(&layouts[1]);
        }
    }
}
