//! Two IDLs, as text or made of choices, through everything that the command does with them.

#![no_main]

mod made;

use {
    account_layout::{Diagram, Layout, Manifest, ReadIdl, diagram},
    anchor_lang_idl_spec::Idl,
    idl_compat::{
        Assumptions, Report, Severity,
        accept::Acceptances,
        compare,
        migrations::{self, LAMPORTS_PER_BYTE},
        report::{self, Check, Document, Pair},
    },
    libfuzzer_sys::fuzz_target,
};

/// Types of an IDL whose diagrams are drawn: enough to meet every shape, few enough to be quick.
const DIAGRAMS: usize = 4;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else {
        return;
    };
    let output = Output::of(kind / 2);
    if kind % 2 == 0 {
        // Texts: OLD, NEW, assumptions and a migration manifest.
        let mut texts = rest.split(|byte| *byte == 0xff);
        let mut next = || texts.next().unwrap_or_default();
        let (old, new, assumptions, manifest) = (next(), next(), next(), next());
        let (assumptions, manifest) = (String::from_utf8_lossy(assumptions), String::from_utf8_lossy(manifest));
        check(old, new, &assumptions, &manifest, output);
    } else {
        let (old, new, assumptions) = made::pair(rest);
        check(&made::text(&old), &made::text(&new), &assumptions, "", output);
    }
});

/// What is written of a pair: one thing each time, since that takes longer than the comparison.
#[derive(Clone, Copy)]
enum Output {
    Text,
    Json,
    Sarif,
    Github,
    Markdown,
    Svg,
    Diagrams,
}

impl Output {
    fn of(choice: u8) -> Self {
        use Output::{Github, Json, Markdown, Diagrams, Sarif, Svg, Text};
        let all = [Text, Json, Sarif, Github, Markdown, Svg, Diagrams];
        all[usize::from(choice) % all.len()]
    }
}

fn check(old: &[u8], new: &[u8], assumptions: &str, manifest: &str, output: Output) {
    let (old, new) = (document("old.json", old), document("new.json", new));
    let assumptions = Assumptions::parse(assumptions).unwrap_or_default();
    if let (Some(old), Some(new)) = (&old, &new) {
        pair(old, new, &assumptions, manifest, output);
        pair(new, old, &assumptions, manifest, output);
    }
    for document in old.iter().chain(&new) {
        // Assumptions about sizes may find something even in an unchanged program, and nothing else may.
        let same = compare(&document.read.idl, &document.read.idl, &Assumptions::default());
        assert!(same.is_empty(), "{same:?}");
        if let Output::Diagrams = output {
            diagrams(&document.read.idl);
        }
    }
}

fn document(name: &str, text: &[u8]) -> Option<Document> {
    let read = ReadIdl::read(text, name).ok()?;
    let text = String::from_utf8_lossy(text).into_owned();
    Some(Document { read, text, is_file: true })
}

fn pair(old: &Document, new: &Document, assumptions: &Assumptions, manifest: &str, output: Output) {
    let (old_idl, new_idl) = (&old.read.idl, &new.read.idl);
    let _ = assumptions.check(old_idl, new_idl);
    let mut findings = compare(old_idl, new_idl, assumptions);
    let worst = findings.iter().map(|finding| finding.severity).max();
    if let Some(Severity::Conditional) = worst {
        assert!(findings.iter().any(|finding| finding.condition.is_some()));
    }
    let manifest = Manifest::read(manifest, new_idl).ok();
    let migrations = manifest.as_ref().map_or(&[][..], |manifest| &manifest.migrations);
    if let Some(manifest) = &manifest {
        findings.extend(migrations::verify(manifest, old_idl, &[old_idl], new_idl, &LAMPORTS_PER_BYTE));
    }
    let check = Check {
        new: new.clone(),
        pairs: vec![Pair { old: old.clone(), findings: Acceptances::default().judge(Report::new(findings).findings) }],
        stale: Vec::new(),
        fail_on: Severity::Breaking,
    };
    match output {
        Output::Text => drop(report::text(&check, true)),
        Output::Json => drop(report::json(&check).expect("the JSON report is written")),
        Output::Sarif => drop(report::sarif(&check).expect("the SARIF report is written")),
        Output::Github => drop(report::github(&check)),
        Output::Markdown => drop(report::markdown(&check)),
        Output::Svg => drop(report::svg(&check, migrations).expect("the SVG report is drawn")),
        Output::Diagrams => {}
    }
}

fn diagrams(idl: &Idl) {
    let names = idl.types.iter().take(DIAGRAMS).map(|def| def.name.as_str());
    let layouts: Vec<Layout> = names.filter_map(|name| Layout::of(idl, name).ok()).collect();
    for layout in &layouts {
        diagram::text(layout);
        diagram::svg(layout);
    }
    for two in layouts.windows(2) {
        let pair = Diagram::new(&two[0], &two[1]);
        pair.text();
        pair.svg();
    }
}
