//! Two layouts of an account as SVG, to scale: kept bytes stand above each other, new bytes are
//! coloured.

use {
    crate::{
        idl::Field,
        text::{escape, signed},
    },
    std::fmt::Write,
};

/// Horizontal pixels per byte.
const SCALE: usize = 9;
const LEFT: usize = 96;
const BAR: usize = 40;
const OLD_TOP: usize = 92;
const NEW_TOP: usize = 196;
const HEIGHT: usize = 392;
/// Horizontal room for the slanted label of the last field.
const RIGHT: usize = 150;
/// Rents to show the difference at, in lamports per byte.
const RENTS: [u64; 2] = [6_960, 5_080];

const STYLE: &str = "\
text{font:13px system-ui,sans-serif;fill:#1f2328}\
.name{font-weight:600}.small{font-size:12px}.muted{fill:#59636e}\
.kept{fill:#b6d7ff}.new{fill:#ffb77c}.rewritten{fill:#e3d4ff}\
rect{stroke:#1f2328;stroke-width:1}.guide{stroke:#59636e;stroke-dasharray:3 3}\
.background{fill:#fff;stroke:none}";

#[derive(Clone, Copy)]
enum Kind {
    Kept,
    New,
    Rewritten,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::New => "new",
            Self::Rewritten => "rewritten",
        }
    }
}

/// Draws the layout `old` above `new`; each is the account's name and fields.
pub fn draw(old: (&str, &[Field]), new: (&str, &[Field])) -> String {
    let (old_len, new_len) = (len(old.1), len(new.1));
    let width = LEFT + old_len.max(new_len) * SCALE + RIGHT;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {HEIGHT}\" \
         width=\"{width}\" height=\"{HEIGHT}\" role=\"img\" aria-label=\"The bytes of {} and {}\">\n\
         <style>{STYLE}</style>\n<rect class=\"background\" width=\"{width}\" height=\"{HEIGHT}\"/>\n",
        old.0, new.0
    );
    let kind = |i: usize, field: &Field| match i {
        0 => Kind::Rewritten,
        _ if old.1.get(i) == Some(field) => Kind::Kept,
        _ => Kind::New,
    };
    guides(&mut svg, old.1, new.1);
    bar(&mut svg, old, OLD_TOP, -8, -30, |i, _| match i {
        0 => Kind::Rewritten,
        _ => Kind::Kept,
    });
    bar(&mut svg, new, NEW_TOP, BAR as i32 + 14, 30, kind);
    caption(&mut svg, old_len, new_len);
    svg.push_str("</svg>\n");
    svg
}

fn len(fields: &[Field]) -> usize {
    fields.iter().map(|field| field.len).sum()
}

/// One layout: a rectangle per field with its label, slanted so that narrow fields stay readable.
fn bar(
    svg: &mut String,
    (name, fields): (&str, &[Field]),
    top: usize,
    label_offset: i32,
    slant: i32,
    kind: impl Fn(usize, &Field) -> Kind,
) {
    let middle = top + BAR / 2;
    line(
        svg,
        format_args!(
            "<text class=\"name\" x=\"8\" y=\"{}\">{name}</text>\
             <text class=\"small muted\" x=\"8\" y=\"{}\">{} bytes</text>",
            middle - 2,
            middle + 14,
            len(fields)
        ),
    );
    let mut offset = 0;
    for (i, field) in fields.iter().enumerate() {
        let x = LEFT + offset * SCALE;
        let width = field.len * SCALE;
        let label_x = x + width / 2;
        let label_y = top as i32 + label_offset;
        line(
            svg,
            format_args!(
                "<rect class=\"{}\" x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{BAR}\"/>\
                 <text class=\"small\" x=\"{label_x}\" y=\"{}\" text-anchor=\"middle\">{}</text>\
                 <text x=\"{label_x}\" y=\"{label_y}\" transform=\"rotate({slant} {label_x} {label_y})\">{} \
                 <tspan class=\"small muted\">{} at {offset}</tspan></text>",
                kind(i, field).class(),
                middle + 4,
                field.len,
                escape(&field.name),
                escape(&field.ty),
            ),
        );
        offset += field.len;
    }
}

/// Lines between the rows where both layouts have a border at the same byte.
fn guides(svg: &mut String, old: &[Field], new: &[Field]) {
    let mut offset = 0;
    for (i, field) in old.iter().enumerate() {
        if new.get(i).is_none_or(|other| other.len != field.len) {
            return;
        }
        offset += field.len;
        let x = LEFT + offset * SCALE;
        line(
            svg,
            format_args!(
                "<line class=\"guide\" x1=\"{x}\" y1=\"{}\" x2=\"{x}\" y2=\"{NEW_TOP}\"/>",
                OLD_TOP + BAR
            ),
        );
    }
}

fn caption(svg: &mut String, old_len: usize, new_len: usize) {
    let mut x = 8;
    for (class, text) in [
        ("kept", "kept where it was"),
        ("rewritten", "rewritten"),
        ("new", "new, written with defaults"),
    ] {
        line(
            svg,
            format_args!(
                "<rect class=\"{class}\" x=\"{x}\" y=\"{}\" width=\"14\" height=\"14\"/>\
                 <text x=\"{}\" y=\"{}\">{text}</text>",
                HEIGHT - 56,
                x + 20,
                HEIGHT - 44
            ),
        );
        x += 190;
    }
    let bytes = new_len as i64 - old_len as i64;
    let rents: Vec<String> = RENTS
        .iter()
        .map(|rent| {
            let lamports = bytes * *rent as i64;
            format!("{} lamports at {rent} per byte", signed(lamports.into()))
        })
        .collect();
    line(
        svg,
        format_args!(
            "<text x=\"8\" y=\"{}\">{bytes:+} bytes; rent-exempt minimum {}</text>",
            HEIGHT - 16,
            rents.join(", ")
        ),
    );
}

fn line(svg: &mut String, text: std::fmt::Arguments) {
    writeln!(svg, "{text}").expect("a String takes all text");
}
