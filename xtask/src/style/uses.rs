//! A module imports in one place: one `use` per visibility, before everything but modules and macros. Only
//! `use instructions::*` of a module that the file declares may be another one, as Anchor has it.

use {
    super::{Violation, crates::Source},
    std::collections::HashSet,
    syn::{Ident, Item, ItemUse, UseTree, Visibility, spanned::Spanned, visit::Visit},
};

pub fn check(source: &Source, violations: &mut Vec<Violation>) {
    let mut imports = Imports { source, violations };
    imports.check_module(&source.file.items);
    imports.visit_file(&source.file);
}

struct Imports<'a> {
    source: &'a Source,
    violations: &'a mut Vec<Violation>,
}

impl<'ast> Visit<'ast> for Imports<'_> {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if let Some((_, items)) = &module.content {
            self.check_module(items);
        }
        syn::visit::visit_item_mod(self, module);
    }
}

impl Imports<'_> {
    fn check_module(&mut self, items: &[Item]) {
        let mut seen = HashSet::new();
        let mut declared = HashSet::new();
        let mut behind = false;
        for item in items {
            match item {
                Item::Use(item) => {
                    if behind {
                        self.violation(item, "this `use` stands behind other items");
                    } else if !is_glob_of(item, &declared) && !seen.insert(kind(item)) {
                        self.violation(item, "a second `use` of one visibility: make it one block");
                    }
                }
                Item::Mod(module) if module.content.is_none() => {
                    declared.insert(&module.ident);
                }
                Item::ExternCrate(_) | Item::Macro(_) => {}
                _ => behind = true,
            }
        }
    }

    fn violation(&mut self, item: &ItemUse, what: &str) {
        self.violations.push(Violation {
            path: self.source.path.clone(),
            line: item.use_token.span().start().line,
            what: what.to_owned(),
        });
    }
}

/// Whether it imports all of a module that is declared before it.
fn is_glob_of(item: &ItemUse, declared: &HashSet<&Ident>) -> bool {
    match &item.tree {
        UseTree::Path(path) => {
            matches!(*path.tree, UseTree::Glob(_)) && declared.contains(&path.ident)
        }
        _ => false,
    }
}

/// What keeps two `use` apart: their visibility, and attributes like `cfg(test)` and `doc(hidden)`.
fn kind(item: &ItemUse) -> Vec<String> {
    let visibility = match &item.vis {
        Visibility::Public(_) => "pub".to_owned(),
        Visibility::Restricted(to) => format!("pub({:?})", to.path.get_ident()),
        Visibility::Inherited => String::new(),
    };
    let attributes = item.attrs.iter().filter_map(|attribute| {
        let list = attribute.meta.require_list().ok()?;
        Some(format!("{:?}({})", list.path.get_ident(), list.tokens))
    });
    [visibility].into_iter().chain(attributes).collect()
}

#[cfg(test)]
mod tests {
    use {super::*, crate::style::crates::samples::source};

    /// The lines that break the rule.
    fn lines(text: &str) -> Vec<usize> {
        let mut violations = Vec::new();
        check(&source("a.rs", text), &mut violations);
        violations.iter().map(|violation| violation.line).collect()
    }

    #[test]
    fn one_block_per_visibility_stands_first() {
        let text = "\
//! A module.
pub mod a;
use {a::A, std::fmt};
pub use b::B;
pub(crate) use c::C;
#[cfg(test)]
use d::D;
#[doc(hidden)]
pub use e::E;
mod f;
fn g() { use {std::fs}; }
mod tests { use super::*; }
";
        assert_eq!(lines(text), [0; 0]);
    }

    #[test]
    fn a_second_block_and_a_late_one_are_found() {
        assert_eq!(lines("use a;\nmod b;\nuse c;\n"), [3]);
        assert_eq!(lines("mod a;\nuse b::*;\nuse a::*;\nuse c::*;\n"), [4]);
        assert_eq!(lines("struct A;\nuse b;\n"), [2]);
        assert_eq!(lines("mod a {\n    use b;\n\n    use c;\n}\n"), [4]);
    }
}
