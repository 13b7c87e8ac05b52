//! Accounts of `app` and what Rust reads from them, for the TypeScript clients to read the same
//! (`app/tests/v2/decoders.test.ts`). Recorded with
//! `UPDATE_FIXTURES=1 cargo test -p integration --test typescript_fixture`.

use {
    app::{
        error::ConfigError,
        state::{AnyConfig, ConfigV1, ConfigV2},
    },
    integration::typescript::{ACCOUNTS_OF_EACH_KIND, Random, assert_recorded, hex, list},
    support::{bytes::exact_bytes, workspace::in_workspace},
};

#[test]
fn the_typescript_clients_read_these_accounts() {
    let mut random = Random::new(0);
    let mut accounts = Vec::new();
    for _ in 0..ACCOUNTS_OF_EACH_KIND {
        let (v1, v2) = (config_v1(&mut random), config_v2(&mut random));
        let damaged_v1 = damaged(&mut random, &v1);
        let damaged_v2 = damaged(&mut random, &v2);
        for mut data in [v1, v2] {
            random.append_stray_bytes(&mut data);
            accounts.push(config(&data));
        }
        accounts.push(config(&damaged_v1));
        accounts.push(config(&damaged_v2));
    }
    assert_recorded(&in_workspace("app/tests/fixtures/accounts.json"), &accounts);
}

/// What `app` reads from the data, in JSON. 64-bit numbers are strings: JavaScript's are too small.
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

fn config_v1(random: &mut Random) -> Vec<u8> {
    exact_bytes(&ConfigV1 {
        authority: random.address(),
        value: random.number(),
    })
}

fn config_v2(random: &mut Random) -> Vec<u8> {
    exact_bytes(&ConfigV2 {
        authority: random.address(),
        value: random.number(),
        revision: random.number() as u32,
        fee: random.number(),
        fee_mint: random.address(),
        operators: random.addresses(),
    })
}

/// What no program leaves behind, but anybody may pass.
fn damaged(random: &mut Random, data: &[u8]) -> Vec<u8> {
    let mut data = data.to_vec();
    match random.below(6) {
        0 => data.truncate(random.below(data.len())),
        1 => {
            let (byte, bit) = (random.below(8), random.below(8));
            data[byte] ^= 1_u8 << bit;
        }
        2 => data[..8].fill(0),
        3 => data = vec![0xff; 7 + random.below(3)],
        // Where a ConfigV2 counts its operators.
        4 if data.len() >= 96 => data[92..96].copy_from_slice(&random.bytes::<4>()),
        _ => data = random.bytes::<96>()[..random.below(97)].to_vec(),
    }
    data
}
