//! A client that knows the program by an IDL alone.

use {
    crate::key::key,
    account_layout::{Reader, instruction_data},
    anchor_lang::{
        prelude::{AccountMeta, Pubkey, system_program},
        solana_program::instruction::Instruction,
    },
    anchor_lang_idl_spec::{Idl, IdlInstructionAccountItem},
    anyhow::{Context, Result, bail},
    serde_json::{Map, Value},
    svm_harness::{Keypair, Signer},
};

/// The accounts of one authority, by the names that instructions give them. They stay where the
/// baseline put them, whatever the program's release.
pub struct AddressBook {
    pub authority: Keypair,
}

impl AddressBook {
    /// # Errors
    /// When no account of the catalogue has this name.
    pub fn address(&self, name: &str) -> Result<Pubkey> {
        let of_vault = |seed: &[u8]| pda(&[seed, self.vault().as_ref()]);
        Ok(match name {
            "authority" => self.authority.pubkey(),
            "vault" => self.vault(),
            "grant" => of_vault(b"grant"),
            "ledger" => of_vault(b"ledger"),
            "archive" | "first" | "second" | "third" | "fourth" => of_vault(b"archive"),
            "observer" | "auditor" => key(name).pubkey(),
            "system_program" => system_program::ID,
            _ => bail!("the catalogue has no account {name}: see catalogue/src/client.rs"),
        })
    }

    fn vault(&self) -> Pubkey {
        pda(&[b"vault", self.authority.pubkey().as_ref()])
    }
}

fn pda(seeds: &[&[u8]]) -> Pubkey {
    Pubkey::find_program_address(seeds, &baseline::ID).0
}

/// A client of the release that an IDL describes.
pub struct Client {
    pub idl: Idl,
}

impl Client {
    /// An instruction as this client sends it, with `more` accounts behind those of the IDL.
    ///
    /// # Errors
    /// When the IDL has no such instruction, or the arguments do not fit it.
    pub fn instruction(
        &self,
        name: &str,
        args: &Map<String, Value>,
        book: &AddressBook,
        more: &[String],
    ) -> Result<Instruction> {
        let found = self.idl.instructions.iter().find(|it| it.name == name);
        let instruction = found.with_context(|| format!("the IDL has no instruction {name}"))?;

        let mut accounts = Vec::new();
        for item in &instruction.accounts {
            let IdlInstructionAccountItem::Single(account) = item else {
                bail!("no instruction of the catalogue has composite accounts");
            };
            accounts.push(AccountMeta {
                pubkey: book.address(&account.name)?,
                is_signer: account.signer,
                is_writable: account.writable,
            });
        }
        for name in more {
            accounts.push(AccountMeta::new_readonly(book.address(name)?, false));
        }

        Ok(Instruction {
            program_id: baseline::ID,
            accounts,
            data: instruction_data(&self.idl, name, args)?,
        })
    }

    /// The fields of an account or an event.
    ///
    /// # Errors
    /// When this client cannot read it.
    pub fn fields(&self, ty: &str, data: &[u8]) -> Result<Value> {
        Ok(Reader::of(&self.idl, ty)?.json(data)?)
    }

    /// The event in a log entry, by name; `None` when this client knows none that begins so.
    pub fn event(&self, data: &[u8]) -> Option<(&str, Result<Value>)> {
        let mut events = self.idl.events.iter();
        let event = events.find(|event| data.starts_with(&event.discriminator))?;
        Some((&event.name, self.fields(&event.name, data)))
    }
}
