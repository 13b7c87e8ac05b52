use anchor_lang::AccountSerialize;

/// The data of an account that holds this and nothing behind it.
pub fn exact_bytes(account: &impl AccountSerialize) -> Vec<u8> {
    let mut data = Vec::new();
    account
        .try_serialize(&mut data)
        .expect("a Vec takes all bytes");
    data
}
