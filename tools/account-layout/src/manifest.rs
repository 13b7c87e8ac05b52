//! Declared migrations of accounts: which account type becomes which, by which instruction.

use {anchor_lang_idl_spec::Idl, serde::Deserialize, thiserror::Error};

/// A manifest of migrations.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The program's name in its IDL.
    pub program: String,
    #[serde(rename = "migration")]
    pub migrations: Vec<Migration>,
    /// How the migrations are run, for the command that does it.
    #[serde(default, rename = "fleet")]
    _fleet: toml::Table,
}

/// One migration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Migration {
    pub from: String,
    pub to: String,
    pub instruction: String,
    /// The instruction's account that is migrated; one of a composite is `composite.account`.
    pub account: String,
}

/// Why a manifest is rejected.
#[derive(Debug, Error)]
pub enum ManifestError {
    #[error("it is not a manifest of migrations: {0}")]
    Format(#[from] toml::de::Error),
    #[error("it is for the program `{manifest}`, but the new IDL is of `{idl}`")]
    Program { manifest: String, idl: String },
    #[error("`{0}` cannot be migrated to itself: a new layout needs an account type of its own")]
    Itself(String),
    #[error("two migrations start from `{0}`: an account can be migrated in one way only")]
    Twice(String),
}

impl Manifest {
    /// Reads a manifest for the program of `new`.
    pub fn read(text: &str, new: &Idl) -> Result<Self, ManifestError> {
        let manifest: Self = toml::from_str(text)?;
        if manifest.program != new.metadata.name {
            return Err(ManifestError::Program {
                manifest: manifest.program,
                idl: new.metadata.name.clone(),
            });
        }
        let mut sources: Vec<_> = manifest.migrations.iter().map(|one| &one.from).collect();
        sources.sort_unstable();
        if let Some([twice, _]) = sources.array_windows().find(|[a, b]| a == b) {
            return Err(ManifestError::Twice((*twice).clone()));
        }
        if let Some(one) = manifest.migrations.iter().find(|one| one.from == one.to) {
            return Err(ManifestError::Itself(one.from.clone()));
        }
        Ok(manifest)
    }
}
