//! The manifest: what [`idl_compat::migrations::Manifest`] declares, and how the fleet calls it.
//!
//! ```toml
//! program = "app"
//!
//! [[migration]]
//! from = "ConfigV1"
//! to = "ConfigV2"
//! instruction = "migrate"
//! account = "config"
//!
//! # How `fleet` brings a ConfigV1 forward …
//! [fleet.ConfigV1.migrate]
//! instruction = "migrate_many"        # without `account`: the accounts follow as remaining accounts
//! accounts = { upgrade_authority = "authority", payer = "payer" }
//! args = { max_top_up = "top_up" }
//!
//! # … and back.
//! [fleet.ConfigV1.rollback]
//! instruction = "rollback"
//! account = "config"                  # one instruction for each account
//! accounts = { upgrade_authority = "authority" }
//! args = { discard_v2_data = false }
//! ```
//!
//! Without `[fleet.ConfigV1.migrate]` the instruction and account of `[[migration]]` are called. An
//! account that the IDL gives an address for needs no entry. The values of `accounts`:
//!
//! | value | the account is |
//! | --- | --- |
//! | `"authority"` | the key of `--authority` |
//! | `"payer"` | the key of `--payer` |
//! | `"field:NAME"` | the address in this field of the migrated account |
//! | `"omitted"` | an optional account that is not passed |
//! | an address | that one |
//!
//! The value `"top_up"` of an argument of type `u64` is the most lamports of rent that the transaction
//! may pay.
