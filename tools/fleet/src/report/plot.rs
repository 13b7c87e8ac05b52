//! Plots as SVG, drawn for the width of a phone and enlarged on wider screens.

use {
    super::number::{grouped, short},
    maud::{Markup, html},
};

const WIDTH: u64 = 360;
const HEIGHT: u64 = 210;
/// The plane between the axes.
const LEFT: u64 = 44;
const RIGHT: u64 = WIDTH - 14;
const TOP: u64 = 26;
const BOTTOM: u64 = HEIGHT - 40;
/// Pixels from the middle of a label to its ends.
const HALF_LABEL: u64 = 30;
/// Most lines across.
const MOST_TICKS: u64 = 5;

/// What the axes of a plot measure.
#[derive(Clone, Copy)]
pub struct Axes<'a> {
    /// What the plot shows, for those who cannot see it.
    pub title: &'a str,
    pub x: &'a str,
    pub y: &'a str,
}

/// A column of a [`columns`] plot.
pub struct Bar {
    pub count: u64,
    /// What it counts: `1,234 to 5,678 lamports`.
    pub label: String,
    /// Whether it is what the plot warns of.
    pub is_marked: bool,
}

/// Counts side by side. The edges of columns, counted from 0, that have a label below are in `edges`.
pub fn columns(axes: Axes, columns: &[Bar], edges: &[(u64, String)]) -> Markup {
    let most = columns.iter().map(|column| column.count).max().unwrap_or(0);
    let y = Scale::new(most);
    let x = |edge: u64| LEFT + part(edge, columns.len() as u64, RIGHT - LEFT);
    let bar = |index: u64, column: &Bar| {
        let (left, right) = (x(index), x(index + 1));
        let gap = u64::from(right - left > 3);
        // Whatever was counted at all can be seen.
        let height = y.pixels(column.count).max(u64::from(column.count > 0));
        html! {
            rect .marked[column.is_marked] x=(left) width=((right - left - gap).max(1))
                y=(BOTTOM - height) height=(height) {
                title { (column.label) ": " (grouped(column.count)) " " (axes.y) }
            }
        }
    };
    frame(
        axes,
        &y,
        html! {
            @for (index, column) in (0..).zip(columns) { (bar(index, column)) }
            @for (edge, label) in edges { (tick(x(*edge), label)) }
        },
    )
}

/// A count that grows over slots.
pub fn growth(axes: Axes, points: &[(u64, u64)]) -> Markup {
    let (Some((first, _)), Some((last, end))) = (points.first(), points.last()) else {
        return frame(axes, &Scale::new(0), html! {});
    };
    let y = Scale::new(points.iter().map(|(_, count)| *count).max().unwrap_or(0));
    let slots = last.saturating_sub(*first);
    let x = |slot: u64| LEFT + part(slot, slots, RIGHT - LEFT);
    let place =
        |(slot, count): &(u64, u64)| (x(slot.saturating_sub(*first)), BOTTOM - y.pixels(*count));
    let line: Vec<_> = points
        .iter()
        .map(place)
        .map(|(x, y)| format!("{x},{y}"))
        .collect();
    let (end_x, end_y) = place(&(*last, *end));
    let area = format!("{LEFT},{BOTTOM} {} {end_x},{BOTTOM}", line.join(" "));
    frame(
        axes,
        &y,
        html! {
            polygon points=(area) {}
            polyline points=(line.join(" ")) {}
            circle cx=(end_x) cy=(end_y) r="3" {
                title { (grouped(*end)) " " (axes.y) " at slot " (grouped(*last)) }
            }
            @for slot in Scale::new(slots).ticks().filter(|slot| *slot <= slots) {
                (tick(x(slot), &short(slot)))
            }
        },
    )
}

/// The plane, the vertical axis, and what the axes measure.
fn frame(axes: Axes, y: &Scale, inside: Markup) -> Markup {
    html! {
        svg .plot viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(axes.title) {
            text .axis x="4" y="13" { (axes.y) }
            @for value in y.ticks() {
                @let height = BOTTOM - y.pixels(value);
                line x1=(LEFT) x2=(RIGHT) y1=(height) y2=(height) {}
                text x=(LEFT - 5) y=(height + 4) text-anchor="end" { (short(value)) }
            }
            (inside)
            text .axis x=(RIGHT) y=(HEIGHT - 6) text-anchor="end" { (axes.x) }
        }
    }
}

/// A label below the horizontal axis, kept within the picture.
fn tick(x: u64, label: &str) -> Markup {
    let anchor = match x {
        x if x < LEFT + HALF_LABEL => "start",
        x if x > RIGHT - HALF_LABEL => "end",
        _ => "middle",
    };
    html! {
        line .tick x1=(x) x2=(x) y1=(BOTTOM) y2=(BOTTOM + 4) {}
        text x=(x) y=(BOTTOM + 16) text-anchor=(anchor) { (label) }
    }
}

/// An axis from 0, with round numbers on it.
struct Scale {
    step: u64,
    /// The last tick.
    end: u64,
}

impl Scale {
    fn new(most: u64) -> Self {
        let step = round_up((most / MOST_TICKS).max(1));
        let end = most.div_ceil(step).max(1).saturating_mul(step);
        Self { step, end }
    }

    fn ticks(&self) -> impl Iterator<Item = u64> {
        (0..=self.end / self.step).map(|n| n * self.step)
    }

    fn pixels(&self, value: u64) -> u64 {
        part(value, self.end, BOTTOM - TOP)
    }
}

/// The next of 1, 2, 5, 10, 20, 50, 100 …
fn round_up(number: u64) -> u64 {
    let mut ten = 1u64;
    loop {
        for step in [1, 2, 5].map(|digit| ten.saturating_mul(digit)) {
            if step >= number {
                return step;
            }
        }
        ten = ten.saturating_mul(10);
    }
}

/// `value / whole` of `pixels`.
fn part(value: u64, whole: u64, pixels: u64) -> u64 {
    let scaled = u128::from(value.min(whole)) * u128::from(pixels);
    scaled
        .checked_div(u128::from(whole))
        .and_then(|pixels| u64::try_from(pixels).ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use {super::*, proptest::prelude::*};

    const AXES: Axes = Axes {
        title: "title",
        x: "slots",
        y: "accounts",
    };

    fn column(count: u64) -> Bar {
        Bar {
            count,
            label: "label".to_owned(),
            is_marked: false,
        }
    }

    /// All values of an attribute.
    fn attribute(svg: &str, name: &str) -> Vec<u64> {
        let start = format!(" {name}=\"");
        let parts = svg.split(&start).skip(1);
        let values = parts.map(|part| part.split('"').next().unwrap());
        values
            .flat_map(|value| value.split([' ', ',']))
            .map(|n| n.parse().unwrap())
            .collect()
    }

    fn assert_inside(plot: Markup) {
        let svg = plot.into_string();
        for (name, end) in [
            ("x", WIDTH),
            ("x1", WIDTH),
            ("cx", WIDTH),
            ("y", HEIGHT),
            ("cy", HEIGHT),
        ] {
            assert!(attribute(&svg, name).iter().all(|n| *n <= end), "{svg}");
        }
        let rects = attribute(&svg, "width")
            .into_iter()
            .zip(attribute(&svg, "height"));
        for (width, height) in rects {
            assert!(
                width > 0 && width <= RIGHT - LEFT && height <= BOTTOM - TOP,
                "{svg}"
            );
        }
        for point in attribute(&svg, "points").chunks(2) {
            assert!(point[0] <= RIGHT && point[1] <= BOTTOM, "{svg}");
        }
    }

    #[test]
    fn a_column_is_as_high_as_its_share_of_the_axis() {
        let svg = columns(AXES, &[column(50), column(0), column(1)], &[]).into_string();
        assert_eq!(attribute(&svg, "height"), [144, 0, 2]);
        assert_eq!(attribute(&svg, "width"), [99, 100, 100]);
        assert!(svg.contains("<title>label: 50 accounts</title>"));
    }

    #[test]
    fn a_count_grows_from_left_to_right() {
        let svg = growth(AXES, &[(100, 0), (150, 5), (200, 10)]).into_string();
        let line = svg.split("<polyline points=\"").nth(1).unwrap();
        assert!(line.starts_with("44,170 195,98 346,26\""), "{svg}");
        assert!(svg.contains("<title>10 accounts at slot 200</title>"));
    }

    #[test]
    fn an_axis_ends_with_the_first_round_number_that_is_high_enough() {
        for (most, step, end) in [
            (0, 1, 1),
            (1, 1, 1),
            (6, 1, 6),
            (94, 20, 100),
            (100, 20, 100),
            (101, 20, 120),
            (u64::MAX, 5_000_000_000_000_000_000, u64::MAX),
        ] {
            let scale = Scale::new(most);
            assert_eq!((scale.step, scale.end), (step, end), "{most}");
            assert!(scale.ticks().count() <= 7);
        }
    }

    #[test]
    fn few_values_are_drawn_too() {
        for counts in [vec![], vec![0], vec![0, 0], vec![7], vec![u64::MAX; 3]] {
            let bars: Vec<_> = counts.into_iter().map(column).collect();
            assert_inside(columns(AXES, &bars, &[(0, "0".to_owned())]));
        }
        for points in [
            vec![],
            vec![(7, 7)],
            vec![(7, 7), (7, 7)],
            vec![(9, 1), (7, 0)],
        ] {
            assert_inside(growth(AXES, &points));
        }
    }

    proptest! {
        #[test]
        fn no_value_leaves_the_picture(counts in prop::collection::vec(any::<u64>(), 0..60)) {
            let bars: Vec<_> = counts.iter().copied().map(column).collect();
            assert_inside(columns(AXES, &bars, &[(bars.len() as u64, "end".to_owned())]));
            let mut points: Vec<_> = counts.into_iter().zip(0..).collect();
            points.sort_unstable();
            assert_inside(growth(AXES, &points));
        }
    }
}
