//! Every case of an account that is or is no config, and the machine that executes an instruction on
//! each. An instruction is either rejected with exactly the expected error, every account left as it
//! was, or leaves exactly the expected bytes and lamports in each account that it names.
//!
//! What is expected follows from the documentation alone: no code of the programs is called.
//!
//! [`Subject::run`] executes a tenth of the cases, drawn with the seed `BAD_INPUT_SEED`, and with
//! `BAD_INPUT_CASES=all` every one.

mod case;
mod keys;
mod kind;
mod layout;
mod ledger;
mod load;
mod sample;
mod subject;
mod subjects;

pub use {case::*, keys::*, kind::*, layout::*, ledger::*, load::*, subject::*, subjects::*};
