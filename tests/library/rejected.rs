use {
    integration::{
        lab::Lab,
        rejection::{failure, snapshot},
    },
    migration_lab::error::LabError,
    svm_harness::{Backend, Instruction},
};

/// What the program must say when it rejects an instruction.
pub struct Rejected {
    pub error: LabError,
    /// What the error is of, as the log names it; `None` when it is of all accounts together.
    pub account: Option<String>,
    /// What there is, and what there must be or may be.
    pub amounts: Option<(u64, u64)>,
}

impl Rejected {
    /// Of one account, which may be named by its field, its address or its place in a list.
    pub fn of(account: impl ToString, error: LabError) -> Self {
        Self {
            error,
            account: Some(account.to_string()),
            amounts: None,
        }
    }

    pub fn with_amounts(self, left: u64, right: u64) -> Self {
        Self {
            amounts: Some((left, right)),
            ..self
        }
    }

    /// Sends the instruction, which must fail so and leave every account that it names as it was.
    pub async fn expect(&self, lab: &mut Lab, backend: Backend, instruction: Instruction) {
        let instructions = [instruction];
        let before = snapshot(&mut lab.svm, &instructions).await;
        let outcome = lab.send(&instructions).await;
        let logs = outcome.logs.join("\n");
        assert_eq!(outcome.result, Err(failure(0, self.error)), "{logs}");
        assert_eq!(snapshot(&mut lab.svm, &instructions).await, before);
        // Native code's logs do not reach the transaction.
        if backend == Backend::Loader {
            self.expect_logged(&outcome.logs);
        }
    }

    fn expect_logged(&self, logs: &[String]) {
        let origin = match &self.account {
            Some(account) => format!("caused by account: {account}"),
            None => "occurred".to_owned(),
        };
        let (error, number) = (self.error, u32::from(self.error));
        let rejected = format!(
            "Program log: AnchorError {origin}. Error Code: {error:?}. Error Number: {number}. "
        );
        let at = logs.iter().position(|line| line.starts_with(&rejected));
        let at = at.unwrap_or_else(|| panic!("{rejected:?} is not in\n{}", logs.join("\n")));
        let amounts: Vec<_> = logs[at + 1..]
            .iter()
            .take_while(|line| line.starts_with("Program log: "))
            .collect();
        let expected: Vec<_> = match self.amounts {
            Some((left, right)) => vec![
                format!("Program log: Left: {left}"),
                format!("Program log: Right: {right}"),
            ],
            None => Vec::new(),
        };
        assert_eq!(amounts, expected.iter().collect::<Vec<_>>());
    }
}
