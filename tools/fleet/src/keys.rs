//! The keys that sign.

use {
    crate::transition::Roles,
    solana_keypair::{Keypair, read_keypair_file},
    solana_signer::Signer,
    std::path::{Path, PathBuf},
    thiserror::Error,
};

/// Who approves the migrations and who pays for them; the same key twice signs once.
#[derive(Debug)]
pub struct Keys {
    pub authority: Keypair,
    pub payer: Keypair,
}

#[derive(Debug, Error, PartialEq, Eq)]
pub enum KeyError {
    #[error(
        "{}: there is no such key file; name that of your {role} with --{role}, or make one with \
         `solana-keygen new --outfile PATH`", .path.display()
    )]
    Missing { role: &'static str, path: PathBuf },
    #[error(
        "{}: this is no key file ({reason}); --{role} takes a file that `solana-keygen` made, which \
         holds 64 numbers", .path.display()
    )]
    Malformed {
        role: &'static str,
        path: PathBuf,
        reason: String,
    },
}

impl Keys {
    /// Reads the files that `solana-keygen` made; without `payer` the authority pays.
    pub fn read(authority: &Path, payer: Option<&Path>) -> Result<Self, KeyError> {
        let authority = read("authority", authority)?;
        let payer = match payer {
            Some(path) => read("payer", path)?,
            None => authority.insecure_clone(),
        };
        Ok(Self { authority, payer })
    }

    pub fn roles(&self) -> Roles {
        Roles {
            authority: self.authority.pubkey(),
            payer: self.payer.pubkey(),
        }
    }
}

fn read(role: &'static str, path: &Path) -> Result<Keypair, KeyError> {
    if !path.exists() {
        return Err(KeyError::Missing {
            role,
            path: path.to_owned(),
        });
    }
    read_keypair_file(path).map_err(|error| KeyError::Malformed {
        role,
        path: path.to_owned(),
        reason: error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use {super::*, solana_keypair::write_keypair_file, std::fs};

    #[test]
    fn the_authority_pays_unless_another_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let [authority, payer] = [[1; 32], [2; 32]].map(Keypair::new_from_array);
        write_keypair_file(&authority, path("authority.json")).unwrap();
        write_keypair_file(&payer, path("payer.json")).unwrap();

        let alone = Keys::read(&path("authority.json"), None).unwrap();
        let both = Keys::read(&path("authority.json"), Some(&path("payer.json"))).unwrap();
        let roles = |payer: &Keypair| Roles {
            authority: authority.pubkey(),
            payer: payer.pubkey(),
        };
        assert_eq!(alone.roles(), roles(&authority));
        assert_eq!(both.roles(), roles(&payer));
    }

    #[test]
    fn a_file_without_a_key_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("payer.json");
        assert_eq!(
            read("payer", &path).unwrap_err().to_string(),
            format!(
                "{}: there is no such key file; name that of your payer with --payer, or make one \
                 with `solana-keygen new --outfile PATH`",
                path.display()
            )
        );
        for (content, reason) in [
            ("secret", "Input must be a JSON array"),
            ("[1, 2]", "Expected 64 elements, found 2"),
            (&format!("{:?}", [7_u8; 64]), "signature error"),
        ] {
            fs::write(&path, content).unwrap();
            assert_eq!(
                read("payer", &path).unwrap_err().to_string(),
                format!(
                    "{}: this is no key file ({reason}); --payer takes a file that `solana-keygen` \
                     made, which holds 64 numbers",
                    path.display()
                )
            );
        }
    }
}
