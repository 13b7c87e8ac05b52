//! How far a run is.

use {
    crate::run::Tick,
    indicatif::{ProgressBar, ProgressStyle},
};

pub struct RunBar(ProgressBar);

impl RunBar {
    /// Shows nothing where the standard error stream is not a terminal.
    pub fn new() -> Self {
        let style = ProgressStyle::with_template(
            "{bar:40} {pos}/{len} accounts, {per_sec}, {eta} left; {msg}",
        );
        let bar = ProgressBar::new(0);
        if let Ok(style) = style {
            bar.set_style(style);
        }
        Self(bar)
    }

    pub fn show(&self, tick: &Tick) {
        let totals = &tick.totals;
        self.0.set_length(totals.planned);
        self.0.set_position(tick.done());
        let spent = totals.fees.saturating_add(totals.top_up);
        self.0.set_message(format!(
            "{spent} lamports, {} in flight, {} quarantined",
            totals.in_flight, totals.quarantined
        ));
    }

    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}
