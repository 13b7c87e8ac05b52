//! What `update_v2` does when its fee is in a Token-2022 mint with an extension.

mod accounts;
mod charged;
mod mint;
mod scene;
mod transfer_hook;
