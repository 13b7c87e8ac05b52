//! What a transaction pays for its place in a block.
