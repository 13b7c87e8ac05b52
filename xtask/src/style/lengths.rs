//! A function fits a screen or two.

use {
    super::{Violation, crates::Source},
    syn::{
        Block, ImplItemFn, ItemFn, Signature, TraitItemFn,
        spanned::Spanned,
        visit::{self, Visit},
    },
};

/// Lines of the shortest function that is too long.
const TOO_LONG: usize = 100;

pub fn check(source: &Source, violations: &mut Vec<Violation>) {
    Functions { source, violations }.visit_file(&source.file);
}

struct Functions<'a> {
    source: &'a Source,
    violations: &'a mut Vec<Violation>,
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.measure(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.measure(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast TraitItemFn) {
        if let Some(block) = &function.default {
            self.measure(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

impl Functions<'_> {
    fn measure(&mut self, signature: &Signature, block: &Block) {
        let first = signature.fn_token.span().start().line;
        let lines = block.brace_token.span.close().end().line + 1 - first;
        if lines >= TOO_LONG {
            self.violations.push(Violation {
                path: self.source.path.clone(),
                line: first,
                what: format!("`{}` has {lines} lines", signature.ident),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use {super::*, crate::style::crates::samples::source};

    fn too_long(lines: usize) -> bool {
        let body = "\n".repeat(lines - 1);
        let text = format!("struct A;\nimpl A {{\n    /// It.\n    fn f() {{{body}}}\n}}\n");
        let mut violations = Vec::new();
        check(&source("a.rs", &text), &mut violations);
        assert!(violations.iter().all(|violation| violation.line == 4));
        !violations.is_empty()
    }

    #[test]
    fn a_function_of_a_hundred_lines_is_too_long() {
        assert!(!too_long(99));
        assert!(too_long(100));
    }
}
