//! Another program: a call for each account, with addresses of its fields, arguments and a composite.

use {
    super::*,
    account_layout::ReadIdl,
    serde_json::{Value, json},
};

pub(crate) const MANIFEST: &str = r#"
program = "shop"

[[migration]]
from = "ItemV1"
to = "ItemV2"
instruction = "upgrade"
account = "item"

[fleet.ItemV1.migrate]
data_len = 300
size = 200
args = { mode = 3, note = "moved", limit = "top_up" }

[fleet.ItemV1.migrate.accounts]
owner = "field:owner"
clerk = "field:staff.clerk"
admin.key = "authority"
admin.payer = "payer"
vault = "Stake11111111111111111111111111111111111111"
log = "omitted"
"#;

pub(crate) fn program_id() -> Pubkey {
    address(5)
}

pub(crate) fn json() -> Value {
    let system = "11111111111111111111111111111111";
    json!({
        "address": program_id().to_string(),
        "metadata": { "name": "shop", "version": "1.0.0", "spec": "0.1.0" },
        "instructions": [
            { "name": "upgrade", "discriminator": [1, 2, 3], "args": [
                { "name": "mode", "type": "u8" },
                { "name": "note", "type": { "option": "string" } },
                { "name": "limit", "type": "u64" },
            ], "accounts": [
                { "name": "item", "writable": true },
                { "name": "owner" },
                { "name": "admin", "accounts": [
                    { "name": "key", "signer": true },
                    { "name": "payer", "signer": true, "writable": true },
                ] },
                { "name": "clerk", "writable": true },
                { "name": "vault", "writable": true },
                { "name": "log", "writable": true, "optional": true },
                { "name": "system_program", "address": system },
            ] },
            { "name": "upgrade_all", "discriminator": [4], "args": [], "accounts": [
                { "name": "key", "signer": true },
                { "name": "witness", "signer": true, "optional": true },
                { "name": "guide" },
            ] },
            { "name": "tidy", "discriminator": [5], "args": [], "accounts": [
                { "name": "item", "writable": true },
            ] },
            { "name": "peek", "discriminator": [6], "args": [], "accounts": [{ "name": "item" }] },
            { "name": "own", "discriminator": [7], "args": [], "accounts": [
                { "name": "item", "writable": true, "signer": true },
                { "name": "rent", "address": "rent" },
            ] },
        ],
        "accounts": [
            { "name": "ItemV1", "discriminator": [10, 1] },
            { "name": "ItemV2", "discriminator": [10, 2] },
            { "name": "Receipt", "discriminator": [11, 1] },
        ],
        "errors": [
            { "code": 6000, "name": "Closed", "msg": "The shop is closed" },
            { "code": 6001, "name": "Sold" },
            { "code": 3012, "name": "Odd", "msg": "A number that Anchor uses too" },
        ],
        "types": [
            { "name": "ItemV1", "type": { "kind": "struct", "fields": [
                { "name": "price", "type": "u16" },
                { "name": "owner", "type": "pubkey" },
                { "name": "tags", "type": { "vec": "string" } },
                { "name": "staff", "type": { "defined": { "name": "Staff" } } },
            ] } },
            { "name": "ItemV2", "type": { "kind": "struct", "fields": [
                { "name": "owner", "type": "pubkey" },
                { "name": "price", "type": "u64" },
                { "name": "tags", "type": { "vec": "string" } },
                { "name": "stock", "type": "u8" },
            ] } },
            { "name": "Staff", "type": { "kind": "struct", "fields": [
                { "name": "clerk", "type": "pubkey" }, { "name": "guards", "type": "u8" },
            ] } },
            { "name": "Receipt", "type": { "kind": "struct" } },
        ],
    })
}

pub(crate) fn idl(json: &Value) -> Idl {
    ReadIdl::read(json.to_string().as_bytes(), "shop.json")
        .unwrap()
        .idl
}

pub(crate) fn upgrade() -> Transition {
    Transition::read(MANIFEST, &idl(&json()), Direction::Migrate, None).unwrap()
}

/// An item of `address(number)` with an owner and a clerk of its own.
pub(crate) fn item(number: u8, lamports: u64) -> (Pubkey, Account) {
    let data = [
        &[10, 1, 7, 0][..],
        &[number.wrapping_add(100); 32],
        &[1, 0, 0, 0, 2, 0, 0, 0, b'o', b'k'],
        &[number.wrapping_add(200); 32],
        &[4],
    ];
    let account = Account {
        lamports,
        data: data.concat(),
        owner: program_id(),
        ..Account::default()
    };
    (address(number), account)
}
