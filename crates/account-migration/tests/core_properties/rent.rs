use {
    account_migration::core::rent::{freed_rent, rent_exempt_minimum, top_up},
    proptest::prelude::*,
};

/// Every `u64`, with those at which arithmetic breaks more often.
fn any_lamports() -> impl Strategy<Value = u64> {
    prop_oneof![
        any::<u64>(),
        Just(0),
        Just(1),
        Just(u64::MAX - 1),
        Just(u64::MAX),
        0..10_000_000_000u64,
    ]
}

proptest! {
    #[test]
    fn minimum_is_exact_or_saturated(rate in any_lamports(), len: usize) {
        let exact = (128 + len as u128) * u128::from(rate);
        let saturated = u64::try_from(exact).unwrap_or(u64::MAX);
        prop_assert_eq!(rent_exempt_minimum(rate, len), saturated);
    }

    /// The account ends at its minimum, or where it was when it had more.
    #[test]
    fn top_up_is_exact(balance in any_lamports(), minimum in any_lamports()) {
        let paid = top_up(balance, minimum);
        prop_assert_eq!(balance.checked_add(paid), Some(balance.max(minimum)));
    }

    #[test]
    fn freed_rent_is_bounded(
        balance in any_lamports(),
        old_minimum in any_lamports(),
        new_minimum in any_lamports(),
    ) {
        let refund = freed_rent(balance, old_minimum, new_minimum);
        prop_assert!(refund <= old_minimum.saturating_sub(new_minimum), "only what shrinking freed");
        let left = balance.checked_sub(refund).expect("no more than the account has");
        prop_assert!(refund == 0 || left >= new_minimum, "the account stays rent-exempt");
        // And no less than that: an account at its old minimum gives up all that was freed.
        if balance >= old_minimum && old_minimum >= new_minimum {
            prop_assert_eq!(refund, old_minimum - new_minimum);
        }
    }
}

/// 48 and 96 bytes at the two rents mainnet has had.
#[test]
fn known_minimums() {
    assert_eq!(rent_exempt_minimum(6_960, 48), 1_224_960);
    assert_eq!(rent_exempt_minimum(6_960, 96), 1_559_040);
    assert_eq!(rent_exempt_minimum(5_080, 48), 894_080);
    assert_eq!(rent_exempt_minimum(5_080, 96), 1_137_920);
}
