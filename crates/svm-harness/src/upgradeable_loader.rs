//! The steps by which the upgradeable loader deploys and upgrades a program, as instructions and bytes:
//! who sends them is the caller's.

use {
    anchor_lang::{prelude::Pubkey, solana_program::instruction::Instruction},
    solana_loader_v3_interface::{
        instruction::{self as loader, MINIMUM_EXTEND_PROGRAM_BYTES},
        state::UpgradeableLoaderState,
    },
};

pub use solana_loader_v3_interface::get_program_data_address as program_data_address;

/// Owner of programs, their data accounts and buffers.
pub const ID: Pubkey = solana_sdk_ids::bpf_loader_upgradeable::ID;

/// Bytes of a program account.
pub const PROGRAM_LEN: usize = UpgradeableLoaderState::size_of_program();

/// Bytes of an ELF that fit one transaction beside the two signatures of a `Write`.
const CHUNK_LEN: usize = 900;

/// One binary on its way to one program.
#[derive(Clone, Copy, Debug)]
pub struct Upload<'a> {
    pub program: Pubkey,
    /// Pays fees and rent, and gets what the buffer held.
    pub payer: Pubkey,
    /// Of the buffer, and of the program.
    pub upgrade_authority: Pubkey,
    /// Where the binary is put together.
    pub buffer: Pubkey,
    /// Less than 4 GiB.
    pub elf: &'a [u8],
}

impl Upload<'_> {
    /// Bytes of the buffer.
    pub fn buffer_len(&self) -> usize {
        UpgradeableLoaderState::size_of_buffer(self.elf.len())
    }

    /// Signed by the payer and the buffer's key; `lamports` are the rent of
    /// [`buffer_len`](Self::buffer_len) bytes.
    pub fn create_buffer(&self, lamports: u64) -> Vec<Instruction> {
        loader::create_buffer(
            &self.payer,
            &self.buffer,
            &self.upgrade_authority,
            lamports,
            self.elf.len(),
        )
        .expect("the loader's own instructions")
    }

    /// Signed by the authority: the instructions that fill the buffer, each for a transaction of its own.
    pub fn writes(&self) -> impl Iterator<Item = Instruction> {
        self.elf.chunks(CHUNK_LEN).zip(0..).map(|(chunk, index)| {
            let offset = index * CHUNK_LEN as u32;
            loader::write(
                &self.buffer,
                &self.upgrade_authority,
                offset,
                chunk.to_vec(),
            )
        })
    }

    /// The data of the buffer once it is filled, for a cluster that lets accounts be set.
    pub fn buffer_data(&self) -> Vec<u8> {
        let mut data = wincode::serialize(&UpgradeableLoaderState::Buffer {
            authority_address: Some(self.upgrade_authority),
        })
        .expect("the loader's own state");
        data.resize(UpgradeableLoaderState::size_of_buffer_metadata(), 0);
        data.extend_from_slice(self.elf);
        data
    }

    /// Signed by the payer and the authority: deploys the buffer.
    ///
    /// Creating the program account takes the signature of the program's own key, a secret nobody
    /// should need: put [`PROGRAM_LEN`] zero bytes of the owner [`ID`] there, as that instruction would.
    pub fn deploy(&self) -> Instruction {
        // The lamports are those of the instruction that creates the account.
        let instructions = loader::deploy_with_max_program_len(
            &self.payer,
            &self.program,
            &self.buffer,
            &self.upgrade_authority,
            0,
            self.elf.len(),
            true,
        );
        let [_create, deploy] = instructions
            .ok()
            .and_then(|instructions| instructions.try_into().ok())
            .expect("the loader's own two instructions");
        deploy
    }

    /// Signed by the payer: makes room if `program_data_len` bytes are too few for the binary. The loader
    /// writes a program once per slot, so the upgrade goes into a later one.
    pub fn extend(&self, program_data_len: usize) -> Option<Instruction> {
        let needed = UpgradeableLoaderState::size_of_programdata(self.elf.len());
        let missing = needed.checked_sub(program_data_len).filter(|it| *it > 0)?;
        let missing = u32::try_from(missing).expect("an ELF below 4 GiB");
        let additional = missing.max(MINIMUM_EXTEND_PROGRAM_BYTES);
        Some(loader::extend_program(
            &self.program,
            Some(&self.payer),
            additional,
        ))
    }

    /// Signed by the authority: replaces the deployed binary.
    pub fn upgrade(&self) -> Instruction {
        loader::upgrade(
            &self.program,
            &self.buffer,
            &self.upgrade_authority,
            &self.payer,
            true,
        )
    }
}

/// Signed by the authority: nobody can upgrade the program any more. The account of its data keeps the
/// authority's address behind an option that says there is none.
pub fn make_immutable(program: &Pubkey, upgrade_authority: &Pubkey) -> Instruction {
    loader::set_upgrade_authority(program, upgrade_authority, None)
}
