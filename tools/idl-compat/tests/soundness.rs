//! What `compare` calls compatible is read the same: random values of random types are written by one
//! release and read by the other, as Borsh and as zero-copy memory. And `Reader` takes each field from
//! where it was written.
//!
//! `IDL_COMPAT_CASES` sets the number of pairs of types, `IDL_COMPAT_SEED` the first one's seed.

#[path = "soundness/bytes.rs"]
mod bytes;
#[path = "soundness/model.rs"]
mod model;
#[path = "soundness/random.rs"]
mod random;

use {
    account_layout::{Layout, ReadIdl, Reader},
    bytes::{Failure, Token, Written, read, write},
    idl_compat::{Assumptions, Report, Severity, compare},
    model::{Use, World},
    random::Random,
    std::collections::{HashMap, HashSet},
};

/// Values that are written of each type of a pair that is called compatible.
const VALUES: usize = 6;

fn variable(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| {
        value
            .parse()
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    })
}

#[test]
fn what_is_called_compatible_is_read_the_same() {
    let (first, cases) = (
        variable("IDL_COMPAT_SEED", 0),
        variable("IDL_COMPAT_CASES", 2_500),
    );
    let (mut compatible, mut changed, mut values) = (0, 0, 0);
    for seed in first..first + cases {
        let mut random = Random::new(seed);
        let old = World::random(&mut random);
        let new = old.changed(&mut random);
        let all = [Use::Account, Use::Arguments, Use::Returns, Use::Event];
        // Only accounts are zero-copy.
        for role in all.into_iter().take(if old.memory { 1 } else { 4 }) {
            let case = Case {
                seed,
                role,
                old: &old,
                new: &new,
            };
            if let Some(read) = case.check(&mut random) {
                compatible += 1;
                changed += u64::from(old != new);
                values += read;
            }
        }
    }
    println!(
        "{cases} pairs of types: {compatible} uses compatible, {changed} of them with a change; {values} values read"
    );
    assert!(
        compatible >= cases / 2 && changed >= cases / 4,
        "too few pairs are compatible to prove anything"
    );
}

#[test]
fn a_reader_takes_each_field_from_where_it_was_written() {
    let (first, cases) = (
        variable("IDL_COMPAT_SEED", 0),
        variable("IDL_COMPAT_CASES", 2_500),
    );
    let (mut fields, mut rejected) = (0, 0);
    for seed in first..first + cases {
        let mut random = Random::new(seed);
        let world = World::random(&mut random);
        let text = world.idl(Use::Account).to_string();
        let idl = ReadIdl::read(text.as_bytes(), "idl.json").unwrap().idl;
        let exact = Layout::of(&idl, "Root").unwrap().exact;
        let reader = Reader::of(&idl, "Root");
        assert_eq!(reader.is_ok(), exact, "seed {seed}: {text}");
        let Ok(reader) = reader else { continue };
        for _ in 0..VALUES {
            let written = write(&world, &mut random);
            let mut data = [&[1, 2, 3, 4, 5, 6, 7, 8], &written.bytes[..]].concat();
            let values = reader.read(&data).unwrap();
            let mut at = 8;
            for value in &values {
                let start = value.bytes.as_ptr() as usize - data.as_ptr() as usize;
                let inner = format!("{}.", value.field.path);
                let is_part = |token: &&Token| {
                    token.path == value.field.path || token.path.starts_with(&inner)
                };
                let parts: Vec<_> = written.tokens.iter().filter(is_part).collect();
                let end = parts.last().map_or(start, |last| 8 + last.at + last.len);
                let padding = start + value.bytes.len() - end;
                assert!(
                    start == parts.first().map_or(start, |first| 8 + first.at)
                        && start >= at
                        && (padding == 0 || world.memory && padding < 32),
                    "seed {seed}: {value:?} is {parts:?} of {written:?}, {text}",
                );
                at = start + value.bytes.len();
                let shown = value.to_string();
                assert!(!shown.is_empty(), "seed {seed}: {value:?}");
                fields += 1;
            }
            let garbage: Vec<u8> = (0..random.index(200)).map(|_| random.byte()).collect();
            let garbage = [&data[..8], &garbage].concat();
            for value in reader.read(&garbage).unwrap_or_default() {
                assert!(
                    value.to_string().len() <= 100 + 1_000 * garbage.len(),
                    "seed {seed}"
                );
            }
            // Neither reads more or less than the other out of bytes that are wrong.
            let wrong = 8 + random.index(data.len() - 7);
            data.truncate(wrong.max(8 + random.index(data.len() - 7)));
            if let Some(byte) = data.get_mut(wrong) {
                *byte = random.byte();
            }
            let model = read(&world, &data[8..], written.wide).map(|read| read.len);
            let read = reader.read(&data);
            rejected += u64::from(read.is_err());
            // The model knows that Borsh has no NaN.
            if model != Err(Failure::Invalid) || read.is_err() {
                assert_eq!(
                    model.is_ok(),
                    read.is_ok(),
                    "seed {seed}: {data:?} {read:?} {text}"
                );
            }
        }
    }
    println!("{fields} fields read, {rejected} accounts with wrong bytes rejected");
    assert!(
        fields > cases * 5 && rejected > cases / 2,
        "too few values prove anything"
    );
}

/// A pair of types in one use.
struct Case<'w> {
    seed: u64,
    role: Use,
    old: &'w World,
    new: &'w World,
}

/// What is assumed of an account.
#[derive(Default)]
struct Assumed {
    live: Option<bool>,
    allocated: Option<u64>,
    created: Option<u64>,
    zero_filled: Option<bool>,
    variants_stored: Option<bool>,
}

impl Assumed {
    fn random(random: &mut Random) -> Self {
        let mut assumed = Self::default();
        if random.one_in(2) {
            return assumed;
        }
        let flag = |random: &mut Random| random.one_in(2).then(|| random.one_in(2));
        // Mostly what lets a change through.
        assumed.live = if random.one_in(4) { flag(random) } else { None };
        assumed.zero_filled = if random.one_in(4) {
            flag(random)
        } else {
            Some(true)
        };
        assumed.allocated = random.one_in(2).then(|| 8 + random.below(160));
        assumed.created = random.one_in(2).then(|| 8 + random.below(160));
        assumed.variants_stored = flag(random);
        assumed
    }

    fn toml(&self) -> String {
        let mut toml = "[accounts.Root]\n".to_owned();
        let flags = [
            ("live", self.live),
            ("zero_filled", self.zero_filled),
            ("variants_stored", self.variants_stored),
        ];
        for (name, value) in flags
            .iter()
            .filter_map(|(name, value)| Some((name, (*value)?)))
        {
            toml.push_str(&format!("{name} = {value}\n"));
        }
        for (name, value) in [("allocated", self.allocated), ("created", self.created)] {
            toml.extend(value.map(|value| format!("{name} = {value}\n")));
        }
        toml
    }
}

impl Case<'_> {
    /// The number of values that were read, if the pair is called compatible.
    fn check(&self, random: &mut Random) -> Option<u64> {
        let assumed = if self.role == Use::Account {
            Assumed::random(random)
        } else {
            Assumed::default()
        };
        let toml = if self.role == Use::Account {
            assumed.toml()
        } else {
            String::new()
        };
        let assumptions = Assumptions::parse(&toml).unwrap();
        let [old, new] = [self.old, self.new].map(|world| {
            let text = world.idl(self.role).to_string();
            ReadIdl::read(text.as_bytes(), "idl.json")
                .unwrap_or_else(|error| panic!("{error}: {text}"))
                .idl
        });
        let report = Report::new(compare(&old, &new, &assumptions));
        if report.severity() > Some(Severity::Notable) {
            return None;
        }
        let paths = [self.old.paths(), self.new.paths()];
        let mut values = 0;
        for _ in 0..VALUES {
            let result = match self.role {
                Use::Account => self.account(&assumed, &paths, random),
                Use::Arguments => self.old_to_new(&paths, random),
                Use::Returns | Use::Event => self.new_to_old(&paths, random),
            };
            match result {
                Ok(read) => values += read,
                Err(problem) => panic!(
                    "seed {} as {:?} is called compatible, but {problem}\nassumptions: {toml}\nfindings: {:#?}\nold: {}\nnew: {}",
                    self.seed,
                    self.role,
                    report
                        .findings
                        .iter()
                        .map(|finding| &finding.message)
                        .collect::<Vec<_>>(),
                    self.old.idl(self.role),
                    self.new.idl(self.role),
                ),
            }
        }
        Some(values)
    }

    /// An old client's arguments: the program ignores what is behind the last one that it knows.
    fn old_to_new(&self, paths: &[HashSet<String>; 2], random: &mut Random) -> Result<u64, String> {
        let written = write(self.old, random);
        let read = read(self.new, &written.bytes, written.wide)
            .map_err(|failure| format!("arguments: {failure:?}"))?;
        same(
            &written,
            &written.bytes,
            &read.tokens,
            [&paths[0], &paths[1]],
            Behind::Nothing,
        )?;
        Ok(1)
    }

    /// What the new release returns or logs, for an old client.
    fn new_to_old(&self, paths: &[HashSet<String>; 2], random: &mut Random) -> Result<u64, String> {
        let written = write(self.new, random);
        let read = read(self.old, &written.bytes, written.wide)
            .map_err(|failure| format!("{:?}: {failure:?}", self.role))?;
        same(
            &written,
            &written.bytes,
            &read.tokens,
            [&paths[1], &paths[0]],
            Behind::Nothing,
        )?;
        if self.role == Use::Returns && read.len != written.bytes.len() {
            return Err("bytes are left behind the returned value".to_owned());
        }
        Ok(1)
    }

    fn account(
        &self,
        assumed: &Assumed,
        paths: &[HashSet<String>; 2],
        random: &mut Random,
    ) -> Result<u64, String> {
        let mut values = 0;
        let before = write(self.old, random);
        if assumed.live != Some(false) {
            let allocated =
                usize::try_from(assumed.allocated.unwrap_or(0).saturating_sub(8)).unwrap_or(0);
            let mut spares = vec![allocated.saturating_sub(before.bytes.len())];
            spares.extend((random.one_in(2)).then(|| spares[0] + random.index(40)));
            for spare in spares {
                let garbage = assumed.zero_filled != Some(true) && random.one_in(2);
                let mut data = before.bytes.clone();
                data.extend((0..spare).map(|_| if garbage { random.byte() } else { 0 }));
                let read = read(self.new, &data, before.wide).map_err(|failure| {
                    format!("a live account of {} bytes: {failure:?}", 8 + data.len())
                })?;
                same(
                    &before,
                    &data,
                    &read.tokens,
                    [&paths[0], &paths[1]],
                    Behind::Zeros,
                )?;
                values += 1;
            }
        }
        let after = write(self.new, random);
        let created = assumed
            .created
            .map(|created| usize::try_from(created - 8).unwrap_or(0));
        if created.is_none_or(|created| created >= after.bytes.len()) {
            let mut data = after.bytes.clone();
            data.resize(created.unwrap_or(data.len()), 0);
            match read(self.old, &data, after.wide) {
                Ok(read) => same(
                    &after,
                    &data,
                    &read.tokens,
                    [&paths[1], &paths[0]],
                    Behind::Anything,
                )?,
                Err(Failure::Variant) if assumed.variants_stored == Some(false) => {}
                Err(failure) => {
                    return Err(format!(
                        "a new account of {} bytes: {failure:?}",
                        8 + data.len()
                    ));
                }
            }
            values += 1;
        }
        Ok(values)
    }
}

/// What a reader may find behind what was written.
#[derive(Clone, Copy, PartialEq)]
enum Behind {
    Nothing,
    Zeros,
    Anything,
}

/// Whether each thing that is read is what was written there. Names must not change sides: bytes of `a`
/// that are read as `b` are misread if `b` was there before, or `a` still is.
fn same(
    written: &Written,
    data: &[u8],
    read: &[Token],
    [writer, reader]: [&HashSet<String>; 2],
    behind: Behind,
) -> Result<(), String> {
    let at: HashMap<usize, &Token> = written
        .tokens
        .iter()
        .filter(|token| token.len > 0)
        .map(|token| (token.at, token))
        .collect();
    for token in read.iter().filter(|token| token.len > 0) {
        let bytes = &data[token.at..token.at + token.len];
        let Some(was) = at.get(&token.at) else {
            let is_behind = token.at >= written.end;
            let kept = token
                .path
                .rsplit('.')
                .next()
                .is_some_and(|name| name.starts_with("_reserved"));
            let allowed = match behind {
                Behind::Nothing => false,
                Behind::Zeros => is_behind && bytes.iter().all(|byte| *byte == 0),
                Behind::Anything => is_behind || kept,
            };
            if allowed {
                continue;
            }
            return Err(format!(
                "nothing was written where {token:?} is read: {bytes:?}"
            ));
        };
        if behind == Behind::Anything && token.path.contains("_reserved") {
            continue;
        }
        if (was.kind, was.len) != (token.kind, token.len) {
            return Err(format!("{was:?} is read as {token:?}"));
        }
        if was.path != token.path && (reader.contains(&was.path) || writer.contains(&token.path)) {
            return Err(format!("`{}` is read as `{}`", was.path, token.path));
        }
    }
    Ok(())
}
