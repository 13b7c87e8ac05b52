//! Surfpool, started and ended: its run loop, its WebSocket server, and an HTTP server with its methods
//! of which two, `getEpochInfo` and `getProgramAccounts`, are replaced.

use {
    crate::{
        epoch_info::epoch_info, owner_index::NoOwnerIndex, program_accounts::program_accounts,
    },
    anyhow::{Context, Result, anyhow, bail},
    crossbeam_channel::{Receiver, Sender, unbounded},
    std::{
        net::{SocketAddr, TcpListener},
        sync::Arc,
        thread,
        time::Duration,
    },
    surfpool_core::{
        jsonrpc_core::{MetaIoHandler, Params},
        jsonrpc_http_server::{DomainsValidation, Server, ServerBuilder},
        rpc::{
            RunloopContext, SurfpoolMiddleware,
            accounts_data::{AccountsData, SurfpoolAccountsDataRpc},
            accounts_scan::{AccountsScan, SurfpoolAccountsScanRpc},
            bank_data::{BankData, SurfpoolBankDataRpc},
            full::{Full, SurfpoolFullRpc},
            minimal::{Minimal, SurfpoolMinimalRpc},
            surfnet_cheatcodes::{SurfnetCheatcodes, SurfnetCheatcodesRpc},
        },
        runloops::start_local_surfnet_runloop,
        surfnet::{
            locker::SurfnetSvmLocker,
            svm::{SurfnetSvm, SurfnetSvmConfig},
        },
    },
    surfpool_types::{
        BlockProductionMode, RpcConfig, SimnetCommand, SimnetConfig, SimnetEvent, SurfpoolConfig,
    },
    tokio::runtime::Runtime,
};

/// When the cluster makes a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocks {
    /// One after each transaction, and then as many as it takes to finalize it.
    PerTransaction,
    /// One each time that this has passed; at least a millisecond.
    Every(Duration),
}

/// Threads that serve HTTP.
const HTTP_THREADS: usize = 6;
/// Bytes that a request may have.
const MAX_REQUEST: usize = 15 * 1024 * 1024;
/// Ports that are looked at for two in a row.
const PORTS_TRIED: usize = 100;
/// What Surfpool lets pass between two blocks when no clock drives them, in milliseconds.
const SHORTEST_SLOT: u64 = 1;

/// A running cluster; it ends when this is dropped.
pub struct Node {
    pub svm: SurfnetSvmLocker,
    commands: Sender<SimnetCommand>,
    /// Taken when the node ends.
    http: Option<Server>,
}

impl Node {
    /// Starts a cluster that serves JSON-RPC at `port` of this machine and subscriptions at the next.
    ///
    /// # Errors
    /// When one of the two ports is taken or the cluster does not start.
    pub fn start(port: u16, blocks: Blocks) -> Result<Self> {
        let (mode, slot_time) = match blocks {
            Blocks::PerTransaction => (BlockProductionMode::Transaction, SHORTEST_SLOT),
            Blocks::Every(time) => (
                BlockProductionMode::Clock,
                u64::try_from(time.as_millis())?.max(SHORTEST_SLOT),
            ),
        };
        check_free(port)?;
        let rpc = RpcConfig {
            bind_host: "127.0.0.1".to_owned(),
            // Surfpool's own HTTP server, which nobody calls.
            bind_port: free_port()?,
            ws_port: port
                .checked_add(1)
                .context("the last port has none behind it")?,
            ..RpcConfig::default()
        };
        check_free(rpc.ws_port)?;

        let (mut svm, events, geyser_events) = SurfnetSvm::new(SurfnetSvmConfig {
            slot_time,
            // It executes each instruction on a copy of every account.
            instruction_profiling_enabled: false,
            ..SurfnetSvmConfig::default()
        })
        .map_err(|error| anyhow!("the local cluster does not start: {error}"))?;
        svm.accounts_by_owner = Box::new(NoOwnerIndex);
        let svm = SurfnetSvmLocker::new(svm);
        let (commands, received_commands) = unbounded();

        let config = SurfpoolConfig {
            simnets: vec![SimnetConfig {
                offline_mode: true,
                remote_rpc_url: None,
                slot_time,
                block_production_mode: mode,
                instruction_profiling_enabled: false,
                ..SimnetConfig::default()
            }],
            rpc: rpc.clone(),
            ..SurfpoolConfig::default()
        };
        let runtime = Runtime::new().context("no threads for the local cluster")?;
        let (run_svm, run_commands) = (svm.clone(), commands.clone());
        thread::spawn(move || {
            let run = start_local_surfnet_runloop(
                run_svm,
                config,
                run_commands,
                received_commands,
                geyser_events,
            );
            // Of a failed start the events tell; afterwards it has nobody to tell.
            let _ = runtime.block_on(run);
        });
        wait_for_start(&events)?;
        let http = serve(port, &rpc, &svm, &commands)?;
        Ok(Self {
            svm,
            commands,
            http: Some(http),
        })
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // The server ends runtimes, which must not happen where asynchronous code runs.
        let http = self.http.take();
        let _ = thread::spawn(move || drop(http)).join();
        let _ = self.commands.send(SimnetCommand::Terminate(None));
    }
}

fn wait_for_start(events: &Receiver<SimnetEvent>) -> Result<()> {
    loop {
        match events.recv().context("the local cluster does not start")? {
            SimnetEvent::CoreStarted(_) => return Ok(()),
            SimnetEvent::Aborted(reason) => bail!("the local cluster does not start: {reason}"),
            _ => {}
        }
    }
}

fn serve(
    port: u16,
    config: &RpcConfig,
    svm: &SurfnetSvmLocker,
    commands: &Sender<SimnetCommand>,
) -> Result<Server> {
    let (plugins, _) = unbounded();
    let middleware = SurfpoolMiddleware::new(svm.clone(), commands, config, &None, plugins);
    let mut methods = MetaIoHandler::with_middleware(middleware);
    let cheatcodes = SurfnetCheatcodesRpc {
        registered_methods: Arc::default(),
    };
    methods.extend_with(cheatcodes.to_delegate());
    methods.extend_with(SurfpoolMinimalRpc.to_delegate());
    methods.extend_with(SurfpoolFullRpc.to_delegate());
    methods.extend_with(SurfpoolAccountsDataRpc.to_delegate());
    methods.extend_with(SurfpoolAccountsScanRpc.to_delegate());
    methods.extend_with(SurfpoolBankDataRpc.to_delegate());
    methods.add_method_with_meta(
        "getEpochInfo",
        |params: Params, context: Option<RunloopContext>| async { epoch_info(params, context) },
    );
    methods.add_method_with_meta(
        "getProgramAccounts",
        |params: Params, context: Option<RunloopContext>| async {
            program_accounts(params, context)
        },
    );
    ServerBuilder::new(methods)
        .cors(DomainsValidation::Disabled)
        .threads(HTTP_THREADS)
        .max_request_body_size(MAX_REQUEST)
        .start_http(&address(port))
        .with_context(|| format!("port {port} is taken: pass another --port"))
}

/// The servers bind so that another process may bind too, and would not notice.
fn check_free(port: u16) -> Result<()> {
    TcpListener::bind(address(port))
        .with_context(|| format!("port {port} is taken: pass another --port"))?;
    Ok(())
}

/// A port of this machine that nobody listens at now, nor at the next.
///
/// # Errors
/// When there is none.
pub fn free_port() -> Result<u16> {
    for _ in 0..PORTS_TRIED {
        let listener = TcpListener::bind(address(0)).context("no port is free")?;
        let port = listener.local_addr()?.port();
        if port
            .checked_add(1)
            .is_some_and(|next| check_free(next).is_ok())
        {
            return Ok(port);
        }
    }
    bail!("no two ports in a row are free")
}

fn address(port: u16) -> SocketAddr {
    ([127, 0, 0, 1], port).into()
}
