use {crate::text::signed, std::fmt};

/// What one step of the story did.
#[derive(Clone, Debug)]
pub struct Step {
    pub title: String,
    /// Whether the program refused the transaction, as the step claimed it would.
    pub rejected: bool,
    /// What came of it, in words.
    pub outcome: String,
    pub compute_units: u64,
    /// Bytes of the config's data before and after; `None` without a config.
    pub bytes: Option<(usize, usize)>,
    /// Lamports each account gained or lost.
    pub lamports: Vec<(String, i128)>,
}

impl Step {
    pub fn bytes_text(&self) -> String {
        match self.bytes {
            None => String::new(),
            Some((before, after)) if before == after => format!("{before} bytes"),
            Some((before, after)) => format!("{before} → {after} bytes"),
        }
    }

    pub fn lamports_text(&self) -> String {
        let moves: Vec<String> = self
            .lamports
            .iter()
            .map(|(account, lamports)| format!("{account} {}", signed(*lamports)))
            .collect();
        moves.join(", ")
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.rejected { "✗" } else { "✓" };
        write!(f, "{mark} {:<68} {:<33}", self.title, self.outcome)?;
        if self.compute_units > 0 {
            write!(f, " {:>6} CU", self.compute_units)?;
        }
        for text in [self.bytes_text(), self.lamports_text()] {
            if !text.is_empty() {
                write!(f, "  {text}")?;
            }
        }
        Ok(())
    }
}
