//! Accounts of `successor` and what Rust reads from them, for the TypeScript client to read the same.
//! Recorded with `UPDATE_FIXTURES=1 cargo test -p proxy --test typescript_fixture`.

use {
    anchor_lang::AccountDeserialize,
    integration::typescript::{ACCOUNTS_OF_EACH_KIND, Random, assert_recorded, hex, list},
    successor::state::{Fee, Origin, SuccessorConfig},
    support::{bytes::exact_bytes, workspace::in_workspace},
};

#[test]
fn the_typescript_client_reads_these_accounts() {
    let mut random = Random::new(0);
    let mut accounts = Vec::new();
    for _ in 0..ACCOUNTS_OF_EACH_KIND {
        let mut data = a_successor_config(&mut random);
        random.append_stray_bytes(&mut data);
        accounts.push(successor_config(&data));
    }
    let path = in_workspace("app/tests/proxy/fixtures/accounts.json");
    assert_recorded(&path, &accounts);
}

/// What `successor` reads from the data, in JSON. 64-bit numbers are strings: JavaScript's are too small.
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

fn a_successor_config(random: &mut Random) -> Vec<u8> {
    exact_bytes(&SuccessorConfig {
        origin: Origin {
            predecessor: random.address(),
            version: random.u64() as u8,
            slot: random.number(),
        },
        authority: random.address(),
        value: random.number(),
        revision: random.number(),
        fee: Fee {
            mint: random.address(),
            amount: random.number(),
        },
        operators: random.addresses(),
    })
}
