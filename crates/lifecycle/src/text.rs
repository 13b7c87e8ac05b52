//! Text for markup.

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
    fn markup_is_escaped() {
        assert_eq!(escape("Vec<u8> & \"x\""), "Vec&lt;u8&gt; &amp; \"x\"");
    }
}
