//! What a check found, in the form that a reader wants.

mod check;
mod github;
mod json;
mod markdown;
mod sarif;
mod svg;
mod text;

#[cfg(test)]
pub(crate) mod samples;

pub use self::{
    check::{Check, Counts, Document, Pair, Verdict},
    github::github,
    json::json,
    markdown::markdown,
    sarif::sarif,
    svg::svg,
    text::text,
};
