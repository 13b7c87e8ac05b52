//! Pages of the documentation that hold what a test makes.

use std::{env, fs, path::Path};

/// Asserts that a page holds `content` between its marks `<!-- name: … -->` and `<!-- /name -->`, or
/// puts it there when the environment has `UPDATE_DOCS`.
///
/// # Panics
/// When the page holds something else, or has no such marks.
pub fn assert_section(page: &Path, name: &str, content: &str) {
    let text = fs::read_to_string(page)
        .unwrap_or_else(|error| panic!("{} is not readable: {error}", page.display()));
    let marks = || {
        let (before, rest) = text.split_once(&format!("<!-- {name}: "))?;
        let (how, rest) = rest.split_once("-->\n")?;
        let (found, after) = rest.split_once(&format!("<!-- /{name} -->"))?;
        Some((before, how, found, after))
    };
    let (before, how, found, after) =
        marks().unwrap_or_else(|| panic!("{} has no marks of {name}", page.display()));
    if env::var_os("UPDATE_DOCS").is_some() {
        let page_text = format!("{before}<!-- {name}: {how}-->\n{content}<!-- /{name} -->{after}");
        fs::write(page, page_text)
            .unwrap_or_else(|error| panic!("{} is not writable: {error}", page.display()));
    } else {
        assert_eq!(found, content, "{} is out of date: {how}", page.display());
    }
}
