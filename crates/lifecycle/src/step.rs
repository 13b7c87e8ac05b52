use {idl_compat::number::signed, std::fmt};

/// What one step of the story did.
#[derive(Clone, Debug)]
pub struct Step {
    pub title: String,
    /// Whether the program refused the transaction, as the step claimed it would.
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
