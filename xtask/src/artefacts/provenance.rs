//! PROVENANCE.md: what the artefacts are and how they were made.

use {
    super::sets::{ARCH, ArtefactSet},
    anyhow::{Context, Result},
};

pub const FILE: &str = "PROVENANCE.md";

const BEFORE_TOOLCHAIN: &str = "whose `cargo build-sbf --version` is `";

/// The provenance of a set made with `toolchain` on `date` (YYYY-MM-DD).
pub fn render(set: &ArtefactSet, toolchain: &str, date: &str) -> String {
    let sources: Vec<_> = set
        .programs
        .iter()
        .map(|program| format!("`{}`", program.package))
        .collect();
    format!(
        "# Provenance\n\n\
         {description} Made on {date} from {sources} by `{command}`, for SBPF {ARCH}, \
         with the toolchain {BEFORE_TOOLCHAIN}{toolchain}`.\n",
        description = set.description,
        sources = sources.join(", "),
        command = set.command(),
    )
}

/// The toolchain that a provenance names.
pub fn toolchain(text: &str) -> Result<&str> {
    text.split_once(BEFORE_TOOLCHAIN)
        .and_then(|(_, rest)| rest.split_once('`'))
        .map(|(toolchain, _)| toolchain)
        .context("it names no toolchain")
}

#[cfg(test)]
mod tests {
    use {super::*, crate::artefacts::sets::samples::set};

    #[test]
    fn gives_back_the_toolchain_it_was_given() {
        let text = render(&set("v1"), "tools 4.0.0, rustc 1.96.0", "2026-01-02");
        assert_eq!(toolchain(&text).unwrap(), "tools 4.0.0, rustc 1.96.0");
        assert!(
            text.contains("on 2026-01-02 from `releases/v1` by `cargo xtask artefacts build v1`")
        );
    }

    #[test]
    fn a_text_without_toolchain_is_an_error() {
        assert!(toolchain("# Provenance\n").is_err());
    }
}
