//! What several of these tests ask.

use {
    crate::scene::{Fleet, Scene},
    solana_rpc_client_api::response::RpcConfirmedTransactionStatusWithSignature,
    std::{path::Path, time::Duration},
    svm_harness::{Pubkey, Signer},
};

/// Short: most of these tests wait for finality.
pub const SLOT_TIME: Duration = Duration::from_millis(20);

impl Fleet {
    pub fn without(mut self, option: &str) -> Self {
        self.options.remove(option);
        self
    }

    /// The command cannot do its work, says this, and makes or removes no journal.
    #[track_caller]
    pub fn fails(&self, message: &str) {
        let journal = Path::new(&self.options["--journal"]);
        let is_there = journal.exists();
        let printed = self.ends(2);
        assert_eq!(printed.err, format!("error: {message}\n"));
        assert_eq!(printed.out, "");
        assert_eq!(journal.exists(), is_there);
    }
}

impl Scene {
    /// As [`Fleet::fails`]; and nothing was sent.
    #[track_caller]
    pub fn rejects(&self, fleet: &Fleet, message: &str) {
        let before = self.spent();
        fleet.fails(message);
        assert_eq!(self.spent(), before);
    }

    /// Of those who could pay: lamports, and signatures of their transactions.
    pub fn spent(&self) -> Vec<(u64, Vec<String>)> {
        let authority = self.localnet.upgrade_authority().pubkey();
        let one = |address: Pubkey| {
            let lamports = self.rpc.get_balance(&address).expect("a balance");
            let found = self.rpc.get_signatures_for_address(&address);
            let signature = |one: RpcConfirmedTransactionStatusWithSignature| one.signature;
            let signatures = found.expect("signatures").into_iter().map(signature);
            (lamports, signatures.collect())
        };
        [self.payer.pubkey(), authority].map(one).into()
    }

    /// Bytes of each config.
    pub fn data(&self) -> Vec<Vec<u8>> {
        self.accounts().map(|account| account.data).collect()
    }
}
