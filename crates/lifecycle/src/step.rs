use crate::text::signed;

/// What one step of the story did.
#[derive(Clone, Debug, Default)]
pub struct Step {
    pub title: String,
    /// Whether the program rejected the transaction, as it had to.
    pub rejected: bool,
    /// What came of it, in words.
    pub outcome: String,
    pub compute_units: u64,
    /// Bytes of each config's data before and after.
    pub bytes: Vec<(usize, usize)>,
    /// Lamports each account gained or lost.
    pub lamports: Vec<(String, i128)>,
}

impl Step {
    pub fn new(title: &str, outcome: impl Into<String>) -> Self {
        Self {
            title: title.to_owned(),
            outcome: outcome.into(),
            ..Self::default()
        }
    }

    pub fn bytes_text(&self) -> String {
        let lengths: Vec<String> = self
            .bytes
            .iter()
            .map(|(before, after)| {
                if before == after {
                    format!("{before} bytes")
                } else {
                    format!("{before} → {after} bytes")
                }
            })
            .collect();
        lengths.join(", ")
    }

    pub fn lamports_text(&self) -> String {
        let moves: Vec<String> = self
            .lamports
            .iter()
            .map(|(account, lamports)| format!("{account} {}", signed(*lamports)))
            .collect();
        moves.join(", ")
    }

    /// The step as the story prints it.
    pub fn line(&self, number: usize) -> String {
        let mark = if self.rejected { "✗" } else { "✓" };
        let mut line = format!("{number:>2} {mark} {:<68} {:<33}", self.title, self.outcome);
        if self.compute_units > 0 {
            line.push_str(&format!(" {:>6} CU", self.compute_units));
        }
        for text in [self.bytes_text(), self.lamports_text()] {
            if !text.is_empty() {
                line.push_str("  ");
                line.push_str(&text);
            }
        }
        line.truncate(line.trim_end().len());
        line
    }
}

/// What the story prints at its end.
pub fn summary(steps: &[Step]) -> String {
    let compute_units: u64 = steps.iter().map(|step| step.compute_units).sum();
    let rejected = steps.iter().filter(|step| step.rejected).count();
    format!(
        "{} steps did what they claim ({rejected} of them rejections that left every account as it \
         was), {compute_units} compute units in all.",
        steps.len()
    )
}
