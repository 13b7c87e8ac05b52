//! No two types of a crate share a name: a reader who knows one knows it everywhere.

use {
    super::{Violation, crates::Source},
    std::{
        collections::{HashMap, hash_map::Entry},
        path::Path,
    },
    syn::{Ident, Item},
};

pub fn check(sources: &[Source], violations: &mut Vec<Violation>) {
    let mut seen = HashMap::new();
    for Source { path, file } in sources {
        types(&file.items, &mut |name| {
            let line = name.span().start().line;
            match seen.entry(name.to_string()) {
                Entry::Vacant(entry) => drop(entry.insert((path.as_path(), line))),
                Entry::Occupied(first) => {
                    violations.push(violation(path, line, name, *first.get()))
                }
            }
        });
    }
}

fn violation(path: &Path, line: usize, name: &Ident, first: (&Path, usize)) -> Violation {
    let (first, first_line) = (first.0.display(), first.1);
    Violation {
        path: path.to_owned(),
        line,
        what: format!("`{name}` is also the name of the type at {first}:{first_line}"),
    }
}

/// Calls `found` with the name of each type that these items and the modules among them define.
fn types<'a>(items: &'a [Item], found: &mut impl FnMut(&'a Ident)) {
    for item in items {
        match item {
            Item::Enum(item) => found(&item.ident),
            Item::Struct(item) => found(&item.ident),
            Item::Trait(item) => found(&item.ident),
            Item::Type(item) => found(&item.ident),
            Item::Union(item) => found(&item.ident),
            Item::Mod(module) => {
                if let Some((_, items)) = &module.content {
                    types(items, found);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use {super::*, crate::style::crates::samples::source};

    #[test]
    fn a_name_that_two_modules_define_is_found_where_it_is_defined_again() {
        let sources = [
            source("a.rs", "struct Kind;\nenum Other {}\n"),
            source(
                "b.rs",
                "mod tests {\n    type Kind = u8;\n}\nfn f() { struct Other; }\n",
            ),
        ];
        let mut violations = Vec::new();
        check(&sources, &mut violations);
        let expected = Violation {
            path: "b.rs".into(),
            line: 2,
            what: "`Kind` is also the name of the type at a.rs:1".to_owned(),
        };
        assert_eq!(violations, [expected]);
    }
}
