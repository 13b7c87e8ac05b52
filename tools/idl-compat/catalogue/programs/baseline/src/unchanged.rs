// Takes modules from the baseline, so that a changed program holds what is changed and nothing else.
// Included and not a module, because Anchor looks for modules without reading their `path`.

macro_rules! unchanged {
    ($($module:ident),+ $(,)?) => { $(unchanged!(@ $module);)+ };
    (@ adjust) => { #[path = "../../baseline/src/adjust.rs"] mod adjust; pub use adjust::*; };
    (@ archive) => { #[path = "../../baseline/src/archive.rs"] mod archive; pub use archive::*; };
    (@ contents) => { #[path = "../../baseline/src/contents.rs"] mod contents; pub use contents::*; };
    (@ create) => { #[path = "../../baseline/src/create.rs"] mod create; pub use create::*; };
    (@ delegate) => { #[path = "../../baseline/src/delegate.rs"] mod delegate; pub use delegate::*; };
    (@ deposit) => { #[path = "../../baseline/src/deposit.rs"] mod deposit; pub use deposit::*; };
    (@ error) => { #[path = "../../baseline/src/error.rs"] mod error; pub use error::*; };
    (@ event) => { #[path = "../../baseline/src/event.rs"] mod event; pub use event::*; };
    (@ grant) => { #[path = "../../baseline/src/grant.rs"] mod grant; pub use grant::*; };
    (@ ledger) => { #[path = "../../baseline/src/ledger.rs"] mod ledger; pub use ledger::*; };
    (@ mode) => { #[path = "../../baseline/src/mode.rs"] mod mode; pub use mode::*; };
    (@ record) => { #[path = "../../baseline/src/record.rs"] mod record; pub use record::*; };
    (@ side) => { #[path = "../../baseline/src/side.rs"] mod side; pub use side::*; };
    (@ sweep) => { #[path = "../../baseline/src/sweep.rs"] mod sweep; pub use sweep::*; };
    (@ tally) => { #[path = "../../baseline/src/tally.rs"] mod tally; pub use tally::*; };
    (@ vault) => { #[path = "../../baseline/src/vault.rs"] mod vault; pub use vault::*; };
}
