//! SHA256SUMS, in the format of `sha256sum`.

use {
    anyhow::{Context, Result, ensure},
    sha2::{Digest, Sha256},
    std::{collections::BTreeMap, fmt::Write},
};

pub const FILE: &str = "SHA256SUMS";

/// The SHA-256 of some bytes, in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("a String takes every write");
            hex
        })
}

/// The checksum file for these files.
pub fn render(files: &BTreeMap<String, Vec<u8>>) -> String {
    files
        .iter()
        .map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes)))
        .collect()
}

/// Reads a checksum file: the hash of every file it names.
pub fn parse(text: &str) -> Result<BTreeMap<String, String>> {
    let mut sums = BTreeMap::new();
    for line in text.lines() {
        let (hash, name) = line
            .split_once("  ")
            .with_context(|| format!("not a line of sha256sum: {line:?}"))?;
        ensure!(
            hash.len() == 64 && hash.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f')),
            "not a SHA-256 in lower-case hexadecimal: {hash:?}"
        );
        ensure!(
            sums.insert(name.to_owned(), hash.to_owned()).is_none(),
            "{name} is listed twice"
        );
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF_ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn renders_what_sha256sum_prints() {
        let files = BTreeMap::from([("app.so".to_owned(), b"abc".to_vec())]);
        assert_eq!(render(&files), format!("{OF_ABC}  app.so\n"));
    }

    #[test]
    fn parses_what_it_renders() {
        let files = BTreeMap::from([
            ("a".to_owned(), b"abc".to_vec()),
            ("b c".to_owned(), vec![]),
        ]);
        let sums = parse(&render(&files)).unwrap();
        assert_eq!(sums["a"], OF_ABC);
        assert_eq!(sums["b c"], sha256(b""));
        assert_eq!(sums.len(), 2);
    }

    #[test]
    fn rejects_what_sha256sum_does_not_print() {
        let upper = OF_ABC.to_uppercase();
        for text in [
            "app.so",
            &format!("{OF_ABC} app.so"),
            &format!("{}  app.so", &OF_ABC[1..]),
            &format!("{upper}  app.so"),
            &format!("{OF_ABC}  a\n{OF_ABC}  a\n"),
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
