//! Why a run stops before it is done.

use {
    std::sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thiserror::Error,
};

/// Asks a run to stop: what was sent is followed to its end, nothing new is sent.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum StopReason {
    #[error("it was interrupted: go on with `fleet resume`")]
    Interrupted,
    #[error(
        "the next transaction costs up to {cost} lamports, and {left} are left of --max-lamports {max}: raise it"
    )]
    Budget { cost: u64, left: u64, max: u64 },
    #[error("{0} accounts were taken up, as many as this run may: go on with `fleet resume`")]
    MaxAccounts(u64),
    #[error(
        "the payer has {balance} lamports, and the next transaction takes up to {needed} with the payer's own rent: fund it"
    )]
    Payer { balance: u64, needed: u64 },
    #[error(
        "the program was deployed anew in slot {0}, after the plan was made: plan again with a new journal"
    )]
    ProgramUpgraded(u64),
    #[error(
        "{0} accounts were quarantined: read their reasons, then go on with `fleet resume --max-quarantined`"
    )]
    TooManyQuarantined(u64),
    #[error("the node does not know blockhashes that it handed out itself: use another --url")]
    NodeBehind,
    #[error(
        "accounts in the old layout are still being made: stop the clients or instructions that make them, then `fleet resume`"
    )]
    StillGrowing,
    #[error("a transaction was rejected: {0}")]
    Rejected(String),
}
