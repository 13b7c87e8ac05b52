//! Every case of an account that is or is no config, and the machine that executes an instruction on
//! each. An instruction is either rejected with exactly the expected error, every account left as it
//! was, or leaves exactly the expected bytes and lamports.

mod case;
mod subject;

pub use {case::*, subject::*};
