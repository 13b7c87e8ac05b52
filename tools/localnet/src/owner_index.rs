//! Surfpool's list of accounts by owner, which takes as long for one written account as the owner has
//! accounts. Here nothing is listed, and [`program_accounts`](crate::program_accounts) looks at the
//! accounts themselves.

use surfpool_core::storage::{Storage, StorageResult};

/// A list that stays empty.
#[derive(Clone)]
pub struct NoOwnerIndex;

impl Storage<String, Vec<String>> for NoOwnerIndex {
    fn store(&mut self, _owner: String, _addresses: Vec<String>) -> StorageResult<()> {
        Ok(())
    }

    fn clear(&mut self) -> StorageResult<()> {
        Ok(())
    }

    fn get(&self, _owner: &String) -> StorageResult<Option<Vec<String>>> {
        Ok(None)
    }

    fn take(&mut self, _owner: &String) -> StorageResult<Option<Vec<String>>> {
        Ok(None)
    }

    fn keys(&self) -> StorageResult<Vec<String>> {
        Ok(Vec::new())
    }

    fn into_iter(&self) -> StorageResult<Box<dyn Iterator<Item = (String, Vec<String>)> + '_>> {
        Ok(Box::new(std::iter::empty()))
    }

    fn count(&self) -> StorageResult<u64> {
        Ok(0)
    }

    fn clone_box(&self) -> Box<dyn Storage<String, Vec<String>>> {
        Box::new(self.clone())
    }
}
