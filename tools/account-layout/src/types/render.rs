//! Types as Rust source.

use super::graph::{Id, Node, Types};

/// How many containers are written before the rest is left out.
const DEPTH: usize = 128;

impl Types<'_> {
    /// `Option<Vec<Limits>>`. A generic type is named without its arguments.
    pub fn rust(&self, id: Id) -> String {
        let mut source = String::new();
        let mut closing = Vec::new();
        let mut at = id;
        // An alias can make a container of itself, which has no end.
        for _ in 0..DEPTH {
            match self.node(at) {
                Node::Option(inner) => {
                    source.push_str("Option<");
                    closing.push(">".to_owned());
                    at = *inner;
                    continue;
                }
                Node::Vec(inner) => {
                    source.push_str("Vec<");
                    closing.push(">".to_owned());
                    at = *inner;
                    continue;
                }
                Node::Array(inner, len) => {
                    source.push('[');
                    closing.push(format!("; {len}]"));
                    at = *inner;
                    continue;
                }
                Node::Plain(plain) => source.push_str(plain.name),
                Node::String => source.push_str("String"),
                Node::Struct(it) => source.push_str(short(it.name)),
                Node::Enum(it) => source.push_str(short(it.name)),
                Node::Unknown | Node::Alias(_) => source.push('?'),
            }
            source.extend(closing.into_iter().rev());
            return source;
        }
        source.push('?');
        source.extend(closing.into_iter().rev());
        source
    }
}

/// The last part of a path: IDLs write whole paths where names would clash.
fn short(name: &str) -> &str {
    name.rsplit("::").next().unwrap_or(name)
}
