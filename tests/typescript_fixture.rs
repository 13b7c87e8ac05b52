//! Accounts and what Rust reads from them, for the TypeScript clients to read the same
//! (`app/tests/v2/decoders.test.ts`). They are random, but the same on every machine, and recorded with
//! `UPDATE_FIXTURES=1 cargo test -p integration --test typescript_fixture`.

use {
    anchor_lang::{AccountDeserialize, prelude::Pubkey},
    app::{
        error::ConfigError,
        state::{AnyConfig, ConfigV1, ConfigV2},
    },
    integration::scene::exact_bytes,
    successor::state::{Fee, Origin, SuccessorConfig},
    testkit::release::in_workspace,
};

const ACCOUNTS_OF_EACH_KIND: usize = 100;

#[test]
fn the_typescript_clients_read_these_accounts() {
    let path = in_workspace("app/tests/fixtures/accounts.json");
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        std::fs::write(&path, fixture()).expect("the fixture is writable");
    }
    let recorded = std::fs::read_to_string(path).expect("the fixture is readable");
    assert!(
        fixture() == recorded,
        "app/tests/fixtures/accounts.json is stale: record it with UPDATE_FIXTURES=1"
    );
}

/// A JSON array with an account per line. 64-bit numbers are strings: JavaScript's are too small.
fn fixture() -> String {
    let mut random = Random(0);
    let mut lines = Vec::new();
    for _ in 0..ACCOUNTS_OF_EACH_KIND {
        let (v1, v2) = (random.config_v1(), random.config_v2());
        let damaged_v1 = random.damaged(&v1);
        let damaged_v2 = random.damaged(&v2);
        for mut data in [v1, v2] {
            random.append_stray_bytes(&mut data);
            lines.push(config(&data));
        }
        lines.push(config(&damaged_v1));
        lines.push(config(&damaged_v2));
        let mut data = random.successor_config();
        random.append_stray_bytes(&mut data);
        lines.push(successor_config(&data));
    }
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// What `app` reads from the data.
fn config(data: &[u8]) -> String {
    let hex = hex(data);
    match AnyConfig::read(data) {
        Ok(AnyConfig::V1(ConfigV1 { authority, value })) => format!(
            r#"{{"data":"{hex}","kind":"V1","fields":{{"authority":"{authority}","value":"{value}"}}}}"#
        ),
        Ok(AnyConfig::V2(ConfigV2 {
            authority,
            value,
            revision,
            fee,
            fee_mint,
            operators,
        })) => {
            let operators = list(&operators);
            format!(
                r#"{{"data":"{hex}","kind":"V2","fields":{{"authority":"{authority}","value":"{value}","revision":{revision},"fee":"{fee}","feeMint":"{fee_mint}","operators":{operators}}}}}"#
            )
        }
        Err(rejection) => {
            let error = ConfigError::from(rejection).name();
            format!(r#"{{"data":"{hex}","kind":"error","error":"{error}"}}"#)
        }
    }
}

/// What `successor` reads from the data.
fn successor_config(data: &[u8]) -> String {
    let SuccessorConfig {
        origin: Origin {
            predecessor,
            version,
            slot,
        },
        authority,
        value,
        revision,
        fee: Fee { mint, amount },
        operators,
    } = SuccessorConfig::try_deserialize(&mut &*data).expect("it is a SuccessorConfig");
    let (hex, operators) = (hex(data), list(&operators));
    format!(
        r#"{{"data":"{hex}","kind":"SuccessorConfig","fields":{{"origin":{{"predecessor":"{predecessor}","version":{version},"slot":"{slot}"}},"authority":"{authority}","value":"{value}","revision":"{revision}","fee":{{"mint":"{mint}","amount":"{amount}"}},"operators":{operators}}}}}"#
    )
}

fn hex(data: &[u8]) -> String {
    data.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn list(addresses: &[Pubkey]) -> String {
    let addresses: Vec<String> = addresses.iter().map(|a| format!("\"{a}\"")).collect();
    format!("[{}]", addresses.join(","))
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.u64() % limit as u64) as usize
    }

    fn bytes<const LEN: usize>(&mut self) -> [u8; LEN] {
        std::array::from_fn(|_| self.u64() as u8)
    }

    /// The smallest, the largest, or any.
    fn number(&mut self) -> u64 {
        match self.below(4) {
            0 => 0,
            1 => u64::MAX,
            _ => self.u64(),
        }
    }

    fn address(&mut self) -> Pubkey {
        match self.below(8) {
            0 => Pubkey::default(),
            _ => Pubkey::new_from_array(self.bytes()),
        }
    }

    fn addresses(&mut self) -> Vec<Pubkey> {
        (0..self.below(17)).map(|_| self.address()).collect()
    }

    fn config_v1(&mut self) -> Vec<u8> {
        exact_bytes(&ConfigV1 {
            authority: self.address(),
            value: self.number(),
        })
    }

    fn config_v2(&mut self) -> Vec<u8> {
        exact_bytes(&ConfigV2 {
            authority: self.address(),
            value: self.number(),
            revision: self.number() as u32,
            fee: self.number(),
            fee_mint: self.address(),
            operators: self.addresses(),
        })
    }

    fn successor_config(&mut self) -> Vec<u8> {
        exact_bytes(&SuccessorConfig {
            origin: Origin {
                predecessor: self.address(),
                version: self.u64() as u8,
                slot: self.number(),
            },
            authority: self.address(),
            value: self.number(),
            revision: self.number(),
            fee: Fee {
                mint: self.address(),
                amount: self.number(),
            },
            operators: self.addresses(),
        })
    }

    /// What no program leaves behind, but anybody may pass.
    fn damaged(&mut self, data: &[u8]) -> Vec<u8> {
        let mut data = data.to_vec();
        match self.below(6) {
            0 => data.truncate(self.below(data.len())),
            1 => {
                let (byte, bit) = (self.below(8), self.below(8));
                data[byte] ^= 1_u8 << bit;
            }
            2 => data[..8].fill(0),
            3 => data = vec![0xff; 7 + self.below(3)],
            // Where a ConfigV2 counts its operators.
            4 if data.len() >= 96 => data[92..96].copy_from_slice(&self.bytes::<4>()),
            _ => data = self.bytes::<96>()[..self.below(97)].to_vec(),
        }
        data
    }

    fn append_stray_bytes(&mut self, data: &mut Vec<u8>) {
        if self.below(3) == 0 {
            data.extend(self.bytes::<5>());
        }
    }
}
