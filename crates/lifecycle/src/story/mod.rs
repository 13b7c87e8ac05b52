//! The steps, in order, on real programs.

mod in_place;
mod proxy;

use {
    crate::{cast::Cast, narrator::Narrator, step::Step},
    anyhow::Result,
    std::pin::Pin,
    support::releases::release,
    svm_harness::{Backend, Svm},
};

/// Lamports that each signer starts with.
const FUNDS: u64 = 10_000_000_000;
/// Mainnet's rent when the accounts were made, in lamports per byte.
const RENT_AT_RELEASE_1: u64 = 6_960;
/// Mainnet's rent after it fell, in lamports per byte.
const RENT_LATER: u64 = 5_080;
/// The fee of `update_v2` in base units of a token.
const FEE: u64 = 250_000;

/// The picture of the migration in place.
pub const PICTURE: &str = "docs/config-v1-to-v2.svg";

/// What may follow the migration in place.
pub const SEQUELS: &[Sequel] = &[
    // Each in a folder of its own.
    proxy::SEQUEL,
];

/// Goes on where [`in_place`](Story::in_place) ends, with every config a `ConfigV1`.
pub struct Sequel {
    /// Its name on the command line; a section of the documentation `lifecycle-NAME` shows it.
    pub name: &'static str,
    pub about: &'static str,
    pub picture: &'static str,
    pub play: for<'a> fn(&'a mut Story) -> Playing<'a>,
}

/// A sequel that is being played. It fails at the first step that did not do what it claims.
pub type Playing<'a> = Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

pub struct Story {
    narrator: Narrator,
    cast: Cast,
}

impl Story {
    /// Release 1 is deployed, and nobody has called it.
    pub async fn begin() -> Self {
        let svm = Svm::start_with_rent(Backend::Loader, &release(1), RENT_AT_RELEASE_1).await;
        let cast = Cast::new(svm.upgrade_authority());
        let mut narrator = Narrator::new(svm);
        for actor in cast.everybody() {
            narrator.svm.fund(actor.address, FUNDS).await;
            narrator.name(actor.address, actor.name);
            narrator.name(actor.config, format!("{}'s config", actor.name));
        }
        narrator.event(
            "deploy release 1 through the upgradeable loader",
            format!("rent {RENT_AT_RELEASE_1} lamports per byte"),
        );
        Self { narrator, cast }
    }

    pub fn into_steps(self) -> Vec<Step> {
        self.narrator.into_steps()
    }
}
