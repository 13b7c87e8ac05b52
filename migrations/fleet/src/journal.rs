//! The audit of a fleet: a SQLite file.
