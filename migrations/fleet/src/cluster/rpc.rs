//! A node over JSON-RPC.
