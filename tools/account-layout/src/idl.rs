//! Reading an IDL: the current format, and the one before Anchor 0.30.

mod legacy;
mod validate;

pub use self::legacy::NO_ADDRESS;

use {crate::pointer, anchor_lang_idl_spec::Idl, serde::Deserialize, serde_json::Value};

/// The longest IDL that is read.
pub const MAX_LEN: usize = 16 << 20;

/// The version of the format that this crate knows.
const SPEC: &str = "0.1.0";

/// An IDL that was read and found consistent.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadIdl {
    /// What the caller calls it: a path.
    pub name: String,
    pub idl: Idl,
    /// Whether it was written before Anchor 0.30. JSON pointers of findings then do not fit the file.
    pub legacy: bool,
    /// What was assumed, in sentences.
    pub notes: Vec<String>,
}

/// An IDL that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdlError {
    #[error("{name}: {len} bytes are too many for an IDL; at most {MAX_LEN} are read")]
    TooLarge { name: String, len: usize },
    #[error("{name}:{line}:{column}: {message}{}", place(.path))]
    Malformed {
        name: String,
        line: usize,
        column: usize,
        /// RFC 6901; empty for the document itself.
        path: String,
        message: String,
    },
    #[error("{name}: {message}{}", place(.path))]
    Invalid {
        name: String,
        path: String,
        message: String,
    },
}

/// What shows the format. The current one has the name in `metadata`, the legacy one at the top.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    metadata: Value,
    #[serde(default)]
    name: Value,
}

fn place(path: &str) -> String {
    if path.is_empty() {
        String::new()
    } else {
        format!(" (at {path})")
    }
}

impl ReadIdl {
    /// Reads the IDL that the caller calls `name`.
    ///
    /// # Errors
    /// It is too large, malformed or inconsistent.
    pub fn read(bytes: &[u8], name: &str) -> Result<Self, IdlError> {
        if bytes.len() > MAX_LEN {
            return Err(IdlError::TooLarge {
                name: name.to_owned(),
                len: bytes.len(),
            });
        }
        let malformed = |error: &serde_json::Error| malformed(error, bytes, name);
        let invalid = |path: String, message: String| IdlError::Invalid {
            name: name.to_owned(),
            path,
            message,
        };
        let head: Head = serde_json::from_slice(bytes).map_err(|error| malformed(&error))?;
        let spec = head.metadata.get("spec").and_then(Value::as_str);
        let mut notes = Vec::new();
        let legacy = spec.is_none() && head.name.is_string();
        let idl = if legacy {
            let json = serde_json::from_slice(bytes).map_err(|error| malformed(&error))?;
            let (idl, note) =
                legacy::convert(json).map_err(|(path, message)| invalid(path, message))?;
            notes.extend(note);
            idl
        } else {
            if let Some(spec) = spec.filter(|spec| *spec != SPEC) {
                let message = format!("IDL specification {spec} is not known; {SPEC} is");
                return Err(invalid("/metadata/spec".to_owned(), message));
            }
            serde_json::from_slice(bytes).map_err(|error| malformed(&error))?
        };
        validate::validate(&idl).map_err(|problem| invalid(problem.pointer, problem.message))?;
        Ok(Self {
            name: name.to_owned(),
            idl,
            legacy,
            notes,
        })
    }
}

fn malformed(error: &serde_json::Error, bytes: &[u8], name: &str) -> IdlError {
    let (line, column) = (error.line(), error.column());
    // A wrong value was read to its end; at a character that does not belong there reading stopped.
    let read = if error.is_data() {
        column
    } else {
        column.saturating_sub(1)
    };
    let whole = error.to_string();
    let position = format!(" at line {line} column {column}");
    IdlError::Malformed {
        name: name.to_owned(),
        line,
        column,
        path: pointer::at(bytes, pointer::offset(bytes, line, read)),
        message: whole.strip_suffix(&position).unwrap_or(&whole).to_owned(),
    }
}

#[cfg(test)]
mod tests;
