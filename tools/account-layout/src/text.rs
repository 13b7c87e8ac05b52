//! Text for people.

/// A signed number with its thousands apart: `+1,224,960`.
pub fn signed(number: i128) -> String {
    let sign = if number < 0 { '-' } else { '+' };
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(sign);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Text without what controls a terminal or is not allowed in XML.
pub fn printable(text: &str) -> String {
    let printable = |c: char| {
        let allowed = !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
        if allowed { c } else { '\u{fffd}' }
    };
    text.chars().map(printable).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(signed(0), "+0");
        assert_eq!(signed(-999), "-999");
        assert_eq!(signed(1_000), "+1,000");
        assert_eq!(signed(-1_224_960), "-1,224,960");
    }
}
