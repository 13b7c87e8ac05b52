//! Values of types without parts.

use {serde_json::Value, std::iter};

/// The longest address in base 58.
const ADDRESS_DIGITS: usize = 44;

/// A value that was read.
pub enum Scalar {
    Bool(bool),
    Unsigned(u128),
    Signed(i128),
    Single(f32),
    Double(f64),
    Address,
    /// An integer of 256 bits.
    Wide,
}

impl Scalar {
    /// Reads a value of the type with this name.
    pub fn read(name: &str, bytes: &[u8]) -> Self {
        let unsigned = || {
            let bytes = bytes.iter().rev();
            bytes.fold(0, |sum: u128, byte| sum << 8 | u128::from(*byte))
        };
        match name {
            "bool" => Self::Bool(bytes != [0]),
            "Pubkey" => Self::Address,
            "f32" => Self::Single(f32::from_bits(unsigned() as u32)),
            "f64" => Self::Double(f64::from_bits(unsigned() as u64)),
            "u8" | "u16" | "u32" | "u64" | "u128" => Self::Unsigned(unsigned()),
            "i8" | "i16" | "i32" | "i64" | "i128" => {
                let unused = 128 - 8 * bytes.len() as u32;
                Self::Signed((unsigned() << unused).cast_signed() >> unused)
            }
            _ => Self::Wide,
        }
    }
}

/// The bytes of a value of the type with this name and length; `None` if it is none. Integers are numbers, or
/// strings where JSON has none so large.
pub fn write(name: &str, len: usize, value: &Value) -> Option<Vec<u8>> {
    match name {
        "bool" => value.as_bool().map(|it| vec![it.into()]),
        "Pubkey" => value.as_str().and_then(address),
        "f32" => single(value).map(|it| it.to_le_bytes().into()),
        "f64" => double(value).map(|it| it.to_le_bytes().into()),
        "u256" | "i256" => wide(value, len).or_else(|| integer(value, name, len)),
        _ => integer(value, name, len),
    }
}

/// An integer in hexadecimal, the most significant byte first.
fn wide(value: &Value, len: usize) -> Option<Vec<u8>> {
    let mut bytes = unhex(value.as_str()?)?;
    bytes.reverse();
    (bytes.len() == len).then_some(bytes)
}

fn digits(value: &Value) -> Option<String> {
    match value {
        Value::Number(it) => Some(it.to_string()),
        Value::String(it) => Some(it.clone()),
        _ => None,
    }
}

/// An integer in `len` bytes, the least significant one first.
fn integer(value: &Value, name: &str, len: usize) -> Option<Vec<u8>> {
    let digits = digits(value)?;
    let signed = name.starts_with('i');
    let (bytes, sign) = match signed {
        true => {
            let number: i128 = digits.parse().ok()?;
            (number.to_le_bytes(), if number < 0 { 0xff } else { 0 })
        }
        false => (digits.parse::<u128>().ok()?.to_le_bytes(), 0),
    };
    let mut bytes = bytes.to_vec();
    let rest = bytes.split_off(bytes.len().min(len));
    bytes.resize(len, sign);
    let fits = rest.iter().all(|byte| *byte == sign);
    let same_sign = !signed || bytes.last().is_some_and(|last| last >> 7 == sign >> 7);
    (fits && same_sign).then_some(bytes)
}

fn double(value: &Value) -> Option<f64> {
    match value {
        Value::Number(it) => it.as_f64(),
        Value::String(it) => it.parse().ok(),
        _ => None,
    }
}

/// The closest number of 32 bits; none that is too large for them.
fn single(value: &Value) -> Option<f32> {
    let double = double(value)?;
    let single = double as f32;
    (single.is_infinite() == double.is_infinite()).then_some(single)
}

fn address(text: &str) -> Option<Vec<u8>> {
    // The time to read base 58 grows with the square of its length.
    let text = Some(text).filter(|text| text.len() <= ADDRESS_DIGITS)?;
    let bytes = bs58::decode(text).into_vec().ok()?;
    (bytes.len() == 32).then_some(bytes)
}

/// The digits of bytes behind `0x`.
pub fn hex<'a>(bytes: impl Iterator<Item = &'a u8>) -> String {
    let digits = bytes.map(|byte| format!("{byte:02x}"));
    iter::once("0x".to_owned()).chain(digits).collect()
}

/// The bytes whose digits stand behind `0x`.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("0x")?.as_bytes();
    let (pairs, rest) = digits.as_chunks::<2>();
    let value = |digit: u8| char::from(digit).to_digit(16).map(|it| it as u8);
    let byte = |[high, low]: &[u8; 2]| Some(value(*high)? << 4 | value(*low)?);
    rest.is_empty().then(|| pairs.iter().map(byte).collect())?
}
