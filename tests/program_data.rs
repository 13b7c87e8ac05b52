//! The program's own `ProgramData` answers as Anchor's does, on every kind of account and length.

use {
    anchor_lang::prelude::{AccountDeserialize, ProgramData as Anchors, Pubkey},
    app::state::ProgramData,
};

fn ours(data: &[u8]) -> Result<Option<Pubkey>, String> {
    ProgramData::try_deserialize(&mut &*data)
        .map(|program_data| program_data.upgrade_authority_address)
        .map_err(|error| error.to_string())
}

fn anchors(data: &[u8]) -> Result<Option<Pubkey>, String> {
    Anchors::try_deserialize(&mut &*data)
        .map(|program_data| program_data.upgrade_authority_address)
        .map_err(|error| error.to_string())
}

/// An account of this kind: the fields in front of the program, or of the bytes that it never had.
fn account(kind: u32, option: u8) -> Vec<u8> {
    let mut data = kind.to_le_bytes().to_vec();
    data.extend(7_u64.to_le_bytes());
    data.push(option);
    data.extend([9; 32]);
    data.extend([0; 100]);
    data
}

#[test]
fn reads_the_upgrade_authority() {
    let authority = Pubkey::new_from_array([9; 32]);
    assert_eq!(ours(&account(3, 1)), Ok(Some(authority)));
    assert_eq!(ours(&account(3, 0)), Ok(None));
}

#[test]
fn answers_as_anchors_own() {
    for option in 0..=u8::MAX {
        let data = account(3, option);
        for len in 0..=data.len() {
            assert_eq!(
                ours(&data[..len]),
                anchors(&data[..len]),
                "{option}, {len} bytes"
            );
        }
    }
    for kind in [0, 2, 4, 5, 256, u32::MAX] {
        let data = account(kind, 1);
        assert_eq!(ours(&data), anchors(&data), "kind {kind}");
    }
    // A buffer begins with an option where a program's data has its slot.
    let mut buffer = account(1, 0);
    buffer[4..12].fill(0);
    assert_eq!(ours(&buffer), anchors(&buffer));
}
