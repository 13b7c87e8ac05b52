//! The cluster, and what is deployed on it.

use {
    crate::node::{Blocks, Node},
    anyhow::{Context, Result, anyhow},
    demo::key::key,
    solana_account::Account,
    solana_rent::Rent,
    solana_transaction::Transaction,
    std::fs,
    surfpool_core::solana_rpc_client::rpc_client::RpcClient,
    svm_harness::{
        Instruction, Keypair, Program, Pubkey, Signer,
        upgradeable_loader::{self, PROGRAM_LEN, Upload, program_data_address},
    },
};

/// Lamports that each funded account starts with.
const FUNDS: u64 = 100_000_000_000;

/// The cluster; it ends when this is dropped.
pub struct Localnet {
    pub(crate) node: Node,
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
    /// The program account is put where the instruction that takes the program's own key would have
    /// created it; the loader's `DeployWithMaxDataLen` runs as always.
    ///
    /// # Errors
    /// When the file cannot be read or the loader rejects it.
    pub fn deploy(&mut self, program: &Program) -> Result<()> {
        let elf = read_elf(program)?;
        let upload = self.upload(program, &elf);
        self.write_buffer(&upload)?;
        self.set_loader_account(&program.id, vec![0; PROGRAM_LEN])?;
        self.send(upload.deploy())
            .with_context(|| format!("{} was not deployed", program.name))
    }

    /// Replaces the release deployed at `program.id`. The new one is callable when this returns.
    ///
    /// # Errors
    /// When the file cannot be read, nothing is deployed there or the loader rejects it.
    pub fn upgrade(&mut self, program: &Program) -> Result<()> {
        let elf = read_elf(program)?;
        let upload = self.upload(program, &elf);
        self.make_room(program, &upload)?;
        self.write_buffer(&upload)?;
        self.send(upload.upgrade())
            .with_context(|| format!("{} was not upgraded", program.name))
    }

    /// What brings `elf` to the program through a new buffer of the upgrade authority.
    fn upload<'a>(&mut self, program: &Program, elf: &'a [u8]) -> Upload<'a> {
        let buffer = key(&format!("buffer {}", self.buffers)).pubkey();
        self.buffers += 1;
        let authority = self.upgrade_authority.pubkey();
        Upload {
            program: program.id,
            payer: authority,
            upgrade_authority: authority,
            buffer,
            elf,
        }
    }

    /// Extends the program's data account if it is too short for the binary.
    fn make_room(&self, program: &Program, upload: &Upload) -> Result<()> {
        let deployed = self
            .rpc()
            .get_account(&program_data_address(&program.id))
            .with_context(|| format!("nothing is deployed at {}", program.id))?;
        let Some(extend) = upload.extend(deployed.data.len()) else {
            return Ok(());
        };
        self.send(extend)
            .with_context(|| format!("{} was not extended", program.name))
    }

    /// Fills the buffer without the hundreds of transactions that it takes on another cluster.
    fn write_buffer(&self, upload: &Upload) -> Result<()> {
        self.set_loader_account(&upload.buffer, upload.buffer_data())
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

    /// A rent-exempt account of the loader.
    fn set_loader_account(&self, address: &Pubkey, data: Vec<u8>) -> Result<()> {
        let rpc = self.rpc();
        let account = Account {
            lamports: rpc.get_minimum_balance_for_rent_exemption(data.len())?,
            data,
            owner: upgradeable_loader::ID,
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
