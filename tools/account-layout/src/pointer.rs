//! Which element of a JSON text lies at a byte.

/// The RFC 6901 pointer to the element that the text before `end` last began or named.
pub fn at(json: &[u8], end: usize) -> String {
    let mut levels: Vec<Level> = Vec::new();
    let mut rest = json.get(..end).unwrap_or(json);
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'{' => levels.push(Level::Object {
                key: String::new(),
                named: false,
            }),
            b'[' => levels.push(Level::Array(0)),
            b'}' | b']' => {
                levels.pop();
            }
            b',' => match levels.last_mut() {
                Some(Level::Array(index)) => *index += 1,
                Some(Level::Object { named, .. }) => *named = false,
                None => {}
            },
            b'"' => {
                let len = string_len(rest);
                let (content, after) = rest.split_at(len);
                rest = after.get(1..).unwrap_or_default();
                if let Some(Level::Object {
                    key,
                    named: named @ false,
                }) = levels.last_mut()
                {
                    *key = String::from_utf8_lossy(content)
                        .replace('~', "~0")
                        .replace('/', "~1");
                    *named = true;
                }
            }
            _ => {}
        }
    }
    levels.iter().map(Level::segment).collect()
}

enum Level {
    Object { key: String, named: bool },
    Array(usize),
}

impl Level {
    fn segment(&self) -> String {
        match self {
            Self::Object { key, .. } if key.is_empty() => String::new(),
            Self::Object { key, .. } => format!("/{key}"),
            Self::Array(index) => format!("/{index}"),
        }
    }
}

/// Bytes up to the closing quote.
fn string_len(text: &[u8]) -> usize {
    let mut escaped = false;
    for (index, byte) in text.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return index,
            _ => {}
        }
    }
    text.len()
}

/// The byte at a line and column as serde_json has them, both from 1; a column counts bytes.
pub fn offset(json: &[u8], line: usize, column: usize) -> usize {
    let newlines = json.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let start = match line.checked_sub(2) {
        None => 0,
        Some(before) => newlines
            .map(|(at, _)| at + 1)
            .nth(before)
            .unwrap_or(json.len()),
    };
    start.saturating_add(column).min(json.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_is_named_by_keys_and_places() {
        let json = br#"{"a": [1, {"b/c": "x,\"y"}], "d": 2}"#;
        assert_eq!(at(json, 0), "");
        assert_eq!(at(json, 8), "/a/0");
        assert_eq!(at(json, 20), "/a/1/b~1c");
        assert_eq!(at(json, json.len() - 2), "/d");
    }

    #[test]
    fn a_line_and_column_are_a_byte() {
        assert_eq!(offset(b"{\n  1\n}", 2, 3), 5);
        assert_eq!(offset(b"{}", 9, 9), 2);
    }
}
