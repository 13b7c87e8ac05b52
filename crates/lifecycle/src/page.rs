//! The story as one self-contained HTML page.

use {
    crate::{step::Step, text::escape},
    std::fmt::Write,
};

const HEAD: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>From release 1 to release 2</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
  figure { margin: 0; overflow-x: auto; }
  svg { max-width: 100%; height: auto; border-radius: 6px; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8884; }
  td:first-child, .number { text-align: right; font-variant-numeric: tabular-nums; }
  .rejected td:nth-child(3) { color: #c4460a; }
  @media (prefers-color-scheme: dark) { .rejected td:nth-child(3) { color: #ff9d5c; } }
</style>
<h1>From release 1 to release 2</h1>
<p>A live program is upgraded while its release-1 clients keep calling it, and its accounts move to the
new layout one by one. Every line is a transaction on the real programs, deployed and upgraded through
the upgradeable loader; a rejected transaction left every account as it was.</p>
"#;

pub fn render(steps: &[Step], pictures: &[String]) -> String {
    let mut page = HEAD.to_owned();
    for picture in pictures {
        write!(page, "<figure>\n{picture}</figure>\n").expect("a String takes all text");
    }
    page.push_str(
        "<table>\n<tr><th class=\"number\">#</th><th>step</th><th>outcome</th>\
         <th class=\"number\">compute units</th><th>config</th><th>lamports</th></tr>\n",
    );
    for (i, step) in steps.iter().enumerate() {
        let class = if step.rejected {
            " class=\"rejected\""
        } else {
            ""
        };
        let compute_units = if step.compute_units > 0 {
            step.compute_units.to_string()
        } else {
            String::new()
        };
        writeln!(
            page,
            "<tr{class}><td>{}</td><td>{}</td><td>{}</td><td class=\"number\">{compute_units}</td>\
             <td>{}</td><td>{}</td></tr>",
            i + 1,
            escape(&step.title),
            escape(&step.outcome),
            escape(&step.bytes_text()),
            escape(&step.lamports_text()),
        )
        .expect("a String takes all text");
    }
    page.push_str("</table>\n</html>\n");
    page
}
