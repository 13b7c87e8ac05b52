//! `getProgramAccounts`, from the accounts themselves: one pass over them, and no copy of one that a
//! filter leaves out.

use {
    serde::Deserialize,
    serde_json::Value,
    solana_account::ReadableAccount,
    solana_rpc_client_api::{
        config::RpcProgramAccountsConfig,
        filter::RpcFilterType,
        request::MAX_GET_PROGRAM_ACCOUNT_FILTERS,
        response::{OptionalContext, Response, RpcResponseContext},
    },
    surfpool_core::{
        jsonrpc_core::{Error, Params, Result},
        rpc::{
            RunloopContext,
            utils::{context_slot, verify_pubkey},
        },
    },
    svm_harness::Pubkey,
};

#[derive(Deserialize)]
struct Parameters(String, #[serde(default)] Option<RpcProgramAccountsConfig>);

/// Answers the method with its documented parameters, except `sortResults`: the order is arbitrary.
///
/// # Errors
/// "Invalid params" for a parameter that is none or more than four filters; error -32016 when
/// `minContextSlot` is not reached.
pub fn program_accounts(params: Params, context: Option<RunloopContext>) -> Result<Value> {
    let Parameters(program, config) = params.parse()?;
    let program: Pubkey = verify_pubkey(&program)?;
    let config = config.unwrap_or_default();
    let filters = checked(config.filters.unwrap_or_default())?;
    let accounts = config.account_config;
    let cluster = context.ok_or_else(Error::internal_error)?.svm_locker;
    let slot = context_slot(&cluster, accounts.commitment, accounts.min_context_slot)?;

    let found = cluster.with_svm_reader(|svm| {
        svm.inner
            .svm
            .accounts_db()
            .inner
            .iter()
            .filter(|(_, account)| *account.owner() == program && account.lamports() > 0)
            .filter(|(_, account)| passes(&filters, account.data()))
            .map(|(address, account)| {
                svm.account_to_rpc_keyed_account(address, account, &accounts, None)
            })
            .collect::<Vec<_>>()
    });
    let answer = if config.with_context == Some(true) {
        OptionalContext::Context(Response {
            context: RpcResponseContext::new(slot),
            value: found,
        })
    } else {
        OptionalContext::NoContext(found)
    };
    serde_json::to_value(answer).map_err(|_| Error::internal_error())
}

/// The filters with their bytes decoded.
fn checked(mut filters: Vec<RpcFilterType>) -> Result<Vec<RpcFilterType>> {
    if filters.len() > MAX_GET_PROGRAM_ACCOUNT_FILTERS {
        return Err(Error::invalid_params(format!(
            "Too many filters provided; max {MAX_GET_PROGRAM_ACCOUNT_FILTERS}"
        )));
    }
    for filter in &mut filters {
        let invalid = |error| Error::invalid_params(format!("Invalid param: {error:?}"));
        filter.verify().map_err(invalid)?;
        match filter {
            RpcFilterType::DataSize(_) => {}
            RpcFilterType::Memcmp(bytes) => bytes.convert_to_raw_bytes().map_err(invalid)?,
            RpcFilterType::TokenAccountState => {
                return Err(Error::invalid_params(
                    "tokenAccountState is not served here",
                ));
            }
        }
    }
    Ok(filters)
}

/// Whether an account with these bytes passes every filter of [`checked`].
fn passes(filters: &[RpcFilterType], data: &[u8]) -> bool {
    filters.iter().all(|filter| match filter {
        RpcFilterType::DataSize(size) => data.len() as u64 == *size,
        RpcFilterType::Memcmp(bytes) => bytes.bytes_match(data),
        RpcFilterType::TokenAccountState => false,
    })
}
