//! Answers as nodes write them. Only what is needed is read: the rest differs between nodes.

use {
    super::super::{At, Commitment, Landed, Status},
    serde::{Deserialize, Deserializer, de::Error},
    solana_account::Account,
    solana_account_decoder_client_types::UiAccount,
    solana_hash::Hash,
    solana_pubkey::Pubkey,
    solana_rpc_client_api::response::{RpcKeyedAccount, UiTransactionError},
    solana_signature::Signature,
    solana_transaction_status_client_types::{TransactionConfirmationStatus, TransactionStatus},
    std::{borrow::Cow, fmt::Display, str::FromStr},
};

#[derive(Deserialize)]
pub struct Context {
    pub slot: u64,
}

#[derive(Deserialize)]
pub struct Contextual<T> {
    pub context: Context,
    pub value: T,
}

impl<T> Contextual<T> {
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> At<U> {
        At {
            slot: self.context.slot,
            value: f(self.value),
        }
    }
}

/// A value that is written as a string: an address, a hash, a signature.
pub struct Text<T>(pub T);

impl<'de, T: FromStr<Err: Display>> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map(Self).map_err(D::Error::custom)
    }
}

/// An account of a listing. It is decoded as it is read, so that a long listing is not held twice.
pub struct Keyed(pub (Pubkey, Account));

impl<'de> Deserialize<'de> for Keyed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let keyed = RpcKeyedAccount::deserialize(deserializer)?;
        let address = keyed.pubkey.parse().map_err(D::Error::custom)?;
        let account = keyed.account.to_account();
        let account = account.ok_or_else(|| D::Error::custom("account data is not in base64"))?;
        Ok(Self((address, account)))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyedPage {
    pub accounts: Vec<Keyed>,
    pub pagination_key: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EpochInfo {
    pub absolute_slot: u64,
    pub block_height: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Blockhash {
    pub blockhash: Text<Hash>,
    pub last_valid_block_height: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Simulated {
    pub err: Option<UiTransactionError>,
    pub logs: Option<Vec<String>>,
    pub accounts: Option<Vec<Option<UiAccount>>>,
    pub units_consumed: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrioritizationFee {
    pub prioritization_fee: u64,
}

#[derive(Deserialize)]
pub struct SignatureInfo {
    pub signature: Text<Signature>,
    pub slot: u64,
}

pub fn status(status: TransactionStatus) -> Status {
    Status {
        slot: status.slot,
        commitment: match status.confirmation_status() {
            TransactionConfirmationStatus::Processed => None,
            TransactionConfirmationStatus::Confirmed => Some(Commitment::Confirmed),
            TransactionConfirmationStatus::Finalized => Some(Commitment::Finalized),
        },
        error: status.err,
    }
}

#[derive(Deserialize)]
pub struct TransactionInfo {
    slot: u64,
    transaction: TransactionBody,
    meta: Option<Meta>,
}

#[derive(Deserialize)]
struct TransactionBody {
    message: Message,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    account_keys: Vec<Text<Pubkey>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Meta {
    err: Option<UiTransactionError>,
    fee: u64,
    pre_balances: Vec<u64>,
    post_balances: Vec<u64>,
    loaded_addresses: Option<LoadedAddresses>,
}

/// Accounts from lookup tables; their balances follow those of the message's own.
#[derive(Default, Deserialize)]
struct LoadedAddresses {
    writable: Vec<Text<Pubkey>>,
    readonly: Vec<Text<Pubkey>>,
}

impl TransactionInfo {
    /// `None` when the node does not say what every account held before and after.
    pub fn landed(self) -> Option<Landed> {
        let meta = self.meta?;
        let loaded = meta.loaded_addresses.unwrap_or_default();
        let keys: Vec<Pubkey> = self
            .transaction
            .message
            .account_keys
            .into_iter()
            .chain(loaded.writable)
            .chain(loaded.readonly)
            .map(|Text(key)| key)
            .collect();
        if meta.pre_balances.len() != keys.len() || meta.post_balances.len() != keys.len() {
            return None;
        }
        let balances = keys.into_iter().zip(meta.pre_balances);
        Some(Landed {
            slot: self.slot,
            fee: meta.fee,
            error: meta.err.map(Into::into),
            balances: balances
                .zip(meta.post_balances)
                .map(|((key, before), after)| (key, before, after))
                .collect(),
        })
    }
}
