//! Accounts and what Rust reads from them, for the TypeScript clients to read the same. They are random,
//! but the same on every machine.

use {
    anchor_lang::prelude::Pubkey,
    std::{env, fs, path::Path},
};

pub const ACCOUNTS_OF_EACH_KIND: usize = 100;

/// Asserts that a file holds these accounts, a JSON array with one per line, or puts them there when the
/// environment has `UPDATE_FIXTURES`.
///
/// # Panics
/// When the file holds something else.
pub fn assert_recorded(path: &Path, accounts: &[String]) {
    let fixture = format!("[\n{}\n]\n", accounts.join(",\n"));
    if env::var_os("UPDATE_FIXTURES").is_some() {
        fs::write(path, &fixture).expect("the fixture is writable");
    }
    let recorded = fs::read_to_string(path).expect("the fixture is readable");
    assert!(
        fixture == recorded,
        "{} is out of date: record it with UPDATE_FIXTURES=1",
        path.display()
    );
}

pub fn hex(data: &[u8]) -> String {
    data.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Addresses as a JSON array.
pub fn list(addresses: &[Pubkey]) -> String {
    let addresses: Vec<String> = addresses.iter().map(|a| format!("\"{a}\"")).collect();
    format!("[{}]", addresses.join(","))
}

/// Numbers that are random, but the same on every machine: SplitMix64.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.u64() % limit as u64) as usize
    }

    pub fn bytes<const LEN: usize>(&mut self) -> [u8; LEN] {
        std::array::from_fn(|_| self.u64() as u8)
    }

    /// The smallest, the largest, or any.
    pub fn number(&mut self) -> u64 {
        match self.below(4) {
            0 => 0,
            1 => u64::MAX,
            _ => self.u64(),
        }
    }

    pub fn address(&mut self) -> Pubkey {
        match self.below(8) {
            0 => Pubkey::default(),
            _ => Pubkey::new_from_array(self.bytes()),
        }
    }

    pub fn addresses(&mut self) -> Vec<Pubkey> {
        (0..self.below(17)).map(|_| self.address()).collect()
    }

    pub fn append_stray_bytes(&mut self, data: &mut Vec<u8>) {
        if self.below(3) == 0 {
            data.extend(self.bytes::<5>());
        }
    }
}
