//! What others do to the fleet meanwhile.

use {
    crate::machine::Release,
    demo::{client_v1, client_v2},
    solana_hash::Hash,
    solana_instruction::Instruction,
    solana_message::{Message, VersionedMessage},
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
    std::sync::Arc,
};

/// The authority of a config, and the config.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    pub key: Pubkey,
    pub config: Pubkey,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Sends(Action),
    /// Lamports per byte from now on.
    Rent(u64),
    Upgrade(Release),
}

/// A transaction of somebody who is not the fleet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A client of release 1 makes a config.
    Initialize(Owner, u64),
    /// A client of release 1 sets the value, whichever layout the config has.
    Update(Owner, u64),
    Close(Owner),
    /// The owner migrates, before or after the fleet does.
    Migrate(Owner),
    /// As many operators; the config grows by 32 bytes for each.
    SetOperators(Owner, u8),
    /// Lamports from one account to another.
    Transfer {
        from: Pubkey,
        to: Pubkey,
        lamports: u64,
    },
}

impl Action {
    fn signer(&self) -> Pubkey {
        match self {
            Self::Initialize(owner, _)
            | Self::Update(owner, _)
            | Self::Close(owner)
            | Self::Migrate(owner)
            | Self::SetOperators(owner, _) => owner.key,
            Self::Transfer { from, .. } => *from,
        }
    }

    fn instruction(&self) -> Instruction {
        match self {
            Self::Initialize(owner, value) => client_v1::initialize(&owner.key, *value),
            Self::Update(owner, value) => client_v1::update(&owner.key, *value),
            Self::Close(owner) => client_v1::close(&owner.key),
            Self::Migrate(owner) => client_v2::migrate(&owner.config, &owner.key, &owner.key),
            Self::SetOperators(owner, count) => {
                client_v2::set_operators(&owner.key, &operators(*count))
            }
            Self::Transfer { from, to, lamports } => {
                solana_system_interface::instruction::transfer(from, to, *lamports)
            }
        }
    }

    /// The machines do not verify signatures: `number` makes one transaction differ from another.
    pub fn transaction(&self, number: u64, blockhash: Hash) -> Arc<VersionedTransaction> {
        let message =
            Message::new_with_blockhash(&[self.instruction()], Some(&self.signer()), &blockhash);
        let mut signature = [0xff; 64];
        signature[..8].copy_from_slice(&number.to_le_bytes());
        let count = usize::from(message.header.num_required_signatures);
        Arc::new(VersionedTransaction {
            signatures: vec![Signature::from(signature); count],
            message: VersionedMessage::Legacy(message),
        })
    }
}

/// The first operators; each its own address.
pub fn operators(count: u8) -> Vec<Pubkey> {
    (1..=count)
        .map(|number| Pubkey::new_from_array([number; 32]))
        .collect()
}
