//! The bytes of a config in `successor`, written out, and the account that holds them.

use {
    integration::bad_input::{Fields, Holds, Keys, Kind, Target, operators},
    svm_harness::{Pubkey, Signer},
};

const DISCRIMINATOR: [u8; 8] = [215, 225, 189, 254, 129, 155, 253, 148];

/// Bytes of a config without operators.
pub const LEN: usize = 141;

/// A config of `successor` at the address of a key.
pub const SUCCESSOR_CONFIG: Target = Target {
    program: successor::ID,
    address: |keys| keys.config.pubkey(),
    lengths: [
        0, 1, 7, 8, 9, 48, 96, 140, 141, 142, 172, 173, 174, 204, 205, 652, 653, 654, 10_240,
    ],
    data,
};

/// Where a config came from.
pub struct Source {
    pub predecessor: Pubkey,
    pub version: u8,
    pub slot: u64,
}

/// A config that came from there and holds this.
pub fn bytes(source: &Source, revision: u64, fields: &Fields) -> Vec<u8> {
    let mut data = DISCRIMINATOR.to_vec();
    data.extend(source.predecessor.to_bytes());
    data.push(source.version);
    data.extend(source.slot.to_le_bytes());
    data.extend(fields.authority.to_bytes());
    data.extend(fields.value.to_le_bytes());
    data.extend(revision.to_le_bytes());
    data.extend(fields.fee_mint.to_bytes());
    data.extend(fields.fee.to_le_bytes());
    data.extend(operators(&fields.operators));
    data
}

/// Where the config that had this address in `app` is.
pub fn address(predecessor: &Pubkey) -> Pubkey {
    Pubkey::find_program_address(&[b"config", predecessor.as_ref()], &successor::ID).0
}

/// What a config holds before the instruction; the last revision is that of `successor`.
pub fn config(holds: Holds, keys: &Keys, value: u64, changes: u64) -> Vec<u8> {
    let source = Source {
        predecessor: keys.payer.pubkey(),
        version: 2,
        slot: 1,
    };
    let revision = match holds {
        Holds::Revision => u64::MAX,
        _ => 0,
    };
    let fields = Fields {
        value,
        ..holds.fields(keys)
    };
    let mut data = bytes(&source, revision.wrapping_add(changes), &fields);
    holds.miscount(&mut data[LEN - 4..LEN]);
    data
}

/// As [`Kind::data`], for an account of this program.
fn data(kind: Kind, keys: &Keys, len: usize) -> Vec<u8> {
    let mut data = match kind {
        Kind::V2(holds) => config(holds, keys, 3, 0),
        _ => {
            let mut data = config(Holds::Nothing, keys, 3, 0);
            kind.change_discriminator(&mut data[..8], DISCRIMINATOR);
            data
        }
    };
    data.resize(data.len().max(len), 0xaa);
    data.truncate(len);
    data
}
