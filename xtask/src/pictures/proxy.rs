//! The migration by proxy.

use super::Picture;

pub const CONFIG_V2_TO_SUCCESSOR: Picture = Picture {
    file: "docs/config-v2-to-successor.svg",
    old: ("releases/v2/app.json", "ConfigV2"),
    new: ("releases/proxy/successor.json", "SuccessorConfig"),
    kept: "kept at another place",
    added: "new: where it came from",
    more: &[
        "--renamed",
        "fee=fee.amount",
        "--renamed",
        "fee_mint=fee.mint",
        // The discriminator of a retired config, which is all that is left of it.
        "--left-behind",
        "8",
    ],
};
