//! `getEpochInfo` at the commitment that is asked for; Surfpool returns the newest slot at every one.

use {
    serde_json::Value,
    solana_rpc_client_api::config::RpcContextConfig,
    surfpool_core::{
        jsonrpc_core::{Error, Params, Result},
        rpc::{RunloopContext, utils::context_slot},
    },
};

/// Answers the method with its documented parameters.
///
/// # Errors
/// "Invalid params" for a parameter that is none; error -32016 when `minContextSlot` is not reached.
pub fn epoch_info(params: Params, context: Option<RunloopContext>) -> Result<Value> {
    let configs: Option<Vec<Option<RpcContextConfig>>> = params.parse()?;
    let config = configs.unwrap_or_default().into_iter().next().flatten();
    let config = config.unwrap_or_default();
    let cluster = context.ok_or_else(Error::internal_error)?.svm_locker;
    let slot = context_slot(&cluster, config.commitment, config.min_context_slot)?;
    let mut info = cluster.get_epoch_info();
    let blocks_since = info.absolute_slot.saturating_sub(slot);
    info.absolute_slot = slot;
    info.slot_index = info.slot_index.saturating_sub(blocks_since);
    info.block_height = info.block_height.saturating_sub(blocks_since);
    serde_json::to_value(info).map_err(|_| Error::internal_error())
}
