use {
    crate::{claim::Claim, rejection::Rejection},
    svm_harness::{Instruction, Keypair},
};

/// A line of a story's table: one instruction, and what it must do.
pub struct Call<'a> {
    pub title: String,
    pub signer: &'a Keypair,
    pub instruction: Instruction,
    pub expectation: Expectation,
}

pub enum Expectation {
    /// It succeeds and leaves this. The last claim is what came of it.
    Leaves(Vec<Claim>),
    /// It fails with this error and leaves every account as it was.
    Rejected(Rejection),
}

/// A call without what it must do.
pub struct Request<'a> {
    title: String,
    signer: &'a Keypair,
    instruction: Instruction,
}

impl<'a> Request<'a> {
    pub fn new(title: impl Into<String>, signer: &'a Keypair, instruction: Instruction) -> Self {
        Self {
            title: title.into(),
            signer,
            instruction,
        }
    }

    pub fn leaves(self, claim: Claim) -> Call<'a> {
        self.leaves_all(vec![claim])
    }

    pub fn leaves_all(self, claims: Vec<Claim>) -> Call<'a> {
        self.expecting(Expectation::Leaves(claims))
    }

    pub fn is_rejected(self, rejection: impl Into<Rejection>) -> Call<'a> {
        self.expecting(Expectation::Rejected(rejection.into()))
    }

    fn expecting(self, expectation: Expectation) -> Call<'a> {
        Call {
            title: self.title,
            signer: self.signer,
            instruction: self.instruction,
            expectation,
        }
    }
}
