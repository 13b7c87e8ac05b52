//! Two layouts of an account as SVG, to scale: guides lead from a field of the old one to the field of
//! the new one that holds its value; new bytes are coloured.

use {
    crate::{
        idl::{Field, Layout},
        text::escape,
    },
    std::fmt::{Arguments, Write},
};

const MARGIN: usize = 8;
const BAR: usize = 40;
/// Pixels between the two bars, and from the new one's end to the bottom but for its labels.
const GAP: usize = 72;
const BOTTOM: usize = 80;
/// Pixels across that the bytes of the longer layout have at most.
const BYTES_WIDTH: usize = 900;
/// The narrowest rectangle that a number fits in.
const NUMBER: usize = 12;
/// Pixels across for a letter of an account's name, in a wide font.
const NAME_LETTER: usize = 8;
/// Pixels across and down for a letter of a label, which is slanted by 35 degrees.
const LABEL_LETTER: (usize, usize) = (6, 4);
const SLANT: i32 = 35;

const STYLE: &str = "\
text{font:13px system-ui,sans-serif;fill:#1f2328}\
.name{font-weight:600}.small{font-size:12px}.muted{fill:#59636e}\
.kept{fill:#b6d7ff}.new{fill:#ffb77c}.rewritten{fill:#e3d4ff}\
rect{stroke:#1f2328;stroke-width:1}.guide{stroke:#59636e;stroke-dasharray:3 3}\
polygon{fill-opacity:.4}.background{fill:#fff;stroke:none}";

/// What to draw.
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

impl Ruler<'_> {
    /// The layout `old` above `new`.
    pub fn draw(&self) -> String {
        let name = self.old.name.len().max(self.new.name.len());
        let scale = Scale {
            left: 2 * MARGIN + name * NAME_LETTER,
            byte: BYTES_WIDTH / self.old.bytes().max(self.new.bytes()),
        };
        let old_top = 2 * MARGIN + labels_height(self.old);
        let new_top = old_top + BAR + GAP;
        let width = scale.width(self.old).max(scale.width(self.new));
        let height = new_top + BAR + labels_height(self.new) + BOTTOM;

        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
             width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"The bytes of {} and {}\">\n\
             <style>{STYLE}</style>\n<rect class=\"background\" width=\"{width}\" height=\"{height}\"/>\n",
            self.old.name, self.new.name
        );
        for field in &self.new.fields {
            if let Some(old) = self.predecessor(field) {
                guide(&mut svg, &scale, old, field, old_top + BAR, new_top);
            }
        }
        let above = (old_top - MARGIN, -SLANT);
        bar(&mut svg, &scale, self.old, old_top, above, |_| "kept");
        let below = (new_top + BAR + MARGIN + 6, SLANT);
        bar(
            &mut svg,
            &scale,
            self.new,
            new_top,
            below,
            |field| match self.predecessor(field) {
                Some(_) => "kept",
                None => "new",
            },
        );
        self.legend(&mut svg, height);
        svg.push_str("</svg>\n");
        svg
    }

    /// The old field whose value a new one holds.
    fn predecessor(&self, new: &Field) -> Option<&Field> {
        let renamed = self.renamed.iter().find(|(_, name)| *name == new.name);
        let name = renamed.map_or(new.name.as_str(), |(old, _)| old);
        self.old.fields.iter().find(|old| old.name == name)
    }

    fn legend(&self, svg: &mut String, height: usize) {
        let mut x = MARGIN;
        for (class, text) in [
            ("kept", self.kept),
            ("rewritten", "rewritten"),
            ("new", self.added),
        ] {
            line(
                svg,
                format_args!(
                    "<rect class=\"{class}\" x=\"{x}\" y=\"{}\" width=\"14\" height=\"14\"/>\
                     <text x=\"{}\" y=\"{}\">{text}</text>",
                    height - 56,
                    x + 20,
                    height - 44
                ),
            );
            x += 190;
        }
        line(
            svg,
            format_args!(
                "<text x=\"{MARGIN}\" y=\"{}\">{}</text>",
                height - 16,
                self.caption
            ),
        );
    }
}

/// Where bytes are, in pixels.
struct Scale {
    left: usize,
    byte: usize,
}

impl Scale {
    fn x(&self, offset: usize) -> usize {
        self.left + offset * self.byte
    }

    fn middle(&self, field: &Field) -> usize {
        (self.x(field.offset) + self.x(field.end())) / 2
    }

    /// Pixels across for a layout with its labels.
    fn width(&self, layout: &Layout) -> usize {
        let ends = layout
            .fields
            .iter()
            .map(|field| self.middle(field) + letters(field) * LABEL_LETTER.0);
        ends.max().unwrap_or(self.left) + MARGIN
    }
}

/// Pixels down for the labels of a layout.
fn labels_height(layout: &Layout) -> usize {
    let letters = layout.fields.iter().map(letters);
    letters.max().unwrap_or(0) * LABEL_LETTER.1
}

fn letters(field: &Field) -> usize {
    let Field {
        name, ty, offset, ..
    } = field;
    format!("{name} {ty} at {offset}").chars().count()
}

/// A line where a field ends that stayed in its place; a band from the old place to the new one of a
/// field that moved.
fn guide(svg: &mut String, scale: &Scale, old: &Field, new: &Field, top: usize, bottom: usize) {
    let [left, right] = [old.offset, old.end()].map(|offset| scale.x(offset));
    let [new_left, new_right] = [new.offset, new.end()].map(|offset| scale.x(offset));
    if (left, right) == (new_left, new_right) {
        line(
            svg,
            format_args!(
                "<line class=\"guide\" x1=\"{right}\" y1=\"{top}\" x2=\"{right}\" y2=\"{bottom}\"/>"
            ),
        );
    } else {
        line(
            svg,
            format_args!(
                "<polygon class=\"kept guide\" \
                 points=\"{left},{top} {right},{top} {new_right},{bottom} {new_left},{bottom}\"/>"
            ),
        );
    }
}

/// One layout: a rectangle per field with its label, which begins at a height and has a slant.
fn bar(
    svg: &mut String,
    scale: &Scale,
    layout: &Layout,
    top: usize,
    (label_y, slant): (usize, i32),
    class: impl Fn(&Field) -> &'static str,
) {
    let middle = top + BAR / 2;
    line(
        svg,
        format_args!(
            "<text class=\"name\" x=\"{MARGIN}\" y=\"{}\">{}</text>\
             <text class=\"small muted\" x=\"{MARGIN}\" y=\"{}\">{} bytes</text>",
            middle - 2,
            layout.name,
            middle + 14,
            layout.bytes()
        ),
    );
    for (i, field) in layout.fields.iter().enumerate() {
        let class = if i == 0 { "rewritten" } else { class(field) };
        let width = field.len * scale.byte;
        let x = scale.middle(field);
        line(
            svg,
            format_args!(
                "<rect class=\"{class}\" x=\"{}\" y=\"{top}\" width=\"{width}\" height=\"{BAR}\"/>",
                scale.x(field.offset)
            ),
        );
        if width >= NUMBER {
            line(
                svg,
                format_args!(
                    "<text class=\"small\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                    middle + 4,
                    field.len
                ),
            );
        }
        line(
            svg,
            format_args!(
                "<text x=\"{x}\" y=\"{label_y}\" transform=\"rotate({slant} {x} {label_y})\">{} \
                 <tspan class=\"small muted\">{} at {}</tspan></text>",
                escape(&field.name),
                escape(&field.ty),
                field.offset
            ),
        );
    }
}

fn line(svg: &mut String, text: Arguments) {
    writeln!(svg, "{text}").expect("a String takes all text");
}
