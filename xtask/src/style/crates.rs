//! The crates of a workspace, each with its files.

use {
    crate::workspace,
    anyhow::{Context, Result},
    std::{
        fs,
        path::{Path, PathBuf},
    },
    syn::{Attribute, Expr, ExprLit, File, Item, ItemMod, Lit, Meta},
};

/// A file of a crate.
pub struct Source {
    /// Relative to the root of the repository.
    pub path: PathBuf,
    pub file: File,
}

/// The files of every crate of a workspace: of its libraries, binaries, tests and benches.
pub fn all(manifest: &Path) -> Result<Vec<Vec<Source>>> {
    let metadata = workspace::metadata(manifest)?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let targets = packages.flat_map(|package| package["targets"].as_array().into_iter().flatten());
    let roots = targets.filter_map(|target| target["src_path"].as_str());
    roots.map(|root| sources(Path::new(root))).collect()
}

/// The root of a crate and the files of its modules.
pub fn sources(root: &Path) -> Result<Vec<Source>> {
    let folder = root.parent().context("a file is in a folder")?;
    let mut sources = Vec::new();
    let mut open = vec![(root.to_owned(), folder.to_owned())];
    while let Some((path, modules)) = open.pop() {
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let file =
            syn::parse_file(&text).with_context(|| format!("cannot parse {}", path.display()))?;
        declared(&file.items, &path, &modules, &mut open);
        let path = path.strip_prefix(workspace::root()).unwrap_or(&path);
        sources.push(Source {
            path: path.to_owned(),
            file,
        });
    }
    Ok(sources)
}

/// Adds the files of the modules that `items` of the file at `path` declare, each with the folder of its
/// own modules. `modules` is the folder of these.
fn declared(items: &[Item], path: &Path, modules: &Path, open: &mut Vec<(PathBuf, PathBuf)>) {
    for item in items {
        let Item::Mod(module) = item else { continue };
        let folder = modules.join(module.ident.to_string());
        match &module.content {
            Some((_, items)) => declared(items, path, &folder, open),
            None => open.push(file(module, path, modules, folder)),
        }
    }
}

/// The file of a module and the folder of its own modules.
fn file(module: &ItemMod, path: &Path, modules: &Path, folder: PathBuf) -> (PathBuf, PathBuf) {
    if let Some(elsewhere) = module.attrs.iter().find_map(path_attribute) {
        let file = path.with_file_name(elsewhere);
        let folder = file.parent().map(Path::to_owned).unwrap_or_default();
        return (file, folder);
    }
    let beside = modules.join(format!("{}.rs", module.ident));
    match beside.is_file() {
        true => (beside, folder),
        false => (folder.join("mod.rs"), folder),
    }
}

/// The value of `#[path = "…"]`.
fn path_attribute(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    match &pair.value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(path),
            ..
        }) if pair.path.is_ident("path") => Some(path.value()),
        _ => None,
    }
}

#[cfg(test)]
pub mod samples {
    use super::Source;

    pub fn source(path: &str, text: &str) -> Source {
        Source {
            path: path.into(),
            file: syn::parse_file(text).unwrap(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_has_the_files_of_its_modules() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for (file, text) in [
            (
                "main.rs",
                "mod a; mod inner { mod d; } #[path = \"shared/e.rs\"] mod e;",
            ),
            ("a/mod.rs", "mod b;"),
            ("a/b.rs", "mod c;"),
            ("a/b/c.rs", ""),
            ("inner/d.rs", ""),
            ("shared/e.rs", "mod f;"),
            ("shared/f.rs", ""),
            ("other.rs", ""),
        ] {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let sources = sources(&root.join("main.rs")).unwrap();
        let mut paths: Vec<_> = sources
            .iter()
            .map(|source| source.path.strip_prefix(root).unwrap().to_str().unwrap())
            .collect();
        paths.sort_unstable();
        assert_eq!(
            paths,
            [
                "a/b.rs",
                "a/b/c.rs",
                "a/mod.rs",
                "inner/d.rs",
                "main.rs",
                "shared/e.rs",
                "shared/f.rs"
            ]
        );
    }
}
