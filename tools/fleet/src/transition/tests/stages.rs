//! What an account is, and what it lacks.

use super::*;

#[test]
fn the_layouts_of_this_program() {
    let transition = migrate_all();
    let described = |it: &AccountType| (it.name.clone(), it.data_len, it.address_offset);
    let (v1, v2) = (
        ("ConfigV1".to_owned(), 48, Some(8)),
        ("ConfigV2".to_owned(), 96, Some(8)),
    );
    assert_eq!(
        (described(&transition.from), described(&transition.to)),
        (v1.clone(), v2.clone())
    );
    assert_eq!(
        (transition.size, &transition.table[..]),
        (None, "fleet.ConfigV1.migrate")
    );
    assert_eq!(transition.program_id, app_id());
    assert_eq!(
        transition.program_data(),
        "14J1TXMeN5wv58FGcbFepJP58GbjrJyPJBWzuXSrWz6C".parse().ok()
    );
    assert!(transition.needs_authority() && transition.limits_top_up());

    let back = roll_back();
    assert_eq!((described(&back.from), described(&back.to)), (v2, v1));
    assert_eq!(back.table, "fleet.ConfigV1.rollback");
    assert!(back.needs_authority() && !back.limits_top_up());

    let shop = shop::upgrade();
    assert_eq!(described(&shop.from), ("ItemV1".to_owned(), 73, Some(4)));
    assert_eq!(described(&shop.to), ("ItemV2".to_owned(), 300, Some(2)));
    assert_eq!((shop.size, shop.program_data()), (Some(200), None));
}

#[test]
fn the_discriminator_tells_the_stage() {
    let transition = migrate_all();
    let (_, mut account) = config(1, 0);
    assert_eq!(transition.stage(None), Stage::Closed);
    assert_eq!(transition.stage(Some(&account)), Stage::Old);
    assert_eq!(roll_back().stage(Some(&account)), Stage::New);
    account.data[..8].copy_from_slice(&transition.to.discriminator);
    assert_eq!(transition.stage(Some(&account)), Stage::New);
    assert_eq!(roll_back().stage(Some(&account)), Stage::Old);
    account.data.truncate(7);
    assert_eq!(transition.stage(Some(&account)), Stage::Other);
    account.data.clear();
    assert_eq!(transition.stage(Some(&account)), Stage::Other);
    account.owner = Pubkey::default();
    assert_eq!(transition.stage(Some(&account)), Stage::Closed);
}

#[test]
fn what_an_account_lacks_depends_on_the_rent() {
    let (old, new) = (6_960, 5_080);
    let lacks = |transition: &Transition, lamports, lamports_per_byte| {
        transition.shortfall(&config(1, lamports).1, Rent { lamports_per_byte })
    };
    let transition = migrate_all();
    assert_eq!(lacks(&transition, 176 * old, old), 48 * old);
    assert_eq!(lacks(&transition, 176 * old, new), 0);
    assert_eq!(lacks(&transition, 176 * new, new), 48 * new);
    assert_eq!(lacks(&roll_back(), 224 * old, old), 0);
    assert_eq!(lacks(&roll_back(), 0, old), 176 * old);
}
