use {
    crate::claim::Claim,
    account_migration::RETIRED,
    proxy::successor::{self, state::SuccessorConfig},
    svm_harness::Pubkey,
};

/// The config is retired: its discriminator is left, and says so.
pub fn retired(address: Pubkey) -> Claim {
    Claim {
        address,
        account: Some((app::ID, RETIRED.to_vec())),
        text: "retired".to_owned(),
    }
}

/// The successor of the config that `config` comes from is `config`.
pub fn successor_is(config: &SuccessorConfig) -> Claim {
    let address = SuccessorConfig::find_address(&config.origin.predecessor).0;
    let text = format!(
        "successor: value {}, revision {}",
        config.value, config.revision
    );
    Claim::holds(address, successor::ID, config, text)
}

#[cfg(test)]
mod tests {
    use {super::*, app::state::ConfigV2, std::fs, support::workspace::in_workspace};

    /// The picture is drawn from the IDLs.
    #[test]
    fn layouts_have_the_lengths_of_the_picture() {
        let picture = fs::read_to_string(in_workspace(super::super::SEQUEL.picture)).unwrap();
        assert_eq!(ConfigV2::space_with(0), 96);
        assert_eq!(SuccessorConfig::space_with(0), 141);
        for text in [
            ">ConfigV2<",
            ">96 bytes or more<",
            ">SuccessorConfig<",
            ">141 bytes or more<",
        ] {
            assert!(picture.contains(text), "{text}");
        }
    }
}
