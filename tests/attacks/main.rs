//! What a stranger or a broken client may try. Every attempt has its exact error and leaves every
//! account as it was, to the byte and the lamport.

mod creation;
mod farming;
mod forgery;
mod immutable;
mod lifetime;
mod migrate;
mod migrate_many;
mod payers;
mod release_1;
mod release_2;
mod retire;
mod rollback;
