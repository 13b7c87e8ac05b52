use {
    agave_feature_set::{FeatureSet, disable_sbpf_v0_v1_v2_deployment},
    anchor_lang::prelude::Pubkey,
    litesvm::LiteSVM,
    std::env,
};

/// The environment variable that chooses the features of every cluster: `pending`, or unset for
/// mainnet's.
pub const SWITCH: &str = "SVM_FEATURES";

/// Pending features that stay off.
const LEFT_OFF: &[Pubkey] = &[
    // The loader would refuse every binary of SBPF v0, as which programs are built until then:
    // "Detected sbpf_version required by the executable which are not enabled".
    disable_sbpf_v0_v1_v2_deployment::ID,
];

/// Which of the runtime's features are active.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Features {
    /// Those that LiteSVM knows to be active on mainnet.
    Mainnet,
    /// Every feature of this Agave, so also what mainnet has not activated yet: virtual address space
    /// adjustments, direct mapping, more calls within calls, and the rest.
    Pending,
}

impl Features {
    /// What [`SWITCH`] says.
    ///
    /// # Panics
    /// When it says something else than `pending`.
    pub fn chosen() -> Self {
        match env::var_os(SWITCH) {
            None => Self::Mainnet,
            Some(value) if value == "pending" => Self::Pending,
            Some(value) => panic!("{SWITCH} is {value:?}: set it to pending, or not at all"),
        }
    }

    pub(crate) fn set(self) -> FeatureSet {
        match self {
            Self::Mainnet => LiteSVM::mainnet_feature_set(),
            Self::Pending => {
                let mut features = FeatureSet::all_enabled();
                for feature in LEFT_OFF {
                    features.deactivate(feature);
                }
                features
            }
        }
    }
}
