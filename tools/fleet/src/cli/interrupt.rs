//! Ctrl-C: once to stop cleanly, twice to leave at once.

use crate::run::Stop;

/// Sets `stop` at the first Ctrl-C and ends the process at the second.
pub fn on_interrupt(stop: Stop) {
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_err() {
            return;
        }
        stop.set();
        eprintln!("stopping when what was sent is final; Ctrl-C again to leave at once");
        if tokio::signal::ctrl_c().await.is_ok() {
            // The journal knows what was sent: `fleet resume` follows it.
            std::process::exit(130);
        }
    });
}
