//! Text for people and for markup.

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

/// Text as the content of an HTML or SVG element.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
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

    #[test]
    fn markup_is_escaped() {
        assert_eq!(escape("Vec<u8> & \"x\""), "Vec&lt;u8&gt; &amp; \"x\"");
    }
}
