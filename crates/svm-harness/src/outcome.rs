use {solana_instruction_error::InstructionError, solana_transaction_error::TransactionError};

/// What became of one transaction.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Why the transaction failed, if it did. A failed transaction leaves no trace but its fee.
    pub result: Result<(), TransactionError>,
    /// Compute units the transaction consumed.
    ///
    /// Meaningful under [`Backend::Loader`](crate::Backend::Loader) only: native code is not
    /// metered, so `Backend::Native` counts little more than the `.so` programs and builtins it calls.
    pub compute_units: u64,
    /// Log lines, oldest first. Under `Backend::Native` what a program
    /// logs itself goes to stdout and is missing here.
    pub logs: Vec<String>,
}

impl Outcome {
    /// The error code of the program that failed the transaction, such as 6000 for the first
    /// variant of an Anchor `#[error_code]`. `None` if it succeeded or failed otherwise.
    pub fn custom_error(&self) -> Option<u32> {
        match self.result {
            Err(TransactionError::InstructionError(_, InstructionError::Custom(code))) => {
                Some(code)
            }
            _ => None,
        }
    }

    /// The outcome again.
    ///
    /// # Panics
    ///
    /// Panics with the logs if the transaction failed.
    #[track_caller]
    pub fn expect_ok(self) -> Self {
        if let Err(error) = &self.result {
            panic!("transaction failed: {error:?}\n{}", self.logs.join("\n"));
        }
        self
    }
}
