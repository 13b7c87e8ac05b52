//! Transactions that hold as many accounts as fit.
