//! The fields of an account, by the types of an IDL.
