//! Numbers for people.

use {account_layout::text::signed, std::time::Duration};

const LAMPORTS_PER_SOL: u64 = 1_000_000_000;

/// `1,234,567`
pub fn grouped(number: u64) -> String {
    signed(number.into()).split_off(1)
}

/// `1,234.5`
pub fn sol(lamports: u64) -> String {
    let fraction = format!("{:09}", lamports % LAMPORTS_PER_SOL);
    let whole = grouped(lamports / LAMPORTS_PER_SOL);
    match fraction.trim_end_matches('0') {
        "" => whole,
        fraction => format!("{whole}.{fraction}"),
    }
}

/// For an axis: `9,999`, `25k`, `1.25M`; what is behind the third digit is cut off.
pub fn short(number: u64) -> String {
    const UNITS: [(u64, char); 6] = [
        (1_000_000_000_000_000_000, 'E'),
        (1_000_000_000_000_000, 'P'),
        (1_000_000_000_000, 'T'),
        (1_000_000_000, 'G'),
        (1_000_000, 'M'),
        (1_000, 'k'),
    ];
    let unit = UNITS.iter().find(|(unit, _)| number >= *unit);
    match unit.filter(|_| number >= 10_000) {
        None => grouped(number),
        Some((unit, letter)) => {
            let hundredths = format!("{:02}", number % unit / (unit / 100));
            match hundredths.trim_end_matches('0') {
                "" => format!("{}{letter}", number / unit),
                fraction => format!("{}.{fraction}{letter}", number / unit),
            }
        }
    }
}

/// `1h 2m 5s`
pub fn duration(seconds: u64) -> String {
    humantime::format_duration(Duration::from_secs(seconds)).to_string()
}

/// `1 account`, `1,000 accounts`
pub fn counted(count: u64, one: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {one}{plural}", grouped(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(u64::MAX), "18,446,744,073,709,551,615");
        assert_eq!(counted(1, "account"), "1 account");
        assert_eq!(counted(1_000, "account"), "1,000 accounts");
    }

    #[test]
    fn lamports_are_written_in_sol_to_the_last_one() {
        assert_eq!(sol(0), "0");
        assert_eq!(sol(1), "0.000000001");
        assert_eq!(sol(334_080), "0.00033408");
        assert_eq!(sol(1_234_500_000_000), "1,234.5");
    }

    #[test]
    fn an_axis_has_short_numbers() {
        let short = [0, 9_999, 10_000, 12_500, 1_250_000, 1_000_000_000, u64::MAX].map(short);
        assert_eq!(
            short,
            ["0", "9,999", "10k", "12.5k", "1.25M", "1G", "18.44E"]
        );
    }

    #[test]
    fn a_duration_has_units() {
        assert_eq!(duration(3_725), "1h 2m 5s");
        assert_eq!(duration(0), "0s");
        assert!(!duration(u64::MAX).is_empty());
    }
}
