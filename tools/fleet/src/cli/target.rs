//! What every command works on: the cluster, the program, the migration, the journal.

use {
    crate::{
        client::{Client, Limits},
        cluster::rpc::RpcCluster,
        direction::Direction,
        journal::Journal,
        transition::Transition,
    },
    account_layout::ReadIdl,
    anchor_lang_idl_spec::Idl,
    anyhow::{Context, Result, ensure},
    clap::Args,
    std::{fs, path::PathBuf, time::Duration},
};

#[derive(Args, Clone)]
pub struct Target {
    /// The node's JSON-RPC.
    #[arg(long, default_value = "http://127.0.0.1:8899")]
    pub url: String,
    /// The manifest of the migration.
    #[arg(long, default_value = "migrations/config-v1-to-v2.toml")]
    pub manifest: PathBuf,
    /// The IDL of the release that migrates.
    #[arg(long, default_value = "releases/v2/app.json")]
    pub idl: PathBuf,
    /// The account type to migrate, when the manifest has several migrations.
    #[arg(long, value_name = "TYPE")]
    pub from: Option<String>,
    /// The journal: a file that belongs to one fleet, direction and shard.
    #[arg(long, default_value = "fleet.db")]
    pub journal: PathBuf,
    /// Calls of the node per second.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..))]
    pub calls_per_second: u32,
    /// Of these calls, transactions that are sent; 0: as many.
    #[arg(long, default_value_t = 0)]
    pub sends_per_second: u32,
    /// Seconds until a call counts as lost.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    pub timeout: u64,
}

/// Calls that fail for reasons that may pass are repeated so often.
const ATTEMPTS: usize = 8;

impl Target {
    pub fn client(&self) -> Result<Client<RpcCluster>> {
        Ok(Client::new(
            RpcCluster::new(&self.url, Duration::from_secs(self.timeout))?,
            Limits {
                calls_per_second: self.calls_per_second,
                sends_per_second: self.sends_per_second,
                attempts: ATTEMPTS,
                jitter_seed: std::process::id().into(),
            },
        ))
    }

    pub fn sources(&self) -> Result<Sources> {
        let manifest = fs::read_to_string(&self.manifest)
            .with_context(|| format!("cannot read the manifest {}", self.manifest.display()))?;
        let idl = fs::read(&self.idl).with_context(|| {
            format!(
                "cannot read the IDL {}: `anchor build` makes one",
                self.idl.display()
            )
        })?;
        let digest = solana_sha256_hasher::hashv(&[manifest.as_bytes(), &idl]).to_bytes();
        let idl = ReadIdl::read(&idl, &self.idl.display().to_string())
            .context("the IDL cannot be read: `anchor build` makes one")?
            .idl;
        Ok(Sources {
            manifest,
            idl,
            digest,
        })
    }

    pub fn transition(&self, sources: &Sources, direction: Direction) -> Result<Transition> {
        let Sources { manifest, idl, .. } = sources;
        Transition::read(manifest, idl, direction, self.from.as_deref())
            .with_context(|| self.manifest.display().to_string())
    }

    /// The journal of an earlier plan, and the transition it is of.
    pub fn planned(&self) -> Result<(Journal, Transition)> {
        let sources = self.sources()?;
        let journal = Journal::open(&self.journal)?;
        ensure!(
            journal.header().manifest_digest == sources.digest,
            "the manifest or the IDL is not the one that {} was planned with: take the files as they \
             were then, or plan again with a new --journal",
            self.journal.display()
        );
        let transition = self.transition(&sources, journal.header().direction)?;
        Ok((journal, transition))
    }
}

/// What the files say that is to be done.
pub struct Sources {
    pub manifest: String,
    pub idl: Idl,
    /// SHA-256 of both files, for the journal to know them again.
    pub digest: [u8; 32],
}
