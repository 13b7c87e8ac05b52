//! A node over JSON-RPC.
//!
//! The requests are made here and not by `solana-rpc-client`: its sender repeats what a node limits by
//! itself and uncounted, hides how long the node asks to wait, and builds a tree of every answer first.

mod errors;
mod http;
mod wire;

use {
    self::{
        http::Http,
        wire::{
            Contextual, EpochInfo, Keyed, KeyedPage, PrioritizationFee, SignatureInfo, Simulated,
            Text, TransactionInfo,
        },
    },
    super::{
        Answer, At, Cluster, ClusterError, Commitment, Height, Landed, LatestBlockhash, Lookup,
        Page, Query, Simulation, Status,
    },
    base64::{Engine, prelude::BASE64_STANDARD},
    serde_json::{Value, json},
    solana_account::Account,
    solana_account_decoder_client_types::UiAccount,
    solana_hash::Hash,
    solana_pubkey::Pubkey,
    solana_rpc_client_api::filter::Memcmp,
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
    solana_transaction_status_client_types::TransactionStatus,
    std::time::Duration,
};

pub use self::http::NoUrl;

/// Signatures in an answer to `getSignaturesForAddress`: what nodes allow at most.
const SIGNATURES_PER_PAGE: usize = 1_000;
/// The newest there is: other people's transactions are read too.
const TRANSACTION_VERSION: u8 = 1;

/// See the [module](self).
pub struct RpcCluster {
    http: Http,
}

impl RpcCluster {
    /// A node that is given up on when it has not answered a request after `timeout`.
    pub fn new(url: &str, timeout: Duration) -> Result<Self, NoUrl> {
        Ok(Self {
            http: Http::new(url, timeout)?,
        })
    }
}

impl Cluster for RpcCluster {
    async fn genesis_hash(&self) -> Answer<Hash> {
        let Text(hash) = self.http.call("getGenesisHash", json!([])).await?;
        Ok(hash)
    }

    async fn height(&self, commitment: Commitment) -> Answer<Height> {
        let params = json!([{ "commitment": name(commitment) }]);
        let EpochInfo {
            absolute_slot,
            block_height,
        } = self.http.call("getEpochInfo", params).await?;
        Ok(Height {
            slot: absolute_slot,
            block_height,
        })
    }

    async fn latest_blockhash(&self) -> Answer<LatestBlockhash> {
        let params = json!([{ "commitment": name(Commitment::Confirmed) }]);
        let answer: Contextual<wire::Blockhash> =
            self.http.call("getLatestBlockhash", params).await?;
        Ok(LatestBlockhash {
            hash: answer.value.blockhash.0,
            last_valid_block_height: answer.value.last_valid_block_height,
        })
    }

    async fn rent_exempt_minimum(&self, data_len: u64) -> Answer<u64> {
        let params = json!([data_len]);
        self.http
            .call("getMinimumBalanceForRentExemption", params)
            .await
    }

    async fn program_accounts(&self, query: &Query) -> Answer<At<Vec<(Pubkey, Account)>>> {
        let params = json!([
            query.program_id.to_string(),
            {
                "encoding": "base64",
                "commitment": name(query.commitment),
                "withContext": true,
                "filters": filters(query),
            },
        ]);
        let answer: Contextual<Vec<Keyed>> = self.http.call("getProgramAccounts", params).await?;
        Ok(answer.map(accounts_of))
    }

    async fn program_accounts_page(
        &self,
        query: &Query,
        cursor: Option<&str>,
        limit: usize,
    ) -> Answer<Page> {
        let mut config = json!({
            "encoding": "base64",
            "commitment": name(query.commitment),
            "withContext": true,
            "filters": filters(query),
            "limit": limit,
        });
        if let Some(cursor) = cursor {
            config["paginationKey"] = json!(cursor);
        }
        let params = json!([query.program_id.to_string(), config]);
        let answer: Contextual<KeyedPage> = self.http.call("getProgramAccountsV2", params).await?;
        Ok(Page {
            slot: answer.context.slot,
            accounts: accounts_of(answer.value.accounts),
            next: answer.value.pagination_key,
        })
    }

    async fn accounts(
        &self,
        addresses: &[Pubkey],
        commitment: Commitment,
        min_slot: u64,
    ) -> Answer<At<Vec<Option<Account>>>> {
        const METHOD: &str = "getMultipleAccounts";
        let params = json!([
            texts(addresses),
            {
                "encoding": "base64",
                "commitment": name(commitment),
                "minContextSlot": min_slot,
            },
        ]);
        let answer: Contextual<Vec<Option<UiAccount>>> = self.http.call(METHOD, params).await?;
        if answer.context.slot < min_slot {
            return Err(errors::stale(METHOD, answer.context.slot, min_slot));
        }
        let values = all_decoded(METHOD, answer.value, addresses.len())?;
        Ok(At {
            slot: answer.context.slot,
            value: values,
        })
    }

    async fn account_start(
        &self,
        address: &Pubkey,
        len: usize,
        commitment: Commitment,
    ) -> Answer<At<Option<Vec<u8>>>> {
        const METHOD: &str = "getAccountInfo";
        let params = json!([
            address.to_string(),
            {
                "encoding": "base64",
                "commitment": name(commitment),
                "dataSlice": { "offset": 0, "length": len },
            },
        ]);
        let answer: Contextual<Option<UiAccount>> = self.http.call(METHOD, params).await?;
        let account = answer
            .value
            .map(|value| decoded(METHOD, value))
            .transpose()?;
        Ok(At {
            slot: answer.context.slot,
            value: account.map(|mut account| {
                account.data.truncate(len);
                account.data
            }),
        })
    }

    async fn simulate(
        &self,
        transaction: &VersionedTransaction,
        accounts: &[Pubkey],
    ) -> Answer<Simulation> {
        const METHOD: &str = "simulateTransaction";
        let params = json!([
            encoded(METHOD, transaction)?,
            {
                "encoding": "base64",
                "commitment": name(Commitment::Confirmed),
                "sigVerify": false,
                "replaceRecentBlockhash": true,
                "accounts": { "encoding": "base64", "addresses": texts(accounts) },
            },
        ]);
        let answer: Contextual<Simulated> = self.http.call(METHOD, params).await?;
        let Simulated {
            err,
            logs,
            accounts: after,
            units_consumed,
        } = answer.value;
        // A transaction that fails before it runs has neither accounts nor compute units.
        let failed = err.is_some();
        let after = after.or_else(|| failed.then(|| vec![None; accounts.len()]));
        Ok(Simulation {
            slot: answer.context.slot,
            error: err.map(Into::into),
            logs: logs.unwrap_or_default(),
            compute_units: units_consumed
                .or_else(|| failed.then_some(0))
                .ok_or_else(|| errors::lacks(METHOD, "`unitsConsumed`"))?,
            accounts: all_decoded(METHOD, after.unwrap_or_default(), accounts.len())?,
        })
    }

    async fn send(&self, transaction: &VersionedTransaction) -> Answer<()> {
        const METHOD: &str = "sendTransaction";
        let params = json!([
            encoded(METHOD, transaction)?,
            {
                "encoding": "base64",
                "skipPreflight": false,
                "preflightCommitment": name(Commitment::Confirmed),
                "maxRetries": 0,
            },
        ]);
        match self.http.call::<Text<Signature>>(METHOD, params).await {
            Ok(_) => Ok(()),
            Err(error) if errors::is_already_processed(&error) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn statuses(
        &self,
        signatures: &[Signature],
        lookup: Lookup,
    ) -> Answer<At<Vec<Option<Status>>>> {
        const METHOD: &str = "getSignatureStatuses";
        let params = json!([
            texts(signatures),
            { "searchTransactionHistory": lookup == Lookup::Ledger },
        ]);
        let answer: Contextual<Vec<Option<TransactionStatus>>> =
            self.http.call(METHOD, params).await?;
        if answer.value.len() != signatures.len() {
            return Err(errors::wrong_count(
                METHOD,
                signatures.len(),
                answer.value.len(),
            ));
        }
        Ok(answer.map(|statuses| {
            statuses
                .into_iter()
                .map(|status| status.map(wire::status))
                .collect()
        }))
    }

    async fn recent_prioritization_fees(&self, addresses: &[Pubkey]) -> Answer<Vec<u64>> {
        let params = json!([texts(addresses)]);
        let fees: Vec<PrioritizationFee> = self
            .http
            .call("getRecentPrioritizationFees", params)
            .await?;
        Ok(fees.into_iter().map(|fee| fee.prioritization_fee).collect())
    }

    async fn signatures_of(&self, address: &Pubkey, after_slot: u64) -> Answer<Vec<Signature>> {
        const METHOD: &str = "getSignaturesForAddress";
        let mut found: Vec<Signature> = Vec::new();
        loop {
            let mut config = json!({
                "commitment": name(Commitment::Finalized),
                "limit": SIGNATURES_PER_PAGE,
            });
            if let Some(before) = found.last() {
                config["before"] = json!(before.to_string());
            }
            let params = json!([address.to_string(), config]);
            let page: Vec<SignatureInfo> = self.http.call(METHOD, params).await?;
            let is_last = page.len() < SIGNATURES_PER_PAGE;
            let earlier = found.len();
            found.extend(
                page.iter()
                    .take_while(|info| info.slot > after_slot)
                    .map(|info| info.signature.0),
            );
            if is_last || found.len() - earlier < page.len() {
                return Ok(found);
            }
            if earlier > 0 && found[earlier - 1] == found[found.len() - 1] {
                return Err(errors::same_page(METHOD));
            }
        }
    }

    async fn transaction(&self, signature: &Signature) -> Answer<Option<Landed>> {
        const METHOD: &str = "getTransaction";
        let params = json!([
            signature.to_string(),
            {
                "encoding": "json",
                "commitment": name(Commitment::Finalized),
                "maxSupportedTransactionVersion": TRANSACTION_VERSION,
            },
        ]);
        let answer: Option<TransactionInfo> = self.http.call(METHOD, params).await?;
        answer
            .map(|info| {
                info.landed()
                    .ok_or_else(|| errors::lacks(METHOD, "the balances of every account"))
            })
            .transpose()
    }
}

fn name(commitment: Commitment) -> &'static str {
    match commitment {
        Commitment::Confirmed => "confirmed",
        Commitment::Finalized => "finalized",
    }
}

fn texts<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(T::to_string).collect()
}

fn filters(query: &Query) -> Value {
    let memcmp = |offset: u64, bytes: &[u8]| {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        json!({ "memcmp": Memcmp::new_base58_encoded(offset, bytes) })
    };
    let mut filters = vec![memcmp(0, &query.discriminator)];
    if let Some(len) = query.data_len {
        filters.push(json!({ "dataSize": len }));
    }
    if let Some((offset, bytes)) = &query.partition {
        filters.push(memcmp(*offset, bytes));
    }
    Value::Array(filters)
}

fn accounts_of(keyed: Vec<Keyed>) -> Vec<(Pubkey, Account)> {
    keyed.into_iter().map(|Keyed(account)| account).collect()
}

fn decoded(method: &str, account: UiAccount) -> Answer<Account> {
    account
        .to_account()
        .ok_or_else(|| errors::lacks(method, "account data in base64"))
}

fn all_decoded(
    method: &str,
    accounts: Vec<Option<UiAccount>>,
    asked: usize,
) -> Answer<Vec<Option<Account>>> {
    if accounts.len() != asked {
        return Err(errors::wrong_count(method, asked, accounts.len()));
    }
    accounts
        .into_iter()
        .map(|account| account.map(|account| decoded(method, account)).transpose())
        .collect()
}

fn encoded(method: &str, transaction: &VersionedTransaction) -> Answer<String> {
    wincode::serialize(transaction)
        .map(|bytes| BASE64_STANDARD.encode(bytes))
        .map_err(|error| ClusterError::Rejected(format!("{method}: no transaction: {error}")))
}

#[cfg(test)]
mod tests;
