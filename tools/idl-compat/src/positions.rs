//! Where in a JSON text the elements are that RFC 6901 pointers name.

use std::collections::HashMap;

/// Where some elements of a JSON text begin.
pub struct Positions {
    /// The byte at which the value of each pointer begins.
    offsets: HashMap<String, usize>,
    newlines: Vec<usize>,
}

impl Positions {
    /// Finds these elements, and those around them, in one pass over `json`.
    pub fn find<'a>(json: &str, pointers: impl IntoIterator<Item = &'a str>) -> Self {
        let mut wanted = HashMap::new();
        for pointer in pointers {
            for around in ancestors(pointer) {
                wanted.insert(around.to_owned(), None);
            }
        }
        if wanted.is_empty() {
            return Self {
                offsets: HashMap::new(),
                newlines: Vec::new(),
            };
        }
        Scanner::new(json, &mut wanted).scan();
        let found = |(pointer, offset): (String, Option<usize>)| Some((pointer, offset?));
        Self {
            offsets: wanted.into_iter().filter_map(found).collect(),
            newlines: json.match_indices('\n').map(|(at, _)| at).collect(),
        }
    }

    /// The byte at which an element's value begins.
    pub fn offset(&self, pointer: &str) -> Option<usize> {
        self.offsets.get(pointer).copied()
    }

    /// The line, from 1, of an element; if the text lacks it, of the closest one around it.
    pub fn line(&self, pointer: &str) -> usize {
        let offset = ancestors(pointer).find_map(|around| self.offset(around));
        1 + self
            .newlines
            .partition_point(|newline| *newline < offset.unwrap_or(0))
    }
}

/// The pointer itself, then the pointers to the elements around it; the last one is the whole text's.
fn ancestors(pointer: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(pointer), |inner| {
        inner.rfind('/').map(|slash| &inner[..slash])
    })
}

/// Walks a JSON text without recursion; of a text that is not JSON it finds less, or nothing.
struct Scanner<'a> {
    json: &'a str,
    at: usize,
    /// Of the value that is next.
    pointer: String,
    levels: Vec<Level>,
    wanted: &'a mut HashMap<String, Option<usize>>,
    longest: usize,
}

/// An object or an array that the scanner is in.
struct Level {
    /// Length of the pointer to it.
    pointer: usize,
    /// The next element of an array.
    index: Option<usize>,
    /// Whether an object's next string is a key.
    key: bool,
    /// Whether something in it may be wanted.
    open: bool,
}

impl<'a> Scanner<'a> {
    fn new(json: &'a str, wanted: &'a mut HashMap<String, Option<usize>>) -> Self {
        Self {
            json,
            at: 0,
            pointer: String::new(),
            levels: Vec::new(),
            longest: wanted.keys().map(String::len).max().unwrap_or(0),
            wanted,
        }
    }

    fn scan(mut self) {
        while let Some(byte) = self.json.as_bytes().get(self.at) {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b':' => self.at += 1,
                b',' => {
                    if let Some(level) = self.levels.last_mut() {
                        level.key = level.index.is_none();
                    }
                    self.at += 1;
                }
                b'}' | b']' => {
                    if let Some(level) = self.levels.pop() {
                        self.pointer.truncate(level.pointer);
                    }
                    self.at += 1;
                }
                b'{' | b'[' => {
                    let open = self.value();
                    self.levels.push(Level {
                        open,
                        pointer: self.pointer.len(),
                        index: (*byte == b'[').then_some(0),
                        key: *byte == b'{',
                    });
                    self.at += 1;
                }
                b'"' => self.string(),
                _ => {
                    self.value();
                    self.skip_scalar();
                }
            }
        }
    }

    /// A value begins here. Returns whether it is wanted: what is around a wanted value is, too.
    fn value(&mut self) -> bool {
        if self.levels.last().is_some_and(|level| !level.open) {
            return false;
        }
        if let Some(level) = self.levels.last_mut()
            && let Some(index) = &mut level.index
        {
            self.pointer.truncate(level.pointer);
            self.pointer.push('/');
            self.pointer.push_str(&index.to_string());
            *index += 1;
        }
        // A pointer that is longer than all wanted ones is not worth a look-up: a hostile text nests deeply.
        if self.pointer.len() > self.longest {
            return false;
        }
        let wanted = self.wanted.get_mut(&self.pointer);
        wanted.is_some_and(|offset| {
            offset.get_or_insert(self.at);
            true
        })
    }

    fn string(&mut self) {
        let start = self.at;
        let key = self.levels.last().is_some_and(|level| level.key);
        if !key {
            self.value();
        }
        self.skip_string();
        if key && let Some(level) = self.levels.last_mut() {
            level.key = false;
            if !level.open {
                return;
            }
            self.pointer.truncate(level.pointer);
            let literal = &self.json[start..self.at];
            let key: String = serde_json::from_str(literal).unwrap_or_default();
            self.pointer.push('/');
            self.pointer
                .push_str(&key.replace('~', "~0").replace('/', "~1"));
        }
    }

    /// Goes behind the closing quote, or to the end of the text.
    fn skip_string(&mut self) {
        let bytes = self.json.as_bytes();
        self.at += 1;
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b'"' => {
                    self.at += 1;
                    return;
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at = bytes.len();
    }

    /// Goes behind a number or a word.
    fn skip_scalar(&mut self) {
        let rest = &self.json.as_bytes()[self.at..];
        let end = rest
            .iter()
            .position(|byte| matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r'));
        self.at += end.unwrap_or(rest.len());
    }
}

#[cfg(test)]
mod tests {
    use {super::*, proptest::prelude::*, serde_json::Value};

    #[test]
    fn lines_count_from_1_and_a_missing_element_has_that_of_the_one_around_it() {
        let json = "{\n  \"a\": [\n    1,\n    {\"b/c\": \"x\\\"]\"}\n  ]\n}";
        let pointers = ["", "/a", "/a/1", "/a/1/b~1c", "/a/7/x", "/z"];
        let positions = Positions::find(json, pointers);
        let lines = pointers.map(|pointer| positions.line(pointer));
        assert_eq!(lines, [1, 2, 4, 4, 2, 1]);
    }

    #[test]
    fn of_two_equal_keys_the_first_counts() {
        let positions = Positions::find("{\"a\":1,\n\"a\":2}", ["/a"]);
        assert_eq!(positions.line("/a"), 1);
    }

    #[test]
    fn deep_nesting_takes_no_stack() {
        let json = "[".repeat(1_000_000);
        assert_eq!(Positions::find(&json, ["/0/0"]).offset("/0/0"), Some(2));
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<i32>().prop_map(|number| Value::from(f64::from(number) / 8.0)),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 60, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::hash_map("[a~/\"\\\\{\\[,:é]{0,3}", inner, 0..6)
                    .prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    /// Every element of a value with its pointer.
    fn elements(root: &Value) -> Vec<(String, &Value)> {
        let mut all = vec![(String::new(), root)];
        let mut next = 0;
        while let Some((pointer, value)) = all.get(next).cloned() {
            match value {
                Value::Array(items) => {
                    all.extend(
                        (0..)
                            .zip(items)
                            .map(|(i, v): (usize, _)| (format!("{pointer}/{i}"), v)),
                    );
                }
                Value::Object(members) => all.extend(members.iter().map(|(key, v)| {
                    let key = key.replace('~', "~0").replace('/', "~1");
                    (format!("{pointer}/{key}"), v)
                })),
                _ => {}
            }
            next += 1;
        }
        all
    }

    proptest! {
        #[test]
        fn every_element_is_found_where_its_value_begins(value in json(), pretty: bool) {
            let text = if pretty {
                serde_json::to_string_pretty(&value)
            } else {
                serde_json::to_string(&value)
            }
            .unwrap();
            let all = elements(&value);
            let positions = Positions::find(&text, all.iter().map(|(pointer, _)| pointer.as_str()));
            for (pointer, element) in &all {
                prop_assert_eq!(value.pointer(pointer), Some(*element));
                let offset = positions.offset(pointer).unwrap();
                let mut rest = serde_json::Deserializer::from_str(&text[offset..]).into_iter::<Value>();
                let there = rest.next().unwrap().unwrap();
                prop_assert_eq!(&there, *element);
                prop_assert_eq!(positions.line(pointer), 1 + text[..offset].matches('\n').count());
            }
        }

        #[test]
        fn any_text_is_scanned_without_panic(text in "[\\[\\]{}\",:\\\\a1é\n ]{0,60}") {
            Positions::find(&text, ["/0/a", "/a/0", ""]).line("/a/0");
        }
    }
}
