//! A cluster in this process that clients call over JSON-RPC and WebSocket: Surfpool, offline, with
//! mainnet's features, able to hold 100,000 accounts of one program. Programs are deployed and upgraded by
//! the upgradeable loader.
//!
//! Everything here blocks: call it outside asynchronous code.

mod configs;
mod epoch_info;
mod node;
mod owner_index;
mod program_accounts;

pub use {
    configs::{Configs, LOWERED_LAMPORTS_PER_BYTE},
    node::{Blocks, free_port},
};

use {
    crate::node::Node,
    anyhow::{Context, Result, anyhow},
    solana_account::Account,
    solana_loader_v3_interface::{
        get_program_data_address,
        instruction::{self as loader, MINIMUM_EXTEND_PROGRAM_BYTES},
        state::UpgradeableLoaderState,
    },
    solana_rent::Rent,
    solana_sdk_ids::bpf_loader_upgradeable,
    solana_transaction::Transaction,
    std::{fs, path::Path},
    surfpool_core::solana_rpc_client::rpc_client::RpcClient,
    svm_harness::{Instruction, Keypair, Program, Pubkey, Signer},
    testkit::key::key,
};

/// Lamports that each funded account starts with.
const FUNDS: u64 = 100_000_000_000;

/// The cluster; it ends when this is dropped.
pub struct Localnet {
    node: Node,
    port: u16,
    upgrade_authority: Keypair,
    /// Buffers written so far; each has its own address.
    buffers: u64,
}

impl Localnet {
    /// A cluster without programs, with 100 SOL for the upgrade authority and each of these accounts. It
    /// serves JSON-RPC at `port` of this machine and subscriptions at the next.
    ///
    /// # Errors
    /// When one of the two ports is taken or the cluster does not start.
    pub fn start(port: u16, blocks: Blocks, funded: &[Pubkey]) -> Result<Self> {
        let localnet = Self {
            node: Node::start(port, blocks)?,
            port,
            upgrade_authority: key("upgrade authority"),
            buffers: 0,
        };
        localnet.fund(&localnet.upgrade_authority.pubkey())?;
        for address in funded {
            localnet.fund(address)?;
        }
        Ok(localnet)
    }

    pub fn rpc_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn ws_url(&self) -> String {
        format!("ws://127.0.0.1:{}", self.port + 1)
    }

    /// Changes the cluster's rent, which is 6,960 lamports per byte at first.
    pub fn set_rent(&self, lamports_per_byte: u64) {
        self.node.svm.with_svm_writer(|svm| {
            svm.inner.set_sysvar(&Rent {
                lamports_per_byte,
                ..Rent::default()
            });
        });
    }

    /// The upgrade authority of every program deployed here.
    pub fn upgrade_authority(&self) -> &Keypair {
        &self.upgrade_authority
    }

    /// Deploys a program. It is callable when this returns.
    ///
    /// Creating the program account takes the signature of the program's own key, a secret nobody
    /// should need. The account is therefore put where that instruction would have created it; the
    /// loader's `DeployWithMaxDataLen` runs as always.
    ///
    /// # Errors
    /// When the file cannot be read or the loader refuses it.
    pub fn deploy(&mut self, program: &Program) -> Result<()> {
        let elf = read_elf(program)?;
        let buffer = self.write_buffer(&elf)?;
        let data_len = UpgradeableLoaderState::size_of_program();
        let lamports = self.rent_for(data_len)?;
        self.set_account(
            &program.id,
            Account {
                lamports,
                data: vec![0; data_len],
                owner: bpf_loader_upgradeable::ID,
                ..Account::default()
            },
        )?;

        let authority = self.upgrade_authority.pubkey();
        let [_create, deploy] = loader::deploy_with_max_program_len(
            &authority,
            &program.id,
            &buffer,
            &authority,
            lamports,
            elf.len(),
            true,
        )?
        .try_into()
        .expect("the loader's own two instructions");
        self.send(deploy)
            .with_context(|| format!("{} was not deployed", program.name))
    }

    /// Replaces the release deployed at `program.id`. The new one is callable when this returns.
    ///
    /// # Errors
    /// When the file cannot be read, nothing is deployed there or the loader refuses it.
    pub fn upgrade(&mut self, program: &Program) -> Result<()> {
        let elf = read_elf(program)?;
        self.make_room(program, elf.len())?;
        let buffer = self.write_buffer(&elf)?;
        let authority = self.upgrade_authority.pubkey();
        self.send(loader::upgrade(
            &program.id,
            &buffer,
            &authority,
            &authority,
            true,
        ))
        .with_context(|| format!("{} was not upgraded", program.name))
    }

    /// Extends the program's data account if it is too short for a binary of this length.
    fn make_room(&self, program: &Program, elf_len: usize) -> Result<()> {
        let address = get_program_data_address(&program.id);
        let deployed = self
            .rpc()
            .get_account(&address)
            .with_context(|| format!("nothing is deployed at {}", program.id))?;
        let missing = UpgradeableLoaderState::size_of_programdata(elf_len)
            .saturating_sub(deployed.data.len());
        if missing == 0 {
            return Ok(());
        }
        let missing = u32::try_from(missing).context("the binary is too large")?;
        self.send(loader::extend_program(
            &program.id,
            Some(&self.upgrade_authority.pubkey()),
            missing.max(MINIMUM_EXTEND_PROGRAM_BYTES),
        ))
        .with_context(|| format!("{} was not extended", program.name))
    }

    /// Puts `elf` into a new buffer of the upgrade authority, without the hundreds of transactions that
    /// take it there on another cluster.
    fn write_buffer(&mut self, elf: &[u8]) -> Result<Pubkey> {
        let address = key(&format!("buffer {}", self.buffers)).pubkey();
        self.buffers += 1;
        let mut data = wincode::serialize(&UpgradeableLoaderState::Buffer {
            authority_address: Some(self.upgrade_authority.pubkey()),
        })?;
        data.resize(UpgradeableLoaderState::size_of_buffer_metadata(), 0);
        data.extend_from_slice(elf);
        let lamports = self.rent_for(data.len())?;
        self.set_account(
            &address,
            Account {
                lamports,
                data,
                owner: bpf_loader_upgradeable::ID,
                ..Account::default()
            },
        )?;
        Ok(address)
    }

    fn send(&self, instruction: Instruction) -> Result<()> {
        let rpc = self.rpc();
        let transaction = Transaction::new_signed_with_payer(
            &[instruction],
            Some(&self.upgrade_authority.pubkey()),
            &[&self.upgrade_authority],
            rpc.get_latest_blockhash()?,
        );
        rpc.send_and_confirm_transaction(&transaction)?;
        Ok(())
    }

    fn rent_for(&self, data_len: usize) -> Result<u64> {
        Ok(self
            .rpc()
            .get_minimum_balance_for_rent_exemption(data_len)?)
    }

    fn rpc(&self) -> RpcClient {
        RpcClient::new(self.rpc_url())
    }

    fn fund(&self, address: &Pubkey) -> Result<()> {
        let account = Account {
            lamports: FUNDS,
            ..Account::default()
        };
        self.set_account(address, account)
    }

    fn set_account(&self, address: &Pubkey, account: Account) -> Result<()> {
        self.node
            .svm
            .with_svm_writer(|svm| svm.set_account(address, account))
            .map_err(|error| anyhow!("{address} was not set: {error}"))
    }
}

fn read_elf(program: &Program) -> Result<Vec<u8>> {
    fs::read(&program.elf).with_context(|| format!("cannot read {}", program.elf.display()))
}

/// Writes a key in the form of `solana-keygen`.
///
/// # Errors
/// When the file cannot be written.
pub fn write_key(path: &Path, key: &Keypair) -> Result<()> {
    let bytes: Vec<String> = key.to_bytes().iter().map(u8::to_string).collect();
    fs::write(path, format!("[{}]\n", bytes.join(",")))
        .with_context(|| format!("cannot write {}", path.display()))
}
