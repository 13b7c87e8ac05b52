//! What a stranger or a broken client may try. Every attempt has its exact error and leaves every
//! account as it was, to the byte and the lamport.

mod account_lists;
mod aliases;
mod authorities;
mod hostile_migrator;
mod hostile_successor;
mod legs;
mod new_accounts;
mod old_accounts;
mod programs;
mod without_the_migrator;
