//! What the pages say of the repository is so: excerpts, links, paths, names of tests, packages.

use {
    std::{
        collections::BTreeSet,
        fs,
        path::{Path, PathBuf},
    },
    support::workspace::in_workspace,
};

const README_LINES: usize = 180;

/// Columns of tables that name the tests which show what a row says, by the ends of their headings.
const PROOFS: [&str; 3] = ["shown by", "Anchor", "here"];

/// What a copy of the repository may leave out: pages of the rest may go on naming it.
const LEAVES: [(&str, &[&str]); 2] = [
    ("tools", &["tools/"]),
    (
        "programs/migrator",
        &["proxy", "migrator", "successor", "migrateAccount"],
    ),
];

struct Page {
    path: PathBuf,
    text: String,
}

/// The pages of the root: what stands there, in docs and in app.
fn pages() -> Vec<Page> {
    let mut paths: Vec<PathBuf> = [
        "README.md",
        "FORK.md",
        "CONTRIBUTING.md",
        "AGENTS.md",
        "SECURITY.md",
        "app/README.md",
    ]
    .map(in_workspace)
    .into();
    paths.extend(files(&in_workspace("docs"), "md"));
    read_pages(paths)
}

/// The pages beside the code that they are about.
fn pages_of_packages() -> Vec<Page> {
    let folders = ["crates", "tools"]
        .map(in_workspace)
        .into_iter()
        .filter(|folder| folder.exists());
    read_pages(folders.flat_map(|folder| files(&folder, "md")).collect())
}

fn read_pages(paths: Vec<PathBuf>) -> Vec<Page> {
    let page = |path: PathBuf| Page {
        text: read(&path),
        path,
    };
    paths.into_iter().map(page).collect()
}

#[test]
fn excerpts_stand_in_the_files_that_they_name() {
    let mut excerpts = 0;
    for page in pages() {
        for section in page.text.split("<!-- code: ").skip(1) {
            let (path, section) = section.split_once(" -->\n").expect("the mark ends");
            let (section, _) = section.split_once("<!-- /code -->").expect("a last mark");
            let (_, code) = section.trim_end().split_once('\n').expect("a fence");
            let code = code.strip_suffix("```").expect("a fence at the end");
            assert!(
                format!("\n{}", read(&in_workspace(path))).contains(&format!("\n{code}")),
                "{}: {path} does not contain\n{code}",
                page.path.display()
            );
            excerpts += 1;
        }
    }
    assert_ne!(excerpts, 0);
}

#[test]
fn links_lead_to_files_and_headings() {
    let mut broken = Vec::new();
    for page in pages().into_iter().chain(pages_of_packages()) {
        let folder = page.path.parent().expect("a page is in a folder");
        for link in page.text.split("](").skip(1) {
            let link = link.split(')').next().expect("split gives one part");
            if link.contains("://") || is_left_out(link) {
                continue;
            }
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = match path {
                "" => page.path.clone(),
                path => folder.join(path),
            };
            let found = target.exists() && (heading.is_empty() || has_heading(&target, heading));
            if !found {
                broken.push(format!("{}: {link}", page.path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "broken links:\n{}", broken.join("\n"));
}

#[test]
fn paths_exist() {
    let mut missing = Vec::new();
    for page in pages() {
        let folder = page.path.parent().expect("a page is in a folder");
        for span in code_spans(&page.text) {
            let known = [folder.to_owned(), in_workspace("")];
            if looks_like_a_path(span, &known)
                && !is_left_out(span)
                && !known.iter().any(|root| root.join(span).exists())
            {
                missing.push(format!("{}: {span}", page.path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "no such paths:\n{}", missing.join("\n"));
}

/// The proofs that the pages name are tests, or files that a test compiles.
#[test]
fn proofs_are_tests() {
    if is_left_out("proxy") {
        return;
    }
    let sources: String = ["tests", "crates", "programs"]
        .iter()
        .flat_map(|folder| files(&in_workspace(folder), "rs"))
        .map(|path| format!("{}\n{}", path.display(), read(&path)))
        .collect();
    for page in ["SECURITY.md", "docs/runtime-limits.md"] {
        let proofs = proofs(&read(&in_workspace(page)));
        assert!(!proofs.is_empty(), "{page} names no test");
        let missing: Vec<_> = proofs
            .into_iter()
            .filter(|name| {
                !sources.contains(&format!("fn {name}("))
                    && !sources.contains(&format!("/{name}.rs"))
            })
            .collect();
        assert!(
            missing.is_empty(),
            "{page}: no tests have these names: {missing:?}"
        );
    }
}

/// The names of several words in the columns of proofs.
fn proofs(page: &str) -> BTreeSet<String> {
    let mut is_proof = Vec::new();
    let mut proofs = BTreeSet::new();
    for line in page.lines() {
        if !line.starts_with('|') {
            is_proof.clear();
            continue;
        }
        let cells = line.split('|').map(str::trim);
        if is_proof.is_empty() {
            let heading = |cell: &str| PROOFS.iter().any(|end| cell.ends_with(*end));
            is_proof = cells.map(heading).collect();
            continue;
        }
        for (cell, _) in cells.zip(&is_proof).filter(|(_, is_proof)| **is_proof) {
            let names = code_spans(cell).filter(|span| is_name(span));
            proofs.extend(names.map(str::to_owned));
        }
    }
    proofs
}

/// Whether this is the name of a function, and of more than one word.
fn is_name(span: &str) -> bool {
    let is_of_a_name = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
    span.contains('_') && span.bytes().all(is_of_a_name)
}

#[test]
fn commands_name_packages_of_their_workspace() {
    let tools = in_workspace("tools");
    let (of_tools, of_root): (Vec<_>, Vec<_>) = files(&in_workspace(""), "toml")
        .into_iter()
        .filter(|path| path.ends_with("Cargo.toml"))
        .partition(|path| path.starts_with(&tools));
    let (of_tools, of_root) = (names(&of_tools), names(&of_root));
    for page in pages() {
        for line in page.text.lines().filter(|line| line.contains("cargo ")) {
            let packages = match line.contains("tools/Cargo.toml") {
                true if !tools.exists() => continue,
                true => &of_tools,
                false => &of_root,
            };
            for rest in line.split(" -p ").skip(1) {
                let name = rest.split([' ', '`', ')']).next().unwrap_or_default();
                assert!(
                    packages.contains(name) || name.starts_with('<') || is_left_out(name),
                    "{}: no such package: {line}",
                    page.path.display()
                );
            }
        }
    }
}

/// The packages' names: the first thing that a manifest names.
fn names(manifests: &[PathBuf]) -> BTreeSet<String> {
    manifests
        .iter()
        .filter_map(|path| {
            let manifest = read(path);
            let (_, name) = manifest.split_once("\nname = \"")?;
            Some(name.split('"').next()?.to_owned())
        })
        .collect()
}

#[test]
fn the_readme_is_short() {
    let lines = read(&in_workspace("README.md")).lines().count();
    assert!(lines <= README_LINES, "README.md has {lines} lines");
}

/// Whether a path or a link belongs to something that this copy of the repository left out.
fn is_left_out(path: &str) -> bool {
    LEAVES.iter().any(|(folder, words)| {
        !in_workspace(folder).exists() && words.iter().any(|word| path.contains(word))
    })
}

/// Whether this names something of the repository: its first folder is there. What builds make is not
/// of the repository.
fn looks_like_a_path(span: &str, roots: &[PathBuf]) -> bool {
    let is_plain = |c: u8| c.is_ascii_alphanumeric() || b"._-/".contains(&c);
    let first = span.split_once('/').map_or("", |(first, _)| first);
    span.bytes().all(is_plain)
        && !["", ".", "target", "node_modules"].contains(&first)
        && roots.iter().any(|root| root.join(first).is_dir())
}

/// What stands between backticks, without the blocks of code.
fn code_spans(text: &str) -> impl Iterator<Item = &str> {
    text.split("```")
        .step_by(2)
        .flat_map(|prose| prose.split('`').skip(1).step_by(2))
}

/// Whether a page has the heading that a link names as GitHub does.
fn has_heading(page: &Path, anchor: &str) -> bool {
    read(page)
        .lines()
        .filter_map(|line| line.strip_prefix('#'))
        .any(|heading| {
            let heading = heading.trim_start_matches('#').trim().to_lowercase();
            let kept = heading
                .chars()
                .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
            kept.map(|c| if c == ' ' { '-' } else { c })
                .eq(anchor.chars())
        })
}

/// The files of this kind in a folder and those in it, without what builds and package managers make.
fn files(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.expect("a folder's entry").path();
        let name = path.file_name().and_then(|name| name.to_str());
        if path.is_dir() {
            let is_source = !name
                .is_some_and(|name| ["target", "node_modules", ".git", ".anchor"].contains(&name));
            if is_source {
                found.extend(files(&path, kind));
            }
        } else if path.extension().is_some_and(|extension| extension == kind) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
