//! Makes the folder of a change.

use {
    anyhow::{Context, Result, bail, ensure},
    std::{
        fs::{self, DirEntry},
        path::{Path, PathBuf},
    },
};

/// Makes `programs/<name>` in the catalogue at `root`, with copies of the baseline's modules that are to be
/// changed, and adds it to the dependencies. Returns the files that were made or changed.
///
/// # Errors
/// When the name is taken or none that a package can have, the baseline has no such module, or a file cannot be
/// written.
pub fn scaffold(root: &Path, name: &str, changed: &[String]) -> Result<Vec<PathBuf>> {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    ensure!(
        name.split('-').all(is_word),
        "`{name}` is no name for a change: lower-case words with `-` between them, as in argument-added"
    );
    let folder = root.join("programs").join(name);
    ensure!(!folder.exists(), "{} is there already", folder.display());
    ensure!(
        !changed.is_empty(),
        "name the modules of the baseline that change"
    );
    let modules = modules(root)?;
    if let Some(unknown) = changed.iter().find(|it| !modules.contains(it)) {
        bail!(
            "the baseline has no module `{unknown}`; it has {}",
            modules.join(", ")
        );
    }

    let mut files = vec![
        (
            folder.join("Cargo.toml"),
            include_str!("scaffold/Cargo.toml.in").replace("{name}", name),
        ),
        (
            folder.join("change.toml"),
            include_str!("scaffold/change.toml.in").to_owned(),
        ),
        (folder.join("src/lib.rs"), library(root, &modules, changed)?),
    ];
    for module in changed {
        let file = format!("src/{module}.rs");
        let source = root.join("programs/baseline").join(&file);
        files.push((folder.join(file), read(&source)?));
    }
    let manifest = root.join("Cargo.toml");
    let with_dependency = add_dependency(&read(&manifest)?, name)?;
    files.push((manifest, with_dependency));

    fs::create_dir_all(folder.join("src"))
        .with_context(|| format!("cannot make {}", folder.display()))?;
    for (path, text) in &files {
        fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// The baseline's modules, by name.
fn modules(root: &Path) -> Result<Vec<String>> {
    let folder = root.join("programs/baseline/src");
    let entries =
        fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()));
    let name = |entry: DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        let module = name.strip_suffix(".rs")?;
        (!["lib", "unchanged"].contains(&module)).then(|| module.to_owned())
    };
    let mut modules: Vec<_> = entries?.filter_map(|entry| name(entry.ok()?)).collect();
    modules.sort();
    Ok(modules)
}

/// `src/lib.rs`: the baseline's modules but for those that change.
fn library(root: &Path, modules: &[String], changed: &[String]) -> Result<String> {
    let kept = modules.iter().filter(|module| !changed.contains(module));
    let kept: Vec<_> = kept.map(String::as_str).collect();
    let mut own: Vec<_> = changed.iter().map(String::as_str).collect();
    own.sort_unstable();
    own.dedup();
    let declared: Vec<_> = own.iter().map(|module| format!("mod {module};")).collect();
    let used: Vec<_> = own.iter().map(|module| format!("{module}::*")).collect();
    let own = match &used[..] {
        [one] => format!("{}\npub use {one};", declared.join("\n")),
        several => format!(
            "{}\n\npub use {{{}}};",
            declared.join("\n"),
            several.join(", ")
        ),
    };
    let baseline = read(&root.join("programs/baseline/src/lib.rs"))?;
    let id = baseline.lines().find(|line| line.contains("declare_id!"));
    Ok(include_str!("scaffold/lib.rs.in")
        .replace("{unchanged}", &wrap(&kept))
        .replace("{own}", &own)
        .replace("{id}", id.context("the baseline declares no id")?))
}

/// Names in lines of at most 95 letters, as rustfmt breaks them.
fn wrap(names: &[&str]) -> String {
    let mut lines = vec![String::new()];
    for (index, name) in names.iter().enumerate() {
        let item = match index + 1 == names.len() {
            true => (*name).to_owned(),
            false => format!("{name},"),
        };
        match lines.last_mut() {
            Some(line) if line.is_empty() => *line = item,
            Some(line) if line.len() + 1 + item.len() <= 95 => *line += &format!(" {item}"),
            _ => lines.push(item),
        }
    }
    lines.join("\n    ")
}

/// The catalogue's manifest with one more program among its dependencies, which are sorted.
fn add_dependency(manifest: &str, name: &str) -> Result<String> {
    let is_program = |line: &&str| line.contains(" = { path = \"programs/");
    let mut programs: Vec<_> = manifest.lines().filter(is_program).collect();
    let first = manifest.lines().position(|line| is_program(&line));
    let first = first.context("Cargo.toml lists no programs")?;
    let line = format!("{name} = {{ path = \"programs/{name}\", features = [\"no-entrypoint\"] }}");
    programs.push(&line);
    programs.sort_by_key(|line| line.split(' ').next());
    let before = manifest.lines().take(first);
    let after = manifest
        .lines()
        .skip(first)
        .filter(|line| !is_program(line));
    let lines: Vec<_> = before.chain(programs).chain(after).collect();
    Ok(lines.join("\n") + "\n")
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
