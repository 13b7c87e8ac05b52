//! Whose keys are used.

use {
    crate::keys::Keys,
    anyhow::{Result, anyhow},
    clap::Args,
    solana_keypair::read_keypair_file,
    solana_pubkey::Pubkey,
    solana_signer::Signer,
    std::path::{Path, PathBuf},
};

#[derive(Args)]
pub struct Signers {
    /// Key file of the authority that the instruction takes, such as the upgrade authority.
    #[arg(long, value_name = "FILE")]
    authority: PathBuf,
    /// Key file of the account that pays fees and rent; the authority's unless given.
    #[arg(long, value_name = "FILE")]
    payer: Option<PathBuf>,
}

impl Signers {
    pub fn keys(&self) -> Result<Keys> {
        Ok(Keys::read(&self.authority, self.payer.as_deref())?)
    }
}

/// The address that a role was given: of a key file, or itself.
pub fn address_of(role: &str, given: &str) -> Result<Pubkey> {
    if let Ok(key) = read_keypair_file(Path::new(given)) {
        return Ok(key.pubkey());
    }
    given.parse().map_err(|_| {
        anyhow!(
            "--{role} {given}: this is neither a key file nor an address; give a file that \
             `solana-keygen` made, or the address of its key"
        )
    })
}
