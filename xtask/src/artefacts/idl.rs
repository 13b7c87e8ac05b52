//! A program's IDL, as `anchor idl build` makes it.

use {
    super::sets::{ArtefactSet, Program},
    anchor_lang_idl::build::IdlBuilder,
    anyhow::{Context, Result, ensure},
};

/// Builds the IDL of a set's program: pretty JSON with a newline at the end.
pub fn build(set: &ArtefactSet, program: &Program) -> Result<Vec<u8>> {
    let idl = IdlBuilder::new()
        .program_path(set.source(program))
        .cargo_args(vec!["--lib".into(), "--locked".into()])
        .build()
        .with_context(|| format!("cannot build the IDL of {}", program.package))?;
    // Anchor takes a message as it stands in the source, a line's continuation included.
    for error in &idl.errors {
        ensure!(
            !error.msg.iter().any(|message| message.contains('\n')),
            "{}: write the message of {} on one line",
            program.package,
            error.name
        );
    }
    let mut json = serde_json::to_vec_pretty(&idl)?;
    json.push(b'\n');
    Ok(json)
}
