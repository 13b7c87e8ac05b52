//! What each rejection says.

use {account_migration::Rejection, std::collections::BTreeSet};

const ALL: [Rejection; 16] = [
    Rejection::Uninitialized,
    Rejection::Retired,
    Rejection::AlreadyMigrated,
    Rejection::UnknownVersion,
    Rejection::Truncated,
    Rejection::Corrupt,
    Rejection::NotWritable,
    Rejection::Aliased,
    Rejection::Duplicate,
    Rejection::PayerCannotPay,
    Rejection::InsufficientFunds,
    Rejection::TopUpAboveLimit,
    Rejection::BelowRentExemption,
    Rejection::TooLarge,
    Rejection::GrowFirst,
    Rejection::NotMigrated,
];

#[test]
fn no_two_rejections_say_the_same() {
    let messages: BTreeSet<_> = ALL.map(|rejection| rejection.to_string()).into();
    assert_eq!(messages.len(), ALL.len());
    assert!(!messages.contains(""));
}
