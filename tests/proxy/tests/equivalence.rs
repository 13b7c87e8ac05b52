//! What arrives is what was there: [`informationally_equal`] itself, and what it says of the programs.

use {
    account_migration::MigrateFrom,
    anchor_lang::AccountDeserialize,
    app::state::{ConfigV1, ConfigV2},
    integration::scene::{FUNDS, Scene, account},
    migrator::{equivalence::informationally_equal, state::OldConfig},
    proptest::{collection::vec, prelude::*, strategy::ValueTree, test_runner::TestRunner},
    proxy::{adopted::adopted, client_migrator::migrate_account, releases::deploy},
    successor::{
        instructions::AdoptArgs,
        state::{Origin, SuccessorConfig},
    },
    support::{bytes::exact_bytes, client_v2::config_address, key::key},
    svm_harness::{
        Backend, DEFAULT_LAMPORTS_PER_BYTE, Pubkey, Signer, on_both_backends, rent_exempt_minimum,
    },
};

on_both_backends!(what_arrives_holds_what_was_there);

fn address() -> impl Strategy<Value = Pubkey> {
    any::<[u8; 32]>().prop_map(Pubkey::new_from_array)
}

fn v1_of(authority: Pubkey) -> impl Strategy<Value = OldConfig> {
    any::<u64>().prop_map(move |value| OldConfig::V1(ConfigV1 { authority, value }))
}

fn v2_of(authority: Pubkey) -> impl Strategy<Value = OldConfig> {
    let numbers = (any::<u64>(), any::<u32>(), any::<u64>());
    (numbers, address(), vec(address(), 0..=16)).prop_map(
        move |((value, revision, fee), fee_mint, operators)| {
            OldConfig::V2(ConfigV2 {
                authority,
                value,
                revision,
                fee,
                fee_mint,
                operators,
            })
        },
    )
}

fn old_config() -> impl Strategy<Value = OldConfig> {
    address().prop_flat_map(|authority| prop_oneof![v1_of(authority), v2_of(authority)])
}

/// What the successor makes of the migrator's arguments.
fn successor_of(predecessor: Pubkey, old: &OldConfig, slot: u64) -> SuccessorConfig {
    let AdoptArgs {
        version,
        value,
        revision,
        fee,
        operators,
    } = old.clone().into();
    SuccessorConfig {
        origin: Origin {
            predecessor,
            version,
            slot,
        },
        authority: *old.authority(),
        value,
        revision,
        fee,
        operators,
    }
}

/// Where the slot of the adoption is in a `SuccessorConfig`: the only field that is not compared.
const SLOT: std::ops::Range<usize> = 41..49;

proptest! {
    #[test]
    fn what_the_migrator_passes_to_the_successor_is_equal(
        at in address(), old in old_config(), slot: u64
    ) {
        prop_assert!(informationally_equal(&at, &old, &successor_of(at, &old, slot)));
    }

    /// A field that was not compared would be among these bytes.
    #[test]
    fn every_byte_but_the_slot_counts(
        at in address(), old in old_config(), slot: u64, mask in 1u8..
    ) {
        let data = exact_bytes(&successor_of(at, &old, slot));
        for i in 0..data.len() {
            let mut changed = data.clone();
            changed[i] ^= mask;
            let equal = SuccessorConfig::try_deserialize(&mut &changed[..])
                .is_ok_and(|new| informationally_equal(&at, &old, &new));
            prop_assert_eq!(equal, SLOT.contains(&i), "byte {}", i);
        }
    }

    #[test]
    fn operators_count_in_number_and_order(
        at in address(), old in old_config(), slot: u64, another in address()
    ) {
        let new = successor_of(at, &old, slot);
        let changed = |change: fn(&mut Vec<Pubkey>, Pubkey)| {
            let mut changed = new.clone();
            change(&mut changed.operators, another);
            changed
        };
        for changed in [
            changed(|operators, another| operators.push(another)),
            changed(|operators, another| operators.insert(0, another)),
            changed(|operators, _| { operators.pop(); }),
            changed(|operators, _| operators.reverse()),
            changed(|operators, _| operators.clear()),
        ] {
            let equal = informationally_equal(&at, &old, &changed);
            prop_assert_eq!(equal, changed == new);
        }
    }

    /// A config that never left release 1 holds what `app`'s own migration would have written, but for
    /// its origin.
    #[test]
    fn the_two_layouts_differ(
        at in address(), authority in address(), value: u64, slot: u64
    ) {
        let v1 = OldConfig::V1(ConfigV1 { authority, value });
        let v2 = OldConfig::V2(ConfigV2::migrate_from(ConfigV1 {
            authority,
            value,
        }));
        let (of_v1, of_v2) = (successor_of(at, &v1, slot), successor_of(at, &v2, slot));
        prop_assert!(!informationally_equal(&at, &v1, &of_v2));
        prop_assert!(!informationally_equal(&at, &v2, &of_v1));

        let Origin { predecessor, slot, .. } = of_v1.origin;
        let origin = Origin { predecessor, version: 2, slot };
        prop_assert_eq!(SuccessorConfig { origin, ..of_v1 }, of_v2);
    }
}

async fn what_arrives_holds_what_was_there(backend: Backend) {
    let mut svm = Scene::without_account(backend).await.svm;
    deploy(&mut svm).await;
    let payer = key("payer");
    svm.fund(payer.pubkey(), FUNDS).await;
    let mut runner = TestRunner::deterministic();
    for number in 0..32 {
        let authority = key(&format!("authority {number}"));
        let layout = match number % 2 {
            0 => v1_of(authority.pubkey()).boxed(),
            _ => v2_of(authority.pubkey()).boxed(),
        };
        let old = layout.new_tree(&mut runner).expect("a config").current();
        let data = exact_bytes(&old);
        let lamports = rent_exempt_minimum(data.len(), DEFAULT_LAMPORTS_PER_BYTE);
        let address = config_address(&authority.pubkey());
        svm.set_account(address, account(app::ID, data, lamports))
            .await;

        let migrate = migrate_account(&authority.pubkey(), &payer.pubkey());
        let outcome = svm.send(&[migrate], &[&authority, &payer]).await;
        outcome.expect_ok();
        let new = adopted(&mut svm, &address).await;
        assert!(
            informationally_equal(&address, &old, &new),
            "{old:?}: {new:?}"
        );
    }
}
