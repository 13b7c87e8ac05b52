//! A cluster in this process that clients call over JSON-RPC and WebSocket: Surfpool, offline, with
//! mainnet's features. Programs are deployed and upgraded by the upgradeable loader.

pub mod forward;

use {
    anyhow::{Context, Result},
    solana_instruction::Instruction,
    solana_loader_v3_interface::{
        get_program_data_address,
        instruction::{self as loader, MINIMUM_EXTEND_PROGRAM_BYTES},
        state::UpgradeableLoaderState,
    },
    solana_sdk_ids::bpf_loader_upgradeable,
    solana_transaction::Transaction,
    std::fs,
    surfpool_sdk::{Keypair, Pubkey, RpcClient, Signer, Surfnet},
    svm_harness::Program,
    testkit::key::key,
};

/// Lamports that each funded account starts with.
const FUNDS: u64 = 100_000_000_000;

/// The cluster; it ends when this is dropped.
pub struct Localnet {
    surfnet: Surfnet,
    upgrade_authority: Keypair,
    /// Buffers written so far; each has its own address.
    buffers: u64,
}

impl Localnet {
    /// A cluster without programs, with 100 SOL for the upgrade authority and each of these accounts.
    ///
    /// # Errors
    /// When no port is free or the cluster does not start.
    pub async fn start(funded: Vec<Pubkey>) -> Result<Self> {
        let upgrade_authority = key("upgrade authority");
        let surfnet = Surfnet::builder()
            .payer(upgrade_authority.insecure_clone())
            .airdrop_addresses(funded)
            .airdrop_sol(FUNDS)
            .start()
            .await
            .context("the local cluster does not start")?;
        Ok(Self {
            surfnet,
            upgrade_authority,
            buffers: 0,
        })
    }

    pub fn rpc_url(&self) -> &str {
        self.surfnet.rpc_url()
    }

    pub fn ws_url(&self) -> &str {
        self.surfnet.ws_url()
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
        self.surfnet.cheatcodes().set_account(
            &program.id,
            lamports,
            &vec![0; data_len],
            &bpf_loader_upgradeable::ID,
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
        self.surfnet.cheatcodes().set_account(
            &address,
            lamports,
            &data,
            &bpf_loader_upgradeable::ID,
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
        self.surfnet.rpc_client()
    }
}

fn read_elf(program: &Program) -> Result<Vec<u8>> {
    fs::read(&program.elf).with_context(|| format!("cannot read {}", program.elf.display()))
}
